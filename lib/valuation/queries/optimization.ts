import "server-only";
import type { Tx } from "@/lib/db";
import type { Figure, FigureAsk, FigureSource } from "@/lib/figures/schema";
import { unknown } from "@/lib/metrics/rules/measure";
import { dayText } from "@/lib/metrics/rules/periods";
import { Exact } from "@/lib/money";
import { type LoadedAssessment, loadAssessment } from "@/lib/readiness/queries/assessment";
import { resolveStored } from "@/lib/ventures/queries";
import {
  type OptimizationPlan,
  optimizationPlan,
  type PlanCriterion,
  type PlanFacts,
  START_PLAN,
} from "../rules/optimization/plan";
import { type PlanFrame, planFigures, trackingFigures } from "../rules/optimization/plan-figures";
import { partOf } from "../rules/venture-figures";
import {
  criterionLever,
  DRIVERS_OF_VALUE,
  PLAN,
  type PlanInputs,
  type PlanRun,
  planInputsSchema,
  planRunSchema,
  VALUE_DRIVERS,
  type ValueDriver,
} from "../schema/optimization";
import { computeValuation, loadKept, type VentureRow } from "./compute";

export type KeptPlan = { version: number; startsOn: string; months: number; inputs: PlanInputs; run: PlanRun };
export type LoadedPlan = {
  kept: KeptPlan | null;
  inputs: PlanInputs;
  months: number;
  plan: OptimizationPlan;
  /** What it follows from; null before anything is valued. */
  facts: PlanFacts | null;
  assessment: LoadedAssessment;
  equity: Figure | null;
  /** What the plan is made of and its own figures, inputs first. */
  figures: Figure[];
  own: Figure[];
};
export type PlannedVenture = VentureRow & { businessModel: string };

export async function loadKeptPlan(tx: Tx, ventureId: string, version: number | null): Promise<KeptPlan | null> {
  const where = { ventureId, ...(version === null ? {} : { version }) };
  const row = await tx.valuationPlan.findFirst({ where, orderBy: { version: "desc" } });
  if (!row) return null;
  const { months } = row;
  const [inputs, run] = [planInputsSchema.parse(row.inputs), planRunSchema.parse(row.run)];
  return { version: row.version, startsOn: dayText(row.startsOn), months, inputs, run };
}

async function periodOf(tx: Tx, ventureId: string): Promise<number> {
  const settings = await tx.ventureSettings.findUnique({ where: { ventureId } });
  return resolveStored(settings ?? { profile: "balanced", autonomy: "assisted", overrides: {} }).parameters
    .valuationOptimizationPeriod;
}

const exactOf = (figure: Figure | undefined): Exact | null => (figure?.value ? new Exact(figure.value) : null);

function criteriaOf({ lines, ranked }: LoadedAssessment): PlanCriterion[] {
  return lines.map(({ criterion, figure }) => {
    const action = ranked.find((one) => one.criterion === criterion.id);
    return {
      ...{ id: criterion.id, label: criterion.label, toDo: action?.toDo ?? criterion.levels[2] },
      ...{ score: figure.value === null ? null : Number(figure.value), points: exactOf(action?.points) },
      hoursPerStep: criterion.hoursPerStep,
    };
  });
}

/** Today's value of each driver that is a metric, as it was computed with readiness. */
function driverMetrics({ figures }: Pick<LoadedAssessment, "figures">): Partial<Record<ValueDriver, Figure>> {
  const of = (metric: string | null) => figures.find(({ method }) => method === `metrics.venture.${metric}@1`);
  return Object.fromEntries(
    VALUE_DRIVERS.flatMap((driver) => {
      const found = of(DRIVERS_OF_VALUE[driver].metric);
      return found ? [[driver, found] as const] : [];
    }),
  );
}

/** Of each lever the figure that says how far it has come. */
export function measuresOf(assessment: LoadedAssessment): Map<string, Figure> {
  const metrics = Object.entries(driverMetrics(assessment));
  return new Map([
    ...metrics.map(([driver, figure]) => [`driver:${driver}`, figure] as const),
    ...assessment.lines.map(({ criterion, figure }) => [criterionLever(criterion.id), figure] as const),
  ]);
}

