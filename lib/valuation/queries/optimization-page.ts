import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { namesByRef } from "@/lib/auth/people";
import type { Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { askedView } from "@/lib/figures/rules";
import type { Figure, FigureView, Unit } from "@/lib/figures/schema";
import { atOneMoment, todayOf } from "@/lib/metrics/queries/performance";
import { dayText } from "@/lib/metrics/rules/periods";
import { criterionOf } from "@/lib/readiness/rules/criteria";
import type { OutReason, PlanLine } from "../rules/optimization/plan";
import { dayAfter, type StepState, stepState } from "../rules/optimization/plan-days";
import { type StoredPlanFacts, storePlanFacts } from "../rules/optimization/plan-facts";
import { planPart } from "../rules/optimization/plan-figures";
import {
  DRIVERS_OF_VALUE,
  driverLever,
  type Estimate,
  PLAN,
  type PlanInputs,
  type PlanRun,
  planRunSchema,
  VALUE_DRIVERS,
} from "../schema/optimization";
import { type KeptPlan, type LoadedPlan, loadPlan, measuresOf } from "./optimization";

export type LeverLine = {
  lever: string;
  kind: "driver" | "readiness";
  label: string;
  step: string;
  derivative: FigureView;
  effect: FigureView;
  /** What it adds to the steps that show before it; null where it is not in the plan. */
  gain: FigureView | null;
  cost: FigureView;
  perCost: FigureView;
  size: string | null;
  hours: number | null;
  estimated: boolean;
  months: number;
  after: string | null;
  estimate: Estimate;
  place: { number: number; startsOn: string; showsOn: string } | null;
  outReason: OutReason | null;
};
export type StepLine = {
  lever: string;
  label: string;
  effect: FigureView;
  cost: FigureView;
  hours: number;
  startsOn: string;
  endsOn: string;
  showsOn: string;
  unit: Unit;
  from: string | null;
  to: string | null;
  actual: FigureView | null;
  state: StepState;
};
export type PlanVersion = {
  version: number;
  startsOn: string;
  reason: string;
  by: string;
  total: FigureView;
  steps: number;
};
export type PlanPage = {
  venture: { id: string; slug: string; name: string; currency: string };
  today: string;
  version: number;
  inputs: PlanInputs;
  /** The profile's period now, and that of the kept plan. */
  months: number;
  keptMonths: number | null;
  valued: boolean;
  proven: boolean;
  lines: LeverLine[];
  /** By the kept plan; empty before the first. */
  steps: StepLine[];
  /** Equal to what the sequence follows from; null before anything is valued. */
  facts: StoredPlanFacts | null;
  /** "total", "total-cost", "reached", "at-least" by today's facts; "planned" and "gap" against the kept plan; "equity". */
  figures: Record<string, FigureView>;
  /** The sequence by today's facts is another than the one that was kept. */
  moved: boolean;
  versions: PlanVersion[];
};

const labelOf = (lever: string): string => {
  const driver = VALUE_DRIVERS.find((one) => driverLever(one) === lever);
  return driver ? DRIVERS_OF_VALUE[driver].label : (criterionOf(lever.replace(/^readiness:/, ""))?.label ?? lever);
};

const keptView = (
  { figure, revision, value }: PlanRun["equity"],
  unit: Unit,
  label: string,
  asOf: string,
): FigureView => ({
  ...{ id: figure, revision, value, unit, label, asOf },
});

type Views = (part: string) => FigureView;

function leverLine(line: PlanLine, view: Views, today: string, inputs: PlanInputs): LeverLine {
  const { lever, kind, label, step, hours, estimated, months, after, estimate, outReason, place } = line;
  return {
    ...{ lever, kind, label, step, hours, estimated, months, after, estimate, outReason },
    ...{ derivative: view(`derivative ${lever}`), effect: view(`effect ${lever}`) },
    ...{ cost: view(`cost ${lever}`), perCost: view(`per-cost ${lever}`), size: line.size?.toFixed() ?? null },
    gain: place && view(`gain ${lever}`),
    place: place && {
      number: place.number,
      startsOn: dayAfter(today, place.from, inputs),
      showsOn: dayAfter(today, place.to, inputs, months),
    },
  };
}

function stepLines(loaded: LoadedPlan, kept: KeptPlan, today: string, currency: string, ventureId: string): StepLine[] {
  const measures = measuresOf(loaded.assessment);
  return kept.run.steps.map(({ lever, effect, cost, from, to, ...days }) => {
    const measure = measures.get(lever);
    const label = labelOf(lever);
    const ask = { of: "readiness.assessment", args: { venture: ventureId, day: today } };
    const actual = measure ? askedView(measure, ask) : null;
    return {
      ...{ lever, label, from, to, actual, ...days, unit: measure?.unit ?? "text" },
      effect: keptView(effect, currency, `${label}: equity value gained`, kept.startsOn),
      cost: keptView(cost, currency, `${label}: cost`, kept.startsOn),
      state: stepState({ to, ...days }, actual?.value ?? null, today),
    };
  });
}

async function versionsOf(tx: Tx, ventureId: string, currency: string): Promise<PlanVersion[]> {
  const rows = await tx.valuationPlan.findMany({ where: { ventureId }, orderBy: { version: "desc" }, take: 30 });
  const names = await namesByRef(
    tx,
    rows.map(({ createdBy }) => createdBy),
  );
  return rows.map(({ version, startsOn, reason, createdBy, run }) => {
    const { total, steps } = planRunSchema.parse(run);
    const day = dayText(startsOn);
    return {
      ...{ version, startsOn: day, reason, by: names.get(createdBy) ?? createdBy, steps: steps.length },
      total: keptView(total, currency, "Equity value gained by the plan", day),
    };
  });
}

/** What raises the value most for the effort, and what came of the plan that was kept; null for one out of sight. */
export const findPlan = async (actor: Actor, ventureId: string, now: Date): Promise<PlanPage | null> =>
  (await findToldPlan(actor, ventureId, now))?.page ?? null;

/** The same with every figure that it rests on, for whoever quotes them. */
export async function findToldPlan(
  actor: Actor,
  ventureId: string,
  now: Date,
): Promise<{ page: PlanPage; told: Figure[] } | null> {
  if (!maySeeVenture(actor, ventureId)) return null;
  return atOneMoment(async (tx) => {
    const row = await tx.venture.findUnique({ where: { id: ventureId } });
    if (!row) return null;
    const today = todayOf(row, now);
    const loaded = await loadPlan(tx, row, today, null);
    if (!loaded) return null;
    const { kept, inputs, months, plan, facts, equity, own } = loaded;
    const version = kept?.version ?? 0;
    const args = { venture: ventureId, day: today, plan: version };
    const views = Object.fromEntries(own.map((figure) => [planPart(figure), askedView(figure, { of: PLAN, args })]));
    const view: Views = (part) => {
      const found = views[part];
      if (!found) throw new AppError("INTERNAL");
      return found;
    };
    const { id, slug, name, currency } = row;
    const order = plan.sequence.placed.map((step) => step.id).join();
    const page: PlanPage = {
      venture: { id, slug, name, currency },
      ...{ today, version, inputs, months, keptMonths: kept?.months ?? null, valued: equity?.value != null },
      ...{ proven: plan.sequence.proven, facts: facts && storePlanFacts(facts) },
      lines: plan.lines.map((line) => leverLine(line, view, today, inputs)),
      steps: kept ? stepLines(loaded, kept, today, currency, ventureId) : [],
      figures: { ...views, ...(equity ? { equity: askedView(equity, { of: PLAN, args }) } : {}) },
      moved: kept !== null && order !== kept.run.steps.map(({ lever }) => lever).join(),
      versions: await versionsOf(tx, ventureId, currency),
    };
    return { page, told: loaded.figures };
  });
}
