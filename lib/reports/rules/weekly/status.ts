import type { Tone } from "@/lib/metrics/rules/levels";

/** The traffic light of a week, by a rule that the report prints. */

export const LIGHTS = ["red", "amber", "green", "unknown"] as const;
export type LightWord = (typeof LIGHTS)[number];
export type Light = { light: LightWord; reasons: string[] };

export const LIGHT_NAMES: Readonly<Record<LightWord, string>> = {
  red: "Red",
  amber: "Amber",
  green: "Green",
  unknown: "Unknown",
};
/** Shape and colour of the levels that a reader knows from the screens. */
export const LIGHT_TONES: Readonly<Record<LightWord, Tone>> = {
  red: "critical",
  amber: "warning",
  green: "healthy",
  unknown: "unknown",
};

export const LIGHT_DEFINITION = [
  "Red: a critical alert stands, the growth rate, the quarter's change of value or the runway is at its critical level, a decision is overdue, or a closing has fewer days left than its open items need.",
  "Amber: none of these, but a warning stands, one of the six headline measures is at its warning level or worse, or a condition of the closing is overdue.",
  "Green: none of these, and both the growth rate and the runway are known.",
  "Unknown: none of these, but the growth rate or the runway is not known. What is unknown is never green.",
  "Of a venture that is sold only alerts and overdue decisions are asked about.",
  "The holding is as its worst venture; how many stand where is said beside it.",
] as const;

export type LightFacts = {
  measures: readonly { key: string; label: string; tone: Tone }[];
  alerts: readonly { severity: string; title: string }[];
  overdueDecisions: number;
  /** No measure of it is followed any more, and none is missed. */
  sold: boolean;
  /** Days to spare before the expected closing; null where no closing is near or nobody can tell. */
  daysToSpare: number | null;
  overdueConditions: number;
};

/** Whose critical level alone makes a week red. */
const GRAVE: readonly string[] = ["growth_rate", "valuation_change", "cash_runway"];
export const LIGHT_MEASURES: readonly string[] = [
  ...GRAVE,
  ...["exit_readiness", "customer_concentration", "team_retention"],
];
/** Without them nobody can say that all is well. */
const NEEDED: readonly string[] = ["growth_rate", "cash_runway"];

export function lightOf(facts: LightFacts): Light {
  const { alerts, overdueDecisions, sold } = facts;
  const measures = sold ? [] : facts.measures;
  const daysToSpare = sold ? null : facts.daysToSpare;
  const overdueConditions = sold ? 0 : facts.overdueConditions;
  const heard = measures.filter(({ key }) => LIGHT_MEASURES.includes(key));
  const critical = heard.filter(({ tone }) => tone === "critical");
  const red = [
    ...alerts.filter(({ severity }) => severity === "critical").map(({ title }) => `critical alert: ${title}`),
    ...critical.filter(({ key }) => GRAVE.includes(key)).map(({ label }) => `${label} is critical`),
    ...(overdueDecisions > 0 ? ["a decision is overdue"] : []),
    ...(daysToSpare !== null && daysToSpare < 0 ? ["the closing is nearer than its open items allow"] : []),
  ];
  if (red.length > 0) return { light: "red", reasons: [...new Set(red)] };
  const amber = [
    ...alerts.filter(({ severity }) => severity === "warning").map(({ title }) => `warning: ${title}`),
    ...critical.map(({ label }) => `${label} is at its worst level`),
    ...heard.filter(({ tone }) => tone === "warning").map(({ label }) => `${label} is at its warning level`),
    ...(overdueConditions > 0 ? ["a condition of the closing is overdue"] : []),
  ];
  const unknown = (sold ? [] : NEEDED).filter((key) => !heard.some((one) => one.key === key && one.tone !== "unknown"));
  const named = unknown.map((key) => measures.find((one) => one.key === key)?.label ?? key.replaceAll("_", " "));
  const gaps = named.map((label) => `${label} is not known`);
  if (amber.length > 0) return { light: "amber", reasons: [...new Set([...amber, ...gaps])] };
  if (gaps.length > 0) return { light: "unknown", reasons: gaps };
  return { light: "green", reasons: [sold ? "the venture is sold" : "nothing is at a warning level"] };
}

/** Of several, the worst; unknown is worse than green and better than amber. */
export function worstOf(lights: readonly LightWord[]): LightWord {
  const order: readonly LightWord[] = ["red", "amber", "unknown", "green"];
  return order.find((light) => lights.includes(light)) ?? "unknown";
}
