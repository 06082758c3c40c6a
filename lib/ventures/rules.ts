import { Exact } from "@/lib/money";
import {
  type AutonomyLevel,
  type Overrides,
  PARAMETER_KEYS,
  type ParameterKey,
  type Parameters,
  type ProfileName,
} from "./schema";

/** What the three profiles agree on (specification, section 6). */
const SHARED = {
  growthBudgetCap: 20,
  valuationOptimizationPeriod: 9,
  negotiation: 2,
  closing: 4,
  earnOutPeriod: 12,
  escrow: 10,
  growthAlertBelow: 5,
  valuationDropAlert: 15,
  readinessCheck: "monthly",
  secondPerson: "payments",
  marketTimingSensitivity: "high",
} as const satisfies Partial<Parameters>;

export const PROFILE_PARAMETERS: Readonly<Record<ProfileName, Parameters>> = {
  conservative: {
    ...SHARED,
    ventureMaturityScore: 90,
    minimumMetricsPeriod: 18,
    metricsPositive: 3,
    growthOptimizationTarget: 15,
    exitReadinessTarget: 95,
    minimumValuation: 10_000_000,
    growthInitiativesAtOnce: 3,
    strategyReview: "monthly",
    minimumInitiativeRoi: 5,
    targetBuyerPool: 20,
    dueDiligenceLeadTime: 12,
    investmentBankerFrom: 5_000_000,
  },
  balanced: {
    ...SHARED,
    ventureMaturityScore: 85,
    minimumMetricsPeriod: 12,
    metricsPositive: 3,
    growthOptimizationTarget: 20,
    exitReadinessTarget: 90,
    minimumValuation: 5_000_000,
    growthInitiativesAtOnce: 5,
    strategyReview: "quarterly",
    minimumInitiativeRoi: 3,
    targetBuyerPool: 15,
    dueDiligenceLeadTime: 6,
    investmentBankerFrom: 10_000_000,
  },
  aggressive: {
    ...SHARED,
    ventureMaturityScore: 75,
    minimumMetricsPeriod: 6,
    metricsPositive: 2,
    growthOptimizationTarget: 30,
    exitReadinessTarget: 80,
    minimumValuation: 3_000_000,
    growthInitiativesAtOnce: 10,
    strategyReview: "monthly",
    minimumInitiativeRoi: 2,
    targetBuyerPool: 30,
    dueDiligenceLeadTime: 3,
    investmentBankerFrom: 5_000_000,
  },
};

/** The autonomy that a profile brings along unless the chairman says otherwise. */
export const PROFILE_AUTONOMY: Readonly<Record<ProfileName, AutonomyLevel>> = {
  conservative: "manual",
  balanced: "assisted",
  aggressive: "auto",
};

export type ResolvedProfile = {
  profile: ProfileName;
  autonomy: AutonomyLevel;
  parameters: Parameters;
  /** Which parameters the chairman has set by hand. */
  overridden: ParameterKey[];
};

/** Profile, then overrides on top. The overrides are assumed valid (`overridesSchema`). */
export function resolveProfile(settings: {
  profile: ProfileName;
  autonomy: AutonomyLevel;
  overrides: Overrides;
}): ResolvedProfile {
  const { profile, autonomy, overrides } = settings;
  const overridden = PARAMETER_KEYS.filter((key) => overrides[key] !== undefined);
  const set = Object.fromEntries(overridden.map((key) => [key, overrides[key]]));
  return { profile, autonomy, parameters: { ...PROFILE_PARAMETERS[profile], ...set }, overridden };
}

/** Overrides without those that say what the profile says anyway. */
export function trimOverrides(profile: ProfileName, overrides: Overrides): Overrides {
  const base = PROFILE_PARAMETERS[profile];
  const kept = PARAMETER_KEYS.filter((key) => overrides[key] !== undefined && overrides[key] !== base[key]);
  return Object.fromEntries(kept.map((key) => [key, overrides[key]])) as Overrides;
}

/**
 * Sentences that warn and do not refuse. `valuationUsd` is today's central estimate in plain dollars, null when unknown:
 * nothing is said about what is not known. `deciders` is how many people may decide memos.
 */
export function configurationWarnings(parameters: Parameters, valuationUsd: string | null, deciders: number): string[] {
  const nobody =
    parameters.secondPerson !== "payments" && deciders < 2
      ? ["Nobody can be the second person: only one account may decide. Invite another chairman, or such memos wait."]
      : [];
  if (valuationUsd === null) return nobody;
  const minimum = new Exact(parameters.minimumValuation);
  if (minimum.lte(valuationUsd)) return nobody;
  return [
    ...nobody,
    `Minimum valuation (${minimum.toFixed(0)} USD) is above today's valuation (${new Exact(valuationUsd).toFixed(0)} USD).`,
  ];
}

export type MetricFact = {
  label: string;
  /** Exact decimal as text in `unit`; null is unknown. */
  value: string | null;
  unit: string;
  /** Null where the value is unknown: unknown is never positive. */
  positive: boolean | null;
  /** What counts as positive, for who reads a fall that does: "stable or better, −5 %". */
  from: string;
};

export type EntryFacts = {
  maturityScore: string | null;
  /** Three of them: what stage 40 wants to see in order before it starts. */
  metrics: readonly MetricFact[];
  /** Months with reported revenue up to the newest one. */
  metricsMonths: number;
};

