import { scaleLinear } from "d3-scale";
import { ChartDrawing } from "@/components/charts/chart-drawing";
import { ChartFigure } from "@/components/charts/chart-figure";
import { ChartTable } from "@/components/charts/chart-table";
import { ChartText } from "@/components/charts/chart-text";
import { pixel } from "@/components/charts/frame";
import { Marks } from "@/components/charts/marks";
import type { FigureView } from "@/lib/figures/schema";
import { formatFigure } from "@/lib/format";

export type IntervalRow = {
  label: string;
  estimate: FigureView | null;
  low: FigureView | null;
  high: FigureView | null;
  /** On the same scale; a thin line where it would matter. */
  emphasis: boolean;
};

const WIDTH = 420;
const ROW = 40;
const numberOf = (figure: FigureView | null): number | null => (figure?.value ? Number(figure.value) : null);
const textOf = (figure: FigureView | null): string => (figure ? formatFigure(figure) : "unknown");

/** The words stay inside the drawing where the line of no change stands at its edge. */
const anchorAt = (at: number) => (at < 40 ? "start" : at > WIDTH - 40 ? "end" : "middle");

/** Each change as a dot with its interval, about the line of no change. */
export function IntervalChart({ title, rows, note }: { title: string; rows: readonly IntervalRow[]; note?: string }) {
  const ends = rows.flatMap(({ estimate, low, high }) => [estimate, low, high].flatMap((one) => numberOf(one) ?? []));
  const reach = Math.max(...ends.map(Math.abs), 1e-9);
  const [least, most] = [Math.min(0, ...ends), Math.max(0, ...ends)];
  const x = scaleLinear([least - reach * 0.05, most + reach * 0.05], [6, WIDTH - 6]);
  const frame = { width: WIDTH, height: rows.length * ROW + 18, left: 6, right: 6, top: 0, bottom: 0 };
  const summary = rows
    .map(({ label, estimate, low, high }) => `${label}: ${textOf(estimate)}, ${textOf(low)} to ${textOf(high)}`)
    .join("; ");
  const graphic = (
    <ChartDrawing frame={frame} size="panel" summary={summary}>
      <ChartText x={pixel(x(0))} y={rows.length * ROW + 13} anchor={anchorAt(x(0))}>
        no change
      </ChartText>
      {rows.map((row, index) => (
        <IntervalMark key={row.label} row={row} top={index * ROW} x={x} />
      ))}
    </ChartDrawing>
  );
  const columns = ["low end", "change", "high end"];
  const table = rows.map(({ label, low, estimate, high }) => ({
    name: label,
    cells: [low, estimate, high].map((cell) => cell ?? undefined),
  }));
  return (
    <ChartFigure
      title={title}
      graphic={graphic}
      table={<ChartTable caption={title} rowName="Metric" columns={columns} rows={table} />}
      note={note}
    />
  );
}

function IntervalMark({ row, top, x }: { row: IntervalRow; top: number; x: (value: number) => number }) {
  const [estimate, low, high] = [row.estimate, row.low, row.high].map(numberOf);
  const middle = top + 26;
  const zero = pixel(x(0));
  return (
    <Marks>
      <line x1={zero} x2={zero} y1={middle - 9} y2={middle + 9} className="stroke-muted" />
      <ChartText x={6} y={top + 13} tone={row.emphasis ? "ink" : "muted"} strong={row.emphasis}>
        {`${row.label}  ${textOf(row.estimate)}`}
      </ChartText>
      {low === null || low === undefined || high === null || high === undefined ? null : (
        <line
          x1={pixel(x(low))}
          x2={pixel(x(high))}
          y1={middle}
          y2={middle}
          strokeWidth={row.emphasis ? 4 : 2.5}
          className="stroke-series-1"
        />
      )}
      {estimate === null || estimate === undefined ? null : (
        <circle cx={pixel(x(estimate))} cy={middle} r={row.emphasis ? 5 : 4} className="fill-ink" />
      )}
    </Marks>
  );
}
