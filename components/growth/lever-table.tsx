import { FigureValue } from "@/components/figures/figure-value";
import { Badge } from "@/components/ui/badge";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import type { Figure, FigureView } from "@/lib/figures/schema";
import { CHOICE_REASONS, CONFIDENCE_REASONS } from "@/lib/growth/schema";
import type { LeverOrder, LeverRow } from "./lever-views";
import { anchorOf, deedOf } from "./lever-words";
import { RangeBar } from "./range-bar";

type LeverTableProps = {
  rows: readonly LeverRow[];
  order: LeverOrder;
  path: string;
  show: (figure: Figure) => FigureView;
};

/** The levers in order, each with its range on a common scale, and whether it is in the chosen set. */
export function LeverTable({ rows, order, path, show }: LeverTableProps) {
  const most = Math.max(0, ...rows.map(({ lever }) => lever.outcome.effect.p90));
  const head = (name: string, by: LeverOrder) => (
    <TableHeadCell
      numeric
      sort={order === by ? (by === "cost" ? "ascending" : "descending") : null}
      sortHref={`${path}?order=${by}`}
    >
      {name}
    </TableHeadCell>
  );
  return (
    <Table caption="Growth levers">
      <TableHead>
        <TableHeadCell numeric>Rank</TableHeadCell>
        <TableHeadCell>Lever</TableHeadCell>
        <TableHeadCell>Chosen</TableHeadCell>
        {head("Revenue in 12 months", "effect")}
        <TableHeadCell>Range</TableHeadCell>
        {head("Cost", "cost")}
        {head("Return in 24 months", "return")}
        <TableHeadCell>Confidence</TableHeadCell>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <Row key={row.lever.id} row={row} most={most} show={show} />
        ))}
      </TableBody>
    </Table>
  );
}

function Row({ row, most, show }: { row: LeverRow; most: number; show: (figure: Figure) => FigureView }) {
  const { lever, figures, rank, choice } = row;
  const { p10, p50, p90 } = lever.outcome.effect;
  const reason = choice ? CHOICE_REASONS[choice.reason] : null;
  return (
    <TableRow>
      <TableCell numeric>{rank}</TableCell>
      <TableRowHead className="min-w-56">
        <a href={`#${anchorOf(lever.id)}`} className="underline-offset-3 hover:underline">
          {deedOf(lever.kind, lever.subject)}
        </a>
      </TableRowHead>
      <TableCell className="min-w-44 text-sm">
        {choice?.chosen ? <Badge>chosen</Badge> : <span className="text-muted">{reason}</span>}
      </TableCell>
      <TableCell numeric>
        <FigureValue figure={show(figures.effect)} />
      </TableCell>
      <TableCell>
        <RangeBar low={p10} middle={p50} high={p90} most={most} />
        <span className="text-xs whitespace-nowrap text-muted">
          <FigureValue figure={show(figures.effectLow)} /> to <FigureValue figure={show(figures.effectHigh)} />
        </span>
      </TableCell>
      <TableCell numeric>
        <FigureValue figure={show(figures.cost)} />
      </TableCell>
      <TableCell numeric>
        <FigureValue figure={show(figures.roi)} />
      </TableCell>
      <TableCell className="min-w-36">
        {lever.confidence}
        <span className="block text-xs text-muted">{CONFIDENCE_REASONS[lever.confidenceReason]}</span>
      </TableCell>
    </TableRow>
  );
}