export type GateLine = {
  criterion: "venture-mature" | "metrics-positive" | "metrics-period";
  passed: boolean;
  required: string;
  found: string;
  detail: string[];
};

export type GateResult = { passed: boolean; lines: GateLine[] };

const METRIC_MARK = { true: "positive", false: "not positive", null: "unknown" } as const;

/** The entry gate (specification, sections 2 and 4): each line with what was required and what was found. */
export function entryGate(facts: EntryFacts, parameters: Parameters): GateResult {
  const { ventureMaturityScore, metricsPositive, minimumMetricsPeriod } = parameters;
  const positive = facts.metrics.filter((metric) => metric.positive === true).length;
  const lines: GateLine[] = [
    {
      criterion: "venture-mature",
      passed: facts.maturityScore !== null && new Exact(facts.maturityScore).gte(ventureMaturityScore),
      required: `Venture maturity score of at least ${ventureMaturityScore} %`,
      found: facts.maturityScore === null ? "unknown" : `${facts.maturityScore} %`,
      detail: [],
    },
    {
      criterion: "metrics-positive",
      passed: positive >= metricsPositive,
      required: `At least ${metricsPositive} of ${facts.metrics.length} metrics positive`,
      found: `${positive} of ${facts.metrics.length}`,
      detail: facts.metrics.map(
        ({ label, value, unit, positive, from }) =>
          `${label}: ${value === null ? "no data" : `${value} ${unit}`}, ${METRIC_MARK[`${positive}`]} (${from})`,
      ),
    },
    {
      criterion: "metrics-period",
      passed: facts.metricsMonths >= minimumMetricsPeriod,
      required: `At least ${minimumMetricsPeriod} months of metrics`,
      found: `${facts.metricsMonths} months`,
      detail: [],
    },
  ];
  return { passed: lines.every((line) => line.passed), lines };
}

export type MonthValue = { month: string; value: string };

/**
 * The stage's primary metrics (specification, section 2) and what "positive" means at the gate: revenue of the last 12
 * months above the 12 before; valuation no more than 5 % down in a quarter (stable or better); exit readiness of at least
 * 70 (approaching or better). A missing input is unknown, which is not positive.
 */
export function primaryMetrics(
  revenue: readonly MonthValue[],
  valuation: readonly MonthValue[],
  readiness: readonly MonthValue[],
): MetricFact[] {
  const growth = yearOverYearGrowth(revenue);
  const change = quarterChange(valuation);
  const score = unbrokenRun(readiness).at(-1)?.value ?? null;
  const positive = (value: string | null, test: (exact: Exact) => boolean) =>
    value === null ? null : test(new Exact(value));
  return [
    {
      ...{ label: "Growth rate", value: growth, unit: "%", from: "above 0 %" },
      positive: positive(growth, (v) => v.gt(0)),
    },
    {
      ...{ label: "Valuation over the quarter", value: change, unit: "%", from: "stable or better: -5 % or more" },
      positive: positive(change, (v) => v.gte(-5)),
    },
    {
      ...{ label: "Exit readiness", value: score, unit: "points", from: "70 or more" },
      positive: positive(score, (v) => v.gte(70)),
    },
  ];
}

const percentChange = (before: Exact, now: Exact): string =>
  now.minus(before).div(before).times(100).toDecimalPlaces(1).toString();

/** The 12 months up to the newest against the 12 before, in %; null where a month is missing or the base is not positive. */
export function yearOverYearGrowth(months: readonly MonthValue[]): string | null {
  const run = unbrokenRun(months);
  if (run.length < 24) return null;
  const sum = (part: readonly MonthValue[]) => part.reduce((total, m) => total.plus(m.value), new Exact(0));
  const before = sum(run.slice(-24, -12));
  return before.lte(0) ? null : percentChange(before, sum(run.slice(-12)));
}

/** The newest value against that of three months before, in %; null where that month is missing or not positive. */
export function quarterChange(months: readonly MonthValue[]): string | null {
  const newest = unbrokenRun(months).at(-1);
  if (!newest) return null;
  const before = months.find((m) => monthNumber(m.month) === monthNumber(newest.month) - 3);
  return !before || new Exact(before.value).lte(0)
    ? null
    : percentChange(new Exact(before.value), new Exact(newest.value));
}

const monthNumber = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7));

/** The months without a gap that end with the newest one, oldest first. `month` is YYYY-MM or longer. */
export function unbrokenRun(months: readonly MonthValue[]): MonthValue[] {
  const sorted = [...months].sort((a, b) => monthNumber(a.month) - monthNumber(b.month));
  const breaks = sorted.map((m, i) => i > 0 && monthNumber(m.month) - monthNumber(sorted[i - 1]?.month ?? "") !== 1);
  return sorted.slice(Math.max(breaks.lastIndexOf(true), 0));
}

/** "Lumen Health" → "lumen-health". */
export function slugOf(name: string): string {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
}

export type FactChange = { fact: string; from: string | number | null; to: string | number | null };

/** The members of `after` that `before` says otherwise, by name. */
export function changedFacts(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, string | number | null>>,
): FactChange[] {
  return Object.entries(after).flatMap(([fact, to]) => {
    const from = before[fact];
    if (from === to || (typeof from !== "string" && typeof from !== "number" && from !== null)) return [];
    return [{ fact, from, to }];
  });
}
