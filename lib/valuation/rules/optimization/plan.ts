import { known, type Measure, mapMeasure, ratio, sum, unknown } from "@/lib/metrics/rules/measure";
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
import type { PlanStep, Sequence } from "./sequence";
import { derivativeOf, equityWith, type Moves } from "./shifted";
import { bestTogether } from "./together";

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
  /** What it adds to the steps that show before it; unknown where it is not placed. These are what add up. */
  gain: Measure;
  outReason: OutReason | null;
};

export type OptimizationPlan = {
  lines: PlanLine[];
  sequence: Sequence;
  /** Of what is placed: together, so that nothing counts twice among the drivers. */
  total: Measure;
  /** The same if readiness only lowers the risk that a buyer sees: of the two the larger. Null where not both are placed. */
  atLeast: Measure | null;
  cost: Measure;
  hours: number;
};

const estimateOf = (inputs: PlanInputs, lever: string): Estimate =>
  inputs.estimates.find((one) => one.lever === lever) ?? {
    ...{ lever, size: null, hours: null, cost: "0", months: 0, after: null, out: false },
  };

type Priced = "cost" | "perCost" | "money" | "months" | "after" | "estimate";
type Draft = Omit<PlanLine, Priced | "place" | "gain" | "outReason">;

function priced(draft: Draft, inputs: PlanInputs): PlanLine {
  const estimate = estimateOf(inputs, draft.lever);
  const money = new Exact(estimate.cost);
  const cost =
    draft.hours === null ? unknown("missing-input") : known(new Exact(inputs.hourCost).times(draft.hours).plus(money));
  const perCost = mapMeasure(draft.effect, (effect) => mapMeasure(cost, (paid) => ratio(effect, paid)));
  const { months, after } = estimate;
  const out = { place: null, gain: unknown("missing-input"), outReason: null };
  return { ...draft, money, cost, perCost, months, after, estimate, ...out };
}

/** How far a metric moves with its driver: a hundredth of itself for revenue, hundredths for rates. */
const movedTo = (driver: ValueDriver, from: Exact, size: Exact): Exact =>
  driver === "revenue" ? from.times(size.div(100).plus(1)) : from.plus(size.div(100));

type GainOf = (moves: Moves) => Measure;

/** What the equity value gains with drivers moved at once; the valuation is made again once for the same moves. */
function gainsBy({ inputs, context, revenue, equity }: PlanFacts): GainOf {
  const made = new Map<string, Measure>();
  return (moves) => {
    const key = JSON.stringify(moves);
    const moved = made.get(key) ?? equityWith(inputs, context, { moves, revenue });
    made.set(key, moved);
    return mapMeasure(equity, (now) => mapMeasure(moved, (then) => known(then.minus(now))));
  };
}

