import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { requireStepUp } from "@/lib/auth/step-up";
import { db, type Tx } from "@/lib/db";
import { withdrawOutdated } from "@/lib/decisions/mutations/outdated";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { lockCycles, recordCycle, wakeCycle } from "@/lib/growth/mutations/cycle/cycles";
import { engineClient } from "@/lib/workflows/transport";
import { heldSchema, type OrderRefusal, type OrderStage, type Substage } from "../schema/run";
import { lockExit, recordExit, setSubstage, wakeExit } from "./exit-preparation";
import { lockRealization, recordRealization, wakeRealization } from "./realization";
import { leaveSale } from "./realization-deeds";
import { clearEntryGate, lockStage, RUN_UNDER_WAY, recordStage, STAGE_PAUSED, wakeStage, writeMove } from "./run";

type Run = NonNullable<Awaited<ReturnType<Tx["stageRun"]["findUnique"]>>>;
type Given = { run: Run; by: Actor; reason: string; now: Date };
type Held = { of: Substage; id: string };

/** Agents at work on the venture stop at their next step; what they have written stays. */
async function stopAgents(tx: Tx, { run: { ventureId }, by, now }: Given): Promise<void> {
  const working = { ventureId, status: { in: ["queued" as const, "running" as const] } };
  for (const { id } of await tx.agentRun.findMany({ where: working, select: { id: true } })) {
    // One that ends in this moment has ended.
    const { count } = await tx.agentRun.updateMany({ where: { id, ...working }, data: { status: "stopping" } });
    if (count === 0) continue;
    const event = { ventureId, type: "run.stop-requested", actor: by.ref, subject: `run:${id}`, at: now };
    await recordEvent(tx, { ...event, payload: { with: "stage" } });
  }
}

/** Every run below the stage waits from its next step boundary on; those are remembered, to go on with the whole. */
async function pauseChildren(tx: Tx, given: Given): Promise<Held[]> {
  const { run, by, now } = given;
  const { ventureId, version } = run;
  const held: Held[] = [];
  await stopAgents(tx, given);
  const running = { ventureId, status: "running" };
  for (const turn of await tx.growthCycle.findMany({ where: { ventureId, status: "running" } })) {
    await tx.growthCycle.update({ where: { id: turn.id }, data: { status: "paused", version: { increment: 1 } } });
    await recordCycle(tx, turn, "paused", by.ref, { with: "stage" }, now);
    held.push({ of: "40.1", id: turn.id });
  }
  const data = { status: "paused", reason: STAGE_PAUSED, version: { increment: 1 } };
  for (const one of await tx.exitPreparation.findMany({ where: running })) {
    await tx.exitPreparation.update({ where: { id: one.id }, data });
    await wakeExit(tx, one.id, `stage:${version}`);
    await recordExit(tx, one, "paused", by.ref, { reason: STAGE_PAUSED }, now);
    held.push({ of: "40.2", id: one.id });
  }
  for (const one of await tx.realization.findMany({ where: running })) {
    await tx.realization.update({ where: { id: one.id }, data });
    await recordRealization(tx, one, "paused", by.ref, { reason: STAGE_PAUSED }, now);
    held.push({ of: "40.3", id: one.id });
  }
  return held;
}

/** Those that the pause of the whole paused, and that nobody else has touched since, go on. */
async function resumeChildren(tx: Tx, { run, by, now }: Given): Promise<void> {
  const held = heldSchema.parse(run.held);
  const ids = (of: Substage) => held.filter((one) => one.of === of).map(({ id }) => id);
  const key = `stage:${run.version}`;
  for (const turn of await tx.growthCycle.findMany({ where: { id: { in: ids("40.1") }, status: "paused" } })) {
    await tx.growthCycle.update({ where: { id: turn.id }, data: { status: "running", version: { increment: 1 } } });
    await wakeCycle(tx, turn.id, key);
    await recordCycle(tx, turn, "resumed", by.ref, { with: "stage" }, now);
  }
  const data = { status: "running", reason: null, version: { increment: 1 } };
  const paused = (of: Substage) => ({ id: { in: ids(of) }, status: "paused", reason: STAGE_PAUSED });
  for (const one of await tx.exitPreparation.findMany({ where: paused("40.2") })) {
    await tx.exitPreparation.update({ where: { id: one.id }, data });
    await wakeExit(tx, one.id, key);
    await recordExit(tx, one, "resumed", by.ref, {}, now);
  }
  for (const one of await tx.realization.findMany({ where: paused("40.3") })) {
    await tx.realization.update({ where: { id: one.id }, data });
    await wakeRealization(tx, run.ventureId, key);
    await recordRealization(tx, one, "resumed", by.ref, {}, now);
  }
}

