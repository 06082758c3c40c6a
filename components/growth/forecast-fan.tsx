import { TrendChart } from "@/components/charts/trend-chart";
import type { TrendPoint, TrendRange, TrendSeries } from "@/components/charts/trend-marks";
import type { FigureView } from "@/lib/figures/schema";
import { formatFigure, formatMoney, formatNumber } from "@/lib/format";
import type { AheadMonth, ForecastPage } from "@/lib/growth/queries/forecast/forecast-page";
import { forecastFinding, promised } from "./forecast-words";

export const tickOf = (unit: string) => (value: number) =>
  /^[A-Z]{3}$/.test(unit) ? formatMoney(value, unit) : formatNumber(value, { decimals: 0 });

export const pointOf = (month: string, figure: FigureView, known = true): TrendPoint => ({
  day: `${month}-01`,
  value: known && figure.value !== null ? Number(figure.value) : null,
  text: known ? formatFigure(figure) : "unknown",
  figure,
});

/** The interval of each month ahead, opening from the last known value. */
export function rangeOf(ahead: readonly AheadMonth[], level: number, from: TrendPoint | undefined): TrendRange[] {
  const start = from?.value == null ? [] : [{ day: from.day, low: from.value, high: from.value }];
  const rest = ahead.flatMap((month) => {
    const band = promised(month)[level];
    if (!band || band.low.value === null || band.high.value === null) return [];
    return [{ day: `${month.month}-01`, low: Number(band.low.value), high: Number(band.high.value) }];
  });
  return rest.length > 0 ? [...start, ...rest] : [];
}

export function noteOf({ ahead }: { ahead: readonly AheadMonth[] }): string | undefined {
  if (ahead.length === 0) return undefined;
  const meant = "The inner band should hold four values in five, the outer one nineteen in twenty";
  return ahead.some(({ wide }) => wide.length > 0) ? `${meant}; both are widened by past errors.` : `${meant}.`;
}

/** Where running out begins: only these two have a line that the rules know. */
const MARKS: Readonly<Record<string, { value: number; label: string }[]>> = {
  cash: [{ value: 0, label: "no cash" }],
  net_burn: [{ value: 0, label: "breaks even" }],
};

/** What was, what was planned, and the fan of what may come: four in five and nineteen in twenty. */
export function ForecastFan({ page }: { page: ForecastPage }) {
  const actual = page.actual.map(({ month, figure, known }) => pointOf(month, figure, known));
  const last = actual.findLast(({ value }) => value !== null);
  const series: TrendSeries[] = [
    { name: "Actual", points: actual },
    ...(page.ahead.length > 0
      ? [{ name: "Forecast", points: page.ahead.map(({ month, point }) => pointOf(month, point)), dashed: true }]
      : []),
    ...(page.plan.length > 0
      ? [{ name: "Plan", points: page.plan.map(({ month, figure }) => pointOf(month, figure)), dashed: true }]
      : []),
  ];
  const title = page.refusal ? `${page.label}: no forecast` : forecastFinding(page);
  return (
    <TrendChart
      title={title}
      summary={`${page.label} month by month, with the forecast and its intervals. ${title}.`}
      series={series}
      thresholds={MARKS[page.metric] ?? []}
      range={rangeOf(page.ahead, 1, last)}
      inner={rangeOf(page.ahead, 0, last)}
      formatTick={tickOf(page.unit)}
      size="wide"
      note={noteOf(page)}
    />
  );
}
