import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";

type ChartTableProps = {
  caption: string;
  rowName: string;
  columns: readonly string[];
  rows: readonly { name: string; cells: readonly string[] }[];
};

/** The same numbers as text. */
export function ChartTable({ caption, rowName, columns, rows }: ChartTableProps) {
  return (
    <Table caption={caption} compact tall>
      <TableHead>
        <TableHeadCell>{rowName}</TableHeadCell>
        {columns.map((column) => (
          <TableHeadCell key={column} numeric>
            {column}
          </TableHeadCell>
        ))}
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <TableRow key={row.name}>
            <TableRowHead>{row.name}</TableRowHead>
            {columns.map((column, index) => (
              <TableCell key={column} numeric>
                {row.cells[index] ?? "unknown"}
              </TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
