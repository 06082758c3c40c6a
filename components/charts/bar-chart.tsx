import { scaleLinear } from "d3-scale";
import { ChartDrawing } from "./chart-drawing";
import { ChartFigure } from "./chart-figure";
import { ChartTable } from "./chart-table";
import { ChartText } from "./chart-text";
import { pixel } from "./frame";
import { Marks } from "./marks";

export type Bar = { label: string; value: number | null; text: string; emphasis?: boolean };

type BarChartProps = {
  title: string;
  summary: string;
  rowName: string;
  valueName: string;
  bars: readonly Bar[];
  note?: string;
};

const WIDTH = 400;
const ROW = 26;

/** Compared from a zero baseline, the label above its bar, the value at its end. */
export function BarChart({ title, summary, rowName, valueName, bars, note }: BarChartProps) {
  const known = bars.map((bar) => bar.value ?? 0);
  const x = scaleLinear([Math.min(0, ...known), Math.max(0, ...known) || 1], [2, WIDTH - 70]);
  const frame = { width: WIDTH, height: bars.length * (ROW + 10) + 6, left: 2, right: 70, top: 0, bottom: 0 };
  const graphic = (
    <ChartDrawing frame={frame} size="panel" summary={summary}>
      {bars.map((bar, index) => {
        const top = index * (ROW + 10);
        const start = x(Math.min(0, bar.value ?? 0));
        const end = x(Math.max(0, bar.value ?? 0));
        return (
          <Marks key={bar.label}>
            <ChartText x={2} y={top + 12} tone={bar.emphasis ? "ink" : "muted"} strong={bar.emphasis}>
              {bar.label}
            </ChartText>
            {bar.value === null ? null : (
              <rect
                x={pixel(start)}
                y={top + 17}
                width={pixel(Math.max(0.5, end - start))}
                height={ROW - 14}
                className={bar.emphasis ? "fill-series-1" : "fill-edge"}
              />
            )}
            <ChartText x={pixel(bar.value === null ? x(0) : end) + 6} y={top + 27} tone="ink">
              {bar.text}
            </ChartText>
          </Marks>
        );
      })}
      <line x1={pixel(x(0))} x2={pixel(x(0))} y1="14" y2={frame.height} className="stroke-edge" />
    </ChartDrawing>
  );
  const rows = bars.map((bar) => ({ name: bar.label, cells: [bar.text] }));
  return (
    <ChartFigure
      title={title}
      graphic={graphic}
      table={<ChartTable caption={title} rowName={rowName} columns={[valueName]} rows={rows} />}
      note={note}
    />
  );
}
