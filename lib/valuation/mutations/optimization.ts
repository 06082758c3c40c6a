import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db, type Prisma, type Tx } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { saveFigures } from "@/lib/figures/mutations";
import type { Figure } from "@/lib/figures/schema";
import { bumpDatasets, lockDatasets } from "@/lib/imports/mutations/datasets";
import { todayOf } from "@/lib/metrics/queries/performance";
import { dayDate } from "@/lib/metrics/rules/periods";
import { CRITERIA } from "@/lib/readiness/rules/criteria";
import { computePlan, type LoadedPlan, loadKeptPlan } from "../queries/optimization";
import { hasRound } from "../rules/optimization/plan";
import { dayAfter } from "../rules/optimization/plan-days";
import { planPart } from "../rules/optimization/plan-figures";
import {
  criterionLever,
  driverLever,
  type KeepPlan,
  PLAN,
  type PlanInputs,
  type PlanRefusal,
  type PlanRun,
  VALUE_DRIVERS,
} from "../schema/optimization";

const TRANSACTION = { timeout: 60_000, maxWait: 20_000 };
const LEVERS = new Set([...VALUE_DRIVERS.map(driverLever), ...CRITERIA.map(({ id }) => criterionLever(id))]);

/** The figures of the plan as they were stored, by part. */
async function storedParts(tx: Tx, ventureId: string, figures: readonly Figure[], now: Date) {
  const refs = await saveFigures(tx, ventureId, figures, now);
  const parts = figures.map((figure, index) => {
    const part = figure.method.startsWith("valuation.plan.") ? planPart(figure) : figure.id;
    return [part, { figure: figure.id, revision: refs[index]?.revision ?? 1, value: figure.value }] as const;
  });
  return new Map(parts);
}

/** What the plan promises: each step in its order with its days, its worth, and where its measure has to come. */
function runOf(loaded: LoadedPlan, parts: Awaited<ReturnType<typeof storedParts>>, today: string): PlanRun {
  const part = (name: string) => {
    const found = parts.get(name);
    if (!found) throw new AppError("INTERNAL");
    return found;
  };
  const { plan, inputs, equity } = loaded;
  const placed = plan.lines
    .flatMap((line) => (line.place ? [{ ...line, place: line.place }] : []))
    .sort((a, b) => a.place.number - b.place.number);
  return {
    ...{ equity: part(equity?.id ?? ""), total: part("total"), cost: part("total-cost") },
    steps: placed.map(({ lever, place, from, to, months }) => ({
      ...{ lever, effect: part(`gain ${lever}`), cost: part(`cost ${lever}`) },
      ...{ from: from?.toFixed() ?? null, to: to?.toFixed() ?? null, hours: place.to - place.from },
      startsOn: dayAfter(today, place.from, inputs),
      endsOn: dayAfter(today, place.to, inputs),
      showsOn: dayAfter(today, place.to, inputs, months),
    })),
  };
}

function problemsOf(inputs: PlanInputs): Result<null, PlanRefusal> {
  const named = inputs.estimates.flatMap(({ lever, after }) => [lever, ...(after === null ? [] : [after])]);
  if (named.some((lever) => !LEVERS.has(lever))) return refuse("UNKNOWN_LEVER");
  return hasRound(inputs) ? refuse("ROUND_ORDER") : ok(null);
}

/**
 * Keeps limits and estimates as a new version with the sequence that follows from them today; what comes of it is
 * measured against that version. Refused where somebody was quicker, or where nothing is valued yet.
 */
export async function keepPlan(
  actor: Actor,
  { ventureId, version: seen, reason, inputs }: KeepPlan,
  now: Date,
): Promise<Result<{ version: number; steps: number }, PlanRefusal>> {
  const venture = maySeeVenture(actor, ventureId) ? await db.venture.findUnique({ where: { id: ventureId } }) : null;
  if (!venture) throw new AppError("NOT_FOUND");
  const sound = problemsOf(inputs);
  if (!sound.ok) return sound;
  const today = todayOf(venture, now);
  return db.$transaction(async (tx) => {
    await lockDatasets(tx, ventureId, [PLAN], now);
    const before = await loadKeptPlan(tx, ventureId, null);
    if ((before?.version ?? 0) !== seen) return refuse("STALE_PLAN");
    const version = seen + 1;
    await bumpDatasets(tx, ventureId, [PLAN], now);
    const loaded = await computePlan(tx, venture, today, { version, inputs, kept: null });
    if (loaded.equity?.value == null) return refuse("NO_VALUATION");
    const run = runOf(loaded, await storedParts(tx, ventureId, loaded.figures, now), today);
    const at = { startsOn: dayDate(today), months: loaded.months, createdBy: actor.ref, createdAt: now };
    const stored = run as unknown as Prisma.InputJsonObject;
    await tx.valuationPlan.create({ data: { ventureId, version, reason, inputs, run: stored, ...at } });
    const steps = run.steps.map(({ lever, startsOn, showsOn }) => ({ lever, startsOn, showsOn }));
    const payload = { version, reason, total: run.total.value, cost: run.cost.value, steps };
    const subject = `valuation-plan:${ventureId}`;
    await recordEvent(tx, { ventureId, type: "valuation-plan.kept", actor: actor.ref, subject, payload, at: now });
    return ok({ version, steps: steps.length });
  }, TRANSACTION);
}
