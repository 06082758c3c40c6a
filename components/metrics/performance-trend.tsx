import { TrendChart } from "@/components/charts/trend-chart";
import type { TrendSeries } from "@/components/charts/trend-marks";
import { noteOf, pointOf, rangeOf } from "@/components/growth/forecast-fan";
import { NarrowIntervals, PastCoverage } from "@/components/growth/forecast-past";
import { refusalWords } from "@/components/growth/forecast-words";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { marksOf, trendFinding } from "@/components/ventures/trend-finding";
import { formatFigure, formatMoney, formatNumber, formatRatio } from "@/lib/format";
import type { MeasureAhead } from "@/lib/growth/queries/forecast/forecast-page";
import type { TrendPointView, TrendView } from "@/lib/metrics/queries/performance-page";
import { definitionOf, measureOfKey, TREND_KEYS } from "@/lib/metrics/rules/performance-table";
import { KeptParams, monthName } from "./performance-controls";
import type { PerformanceView } from "./performance-view";

type TrendProps = {
  trend: TrendView;
  view: PerformanceView;
  path: string;
  /** What may come of it, month by month, or why nothing can be told; null behind an older month. */
  coming: MeasureAhead | null;
};

const tickOf = (unit: string) => (value: number) => {
  if (unit === "ratio") return formatRatio(value, { decimals: 0 });
  if (/^[A-Z]{3}$/.test(unit)) return formatMoney(value, unit);
  return formatNumber(value, { decimals: Math.abs(value) < 10 && unit === "multiple" ? 1 : 0 });
};

const pointsOf = (points: readonly TrendPointView[]) =>
  points.map(({ day, figure }) => ({
    day: `${day.slice(0, 7)}-01`,
    value: figure?.value == null ? null : Number(figure.value),
    text: figure ? formatFigure(figure) : "unknown",
    figure,
  }));

/** One measure over three years, as it was, as it was planned, and with the fan of what may come; each point opens to its proof. */
export function PerformanceTrend({ trend, view, path, coming }: TrendProps) {
  const ahead = coming?.ahead ?? [];
  const actual = pointsOf(trend.actual);
  const marks = marksOf(measureOfKey(trend.key), tickOf(trend.unit));
  const title = trendFinding(
    trend.label,
    actual.map(({ day, value }) => ({ month: day.slice(0, 7), value })),
    marks,
    monthName,
  );
  const series: TrendSeries[] = [
    { name: "Actual", points: actual },
    ...(trend.plan.length > 0 ? [{ name: "Plan", points: pointsOf(trend.plan), dashed: true }] : []),
    ...(trend.forecast.length > 0 ? [{ name: "Forecast given", points: pointsOf(trend.forecast), dashed: true }] : []),
    ...(ahead.length > 0
      ? [{ name: "Forecast", points: ahead.map(({ month, point }) => pointOf(month, point)), dashed: true }]
      : []),
  ];
  const last = actual.findLast(({ value }) => value !== null);
  const unknown = actual.filter((point) => point.value === null).length;
  return (
    <div id="trend" className="grid scroll-mt-4 gap-3 *:min-w-0">
      <form action={path} data-print="none" className="flex flex-wrap items-end gap-2">
        <KeptParams view={view} but={["trend"]} />
        <Field label="Measure">
          {(control) => (
            <Select
              key={trend.key}
              name="trend"
              defaultValue={trend.key}
              options={TREND_KEYS.map((key) => ({ value: key, label: definitionOf(key)?.name ?? wordsOf(key) }))}
              {...control}
            />
          )}
        </Field>
        <Button type="submit">Show</Button>
      </form>
      <TrendChart
        title={title}
        summary={`${trend.label} at the end of each month, ${actual.length} months. ${title}.${unknown ? ` ${unknown} of them are unknown.` : ""}`}
        series={series}
        thresholds={marks}
        range={rangeOf(ahead, 1, last)}
        inner={rangeOf(ahead, 0, last)}
        formatTick={tickOf(trend.unit)}
        size="wide"
        note={noteOf({ ahead })}
      />
      <Gaps points={actual} />
      {coming ? <Trusted coming={coming} label={trend.label} /> : null}
    </div>
  );
}

/** Why a line breaks off between two known months. */
function Gaps({ points }: { points: readonly { day: string; value: number | null }[] }) {
  const [first, last] = [
    points.findIndex((one) => one.value !== null),
    points.findLastIndex((one) => one.value !== null),
  ];
  const gaps = points.slice(first, last).filter(({ value }) => value === null);
  if (gaps.length === 0) return null;
  return (
    <p className="text-sm text-muted">
      Not known in {gaps.map(({ day }) => monthName(day)).join(", ")}: accounts of these months are missing, or what the
      measure would be divided by is.
    </p>
  );
}

/** Beside each forecast: how wide its intervals had to be, and how kept ones did; or why there is none. */
function Trusted({ coming, label }: { coming: MeasureAhead; label: string }) {
  const { refusal, accuracy, calibration } = coming;
  if (refusal) return <p className="text-sm text-muted">No forecast. {refusalWords(refusal, label)}</p>;
  return (
    <div className="grid gap-2 text-sm">
      <NarrowIntervals accuracy={accuracy} />
      {calibration ? <PastCoverage calibration={calibration} /> : null}
    </div>
  );
}

const wordsOf = (key: string): string => {
  const words = measureOfKey(key).replaceAll("_", " ");
  return words.replace(/^ebitda/, "EBITDA").replace(/^[a-z]/, (letter) => letter.toUpperCase());
};