/** Is the substage open? A venture that was taken over may be in it without a run of ours. */
async function isOpen(tx: Tx, { ventureId, ordinal }: Run, substage: Substage): Promise<boolean> {
  const record = await tx.stageRecord.findUnique({ where: { ventureId_ordinal: { ventureId, ordinal } } });
  return record?.openSubstages.includes(substage) ?? false;
}

/** The preparation under way, if there is one, goes back to growth. */
async function leavePreparation(tx: Tx, { run, by, reason, now }: Given): Promise<boolean> {
  const { ventureId, version } = run;
  const was = await isOpen(tx, run, "40.2");
  const [open] = await tx.exitPreparation.findMany({ where: { ventureId, status: { in: RUN_UNDER_WAY } } });
  if (open) {
    await tx.exitPreparation.update({
      where: { id: open.id },
      data: { status: "returned", reason, endedAt: now, version: { increment: 1 } },
    });
    await wakeExit(tx, open.id, `stage:${version}`);
    await recordExit(tx, open, "returned", by.ref, { reason }, now);
  }
  await setSubstage(tx, ventureId, "40.2", false);
  return was;
}

async function leaveRealization(tx: Tx, { run, by, reason, now }: Given, to: "40.1" | "40.2"): Promise<boolean> {
  const { ventureId, version } = run;
  const [open] = await tx.realization.findMany({ where: { ventureId, status: { in: RUN_UNDER_WAY } } });
  if (!open) return false;
  await wakeRealization(tx, ventureId, `stage:${version}`);
  await leaveSale(tx, open, { to, reason, by: by.ref, now });
  return true;
}

/** What is distributed cannot be taken back by going back: the ledger is corrected, not the stage. */
const moneyHasMoved = async (tx: Tx, ventureId: string): Promise<boolean> =>
  (await tx.distribution.count({ where: { basis: { ventureId }, transaction: { reversedBy: null } } })) > 0;

const OPEN_MEMOS = ["pending", "question", "deferred", "confirming"] as const;
/** What only a venture in stage 40 can do. */
const OF_THE_STAGE = ["growth.", "exit.", "deal."] as const;

/** What the chairman is still asked about the stage, held for this transaction: like every verdict, the memo comes first. */
async function holdMemos(tx: Tx, ventureId: string): Promise<string[]> {
  const of = OF_THE_STAGE.map((start) => ({ proposal: { actionClass: { startsWith: start } } }));
  const open = { ventureId, status: { in: [...OPEN_MEMOS] }, OR: of };
  const memos = await tx.memo.findMany({ where: open, select: { id: true }, orderBy: { id: "asc" } });
  for (const { id } of memos) await tx.$queryRaw`SELECT 1 FROM "memo" WHERE "id" = ${id}::uuid FOR UPDATE`;
  return memos.map(({ id }) => id);
}

/** Whoever ends or orders a stage holds it with everything below it; where it ends, its open memos before. */
export async function holdStage(tx: Tx, ventureId: string, ends: boolean): Promise<{ memoIds: string[] }> {
  const memoIds = ends ? await holdMemos(tx, ventureId) : [];
  await lockStage(tx, ventureId);
  await lockCycles(tx, ventureId);
  await lockExit(tx, ventureId);
  await lockRealization(tx, ventureId);
  return { memoIds };
}

const ENDINGS = { cancelled: "The stage was cancelled.", regressed: "The venture went back to stage 39." } as const;

/** The venture is mature again: every run below ends, and nobody is asked about the stage any more. */
export async function endStage(
  tx: Tx,
  given: Given & { memoIds: readonly string[] },
  outcome: keyof typeof ENDINGS,
): Promise<void> {
  const { run, by, reason, now, memoIds } = given;
  const { ventureId, ordinal } = run;
  await stopAgents(tx, given);
  for (const memoId of memoIds) await withdrawOutdated(tx, memoId, ENDINGS[outcome], by.ref, now);
  await leaveRealization(tx, given, "40.1");
  await leavePreparation(tx, given);
  const turns = await tx.growthCycle.findMany({ where: { ventureId, status: { in: ["running", "paused"] } } });
  for (const turn of turns) {
    const data = { status: "cancelled" as const, closedAt: now, ending: ENDINGS[outcome], version: { increment: 1 } };
    await tx.growthCycle.update({ where: { id: turn.id }, data });
    await wakeCycle(tx, turn.id, `stage:${run.version}`);
    await recordCycle(tx, turn, "cancelled", by.ref, { with: "stage" }, now);
  }
  await tx.stageRecord.updateMany({
    where: { ventureId, ordinal, endedAt: null },
    data: { endedAt: now, outcome, openSubstages: [] },
  });
  await tx.venture.update({ where: { id: ventureId }, data: { stage: "mature" } });
  await clearEntryGate(tx, ventureId, by.ref, now);
  await tx.stageRun.update({ where: { id: run.id }, data: { status: outcome, reason, endedAt: now, held: [] } });
}

