import { FigureValue, type FigureView } from "@/components/figures/figure-value";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import type { MemoTable } from "@/lib/decisions/schema";

type Figures = Readonly<Record<string, FigureView>>;

/** The case side by side: every cell a figure that opens, words, or unknown. */
export function MemoTables({ tables, figures }: { tables: readonly MemoTable[]; figures: Figures }) {
  return (
    <div className="grid gap-5 *:min-w-0">
      {tables.map((table) => (
        <div key={table.title}>
          {table.rows.length > 0 ? (
            <OneTable table={table} figures={figures} />
          ) : (
            <h3 className="text-sm font-medium">{table.title}</h3>
          )}
          {table.note ? <p className="mt-1 prose-width text-muted">{table.note}</p> : null}
        </div>
      ))}
    </div>
  );
}

const isText = (table: MemoTable, column: number): boolean =>
  table.rows.some(({ cells }) => {
    const cell = cells[column];
    return cell ? "text" in cell : false;
  });

function OneTable({ table, figures }: { table: MemoTable; figures: Figures }) {
  return (
    <Table caption={table.title} showCaption compact>
      <TableHead>
        <TableHeadCell>
          <span className="sr-only">Row</span>
        </TableHeadCell>
        {table.columns.map((column, index) => (
          <TableHeadCell key={column} numeric={!isText(table, index)}>
            {column}
          </TableHeadCell>
        ))}
      </TableHead>
      <TableBody>
        {table.rows.map((row) => (
          <TableRow key={row.label}>
            <TableRowHead className="min-w-32 font-normal wrap-anywhere">{row.label}</TableRowHead>
            {table.columns.map((column, index) => (
              <TableCell key={column} numeric={!isText(table, index)}>
                <Cell cell={row.cells[index] ?? null} figures={figures} exact={table.exact ?? false} />
              </TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

type CellProps = { cell: MemoTable["rows"][number]["cells"][number]; figures: Figures; exact: boolean };

function Cell({ cell, figures, exact }: CellProps) {
  if (cell && "text" in cell) return cell.text;
  const figure = cell ? figures[cell.figure] : undefined;
  return figure ? <FigureValue figure={figure} exact={exact} /> : <span className="text-muted">–</span>;
}
