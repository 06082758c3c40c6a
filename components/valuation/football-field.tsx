import { scaleLinear } from "d3-scale";
import { ChartDrawing } from "@/components/charts/chart-drawing";
import { ChartFigure } from "@/components/charts/chart-figure";
import { ChartTable } from "@/components/charts/chart-table";
import { ChartText } from "@/components/charts/chart-text";
import { pixel } from "@/components/charts/frame";
import { Marks } from "@/components/charts/marks";
import type { FigureView } from "@/lib/figures/schema";
import { formatFigure } from "@/lib/format";

export type FieldRow = { key: string; name: string; low: FigureView; central: FigureView; high: FigureView };
export type FieldOverlap = { low: FigureView; high: FigureView };

const WIDTH = 760;
const ROW = 44;
const SIDE = 72;
const TOP = 26;

const numberOf = (figure: FigureView): number => Number(figure.value ?? 0);

/** The range of each method on one scale, with what all of them have in common; where they have nothing, it says so. */
export function FootballField({ rows, overlap }: { rows: readonly FieldRow[]; overlap: FieldOverlap }) {
  const meets = overlap.low.value !== null && overlap.high.value !== null;
  const ends = rows.flatMap(({ low, high }) => [numberOf(low), numberOf(high)]);
  const [least, most] = [Math.min(...ends), Math.max(...ends)];
  const room = (most - least || Math.abs(most) || 1) * 0.04;
  const x = scaleLinear([least - room, most + room], [SIDE, WIDTH - SIDE]);
  const frame = { width: WIDTH, height: TOP + rows.length * ROW + 8, left: SIDE, right: SIDE, top: TOP, bottom: 0 };
  const title = meets
    ? `The methods meet between ${formatFigure(overlap.low)} and ${formatFigure(overlap.high)}`
    : rows.length > 1
      ? "The methods have no value in common"
      : "One method is used";
  const graphic = (
    <ChartDrawing frame={frame} size="wide" summary={title} focusable>
      {meets ? <Overlap overlap={overlap} x={x} height={frame.height} /> : null}
      {rows.map((row, index) => (
        <Row key={row.key} row={row} top={TOP + index * ROW} x={x} />
      ))}
    </ChartDrawing>
  );
  const cells = rows.map(({ name, low, central, high }) => ({ name, cells: [low, central, high] }));
  const common = meets
    ? [{ name: "In common", cells: [overlap.low, undefined, overlap.high].map((one) => one ?? "–") }]
    : [];
  return (
    <ChartFigure
      title={title}
      graphic={graphic}
      table={
        <ChartTable
          caption={title}
          rowName="Method"
          columns={["Low", "Central", "High"]}
          rows={[...cells, ...common]}
        />
      }
      note="Enterprise values. The tick is the central value of the method; ranges are never averaged."
    />
  );
}

type Scale = (value: number) => number;

function Overlap({ overlap, x, height }: { overlap: FieldOverlap; x: Scale; height: number }) {
  const [from, to] = [x(numberOf(overlap.low)), x(numberOf(overlap.high))];
  return (
    <Marks>
      <rect
        x={pixel(from)}
        y={TOP - 4}
        width={pixel(Math.max(1, to - from))}
        height={height - TOP}
        className="fill-wash"
      />
      <line
        x1={pixel(from)}
        x2={pixel(from)}
        y1={TOP - 4}
        y2={height - 4}
        strokeDasharray="2 3"
        className="stroke-muted"
      />
      <line x1={pixel(to)} x2={pixel(to)} y1={TOP - 4} y2={height - 4} strokeDasharray="2 3" className="stroke-muted" />
      <ChartText x={pixel((from + to) / 2)} y={12} anchor="middle">
        in common
      </ChartText>
    </Marks>
  );
}

function Row({ row: { name, low, central, high }, top, x }: { row: FieldRow; top: number; x: Scale }) {
  const [from, to, middle] = [x(numberOf(low)), x(numberOf(high)), x(numberOf(central))];
  return (
    <Marks>
      <ChartText x={pixel((from + to) / 2)} y={top + 12} anchor="middle" tone="ink">
        {name}
      </ChartText>
      <rect x={pixel(from)} y={top + 18} width={pixel(Math.max(1, to - from))} height="14" className="fill-edge" />
      <rect x={pixel(middle - 1)} y={top + 15} width="2" height="20" className="fill-series-1" />
      <ChartText x={pixel(from) - 6} y={top + 29} anchor="end">
        {formatFigure(low)}
      </ChartText>
      <ChartText x={pixel(to) + 6} y={top + 29}>
        {formatFigure(high)}
      </ChartText>
    </Marks>
  );
}
