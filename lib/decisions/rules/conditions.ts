import { makeFigure } from "@/lib/figures/rules";
import type { Figure, Unit } from "@/lib/figures/schema";
import { MEASURE_KEYS } from "@/lib/metrics/rules/performance";
import { type ResolvedPoint, stockOn } from "@/lib/metrics/rules/series";
import { findMetric, type MetricDefinition, metricDataset } from "@/lib/metrics/schema";
import { Exact } from "@/lib/money";
import type { Condition, MemoContent } from "../schema";
import { findOfferTerm, type OfferTerm } from "../schema/conditions";
import { endOfDay } from "./verdict";

/** What a metric was when a condition was looked at: an exact decimal as text, or null and why. */
export type Reading = {
  figure: { id: string; revision: number } | null;
  value: string | null;
  reason: string | null;
};
export type Readings = Readonly<Record<string, Reading>>;

export type CheckedCondition = Condition & Reading & { holds: boolean };

const NOTHING: Reading = { figure: null, value: null, reason: "not-computed" };

/** Cash that does not fall lasts for ever: the only value that is known without a number. */
const UNLIMITED = "not-burning";

function holds({ comparator, threshold }: Condition, { value, reason }: Reading): boolean {
  if (value === null) return reason === UNLIMITED && comparator === "at-least";
  return comparator === "at-least" ? new Exact(value).gte(threshold) : new Exact(value).lte(threshold);
}

/** A value that is not known does not fulfil a condition. */
export function checkConditions(conditions: readonly Condition[], readings: Readings): CheckedCondition[] {
  return conditions.map((condition) => {
    const reading = readings[condition.metric] ?? NOTHING;
    return { ...condition, ...reading, holds: holds(condition, reading) };
  });
}

export const allHold = (checked: readonly { holds: boolean }[]): boolean =>
  checked.length > 0 && checked.every((condition) => condition.holds);

export function conditionsUntil(conditions: readonly Condition[]): Date | null {
  const ends = conditions.map((condition) => endOfDay(condition.until).getTime());
  return ends.length === 0 ? null : new Date(Math.min(...ends));
}

/** Is it one of the headline figures that the product computes, rather than the newest value of a series? */
export const isMeasure = (metric: string): boolean => (MEASURE_KEYS as readonly string[]).includes(metric);

const MULTIPLES = new Set(["burn_multiple", "magic_number", "ltv_to_cac", "quick_ratio"]);

/** What a metric is counted in; "ratio" is a fraction of 1, as it is stored. */
export function conditionUnit(metric: string, currency: string): Unit {
  if (findOfferTerm(metric)) return "ratio";
  const unit = findMetric(metric)?.unit ?? "count";
  if (unit === "money") return currency;
  return unit === "ratio" && MULTIPLES.has(metric) ? "multiple" : unit;
}

export const newestMethod = (metric: string): string => `decisions.newest.${metric}@1`;
export const metricOfNewest = (method: string): string | null =>
  /^decisions\.newest\.([a-z_]+)@1$/.exec(method)?.[1] ?? null;

export type StoredFacts = {
  venture: { id: string; currency: string };
  series: { points: readonly ResolvedPoint[]; book: string | null } | undefined;
  version: number;
  today: string;
};

/**
 * The newest stored value of a metric as a figure: of the last period that is over, at most 100 days ago. Where sources
 * disagree the book of record is believed; without one the value is unknown.
 */
export function newestFigure(metric: MetricDefinition, { venture, series, version, today }: StoredFacts): Figure {
  const { value, on } = series ? stockOn(series.points, today) : { value: null, on: null };
  const points = (series?.points ?? []).filter((point) => point.period.to === on);
  const period = points[0]?.period ?? { from: today, to: today };
  const rows = points.reduce((count, point) => count + point.points.length, 0);
  const believed = series?.book ? `; ${series.book} is the book of record` : "";
  const measured = value ?? { value: null, reason: "no-data" };
  return makeFigure({
    label: metric.name,
    value: measured.value === null ? null : measured.value.toSignificantDigits(30).toFixed(),
    ...(measured.value === null ? { reason: measured.reason } : {}),
    unit: conditionUnit(metric.key, venture.currency),
    asOf: on ?? today,
    method: newestMethod(metric.key),
    formula: on ? `${metric.name} of ${period.from} to ${period.to}${believed}` : `The newest value of ${metric.name}`,
    inputs: { venture: { value: venture.id }, metric: { value: metric.key }, day: { value: today } },
    sources: [
      {
        kind: "dataset",
        ...{ ventureId: venture.id, dataset: metricDataset(metric.key), version, rows },
        filter: { metric: metric.key, basis: "actual", ...period },
      },
    ],
  });
}

export type OfferInHand = {
  dealId: string;
  bidder: string;
  title: string;
  version: number;
  dated: string;
  term: string | null;
};

/**
 * A term of the offer in hand as a figure: of the bidder that the decision is about, else of the one that is negotiated with
 * first, else of the only one. Without such an offer, or where it does not state the term, it is unknown.
 */
export function offerTermFigure(
  { key, name }: OfferTerm,
  {
    offer,
    venture,
    version,
    today,
  }: { offer: OfferInHand | null; venture: { id: string }; version: number; today: string },
): Figure {
  const reason = offer ? "not-stated" : "no-offer-in-hand";
  const filter = offer ? { deal: offer.dealId } : {};
  return makeFigure({
    ...{ label: name, value: offer?.term ?? null, unit: "ratio" },
    ...(offer?.term == null ? { reason } : {}),
    ...{ asOf: offer?.dated ?? today, method: newestMethod(key) },
    formula: offer
      ? `${name}: ${offer.bidder}, ${offer.title} v${offer.version}`
      : `${name}, of the bidder that is negotiated with`,
    inputs: {
      ...{ venture: { value: venture.id }, metric: { value: key }, day: { value: today } },
      ...(offer ? { deal: { value: offer.dealId } } : {}),
    },
    sources: offer
      ? [{ kind: "dataset", ventureId: venture.id, dataset: `bids:${offer.dealId}`, version, rows: 1, filter }]
      : [],
  });
}

/** The bidder that a decision is about, where it is about one. */
export function dealOf({
  options,
  recommendedOption,
}: Pick<MemoContent, "options" | "recommendedOption">): string | null {
  const action = options.find(({ id }) => id === recommendedOption)?.action;
  return action && "dealId" in action ? action.dealId : null;
}
