import { FigureValue } from "@/components/figures/figure-value";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import type { ClassLine, Split } from "@/lib/distribution/rules/split/split";
import type { CLASS_KEYS } from "@/lib/distribution/rules/split/split-figures";
import type { FigureView } from "@/lib/figures/schema";
import { formatNumber } from "@/lib/format";

const COLUMNS: readonly (readonly [(typeof CLASS_KEYS)[number], string])[] = [
  ["preference", "Preference"],
  ["participation", "Participation"],
  ["conversion", "Conversion"],
  ["strike", "Strike"],
  ["gross", "Before tax"],
  ["held", "Escrow, holdback"],
  ["closing", "At closing"],
];

const choiceWords = ({ converted, indifferent }: ClassLine): string =>
  indifferent ? "makes no difference" : converted ? "converts" : "holds";

/** What each class receives, and which of them convert because that brings them more. */
export function ClassSplit({ split, figures }: { split: Split; figures: Readonly<Record<string, FigureView>> }) {
  return (
    <Table caption="What each class receives" compact>
      <TableHead>
        <TableHeadCell>Class</TableHeadCell>
        <TableHeadCell numeric>Shares</TableHeadCell>
        <TableHeadCell>Choice</TableHeadCell>
        {COLUMNS.map(([key, label]) => (
          <TableHeadCell key={key} numeric>
            {label}
          </TableHeadCell>
        ))}
      </TableHead>
      <TableBody>
        {split.classes.map((line) => (
          <TableRow key={line.id}>
            <TableRowHead className="min-w-40 font-normal wrap-anywhere">{line.name}</TableRowHead>
            <TableCell numeric>{line.shares === null ? "–" : formatNumber(line.shares, { decimals: 0 })}</TableCell>
            <TableCell className="whitespace-nowrap">
              {line.preference + line.conversion > 0n ? choiceWords(line) : "–"}
            </TableCell>
            {COLUMNS.map(([key]) => {
              const figure = figures[`class.${line.id}.${key}`];
              return (
                <TableCell key={key} numeric>
                  {figure ? <FigureValue figure={figure} exact /> : "–"}
                </TableCell>
              );
            })}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