const WORDS: Readonly<Record<OrderStage["order"], string>> = {
  ...{ pause: "The stage is paused", resume: "The stage goes on.", cancel: "The stage is cancelled" },
  "roll-back": "Rolled back",
};

const ends = (order: OrderStage): boolean =>
  order.order === "cancel" || (order.order === "roll-back" && order.to === "39");

async function carryOut(
  tx: Tx,
  order: OrderStage,
  given: Given & { memoIds: readonly string[] },
): Promise<OrderRefusal | null> {
  const { run } = given;
  const update = (data: Partial<Pick<Run, "status" | "reason">> & { held?: Held[] }) =>
    tx.stageRun.update({ where: { id: run.id }, data });
  if (order.order === "resume") {
    if (run.status !== "paused") return "NOT_PAUSED";
    await resumeChildren(tx, given);
    await update({ status: "running", reason: null, held: [] });
    return null;
  }
  if (order.order === "pause") {
    if (run.status !== "running") return "NOT_RUNNING";
    await update({ status: "paused", reason: order.reason, held: await pauseChildren(tx, given) });
    return null;
  }
  if (await moneyHasMoved(tx, run.ventureId)) return "MONEY_HAS_MOVED";
  if (order.order === "cancel" || order.to === "39") {
    await endStage(tx, given, order.order === "cancel" ? "cancelled" : "regressed");
    return null;
  }
  const sale = await leaveRealization(tx, given, order.to);
  const left = order.to === "40.2" ? sale : (await leavePreparation(tx, given)) || sale;
  if (!left) return "NOT_THERE";
  // What opened again waits with the whole.
  if (run.status === "paused")
    await update({ held: [...heldSchema.parse(run.held), ...(await pauseChildren(tx, given))] });
  return null;
}

const isRefusal = (error: unknown): error is Refused => error instanceof Refused;
class Refused extends Error {
  readonly refusal: OrderRefusal;
  constructor(refusal: OrderRefusal) {
    super(refusal);
    this.refusal = refusal;
  }
}

const textOf = (order: OrderStage): string => {
  if (order.order === "resume") return WORDS.resume;
  const to = order.order === "roll-back" ? ` to ${order.to === "39" ? "stage 39" : order.to}` : "";
  return `${WORDS[order.order]}${to}: ${order.reason}`;
};

/**
 * The chairman pauses, resumes, cancels or rolls the stage back, at any point, if nobody changed the run since `version`.
 * To stage 39 and to its end takes a fresh proof of presence. What is under way below follows in the same commit.
 */
export async function orderStage(
  actor: Actor,
  order: OrderStage,
  now: Date,
): Promise<Result<{ version: number }, OrderRefusal>> {
  if (!isPermitted(actor.role, "venture:configure")) throw new AppError("FORBIDDEN");
  if (ends(order)) requireStepUp(actor, now);
  await engineClient();
  try {
    return await db.$transaction((tx) => ordered(tx, actor, order, now), { timeout: 20_000 });
  } catch (error) {
    if (isRefusal(error)) return refuse(error.refusal);
    throw error;
  }
}

async function ordered(tx: Tx, actor: Actor, order: OrderStage, now: Date) {
  const known = await tx.stageRun.findUnique({ where: { id: order.runId } });
  if (!known || !maySeeVenture(actor, known.ventureId)) throw new AppError("NOT_FOUND");
  const { ventureId } = known;
  const { memoIds } = await holdStage(tx, ventureId, ends(order));
  const run = await tx.stageRun.findUniqueOrThrow({ where: { id: order.runId } });
  if (run.version !== order.version) throw new Refused("CONFLICT");
  if (!RUN_UNDER_WAY.includes(run.status)) throw new Refused("NOT_RUNNING");
  const reason = "reason" in order ? order.reason : "";
  // What was begun is undone with the refusal.
  const refusal = await carryOut(tx, order, { run, by: actor, reason, now, memoIds });
  if (refusal) throw new Refused(refusal);
  const version = run.version + 1;
  await tx.stageRun.update({ where: { id: run.id }, data: { version } });
  await writeMove(tx, run.id, { kind: "order", cause: `order:${version}`, text: textOf(order), by: actor.ref }, now);
  await wakeStage(tx, ventureId, `order:${version}`);
  const to = order.order === "roll-back" ? order.to : null;
  await recordStage(tx, run, "ordered", actor.ref, { order: order.order, to, reason }, now);
  return ok({ version });
}
