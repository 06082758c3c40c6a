import { ExportMenu } from "@/components/reports/export-menu";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { formatDay, formatMinor } from "@/lib/format";
import type { BriefInitiative } from "@/lib/reports/queries/venture-brief";

type InitiativeTableProps = { ventureId: string; initiatives: readonly BriefInitiative[] };

export function InitiativeTable({ ventureId, initiatives }: InitiativeTableProps) {
  if (initiatives.length === 0) {
    return <p className="py-2 text-muted">No initiative yet. An approved growth memo starts one.</p>;
  }
  return (
    <Table
      caption="Initiatives"
      tools={<ExportMenu table="initiatives" of="the initiatives" query={{ venture: ventureId }} />}
    >
      <TableHead>
        <TableHeadCell>Initiative</TableHeadCell>
        <TableHeadCell>State</TableHeadCell>
        <TableHeadCell numeric>Budget</TableHeadCell>
        <TableHeadCell numeric>Tasks</TableHeadCell>
        <TableHeadCell>Review</TableHeadCell>
      </TableHead>
      <TableBody>
        {initiatives.map((initiative) => (
          <TableRow key={initiative.id}>
            <TableRowHead className="min-w-48">
              {initiative.title}
              <span className="block text-sm font-normal text-muted">{initiative.lever}</span>
            </TableRowHead>
            <TableCell>{initiative.status}</TableCell>
            <TableCell numeric>
              {formatMinor(BigInt(initiative.budget.amountMinor), initiative.budget.currency)}
            </TableCell>
            <TableCell numeric>
              {initiative.tasksDone} of {initiative.tasks}
            </TableCell>
            <TableCell className="whitespace-nowrap text-muted">{formatDay(initiative.reviewOn)}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
