import { known, type Measure, mapMeasure, ratio, sum, unknown } from "@/lib/metrics/rules/measure";
import { addDays } from "@/lib/metrics/rules/periods";
import { Exact } from "@/lib/money";
import {
  criterionLever,
  DRIVERS_OF_VALUE,
  driverLever,
  type Estimate,
  type PlanInputs,
  VALUE_DRIVERS,
  type ValueDriver,
} from "../../schema/optimization";
import type { ValuationInputs } from "../../schema/venture";
import type { ValuationContext } from "../venture-methods";
import { bestSequence, type Sequence } from "./sequence";
import { derivativeOf, equityWith } from "./shifted";

/** Where an analyst begins: no money limit, one person's month, and what a point of readiness is taken to be worth. */
export const START_PLAN: PlanInputs = {
  ...{ hoursPerMonth: 160, hourCost: "100", budget: null, atMost: 8, worthPerPoint: "0.005", estimates: [] },
};

/** A criterion of readiness as it stands: its score, and the points of the total that a 4 would add. */
export type PlanCriterion = {
  id: string;
  label: string;
  toDo: string;
  score: number | null;
  points: Exact | null;
  hoursPerStep: number;
};

export type PlanFacts = {
  inputs: ValuationInputs;
  context: ValuationContext;
  equity: Measure;
  revenue: Exact | null;
  criteria: readonly PlanCriterion[];
  /** Today's value of the metric that a driver is, where it is one. */
  metrics: Readonly<Partial<Record<ValueDriver, Exact | null>>>;
};

export type OutReason = "no-effect" | "no-gain" | "no-estimate" | "left-out" | "too-long" | "too-dear" | "worth-less";
export const OUT_WORDS: Readonly<Record<OutReason, string>> = {
  "no-effect": "what it is worth is not known",
  "no-gain": "adds nothing",
  "no-estimate": "needs a size and hours",
  "left-out": "left out by a person",
  "too-long": "takes longer than the period",
  "too-dear": "costs more than the budget",
  "worth-less": "others are worth more within the limits",
};

export type PlanLine = {
  lever: string;
  kind: "driver" | "readiness";
  label: string;
  step: string;
  /** What the equity value gains per step. */
  derivative: Measure;
  size: Exact | null;
  /** The same at the planned size, by the valuation made again with it. */
  effect: Measure;
  hours: number | null;
  /** The house's estimate of the hours, not a person's. */
  estimated: boolean;
  money: Exact;
  cost: Measure;
  perCost: Measure;
  months: number;
  after: string | null;
  /** Of its measure, today and as planned; null where it has none or it is unknown. */
  from: Exact | null;
  to: Exact | null;
  estimate: Estimate;
  place: { number: number; from: number; to: number } | null;
  outReason: OutReason | null;
};

export type OptimizationPlan = {
  lines: PlanLine[];
  sequence: Sequence;
  /** Of what is placed. */
  total: Measure;
  cost: Measure;
  hours: number;
};

const estimateOf = (inputs: PlanInputs, lever: string): Estimate =>
  inputs.estimates.find((one) => one.lever === lever) ?? {
    ...{ lever, size: null, hours: null, cost: "0", months: 0, after: null, out: false },
  };

type Draft = Omit<PlanLine, "cost" | "perCost" | "place" | "outReason" | "money" | "months" | "after" | "estimate">;

function priced(draft: Draft, inputs: PlanInputs): PlanLine {
  const estimate = estimateOf(inputs, draft.lever);
  const money = new Exact(estimate.cost);
  const cost =
    draft.hours === null ? unknown("missing-input") : known(new Exact(inputs.hourCost).times(draft.hours).plus(money));
  const perCost = mapMeasure(draft.effect, (effect) => mapMeasure(cost, (paid) => ratio(effect, paid)));
  const { months, after } = estimate;
  return { ...draft, money, cost, perCost, months, after, estimate, place: null, outReason: null };
}

/** How far a metric moves with its driver: a hundredth of itself for revenue, hundredths for rates. */
const movedTo = (driver: ValueDriver, from: Exact, size: Exact): Exact =>
  driver === "revenue" ? from.times(size.div(100).plus(1)) : from.plus(size.div(100));

function driverLine(driver: ValueDriver, inputs: PlanInputs, facts: PlanFacts): PlanLine {
  const lever = driverLever(driver);
  const { size: given, hours } = estimateOf(inputs, lever);
  const size = given === null ? null : new Exact(given);
  const { label, step } = DRIVERS_OF_VALUE[driver];
  const moved = (steps: Exact) => equityWith(facts.inputs, facts.context, { driver, steps, revenue: facts.revenue });
  const gain = (steps: Exact) =>
    mapMeasure(facts.equity, (now) => mapMeasure(moved(steps), (then) => known(then.minus(now))));
  const from = facts.metrics[driver] ?? null;
  return priced(
    {
      ...{ lever, kind: "driver", label, step, size, hours, estimated: false, from },
      derivative: derivativeOf(facts.inputs, facts.context, driver, facts.revenue),
      effect: size === null ? unknown("missing-input") : gain(size),
      to: from && size ? movedTo(driver, from, size) : null,
    },
    inputs,
  );
}

