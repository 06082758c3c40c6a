import { ExportMenu } from "@/components/reports/export-menu";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import type { CapTableView } from "@/lib/cap-table/rules/view";
import { formatNumber } from "@/lib/format";

const shares = (value: string | undefined) => (value === undefined ? "" : formatNumber(value, { decimals: 4 }));

/** Holders down, classes across; convertibles in money, everything else in shares. */
export function HolderTable({ ventureId, view }: { ventureId: string; view: CapTableView }) {
  return (
    <Table
      caption={`Who holds what of ${view.issuerName}`}
      tools={<ExportMenu table="holders" of="the holders" query={{ venture: ventureId }} />}
    >
      <TableHead>
        <TableHeadCell>Holder</TableHeadCell>
        {view.columns.map((column) => (
          <TableHeadCell key={column.id} numeric>
            {column.label}
          </TableHeadCell>
        ))}
      </TableHead>
      <TableBody>
        {view.holders.map((holder) => (
          <TableRow key={holder.holderId}>
            <TableRowHead>{holder.name}</TableRowHead>
            {view.columns.map((column) => (
              <TableCell key={column.id} numeric>
                {shares(holder.cells[column.id])}
              </TableCell>
            ))}
          </TableRow>
        ))}
        <TableRow>
          <TableRowHead>All</TableRowHead>
          {view.columns.map((column) => (
            <TableCell key={column.id} numeric className="font-medium">
              {shares(column.total)}
            </TableCell>
          ))}
        </TableRow>
      </TableBody>
    </Table>
  );
}
