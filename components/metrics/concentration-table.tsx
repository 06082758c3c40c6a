import { FigureValue } from "@/components/figures/figure-value";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import type { TopCustomerRow } from "@/lib/metrics/queries/customers-page";

/** On whom the revenue of the window rests: the ten largest by what was invoiced. */
export function ConcentrationTable({ rows }: { rows: readonly TopCustomerRow[] }) {
  if (rows.length === 0) {
    return <p className="border-y border-line py-6 text-muted">No invoices are known for these months.</p>;
  }
  return (
    <Table caption="The largest customers by what was invoiced" compact>
      <TableHead>
        <TableHeadCell>Customer</TableHeadCell>
        <TableHeadCell numeric>Invoiced</TableHeadCell>
        <TableHeadCell numeric>Share</TableHeadCell>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <TableRow key={row.customer}>
            <TableRowHead className="max-w-72 truncate font-normal" title={row.customer}>
              {row.name}
            </TableRowHead>
            <TableCell numeric>
              <FigureValue figure={row.amount} aligned />
            </TableCell>
            <TableCell numeric>
              <FigureValue figure={row.share} aligned />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
