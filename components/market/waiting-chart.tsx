import { scaleLinear } from "d3-scale";
import { ChartDrawing } from "@/components/charts/chart-drawing";
import { ChartFigure } from "@/components/charts/chart-figure";
import { ChartText } from "@/components/charts/chart-text";
import { pixel } from "@/components/charts/frame";
import { Marks } from "@/components/charts/marks";
import { FigureValue } from "@/components/figures/figure-value";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { type FigureView, REASON_SENTENCES } from "@/lib/figures/schema";
import { formatMoney } from "@/lib/format";
import type { ExitTiming, TimingFacts } from "@/lib/market/rules/exit-timing";
import type { WaitingRange } from "@/lib/market/rules/waiting";

type Figures = Readonly<Record<string, FigureView>>;
type WaitingChartProps = { timing: ExitTiming; facts: TimingFacts; figures: Figures; currency: string };

const ROW = 44;
const WIDTH = 760;

function findingOf(ranges: readonly WaitingRange[], today: number): string {
  const higher = ranges.filter(({ p50 }) => p50 > today);
  if (higher.length === 0) return "At none of the horizons does waiting bring more in the middle of its range";
  const best = higher.reduce((most, range) => (range.p50 > most.p50 ? range : most));
  return `In the middle of its range, waiting ${best.months} months brings most`;
}

/** What waiting is worth today, as ranges against a sale today; the numbers with their proof stand below. */
export function WaitingChart({ timing: { waiting, waitingReason }, facts, figures, currency }: WaitingChartProps) {
  const today = facts.valuation.value;
  if (!waiting || today === null)
    return (
      <p className="border-y border-line py-6 text-muted">
        What waiting is worth is not known: {REASON_SENTENCES[waitingReason ?? ""] ?? waitingReason}
      </p>
    );
  const { ranges } = waiting;
  const x = scaleLinear([0, Math.max(today, ...ranges.map(({ p90 }) => p90))], [120, WIDTH - 90]);
  const height = (ranges.length + 1) * ROW + 8;
  const frame = { width: WIDTH, height, left: 120, right: 90, top: 0, bottom: 0 };
  const money = (value: number) => formatMoney(value, currency);
  const title = findingOf(ranges, today);
  const graphic = (
    <ChartDrawing
      focusable
      frame={frame}
      size="wide"
      summary={`${title}. ${ranges.map(({ months, p10, p90 }) => `${months} months: ${money(p10)} to ${money(p90)}`).join("; ")}.`}
    >
      <Marks>
        <line
          x1={pixel(x(today))}
          x2={pixel(x(today))}
          y1={20}
          y2={height}
          strokeDasharray="2 3"
          className="stroke-muted"
        />
        <ChartText x={0} y={24} strong tone="ink">
          Sell today
        </ChartText>
        <circle cx={pixel(x(today))} cy={20} r="5" className="fill-accent" />
        <ChartText x={pixel(x(today)) + 10} y={24} tone="ink" strong>
          {money(today)}
        </ChartText>
        {ranges.map((range, index) => (
          <RangeMark
            key={range.months}
            range={range}
            top={(index + 1) * ROW}
            at={(value) => pixel(x(value))}
            money={money}
          />
        ))}
      </Marks>
    </ChartDrawing>
  );
  return (
    <div className="grid gap-5 *:min-w-0">
      <ChartFigure
        title={title}
        graphic={graphic}
        table={<WaitingTable caption={title} ranges={ranges} figures={figures} />}
        note="In today's money, after growth, the multiple's walk, dilution, failure and discount. One draw in ten lies below the bar, one above; the tick is the median."
      />
      <WaitingTable caption="Worth of waiting" ranges={ranges} figures={figures} />
    </div>
  );
}

type MarkProps = { range: WaitingRange; top: number; at: (value: number) => number; money: (value: number) => string };

function RangeMark({ range: { months, p10, p50, p90 }, top, at, money }: MarkProps) {
  return (
    <g>
      <ChartText x={0} y={top + 24}>
        Wait {months} months
      </ChartText>
      <rect x={at(p10)} y={top + 12} width={Math.max(1, at(p90) - at(p10))} height="16" className="fill-edge" />
      <rect x={at(p50) - 1.5} y={top + 8} width="3" height="24" className="fill-series-1" />
      <ChartText x={at(p90) + 8} y={top + 24} tone="ink">
        {money(p50)}
      </ChartText>
    </g>
  );
}

const COLUMNS = [
  { part: "p10", label: "P10" },
  { part: "p50", label: "Median" },
  { part: "p90", label: "P90" },
  { part: "mean", label: "Mean" },
  { part: "beats", label: "Beats selling" },
  { part: "breakEven", label: "Break-even multiple" },
] as const;

type WaitingTableProps = { caption: string; ranges: readonly WaitingRange[]; figures: Figures };

function WaitingTable({ caption, ranges, figures }: WaitingTableProps) {
  return (
    <Table caption={caption} compact>
      <TableHead>
        <TableHeadCell>Wait</TableHeadCell>
        {COLUMNS.map(({ part, label }) => (
          <TableHeadCell key={part} numeric>
            {label}
          </TableHeadCell>
        ))}
      </TableHead>
      <TableBody>
        {ranges.map(({ months }) => (
          <TableRow key={months}>
            <TableRowHead>{months} months</TableRowHead>
            {COLUMNS.map(({ part }) => {
              const figure = figures[`waiting.${months}.${part}`];
              return (
                <TableCell key={part} numeric>
                  {figure ? <FigureValue figure={figure} keepZeros /> : "–"}
                </TableCell>
              );
            })}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
