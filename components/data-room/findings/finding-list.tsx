import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Level } from "@/components/ui/level";
import { TextLink } from "@/components/ui/link";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import type { FindingLine } from "@/lib/data-room/queries/findings";
import { SEVERITIES } from "@/lib/data-room/schema";
import { formatDay, formatMinor } from "@/lib/format";
import { SEVERITY_WORDS } from "../words";
import { SettleFinding } from "./settle-finding";

const rank = ({ status, severity }: FindingLine): number =>
  (status === "open" ? 0 : 10) + SEVERITIES.map(String).indexOf(severity);

/** Open ones first, the worst before the rest. */
export function FindingList({ findings, path }: { findings: readonly FindingLine[]; path: string }) {
  return (
    <Table caption="Findings">
      <TableHead>
        <TableHeadCell numeric>Section</TableHeadCell>
        <TableHeadCell>Finding</TableHeadCell>
        <TableHeadCell>Severity</TableHeadCell>
        <TableHeadCell numeric>Price effect</TableHeadCell>
        <TableHeadCell>State</TableHeadCell>
        <TableHeadCell>Found</TableHeadCell>
        <TableHeadCell>
          <span className="sr-only">What to do</span>
        </TableHeadCell>
      </TableHead>
      <TableBody>
        {findings
          .toSorted((a, b) => rank(a) - rank(b))
          .map((finding) => (
            <TableRow key={finding.id}>
              <TableCell numeric>{finding.section}</TableCell>
              <TableRowHead className="min-w-56">
                {finding.title}
                {finding.detail ? <span className="block text-sm font-normal text-muted">{finding.detail}</span> : null}
                {finding.document ? (
                  <span className="block text-sm font-normal">
                    <TextLink href={`${path}/documents/${finding.document.id}`}>{finding.document.title}</TextLink>
                  </span>
                ) : null}
                {finding.resolution ? <span className="block text-sm font-normal">{finding.resolution}</span> : null}
              </TableRowHead>
              <TableCell>
                {finding.severity in SEVERITY_WORDS ? (
                  <Level {...SEVERITY_WORDS[finding.severity as keyof typeof SEVERITY_WORDS]} />
                ) : null}
              </TableCell>
              <TableCell numeric>
                {finding.priceEffectMinor === null
                  ? "unknown"
                  : `−${formatMinor(BigInt(finding.priceEffectMinor), finding.currency)}`}
              </TableCell>
              <TableCell>
                <Badge>{finding.status}</Badge>
              </TableCell>
              <TableCell className="whitespace-nowrap">
                {formatDay(finding.foundAt.slice(0, 10))}
                <span className="block text-xs text-muted">{finding.foundBy}</span>
              </TableCell>
              <TableCell>
                <SettleFinding
                  finding={finding}
                  trigger={<Button variant="bare">{finding.status === "open" ? "Settle" : "Open again"}</Button>}
                />
              </TableCell>
            </TableRow>
          ))}
      </TableBody>
    </Table>
  );
}
