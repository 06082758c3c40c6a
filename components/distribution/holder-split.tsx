import { FigureValue } from "@/components/figures/figure-value";
import { Badge } from "@/components/ui/badge";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import type { HolderLine, Split, Sums } from "@/lib/distribution/rules/split/split";
import type { FigureView } from "@/lib/figures/schema";
import { formatNumber } from "@/lib/format";
import { Exact } from "@/lib/money";

type Figures = Readonly<Record<string, FigureView>>;

const COLUMNS: readonly (readonly [keyof Sums, string])[] = [
  ["preference", "Preference"],
  ["residual", "Conversion and participation"],
  ["gross", "Before tax"],
  ["held", "Escrow, holdback"],
  ["withheld", "Tax withheld"],
  ["net", "At closing"],
  ["later", "Later, at most"],
];

/** Shares of a class that a holder has: part × shares, where both are known. */
function sharesOf(part: string, shares: string | null): string | null {
  const [above, below = "1"] = part.split("/");
  if (!above || shares === null) return null;
  return formatNumber(new Exact(above).div(below).times(shares), { decimals: 0 });
}

function heldWords({ classes }: HolderLine, split: Split): string {
  const shares = new Map(split.classes.map((one) => [one.id, one.shares]));
  return classes
    .map(({ classId, name, part }) => {
      const count = sharesOf(part, shares.get(classId) ?? null);
      return count === null ? name : `${name} ${count}`;
    })
    .join("; ");
}

/** What each holder has and receives; the group's own holders are marked. */
export function HolderSplit({ split, figures }: { split: Split; figures: Figures }) {
  return (
    <Table caption="What each holder receives" compact>
      <TableHead>
        <TableHeadCell>Holder</TableHeadCell>
        {COLUMNS.map(([key, label]) => (
          <TableHeadCell key={key} numeric className="whitespace-normal">
            {label}
          </TableHeadCell>
        ))}
      </TableHead>
      <TableBody>
        {split.group ? <Row name="The group" part="group" figures={figures} strong /> : null}
        {split.holders.map((line) => (
          <Row
            key={line.id}
            name={line.name}
            part={`holder.${line.id}`}
            figures={figures}
            group={line.group}
            held={heldWords(line, split)}
          />
        ))}
        <Row name="All holders" part="all" figures={figures} strong />
      </TableBody>
    </Table>
  );
}

type RowProps = { name: string; part: string; figures: Figures; group?: boolean; held?: string; strong?: boolean };

function Row({ name, part, figures, group = false, held = "", strong = false }: RowProps) {
  return (
    <TableRow>
      <TableRowHead className={strong ? "min-w-40" : "min-w-40 font-normal wrap-anywhere"}>
        {name} {group ? <Badge>group</Badge> : null}
        {held ? <span className="block text-sm font-normal text-muted">{held}</span> : null}
      </TableRowHead>
      {COLUMNS.map(([key]) => {
        const figure = figures[`${part}.${key}`];
        return (
          <TableCell key={key} numeric className="align-top">
            {figure ? <FigureValue figure={figure} exact /> : "–"}
          </TableCell>
        );
      })}
    </TableRow>
  );
}
