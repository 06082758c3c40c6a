import type { MetricLine, Num, VentureFacts } from "../rules/weekly/facts";
import { weekIn } from "../rules/weekly/weeks";

/** Facts of a week as a collector would give them, small enough to be read. */

let made = 0;
/** A figure with an id of its own, the same in every run of a test file. */
export function numOf(label: string, value: string | null, unit = "USD", reason: string | null = null): Num {
  made += 1;
  return { id: made.toString(16).padStart(16, "0"), label, value, unit, asOf: "2026-10-31", reason };
}

type Line = Partial<Omit<MetricLine, "actual">> & { value: string | null; unit?: string; reason?: string };

export const lineOf = (key: string, label: string, { value, unit = "USD", reason, ...rest }: Line): MetricLine => ({
  ...{ key, label, actual: numOf(label, value, unit, reason ?? null), plan: null, prior: null, change: null },
  ...{ level: null, moved: null },
  ...rest,
});

const ID = "01a20000-0000-7000-8000-000000000001";

export function factsOf(changed: Partial<VentureFacts> = {}): VentureFacts {
  const healthy = { word: "healthy", tone: "healthy" as const };
  const cash = [
    lineOf("cash", "Cash", { value: "1200000" }),
    lineOf("monthly_net_burn", "Net burn per month", { value: "100000" }),
    lineOf("cash_runway", "Cash runway", { value: "12", unit: "months", level: { word: "watch", tone: "warning" } }),
  ];
  return {
    ...{ kind: "venture", week: weekIn("2026-W47", "Europe/Zurich"), writtenAt: "2026-11-22T23:05:00.000Z" },
    venture: { id: ID, slug: "acme", name: "Acme", currency: "USD", stage: "growth", exitedOn: null },
    ...{ light: { light: "amber", reasons: ["Cash runway is at its warning level"] }, lastLight: null },
    ...{ decisions: [], waitingCount: numOf("Decisions that wait", "0", "count") },
    metrics: [
      lineOf("revenue_1m", "Revenue of the month", {
        ...{ value: "110000", plan: numOf("Revenue, planned", "100000"), prior: numOf("Revenue, before", "100000") },
        change: numOf("Revenue: change", "0.1", "ratio"),
      }),
      lineOf("growth_rate", "Growth rate", {
        ...{ value: "0.2", unit: "ratio", level: healthy, prior: numOf("Growth before", "0.18", "ratio") },
        change: numOf("Growth: change", "2", "index"),
      }),
    ],
    cash: cash.map((line) => ({ key: line.key, line })),
    ...{ charts: [], initiatives: [], experiments: [], readiness: null, value: null, releases: [], risks: [] },
    deal: { buyers: [], offers: [], closing: null },
    ...{ taken: [], automatic: [], work: [], gaps: [], ahead: [] },
    ...changed,
  };
}

/** Every figure that the facts hold, wherever it stands. */
export function numsIn(value: unknown): Num[] {
  if (Array.isArray(value)) return value.flatMap(numsIn);
  if (value === null || typeof value !== "object") return [];
  const found = "asOf" in value && "unit" in value && "id" in value ? [value as Num] : [];
  return [...found, ...Object.values(value).flatMap(numsIn)];
}
