import type { CannotTell, MonthValue, Tried } from "./effect";
import type { InitiativeMeasure } from "./initiative-measure";

/** What the newest experiment of an initiative that was decided to ship says about its primary metric. */
export type ShippedExperiment = {
  id: string;
  name: string;
  /** The day of the decision: from the month after it on everybody has what was tried. */
  shippedOn: string;
  /** Key of the primary metric. */
  metric: string;
  difference: "relative" | "absolute";
  estimate: number | null;
  low: number | null;
  high: number | null;
  /** Level of the interval, 0 to 1. */
  confidence: number;
};

const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;
const refused = (reason: CannotTell): Tried => ({ method: "experiment", estimate: null, reason });

/** The whole months after a day; no month before the start is needed, the arms are the comparison. */
function monthsSince(history: readonly MonthValue[], day: string): { months: string[]; values: number[] } | CannotTell {
  const later = history.filter(({ month }) => month > day.slice(0, 7));
  if (later.length === 0) return "too-few-months-after";
  const unknown = later.find(({ value }) => value === null);
  if (unknown) return unknown.reason === "contradiction" ? "contradiction" : "gap-in-months";
  return { months: later.map(({ month }) => month), values: later.flatMap(({ value }) => value ?? []) };
}

/**
 * The effect per month that an experiment showed, on the months since it was shipped to all and the initiative began. A relative change c of a
 * metric that stands at x means x − x ÷ (1 + c) of it; an absolute one is itself, where the experiment's metric and the
 * initiative's are the same ratio or average, and says nothing about a total.
 */
export function effectOfExperiment(
  found: ShippedExperiment,
  measure: InitiativeMeasure,
  initiative: { metric: string; startedOn: string | null },
  history: readonly MonthValue[],
): Tried {
  const { estimate, low, high, difference } = found;
  if (found.metric !== initiative.metric) return refused("experiment-of-another-metric");
  if (difference === "absolute" && measure.scale !== "absolute") return refused("experiment-not-relative");
  if (estimate === null || low === null || high === null) return refused("experiment-without-interval");
  if (initiative.startedOn === null) return refused("not-started");
  const since = monthsSince(history, [found.shippedOn, initiative.startedOn].sort().at(-1) ?? "");
  if (typeof since === "string") return refused(since);
  const relative = difference === "relative";
  if (relative && (low <= -1 || since.values.some((value) => value <= 0))) return refused("not-positive");
  const without = (value: number, change: number) => (relative ? value / (1 + change) : value - change);
  const gained = (change: number) => mean(since.values.map((value) => value - without(value, change)));
  return {
    method: "experiment",
    estimate: {
      method: "experiment",
      ...{ estimate: gained(estimate), low: gained(low), high: gained(high), confidence: found.confidence },
      months: since.months.length,
      basis: `experiment “${found.name}”, on the months since it was shipped`,
      counterfactual: since.values.map((value, index) => ({
        ...{ month: since.months[index] ?? "", actual: value, expected: without(value, estimate) },
        ...{ low: without(value, high), high: without(value, low) },
      })),
    },
    reason: null,
  };
}
