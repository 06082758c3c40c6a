import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { formatMoment } from "@/lib/format";
import type { InitiativeView } from "@/lib/growth/queries/initiatives/initiative";

/** Who made which version, when, and what changed in it. */
export function InitiativeHistory({ changes, zone }: { changes: InitiativeView["changes"]; zone: string }) {
  if (changes.length === 0) return <p className="text-muted">Nothing has changed since it was imported.</p>;
  return (
    <Table caption="History" compact>
      <TableHead>
        <TableHeadCell numeric>Version</TableHeadCell>
        <TableHeadCell>What</TableHeadCell>
        <TableHeadCell>Detail</TableHeadCell>
        <TableHeadCell>By</TableHeadCell>
        <TableHeadCell>When</TableHeadCell>
      </TableHead>
      <TableBody>
        {changes.map(({ version, what, detail, by, at }) => (
          <TableRow key={version}>
            <TableCell numeric>{version}</TableCell>
            <TableRowHead className="whitespace-nowrap">{what}</TableRowHead>
            <TableCell className="min-w-40">{detail}</TableCell>
            <TableCell className="whitespace-nowrap text-muted">{by}</TableCell>
            <TableCell className="whitespace-nowrap text-muted">{formatMoment(at, zone)}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
