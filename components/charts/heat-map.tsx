import { classNames } from "@/components/ui/class-names";
import { Table, TableBody, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";

export type HeatCell = { value: number | null; text: string };

type HeatMapProps = {
  title: string;
  rowName: string;
  columns: readonly string[];
  rows: readonly { name: string; cells: readonly (HeatCell | undefined)[] }[];
};

// Tints stay light enough that ink on them keeps 7:1; the number in the cell is the message, the tint only its shape.
const TINTS = [
  "",
  "bg-[color-mix(in_oklab,var(--accent)_7%,transparent)]",
  "bg-[color-mix(in_oklab,var(--accent)_14%,transparent)]",
  "bg-[color-mix(in_oklab,var(--accent)_21%,transparent)]",
  "bg-[color-mix(in_oklab,var(--accent)_28%,transparent)]",
] as const;

/** A table whose cells darken with their value. Missing cells stay empty, unknown ones say so. */
export function HeatMap({ title, rowName, columns, rows }: HeatMapProps) {
  const known = rows.flatMap((row) => row.cells.flatMap((cell) => cell?.value ?? []));
  const low = Math.min(...known);
  const span = Math.max(...known) - low || 1;
  const tint = (value: number) => TINTS[Math.min(4, Math.floor(((value - low) / span) * 5))];
  return (
    <figure data-chart="" className="min-w-0">
      <figcaption className="headline mb-1 text-base">{title}</figcaption>
      <Table caption={title} compact>
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
            <TableRow key={row.name} className="border-0">
              <TableRowHead className="whitespace-nowrap">{row.name}</TableRowHead>
              {columns.map((column, index) => {
                const cell = row.cells[index];
                return (
                  <td key={column} className={classNames("px-2 text-right", cell?.value != null && tint(cell.value))}>
                    {cell?.text}
                  </td>
                );
              })}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </figure>
  );
}
