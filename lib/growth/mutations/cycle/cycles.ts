import "server-only";
import { type CalendarDate, fromDate, toCalendarDate } from "@internationalized/date";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { db, type Prisma, type Tx } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { dayDate } from "@/lib/metrics/rules/periods";
import { resolveStored } from "@/lib/ventures/queries";
import { fencedTransaction } from "@/lib/workflows/fence";
import { engineClient, sendInTransaction, startInTransaction } from "@/lib/workflows/transport";
import { readLoopFacts } from "../../queries/cycle/cycles";
import { opensByItself, reviewDay, reviewFrequencySchema } from "../../rules/cycle/cycle";
import type { CycleOrder } from "../../schema";

export const CYCLE_TOPIC = "cycle";
export const cycleWorkflowId = (cycleId: string): string => `growth-cycle:${cycleId}`;

const OPEN = ["running", "paused"] as const;

/** Of two that open or order at once the second waits and sees what the first did. */
export async function lockCycles(tx: Tx, ventureId: string): Promise<void> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`growth-cycle:${ventureId}`}, 6))::text`;
}

const todayAt = (now: Date, timeZone: string): CalendarDate => toCalendarDate(fromDate(now, timeZone));

/** The next turn of the loop with its durable run; the caller holds the lock and knows that none is open. */
export async function createCycle(tx: Tx, ventureId: string, openedBy: string, now: Date): Promise<{ id: string }> {
  const venture = await tx.venture.findUniqueOrThrow({ where: { id: ventureId }, include: { settings: true } });
  const settings = venture.settings ?? { profile: "balanced" as const, autonomy: "assisted" as const, overrides: {} };
  const { strategyReview } = resolveStored(settings).parameters;
  const openedOn = todayAt(now, venture.timeZone).toString();
  const reviewOn = reviewDay(openedOn, reviewFrequencySchema.parse(strategyReview));
  const last = await tx.growthCycle.findFirst({ where: { ventureId }, orderBy: { ordinal: "desc" } });
  const ordinal = (last?.ordinal ?? 0) + 1;
  const days = { openedOn: dayDate(openedOn), reviewOn: dayDate(reviewOn) };
  const { id } = await tx.growthCycle.create({
    data: { ventureId, ordinal, ...days, openedBy, openedAt: now, phaseAt: now },
  });
  await startInTransaction(tx, { name: "growthCycle", id: cycleWorkflowId(id), args: [id] });
  const payload = { ordinal, openedOn, reviewOn, frequency: strategyReview };
  await recordCycle(tx, { id, ventureId }, "opened", openedBy, payload, now);
  return { id };
}

export const recordCycle = (
  tx: Tx,
  cycle: { id: string; ventureId: string },
  what: string,
  actor: string,
  payload: Prisma.InputJsonObject,
  at: Date,
) =>
  recordEvent(tx, {
    ventureId: cycle.ventureId,
    type: `growth-cycle.${what}`,
    actor,
    subject: cycleWorkflowId(cycle.id),
    payload,
    at,
  });

export type OpenCycleRefusal = "ALREADY_OPEN" | "GROWTH_NOT_OPEN";

/** Starts the growth loop of a venture in 40.1. It opens its own next turns until 40.1 ends or it is cancelled. */
export async function openCycle(
  actor: Actor,
  ventureId: string,
  now: Date,
): Promise<Result<{ cycleId: string }, OpenCycleRefusal>> {
  if (!isPermitted(actor.role, "run:start")) throw new AppError("FORBIDDEN");
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  await engineClient();
  return db.$transaction(async (tx) => {
    await lockCycles(tx, ventureId);
    const record = await tx.stageRecord.findFirst({ where: { ventureId }, orderBy: { ordinal: "desc" } });
    if (!record || record.endedAt || !record.openSubstages.includes("40.1")) return refuse("GROWTH_NOT_OPEN" as const);
    const open = await tx.growthCycle.findFirst({ where: { ventureId, status: { in: [...OPEN] } } });
    if (open) return refuse("ALREADY_OPEN" as const);
    const { id } = await createCycle(tx, ventureId, actor.ref, now);
    return ok({ cycleId: id });
  });
}

/** Opens the first turn of a loop that begins by itself; true where it did. Safe to repeat. */
export async function openDueCycle(ventureId: string, now: Date): Promise<boolean> {
  await engineClient();
  return fencedTransaction(async (tx) => {
    await lockCycles(tx, ventureId);
    if (!opensByItself(await readLoopFacts(tx, ventureId, now))) return false;
    // While the chairman has paused the stage nothing begins by itself.
    if ((await tx.stageRun.count({ where: { ventureId, status: "paused" } })) > 0) return false;
    await createCycle(tx, ventureId, "system:growth-cycle", now);
    return true;
  });
}

type Ordered = { status?: "running" | "paused" | "cancelled"; reviewOn?: Date; closedAt?: Date; ending?: string };
export type OrderRefusal = "NOT_RUNNING" | "NOT_PAUSED" | "ALREADY_REVIEWING";

/** What an order changes, or why it cannot be given to a cycle that stands so. */
function ordered(
  { order }: CycleOrder,
  cycle: { status: string; phase: string; openedOn: Date },
  today: CalendarDate,
  now: Date,
): Ordered | OrderRefusal {
  if (order === "resume") return cycle.status === "paused" ? { status: "running" } : "NOT_PAUSED";
  if (order === "cancel") return { status: "cancelled", closedAt: now, ending: "Cancelled by the chairman." };
  if (cycle.status !== "running") return "NOT_RUNNING";
  if (order === "pause") return { status: "paused" };
  if (cycle.phase === "measure" || cycle.phase === "learn") return "ALREADY_REVIEWING";
  const tomorrow = dayDate(today.add({ days: 1 }).toString());
  const due = dayDate(today.toString());
  // A cycle lasts at least a day, so one that was opened today is reviewed tomorrow.
  return { reviewOn: due > cycle.openedOn ? due : tomorrow };
}

const PAST: Readonly<Record<CycleOrder["order"], string>> = {
  pause: "paused",
  resume: "resumed",
  cancel: "cancelled",
  review: "review-brought-forward",
};

const CHAIRMANS: readonly CycleOrder["order"][] = ["pause", "resume", "cancel"];

/** Pauses, resumes, cancels, or brings the review forward to today, if nobody changed the cycle since `version`. */
export async function orderCycle(
  actor: Actor,
  input: CycleOrder,
  now: Date,
): Promise<Result<{ version: number }, OrderRefusal>> {
  const { cycleId, version, order } = input;
  const permission = CHAIRMANS.includes(order) ? "venture:configure" : "run:start";
  if (!isPermitted(actor.role, permission)) throw new AppError("FORBIDDEN");
  await engineClient();
  return db.$transaction(async (tx) => {
    const seen = await tx.growthCycle.findUnique({ where: { id: cycleId } });
    if (!seen || !maySeeVenture(actor, seen.ventureId)) throw new AppError("NOT_FOUND");
    await lockCycles(tx, seen.ventureId);
    // Again, now that nobody else changes it: who ordered on an older state is told so, whatever became of it.
    const cycle = await tx.growthCycle.findUniqueOrThrow({ where: { id: cycleId } });
    if (cycle.version !== version) throw new AppError("CONFLICT");
    const { timeZone } = await tx.venture.findUniqueOrThrow({ where: { id: cycle.ventureId } });
    const change = ordered(input, cycle, todayAt(now, timeZone), now);
    if (typeof change === "string") return refuse(change);
    const where = { id: cycleId, version, status: { in: [...OPEN] } };
    const { count } = await tx.growthCycle.updateMany({ where, data: { ...change, version: version + 1 } });
    if (count === 0) throw new AppError("CONFLICT");
    await wakeCycle(tx, cycleId, `order:${version + 1}`);
    await recordCycle(tx, cycle, PAST[order], actor.ref, {}, now);
    return ok({ version: version + 1 });
  });
}

/** The loop looks again, now. A hint: what it finds is in the database. */
export const wakeCycle = (tx: Tx, cycleId: string, key: string): Promise<void> =>
  sendInTransaction(tx, {
    workflowId: cycleWorkflowId(cycleId),
    topic: CYCLE_TOPIC,
    message: key,
    key: `${cycleWorkflowId(cycleId)}:${key}`,
  });

/** The venture's open cycle, if there is one, looks again: a run ended, a memo was answered. */
export async function wakeCycleOf(tx: Tx, ventureId: string, key: string): Promise<void> {
  const open = await tx.growthCycle.findFirst({ where: { ventureId, status: "running" }, select: { id: true } });
  if (open) await wakeCycle(tx, open.id, key);
}
