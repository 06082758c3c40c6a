import { FigureValue } from "@/components/figures/figure-value";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { REASON_SENTENCES } from "@/lib/figures/schema";
import type { TopCustomers } from "@/lib/metrics/queries/customers-page";

/** On whom the revenue of the window rests: the ten largest by what was invoiced. */
export function ConcentrationTable({ rows, reason }: TopCustomers) {
  if (rows.length === 0) {
    const why = reason === "no-data" ? "No invoices are stored for these months." : REASON_SENTENCES[reason ?? ""];
    return <p className="border-y border-line py-6 text-muted">Unknown: {why}</p>;
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
