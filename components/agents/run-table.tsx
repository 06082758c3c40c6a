import { actorWords } from "@/components/record/event-words";
import { TextLink } from "@/components/ui/link";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import type { RunHead } from "@/lib/agents/queries/trace";
import { formatMoment, formatNumber } from "@/lib/format";
import { costText, secondsText, statusWords, taskWords } from "./took-words";

/** Runs, newest first, each leading to its trace. */
export function RunTable({ runs, slug, zone }: { runs: readonly RunHead[]; slug: string; zone: string }) {
  return (
    <Table caption="Agent runs, newest first">
      <TableHead>
        <TableHeadCell>Run</TableHeadCell>
        <TableHeadCell>Agent</TableHeadCell>
        <TableHeadCell>Begun</TableHeadCell>
        <TableHeadCell>By</TableHeadCell>
        <TableHeadCell>State</TableHeadCell>
        <TableHeadCell>Model</TableHeadCell>
        <TableHeadCell numeric>Model calls</TableHeadCell>
        <TableHeadCell numeric>Tokens</TableHeadCell>
        <TableHeadCell numeric>Cost</TableHeadCell>
        <TableHeadCell numeric>Time</TableHeadCell>
      </TableHead>
      <TableBody>
        {runs.map((run) => (
          <TableRow key={run.id}>
            <TableRowHead className="min-w-48">
              <TextLink href={`/ventures/${slug}/runs/${run.id}`} quiet data-list-item>
                {taskWords(run.task)}
              </TextLink>
            </TableRowHead>
            <TableCell className="whitespace-nowrap">{actorWords(`agent:${run.agent}`)}</TableCell>
            <TableCell className="whitespace-nowrap text-muted">
              {formatMoment(new Date(run.createdAt), zone)}
            </TableCell>
            <TableCell className="whitespace-nowrap">{run.startedBy}</TableCell>
            <TableCell className="whitespace-nowrap">{statusWords(run.status)}</TableCell>
            <TableCell className="whitespace-nowrap">{run.model}</TableCell>
            <TableCell numeric>{formatNumber(run.steps)}</TableCell>
            <TableCell numeric>{formatNumber(run.tokens)}</TableCell>
            <TableCell numeric>{costText(run.costMicros)}</TableCell>
            <TableCell numeric>{secondsText(run.seconds)}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
