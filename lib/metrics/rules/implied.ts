import { Exact } from "@/lib/money";
import { CONTRADICTION_TOLERANCE, contradicts, type ResolvedPoint } from "./series";

/** What the accounts report and what the subscriptions of the same day add up to. */
export const IMPLIED_METRICS = ["recurring_revenue", "customers"] as const;
export type ImpliedMetric = (typeof IMPLIED_METRICS)[number];

export type ImpliedDifference = {
  /** The last day of the reported month. */
  day: string;
  reported: Exact;
  implied: Exact;
  /** Reported less implied. */
  difference: Exact;
};
/** `compared`: months that both know. */
export type ImpliedContradiction = { metric: ImpliedMetric; compared: number; differences: ImpliedDifference[] };

/**
 * The months in which both are known and lie more than the tolerance of contradictions (0.5 % of the larger) apart, latest
 * first. Null where they never do.
 */
export function impliedContradiction(
  metric: ImpliedMetric,
  reported: readonly ResolvedPoint[],
  implied: ReadonlyMap<string, Exact>,
): ImpliedContradiction | null {
  const both = reported.flatMap(({ period, value }) => {
    const other = implied.get(period.to);
    return value.value === null || other === undefined
      ? []
      : [{ day: period.to, reported: value.value, implied: other }];
  });
  const differences = both
    .filter((one) => contradicts([one.reported, one.implied]))
    .map((one) => ({ ...one, difference: one.reported.minus(one.implied) }))
    .sort((a, b) => (a.day < b.day ? 1 : -1));
  return differences.length > 0 ? { metric, compared: both.length, differences } : null;
}

export const TOLERANCE_TEXT = `${new Exact(CONTRADICTION_TOLERANCE).times(100).toFixed()} %`;

const WORDS: Readonly<Record<ImpliedMetric, string>> = {
  recurring_revenue: "Reported MRR and the MRR of the subscriptions",
  customers: "Reported customers and the customers of the subscriptions",
};

export const impliedWarning = ({ metric, compared, differences }: ImpliedContradiction): string =>
  `${WORDS[metric]} differ by more than ${TOLERANCE_TEXT} in ${differences.length} of ${compared} months; figures use the subscriptions`;

/** What the formula of a figure over subscriptions says where the accounts say otherwise on its day. */
export function impliedNote(
  all: readonly ImpliedContradiction[] | undefined,
  metric: ImpliedMetric,
  day: string,
): string {
  const differs = all?.some((one) => one.metric === metric && one.differences.some((each) => each.day === day));
  return differs
    ? `; the reported ${metric === "customers" ? "number" : "MRR"} of the same day differs by more than ${TOLERANCE_TEXT}`
    : "";
}
