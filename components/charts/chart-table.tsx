import { FigureValue } from "@/components/figures/figure-value";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import type { FigureView } from "@/lib/figures/schema";

/** A number as text, or as a figure that opens to its proof. */
export type ChartCell = string | FigureView;

type ChartTableProps = {
  caption: string;
  rowName: string;
  columns: readonly string[];
  rows: readonly { name: string; cells: readonly (ChartCell | undefined)[] }[];
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
                <Cell cell={row.cells[index] ?? "unknown"} />
              </TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

const Cell = ({ cell }: { cell: ChartCell }) => (typeof cell === "string" ? cell : <FigureValue figure={cell} />);