type Given = { version: number; inputs: PlanInputs; kept: KeptPlan | null };

/** What could be done about the value of a venture as it stands, and the sequence by given inputs. */
export async function computePlan(
  tx: Tx,
  venture: PlannedVenture,
  day: string,
  { version, inputs, kept }: Given,
): Promise<LoadedPlan> {
  const assessment = await loadAssessment(tx, venture, day);
  const valued = await loadKept(tx, venture.id, null);
  const computed = valued ? await computeValuation(tx, venture, valued, { draws: false }) : null;
  const equity = computed?.figures.find((figure) => partOf(figure) === "equity") ?? null;
  const months = await periodOf(tx, venture.id);
  const metrics = driverMetrics(assessment);
  const facts: PlanFacts | null =
    valued && computed
      ? {
          ...{ inputs: valued.inputs, context: computed.context, equity: computed.valuation.bridge.equityValue },
          ...{ revenue: exactOf(metrics.revenue), criteria: criteriaOf(assessment) },
          metrics: Object.fromEntries(Object.entries(metrics).map(([driver, figure]) => [driver, exactOf(figure)])),
        }
      : null;
  const plan = facts ? optimizationPlan(inputs, facts, months) : NOTHING;
  const frame: PlanFrame = {
    ...{ ventureId: venture.id, currency: venture.currency, plan: version, day, months, equity },
    sources: [await sourceOf(tx, venture.id, version), ...(equity?.sources ?? [])],
    points: new Map(assessment.ranked.map(({ criterion, points }) => [criterionLever(criterion), points])),
  };
  const own = [...(facts ? planFigures(frame, plan, inputs) : []), ...(kept ? trackingFigures(frame, kept.run) : [])];
  const figures = [...assessment.figures, ...(computed?.figures ?? []), ...own];
  return { kept, inputs, months, plan, facts, assessment, equity, figures, own };
}

const NOTHING: OptimizationPlan = {
  ...{ lines: [], sequence: { placed: [], proven: true }, hours: 0 },
  ...{ total: unknown("no-method-used"), atLeast: null, cost: unknown("no-method-used") },
};

async function sourceOf(tx: Tx, ventureId: string, version: number): Promise<FigureSource> {
  const held = await tx.datasetVersion.findUnique({ where: { ventureId_dataset: { ventureId, dataset: PLAN } } });
  const at = { kind: "dataset" as const, ventureId, dataset: PLAN };
  return { ...at, version: held?.version ?? 0, rows: version === 0 ? 0 : 1, filter: { version } };
}

/** By the newest plan that was kept, or where an analyst begins; or by a version that is named (0: the beginning). */
export async function loadPlan(
  tx: Tx,
  venture: PlannedVenture,
  day: string,
  version: number | null,
): Promise<LoadedPlan | null> {
  const kept = version === 0 ? null : await loadKeptPlan(tx, venture.id, version);
  if (!kept && version !== null && version > 0) return null;
  const given = { version: kept?.version ?? 0, inputs: kept?.inputs ?? START_PLAN, kept };
  return computePlan(tx, venture, day, given);
}

async function figuresOn(tx: Tx, ventureId: string, day: unknown, version: unknown): Promise<Figure[] | null> {
  const venture = await tx.venture.findUnique({ where: { id: ventureId } });
  if (!venture || typeof day !== "string" || typeof version !== "number") return null;
  return (await loadPlan(tx, venture, day, version))?.figures ?? null;
}

/** How the figures of the plan are made again when somebody opens one. */
export const PLAN_ASKS = {
  [PLAN]: (tx: Tx, ventureId: string, { day, plan }: FigureAsk["args"]) => figuresOn(tx, ventureId, day, plan),
} as const;

type Stored = { figure: Figure; ventureId: string | null };

export async function recomputePlanFigure(tx: Tx, { figure, ventureId }: Stored): Promise<Figure[] | null> {
  const { plan, day } = figure.inputs;
  if (!ventureId || !plan || !("value" in plan) || !day || !("value" in day)) return null;
  return figuresOn(tx, ventureId, day.value, plan.value);
}
