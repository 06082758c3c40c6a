import { TrendChart } from "@/components/charts/trend-chart";
import { formatDay, formatFigure, formatMoney, formatNumber } from "@/lib/format";
import type { ChartSeries } from "@/lib/metrics/rules/performance";
import { lastMonths, type Mark, marksOf, trendFinding } from "./trend-finding";

const SHOWN = ["revenue", "mrr", "valuation", "exit_readiness", "cash", "customers"] as const;
const MONTHS = 36;

const isMoney = (unit: string): boolean => /^[A-Z]{3}$/.test(unit);
const tickOf = (unit: string) => (value: number) =>
  isMoney(unit) ? formatMoney(value, unit) : formatNumber(value, { decimals: 0 });
const monthName = (month: string) => formatDay(`${month.slice(0, 7)}-01`, "month");

/** The stored series that say most, at most four; each with its finding as title. */
export function VentureTrends({ series }: { series: readonly ChartSeries[] }) {
  const shown = SHOWN.flatMap(
    (key) => series.find((one) => one.key === key && one.points.some((point) => point.value !== null)) ?? [],
  );
  if (shown.length === 0) return <p className="py-2 text-muted">No series reaches back far enough for a chart.</p>;
  return (
    <div className="grid gap-x-8 gap-y-6 sm:grid-cols-2">
      {shown.slice(0, 4).map((one) => (
        <Trend key={one.key} series={one} />
      ))}
    </div>
  );
}

function Trend({ series }: { series: ChartSeries }) {
  const marks: Mark[] = marksOf(series.key, (value) => formatNumber(value));
  const points = lastMonths(
    series.points.map((point) => ({ month: point.month, value: point.value === null ? null : Number(point.value) })),
    MONTHS,
  );
  const exact = new Map(series.points.map((point) => [point.month.slice(0, 7), point]));
  const title = trendFinding(series.label, points, marks, monthName);
  const [first, last] = [points[0], points.at(-1)];
  const unknown = points.filter((point) => point.value === null).length;
  const span = first && last ? `from ${monthName(first.month)} to ${monthName(last.month)}` : "";
  return (
    <TrendChart
      title={title}
      summary={`${series.label} by month ${span}. ${title}.${unknown ? ` ${unknown} of these months are unknown.` : ""}`}
      series={[
        {
          name: series.label,
          points: points.map(({ month, value }) => ({
            day: `${month}-01`,
            value,
            text: formatFigure({ value: exact.get(month)?.value ?? null, unit: series.unit }),
            figure: exact.get(month)?.figure ?? null,
          })),
        },
      ]}
      thresholds={marks}
      formatTick={tickOf(series.unit)}
    />
  );
}
