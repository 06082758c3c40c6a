import { formatDay } from "@/lib/format";
import { Baseline, type Threshold, Thresholds, TimeAxis, ValueAxis } from "./axes";
import { ChartDrawing } from "./chart-drawing";
import { ChartFigure } from "./chart-figure";
import { ChartReader } from "./chart-reader";
import { ChartTable } from "./chart-table";
import { ChartText } from "./chart-text";
import { type ChartSize, frameOf } from "./frame";
import { Marks } from "./marks";
import { type TrendRange, type TrendSeries, trendMarks } from "./trend-marks";

type TrendChartProps = {
  /** The finding: "NRR fell below 100 % in August". */
  title: string;
  /** The picture in a sentence or two, for those who do not see it. */
  summary: string;
  series: readonly TrendSeries[];
  thresholds?: readonly Threshold[];
  range?: readonly TrendRange[];
  inner?: readonly TrendRange[];
  formatTick: (value: number) => string;
  size?: ChartSize;
  note?: string;
  /** Where the numbers behind it can be had as a file. */
  download?: string;
};

const STROKES = [
  "stroke-series-1",
  "stroke-series-2",
  "stroke-series-3",
  "stroke-series-4",
  "stroke-series-5",
  "stroke-series-6",
];
const FILLS = ["fill-series-1", "fill-series-2", "fill-series-3", "fill-series-4", "fill-series-5", "fill-series-6"];

const monthOf = (day: string) => formatDay(day, "month");

export function TrendChart({
  title,
  summary,
  series,
  thresholds = [],
  range = [],
  inner = [],
  formatTick,
  size = "panel",
  note,
  download,
}: TrendChartProps) {
  const frame = frameOf(size);
  const marks = trendMarks({ frame, series, thresholds, range, inner, formatTick, formatDay: monthOf });
  const days = [...new Set(series.flatMap((one) => one.points.map((point) => point.day)))].sort().reverse();
  const table = (
    <ChartTable
      caption={title}
      rowName="Month"
      columns={series.map((one) => one.name)}
      rows={days.map((day) => ({
        name: monthOf(day),
        cells: series.map((one) => {
          const point = one.points.find((candidate) => candidate.day === day);
          return point?.figure ?? point?.text ?? "–";
        }),
      }))}
    />
  );
  const graphic = marks ? (
    <ChartDrawing
      frame={frame}
      size={size}
      summary={summary}
      fromEnd
      axis={size === "wide" ? <ValueAxis frame={frame} ticks={marks.valueTicks} /> : undefined}
    >
      <ValueAxis frame={frame} ticks={marks.valueTicks} />
      <Baseline frame={frame} />
      <TimeAxis frame={frame} ticks={marks.dayTicks} />
      <Thresholds frame={frame} marks={marks.thresholds} />
      {marks.bandPath ? <path d={marks.bandPath} className="fill-selected" /> : null}
      {marks.innerPath ? <path d={marks.innerPath} className="fill-accent opacity-25" /> : null}
      {marks.lines.map((one, index) => (
        <Marks key={one.name}>
          <path
            d={one.path}
            fill="none"
            strokeWidth="1.75"
            strokeDasharray={one.dashed ? "5 3" : undefined}
            className={STROKES[index % 6]}
          />
          {one.lone.map((point) => (
            <circle key={point.x} cx={point.x} cy={point.y} r="1.75" className={FILLS[index % 6]} />
          ))}
          {one.end ? <circle cx={one.end.x} cy={one.end.y} r="2.5" className={FILLS[index % 6]} /> : null}
          {one.end ? (
            <ChartText x={one.end.x + 6} y={one.labelY + 4} tone="ink" strong>
              {series.length > 1 ? one.name : one.end.text}
            </ChartText>
          ) : null}
        </Marks>
      ))}
      <ChartReader label={title} frame={frame} stops={marks.stops} />
    </ChartDrawing>
  ) : (
    <p className="border-y border-line py-6 text-muted">Nothing known in this period.</p>
  );
  return <ChartFigure title={title} graphic={graphic} table={table} note={note} download={download} />;
}
