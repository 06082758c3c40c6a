import { TextLink } from "@/components/ui/link";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import type { PolicyPage, RowView } from "@/lib/decisions/queries/autonomy/page";
import { AGENT_WORDS } from "@/lib/decisions/schema/words";
import { formatMoment } from "@/lib/format";
import { type CellView, RowDialog } from "./row-dialog";
import { LEVEL_WORDS, recordHref } from "./words";

const HEADS: Readonly<Record<string, string>> = {
  "growth.start-initiative": "Start an initiative",
  "growth.pause-initiative": "Pause an initiative",
  "growth.raise-budget": "Raise a budget",
  "exit.score-criterion": "Answer a readiness criterion",
  "exit.start-preparation": "Begin exit preparation",
};

const cellOf = ({ set, ...row }: RowView, zone: string): CellView => ({
  ...row,
  set: set && { ...set, when: formatMoment(new Date(set.at), zone) },
});

/** Each venture with what each agent may do there by itself: set for it, or as the venture is led. */
export function PolicyTable({ policy, zone }: { policy: PolicyPage; zone: string }) {
  const heads = policy.ventures[0]?.rows ?? [];
  return (
    <Table caption="What each agent may do by itself, by venture">
      <TableHead>
        <TableHeadCell>Venture</TableHeadCell>
        <TableHeadCell>Led at</TableHeadCell>
        {heads.map(({ agent, actionClass }) => (
          <TableHeadCell key={`${agent} ${actionClass}`}>
            <span className="block font-normal">{AGENT_WORDS[agent].replace("The ", "")}</span>
            <TextLink href={recordHref(agent, actionClass)} quiet>
              {HEADS[actionClass] ?? actionClass}
            </TextLink>
          </TableHeadCell>
        ))}
      </TableHead>
      <TableBody>
        {policy.ventures.map(({ id, slug, name, autonomy, rows }) => (
          <TableRow key={id}>
            <TableRowHead className="whitespace-nowrap">
              <TextLink href={`/ventures/${slug}/settings`} quiet>
                {name}
              </TextLink>
            </TableRowHead>
            <TableCell>{LEVEL_WORDS[autonomy]}</TableCell>
            {rows.map((row) => (
              <TableCell key={`${row.agent} ${row.actionClass}`} className="whitespace-nowrap">
                <RowDialog
                  key={`${row.set?.version ?? 0}`}
                  venture={{ id, name, autonomy }}
                  cell={cellOf(row, zone)}
                  mayChange={policy.may.change}
                />
              </TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