function driverLine(driver: ValueDriver, inputs: PlanInputs, facts: PlanFacts, gainOf: GainOf): PlanLine {
  const lever = driverLever(driver);
  const { size: given, hours } = estimateOf(inputs, lever);
  const size = given === null ? null : new Exact(given);
  const { label, step } = DRIVERS_OF_VALUE[driver];
  const from = facts.metrics[driver] ?? null;
  return priced(
    {
      ...{ lever, kind: "driver", label, step, size, hours, estimated: false, from },
      derivative: derivativeOf(facts.inputs, facts.context, driver, facts.revenue),
      effect: size === null ? unknown("missing-input") : gainOf({ [driver]: size }),
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

const moveOf = (lines: readonly PlanLine[]): Moves =>
  Object.fromEntries(
    VALUE_DRIVERS.flatMap((driver) => {
      const size = lines.find(({ lever }) => lever === driverLever(driver))?.size;
      return size ? [[driver, size] as const] : [];
    }),
  );

type Planning = { inputs: PlanInputs; facts: PlanFacts; months: number; gainOf: GainOf };

function sequenceOf(drafts: readonly PlanLine[], { inputs, facts, months, gainOf }: Planning): Sequence {
  // A criterion that is at its best needs nothing any more.
  const done = new Set(facts.criteria.flatMap(({ id, score }) => (score === 4 ? [criterionLever(id)] : [])));
  const stepsOf = (kind: PlanLine["kind"]) =>
    drafts.flatMap(({ lever, effect, cost, hours, months: wait, after, estimate, ...line }): PlanStep[] =>
      line.kind !== kind || effect.value === null || cost.value === null || hours === null || estimate.out
        ? []
        : [
            {
              ...{ id: lever, worth: minor(effect.value), money: minor(cost.value), hours },
              ...{ lag: wait * inputs.hoursPerMonth, after: after !== null && done.has(after) ? null : after },
            },
          ],
    );
  const together = (set: readonly PlanStep[]): number | null => {
    const gain = gainOf(moveOf(drafts.filter(({ lever }) => set.some(({ id }) => id === lever))));
    return gain.value && minor(gain.value);
  };
  return bestTogether(stepsOf("driver"), stepsOf("readiness"), together, {
    hours: months * inputs.hoursPerMonth,
    money: inputs.budget === null ? null : minor(new Exact(inputs.budget)),
    atMost: inputs.atMost,
  });
}

type PlacedLine = PlanLine & { place: NonNullable<PlanLine["place"]> };

/** Of each placed step what it adds to those that show before it: of drivers the valuation made again with all of them. */
function gainsOf(placed: readonly PlacedLine[], { inputs, gainOf }: Planning): Map<string, Measure> {
  const shows = ({ place, months }: PlacedLine) => place.to + months * inputs.hoursPerMonth;
  const inTime = placed.toSorted((a, b) => shows(a) - shows(b) || a.place.number - b.place.number);
  const drivers = inTime.filter(({ kind }) => kind === "driver");
  const upTo = (count: number) => gainOf(moveOf(drivers.slice(0, count)));
  return new Map(
    inTime.map((line) => {
      const at = drivers.indexOf(line);
      if (at === -1) return [line.lever, line.effect];
      return [line.lever, mapMeasure(upTo(at + 1), (now) => mapMeasure(upTo(at), (was) => known(now.minus(was))))];
    }),
  );
}

const added = (measures: readonly Measure[]): Exact => sum(measures.flatMap(({ value }) => value ?? []));

function atLeastOf(placed: readonly PlanLine[], total: Exact): Measure | null {
  const readiness = added(placed.flatMap(({ kind, gain }) => (kind === "readiness" ? gain : [])));
  const risk = placed.find(({ lever }) => lever === driverLever("risk"))?.gain.value;
  return risk?.gt(0) && readiness.gt(0) ? known(total.minus(Exact.min(risk, readiness))) : null;
}

/** What could be done, what each is worth and costs, and what is done in which order within so many months. */
export function optimizationPlan(inputs: PlanInputs, facts: PlanFacts, months: number): OptimizationPlan {
  const gainOf = gainsBy(facts);
  const planning = { inputs, facts, months, gainOf };
  const drafts = [
    ...VALUE_DRIVERS.map((driver) => driverLine(driver, inputs, facts, gainOf)),
    ...facts.criteria
      .filter(({ score }) => score === null || score < 4)
      .map((criterion) => criterionLine(criterion, inputs, facts)),
  ];
  const sequence = sequenceOf(drafts, planning);
  const chosen = drafts.flatMap((line): PlacedLine[] => {
    const number = sequence.placed.findIndex(({ id }) => id === line.lever);
    const found = sequence.placed[number];
    return found ? [{ ...line, place: { number: number + 1, from: found.from, to: found.to } }] : [];
  });
  const gains = gainsOf(chosen, planning);
  const placed = chosen.map((line) => ({ ...line, gain: gains.get(line.lever) ?? line.gain }));
  const total = added(placed.map(({ gain }) => gain));
  return {
    lines: drafts.map(
      (line): PlanLine =>
        placed.find(({ lever }) => lever === line.lever) ?? { ...line, outReason: whyOut(line, inputs, months) },
    ),
    ...{ sequence, total: known(total), atLeast: atLeastOf(placed, total) },
    cost: known(added(placed.map(({ cost }) => cost))),
    hours: placed.reduce((hours, line) => hours + (line.hours ?? 0), 0),
  };
}

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
