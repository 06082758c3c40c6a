import { recordHref } from "@/components/autonomy/words";
import { ExportMenu } from "@/components/reports/export-menu";
import { Level } from "@/components/ui/level";
import { TextLink } from "@/components/ui/link";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import type { AgentRecord } from "@/lib/decisions/rules/autonomy/record";
import { ACTION_WORDS } from "@/lib/decisions/schema/words";
import { formatNumber } from "@/lib/format";
import { actorWords } from "./event-words";

type Listed = AgentRecord & { demoted: boolean };

/** What became of each agent's proposals: the base on which autonomy is earned. Each number opens to its memos. */
export function TrackRecordTable({ records }: { records: readonly Listed[] }) {
  return (
    <Table caption="What became of the agents' proposals" tools={<ExportMenu table="agents" of="the agents' record" />}>
      <TableHead>
        <TableHeadCell>Agent</TableHeadCell>
        <TableHeadCell>Proposed to</TableHeadCell>
        <TableHeadCell numeric>Proposals</TableHeadCell>
        <TableHeadCell numeric>As proposed</TableHeadCell>
        <TableHeadCell numeric>Amended</TableHeadCell>
        <TableHeadCell numeric>Refused</TableHeadCell>
        <TableHeadCell numeric>By itself</TableHeadCell>
        <TableHeadCell numeric>Reversed</TableHeadCell>
        <TableHeadCell numeric>Same as auto</TableHeadCell>
        <TableHeadCell numeric>Right</TableHeadCell>
        <TableHeadCell numeric>Brier score</TableHeadCell>
      </TableHead>
      <TableBody>
        {records.map((record) => (
          <RecordRow key={`${record.agent} ${record.actionClass}`} record={record} />
        ))}
      </TableBody>
    </Table>
  );
}

function RecordRow({ record }: { record: Listed }) {
  const { agent, actionClass, answers, shadow, demoted } = record;
  const href = recordHref(agent, actionClass);
  const count = (value: number, show: string) => (
    <TableCell numeric>
      {value === 0 ? (
        <span className="text-muted">0</span>
      ) : (
        <TextLink href={`${href}?show=${show}#cases`} quiet>
          {formatNumber(value)}
        </TextLink>
      )}
    </TableCell>
  );
  return (
    <TableRow>
      <TableRowHead className="whitespace-nowrap">{actorWords(`agent:${agent}`)}</TableRowHead>
      <TableCell className="min-w-48">
        <TextLink href={href} data-list-item>
          {ACTION_WORDS[actionClass]}
        </TextLink>
        {demoted ? (
          <span className="block text-sm">
            <Level level="warning" word="may not by itself" />
          </span>
        ) : null}
      </TableCell>
      {count(record.proposals, "all")}
      {count(answers["as-proposed"], "as-proposed")}
      {count(answers.amended, "amended")}
      {count(answers.refused, "refused")}
      {count(answers.automatic, "automatic")}
      {count(record.reversed, "reversed")}
      <TableCell numeric>
        <OfCount part={shadow.agreed} of={shadow.wouldExecute} href={`${href}?show=would#cases`} />
      </TableCell>
      <TableCell numeric>
        <OfCount part={record.right} of={record.settled} href={`${href}?show=settled#cases`} />
      </TableCell>
      <TableCell numeric>
        {record.brier === null ? (
          <span className="text-muted">–</span>
        ) : (
          <TextLink href={`${href}#calibration`} quiet>
            {record.brier.toFixed(3)}
          </TextLink>
        )}
      </TableCell>
    </TableRow>
  );
}

function OfCount({ part, of, href }: { part: number; of: number; href: string }) {
  if (of === 0) return <span className="text-muted">–</span>;
  return (
    <TextLink href={href} quiet>
      {formatNumber(part)} of {formatNumber(of)}
    </TextLink>
  );
}
