import { known, type Measure, mapMeasure, ratio, sum, unknown } from "@/lib/metrics/rules/measure";
import { daysBetween } from "@/lib/metrics/rules/periods";
import { Exact } from "@/lib/money";
import type { MultiplesInput } from "../schema/methods";
import { equityOf } from "./equity";
import { medianOf, quantileOf } from "./statistics";

type Comparable = MultiplesInput["comparables"][number];
type Used = Comparable & { multiple: Exact };

export type Multiples = {
  used: readonly Used[];
  excluded: readonly { name: string; why: string }[];
  measures: Readonly<
    Record<
      "median" | "q1" | "q3" | "mean" | "weightedMean" | "impliedEnterpriseValue" | "impliedEquityValue" | "perShare",
      Measure
    >
  >;
  impliedRange: { low: Exact; high: Exact } | null;
  warnings: readonly string[];
};

/** Precedents older than this are told, even where nobody set a limit. */
const USUAL_LIMIT = 365;
const FEW = 4;
/** Raw, not scaled to a normal: methods c. */
const OUTLIER_DEVIATIONS = 3;

function whyLeftOut(one: Comparable, { asOf, staleAfterDays }: MultiplesInput): string | null {
  if (one.exclude) return one.exclude === true ? "excluded" : one.exclude;
  if (one.multiple === null) return "no multiple";
  if (one.multiple.lte(0)) return "not meaningful: the multiple is not above zero";
  if (!asOf || !one.date) return null;
  if (one.date > asOf) return "dated after the day of the valuation";
  const age = daysBetween(one.date, asOf);
  return staleAfterDays?.lt(age) ? `stale: ${age} days old` : null;
}

/** Beyond three median absolute deviations; where that is zero the mean absolute deviation stands in (methods f). */
function withoutOutliers(given: readonly Used[]): { kept: Used[]; outliers: Used[]; fallback: boolean } {
  const median = medianOf(given.map(({ multiple }) => multiple));
  if (!median) return { kept: [...given], outliers: [], fallback: false };
  const distances = given.map(({ multiple }) => multiple.minus(median).abs());
  const mad = medianOf(distances) ?? new Exact(0);
  const scale = mad.isZero() ? sum(distances).div(distances.length) : mad;
  const isOut = (one: Used) => one.multiple.minus(median).abs().gt(scale.times(OUTLIER_DEVIATIONS));
  const fallback = mad.isZero() && !scale.isZero();
  return { kept: given.filter((one) => !isOut(one)), outliers: given.filter(isOut), fallback };
}

const measureOf = (value: Exact | null): Measure => (value ? known(value) : unknown("no-comparables"));

function implied(metric: Exact, multiple: Measure): Measure {
  if (multiple.value === null) return multiple;
  if (metric.isNegative()) return unknown("negative-metric");
  return metric.isZero() ? unknown("zero-metric") : known(metric.times(multiple.value));
}

function warningsOf(input: MultiplesInput, used: readonly Used[], fallback: boolean): string[] {
  const { kind, asOf, staleAfterDays } = input;
  const warnings: string[] = [];
  if (fallback) warnings.push("More than half of the multiples are equal: the mean absolute deviation stands in");
  if (used.length > 0 && used.length < FEW) warnings.push(`Quartiles of fewer than ${FEW} comparables say little`);
  const undated = used.filter(({ date }) => !date).map(({ name }) => name);
  if (staleAfterDays && undated.length > 0) warnings.push(`Without a date, so never stale: ${undated.join(", ")}`);
  if (kind === "precedent" && asOf && !staleAfterDays) {
    const old = used.filter(({ date }) => date && daysBetween(date, asOf) > USUAL_LIMIT).map(({ name }) => name);
    if (old.length > 0) warnings.push(`Older than a year: ${old.join(", ")}`);
  }
  return warnings;
}

/** Median and quartiles of multiples, and what they make of a metric in currency units. Source: methods c. */
export function comparableMultiples(input: MultiplesInput): Multiples {
  const excluded: { name: string; why: string }[] = [];
  const eligible: Used[] = [];
  for (const one of input.comparables) {
    const why = whyLeftOut(one, input);
    if (why === null && one.multiple) eligible.push({ ...one, multiple: one.multiple });
    else excluded.push({ name: one.name, why: why ?? "no multiple" });
  }
  const { kept, outliers, fallback } =
    input.outliers === "mad3" ? withoutOutliers(eligible) : { kept: eligible, outliers: [], fallback: false };
  for (const { name } of outliers) excluded.push({ name, why: "outlier" });
  const values = kept.map(({ multiple }) => multiple);
  const weights = kept.map(({ weight }) => weight ?? new Exact(1));
  const weighted = sum(kept.map(({ multiple }, index) => multiple.times(weights[index] ?? 1)));
  const [median, q1, q3] = [0.5, 0.25, 0.75].map((share) => measureOf(quantileOf(values, share)));
  const none = unknown("no-comparables");
  const enterprise = implied(input.metric, median ?? none);
  const [low, high] = [implied(input.metric, q1 ?? none), implied(input.metric, q3 ?? none)];
  const { equityValue, perShare } = equityOf(enterprise, input.netDebt, input.shares);
  return {
    used: kept,
    excluded,
    measures: {
      median: median ?? none,
      q1: q1 ?? none,
      q3: q3 ?? none,
      mean: kept.length > 0 ? ratio(sum(values), kept.length) : none,
      weightedMean: kept.length > 0 ? ratio(weighted, sum(weights)) : none,
      impliedEnterpriseValue: enterprise,
      impliedEquityValue: equityValue,
      perShare,
    },
    impliedRange: low.value && high.value ? { low: low.value, high: high.value } : null,
    warnings: warningsOf(input, kept, fallback),
  };
}

/** The reason of a range is that of the value in its middle. */
export const rangeReason = ({ impliedRange, measures }: Multiples): Record<string, string> => {
  const middle = mapMeasure(measures.impliedEnterpriseValue, known);
  return impliedRange === null && middle.value === null ? { impliedRange: middle.reason } : {};
};

export function multiplesConventions(input: MultiplesInput): Record<string, string> {
  return {
    implied: "metric × median; the range is metric × the quartiles q1 to q3",
    quartiles: "linear between order statistics around (n − 1)p (type 7)",
    outliers:
      input.outliers === "mad3"
        ? "left out where |x − median| > 3 × median absolute deviation (not scaled), once, after the other exclusions"
        : "kept",
    weights: "only in weightedMean; 1 where none is given",
    notMeaningful: "multiples at or below zero are left out; a metric at or below zero implies no value",
    ...(input.staleAfterDays && { stale: `more than ${input.staleAfterDays} days before ${input.asOf}` }),
    premium:
      input.kind === "precedent" ? "multiples hold the control premium paid" : "multiples hold no control premium",
    equity: "enterprise value − net debt; unknown while net debt is not given",
  };
}
