import { ExportMenu } from "@/components/reports/export-menu";
import { TextLink } from "@/components/ui/link";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { formatMinor, formatMoment, plural } from "@/lib/format";
import type { TakenDecision } from "@/lib/reports/queries/decisions";
import { actorWords } from "./event-words";

const VERDICTS: Readonly<Record<string, string>> = {
  "first-approval": "approved as the first of two",
  approved: "approved",
  conditional: "approved with conditions",
  rejected: "rejected",
  reversed: "reversed",
};

/** What was decided, by whom, on which version, and why. */
export function DecisionTable({ decisions, zone }: { decisions: readonly TakenDecision[]; zone: string }) {
  return (
    <Table caption="Decisions taken" tools={<ExportMenu table="decisions" of="the decisions taken" />}>
      <TableHead>
        <TableHeadCell>Decision</TableHeadCell>
        <TableHeadCell>Venture</TableHeadCell>
        <TableHeadCell>Verdict</TableHeadCell>
        <TableHeadCell numeric>At stake</TableHeadCell>
        <TableHeadCell>By</TableHeadCell>
        <TableHeadCell>When</TableHeadCell>
      </TableHead>
      <TableBody>
        {decisions.map((decision) => (
          <TableRow key={decision.id}>
            <TableRowHead className="min-w-56 align-top">
              <TextLink href={`/inbox/${decision.memoId}`} quiet data-list-item>
                {decision.title}
              </TextLink>
              {decision.note ? <p className="prose-width text-sm font-normal text-muted">“{decision.note}”</p> : null}
            </TableRowHead>
            <TableCell className="align-top">
              <TextLink href={`/ventures/${decision.venture.slug}`} quiet>
                {decision.venture.name}
              </TextLink>
            </TableCell>
            <TableCell className="min-w-40 align-top">
              {VERDICTS[decision.verdict] ?? decision.verdict}
              {decision.conditions > 0 ? (
                <span className="text-muted"> ({plural(decision.conditions, "condition")})</span>
              ) : null}
              {decision.takenBack ? <span className="block font-medium">taken back</span> : null}
            </TableCell>
            <TableCell numeric className="align-top">
              {decision.stake ? formatMinor(BigInt(decision.stake.amountMinor), decision.stake.currency) : "unknown"}
            </TableCell>
            <TableCell className="align-top whitespace-nowrap">{actorWords(decision.by, decision.byName)}</TableCell>
            <TableCell className="align-top whitespace-nowrap text-muted">
              <time dateTime={decision.at.toISOString()}>{formatMoment(decision.at, zone)}</time>
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