function criterionLine(criterion: PlanCriterion, inputs: PlanInputs, { equity }: PlanFacts): PlanLine {
  const lever = criterionLever(criterion.id);
  const estimate = estimateOf(inputs, lever);
  const { score, points } = criterion;
  const left = new Exact(4 - (score ?? 0));
  const size = Exact.min(left, estimate.size ?? left);
  const derivative =
    score === null || points === null
      ? unknown("unanswered")
      : mapMeasure(ratio(points, left), (each) =>
          mapMeasure(equity, (value) => known(value.times(inputs.worthPerPoint).times(each))),
        );
  const hours = estimate.hours ?? size.times(criterion.hoursPerStep).ceil().toNumber();
  return priced(
    {
      ...{ lever, kind: "readiness", label: criterion.label, step: criterion.toDo, derivative, size, hours },
      estimated: estimate.hours === null,
      effect: mapMeasure(derivative, (each) => known(each.times(size))),
      ...(score === null ? { from: null, to: null } : { from: new Exact(score), to: size.plus(score) }),
    },
    inputs,
  );
}

/** Money and worth are summed exactly by the search: minor units, well below what a float holds whole. */
const minor = (value: Exact): number => value.times(100).toDecimalPlaces(0).toNumber();

function whyOut(line: PlanLine, inputs: PlanInputs, months: number): OutReason {
  if (line.estimate.out) return "left-out";
  if (line.hours === null || line.size === null) return "no-estimate";
  if (line.effect.value === null) return "no-effect";
  if (line.effect.value.lte(0)) return "no-gain";
  if (line.hours / inputs.hoursPerMonth + line.months > months) return "too-long";
  if (inputs.budget !== null && line.cost.value?.gt(inputs.budget)) return "too-dear";
  return "worth-less";
}

/** What could be done, what each is worth and costs, and what is done in which order within so many months. */
export function optimizationPlan(inputs: PlanInputs, facts: PlanFacts, months: number): OptimizationPlan {
  const drafts = [
    ...VALUE_DRIVERS.map((driver) => driverLine(driver, inputs, facts)),
    ...facts.criteria
      .filter(({ score }) => score === null || score < 4)
      .map((criterion) => criterionLine(criterion, inputs, facts)),
  ];
  const steps = drafts.flatMap(({ lever, effect, cost, hours, months: wait, after, estimate }) =>
    effect.value === null || cost.value === null || hours === null || estimate.out
      ? []
      : [
          {
            ...{ id: lever, worth: minor(effect.value), money: minor(cost.value), hours, after },
            lag: wait * inputs.hoursPerMonth,
          },
        ],
  );
  // A criterion that is at its best needs nothing any more.
  const done = new Set(facts.criteria.flatMap(({ id, score }) => (score === 4 ? [criterionLever(id)] : [])));
  const sequence = bestSequence(
    steps.map((step) => (step.after !== null && done.has(step.after) ? { ...step, after: null } : step)),
    {
      hours: months * inputs.hoursPerMonth,
      money: inputs.budget === null ? null : minor(new Exact(inputs.budget)),
      atMost: inputs.atMost,
    },
  );
  const lines = drafts.map((line): PlanLine => {
    const number = sequence.placed.findIndex(({ id }) => id === line.lever);
    const found = sequence.placed[number];
    return found
      ? { ...line, place: { number: number + 1, from: found.from, to: found.to } }
      : { ...line, outReason: whyOut(line, inputs, months) };
  });
  const placed = lines.filter(({ place }) => place !== null);
  const all = (of: (line: PlanLine) => Measure) => known(sum(placed.flatMap((line) => of(line).value ?? [])));
  return {
    ...{ lines, sequence, total: all(({ effect }) => effect), cost: all(({ cost }) => cost) },
    hours: placed.reduce((hours, line) => hours + (line.hours ?? 0), 0),
  };
}

const DAYS_PER_MONTH = 365.25 / 12;
/** The day on which so many hours of work are done, and so many months later. */
export const dayAfter = (start: string, hours: number, { hoursPerMonth }: PlanInputs, months = 0): string =>
  addDays(start, Math.ceil((hours / hoursPerMonth + months) * DAYS_PER_MONTH));

/** Whether "after" runs in a circle: then nothing of it could ever begin. */
export function hasRound(inputs: PlanInputs): boolean {
  const after = new Map(inputs.estimates.map((one) => [one.lever, one.after]));
  return [...after.keys()].some((first) => {
    let at = after.get(first) ?? null;
    for (let steps = 0; at !== null && steps < after.size; steps++) {
      if (at === first) return true;
      at = after.get(at) ?? null;
    }
    return false;
  });
}

export type StepState = "reached" | "late" | "under way" | "to come";

/** Where a promised step stands: its measure has come as far as was said, or the day of it has passed. */
export function stepState(
  { to, startsOn, showsOn }: { to: string | null; startsOn: string; showsOn: string },
  actual: string | null,
  today: string,
): StepState {
  if (to !== null && actual !== null && new Exact(actual).gte(to)) return "reached";
  if (today > showsOn) return "late";
  return today >= startsOn ? "under way" : "to come";
}
