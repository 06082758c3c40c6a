import "server-only";
import { fromDate, toCalendarDate } from "@internationalized/date";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { db, type Prisma, type Tx } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { dayDate } from "@/lib/metrics/rules/periods";
import { engineClient, sendInTransaction, startInTransaction } from "@/lib/workflows/transport";
import type { ExitRefusal, ExitStatus, OrderExit } from "../schema/exit";
import { wakeStage } from "./run";

export const EXIT_TOPIC = "exit-preparation";
export const exitWorkflowId = (preparationId: string): string => `exit-preparation:${preparationId}`;

const OPEN = ["running", "paused"];
export const EXIT_SYSTEM = "system:exit-preparation";

/** Of two that start, order or judge at once the second waits and sees what the first did. */
export async function lockExit(tx: Tx, ventureId: string): Promise<void> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`exit-preparation:${ventureId}`}, 7))::text`;
}

export const todayAt = (now: Date, timeZone: string): string => toCalendarDate(fromDate(now, timeZone)).toString();

/** What preparation does is recorded, and the run of the stage looks again. */
export async function recordExit(
  tx: Tx,
  { id, ventureId }: { id: string; ventureId: string },
  what: string,
  actor: string,
  payload: Prisma.InputJsonObject,
  at: Date,
): Promise<void> {
  const subject = exitWorkflowId(id);
  await recordEvent(tx, { ventureId, type: `exit-preparation.${what}`, actor, subject, payload, at });
  await wakeStage(tx, ventureId, `${subject}:${what}:${at.toISOString()}`);
}

/** Opens or closes a substage of the venture's current life in stage 40; null where none is under way. */
export async function setSubstage(
  tx: Tx,
  ventureId: string,
  substage: "40.2" | "40.3",
  open: boolean,
): Promise<{ id: string } | null> {
  const record = await tx.stageRecord.findFirst({ where: { ventureId }, orderBy: { ordinal: "desc" } });
  if (!record || record.endedAt) return null;
  const others = record.openSubstages.filter((one) => one !== substage);
  const openSubstages = open ? [...others, substage].toSorted() : others;
  await tx.stageRecord.update({ where: { id: record.id }, data: { openSubstages } });
  return { id: record.id };
}

/** Begins 40.2 beside growth: opens the substage, and the durable run that looks at the three branches. */
export async function startExitPreparation(
  actor: Actor,
  ventureId: string,
  now: Date,
): Promise<Result<{ preparationId: string }, ExitRefusal>> {
  if (!isPermitted(actor.role, "venture:configure")) throw new AppError("FORBIDDEN");
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  await engineClient();
  return db.$transaction(async (tx) => {
    await lockExit(tx, ventureId);
    const venture = await tx.venture.findUnique({ where: { id: ventureId } });
    if (!venture || venture.archivedAt) throw new AppError("NOT_FOUND");
    const running = await tx.exitPreparation.findFirst({ where: { ventureId, status: { in: OPEN } } });
    if (running) return refuse("ALREADY_OPEN");
    if (!(await setSubstage(tx, ventureId, "40.2", true))) return refuse("STAGE_NOT_OPEN");
    const last = await tx.exitPreparation.findFirst({ where: { ventureId }, orderBy: { ordinal: "desc" } });
    const ordinal = (last?.ordinal ?? 0) + 1;
    const today = todayAt(now, venture.timeZone);
    const { id } = await tx.exitPreparation.create({
      data: {
        ...{ ventureId, ordinal, status: "running", startedBy: actor.ref, startedAt: now },
        ...{ startedOn: dayDate(today), nextCheckOn: dayDate(today) },
      },
    });
    await startInTransaction(tx, { name: "exitPreparation", id: exitWorkflowId(id), args: [id] });
    await recordExit(tx, { id, ventureId }, "started", actor.ref, { ordinal, startedOn: today }, now);
    return ok({ preparationId: id });
  });
}

/** The run looks again, now. A hint: what it finds is in the database. */
export const wakeExit = (tx: Tx, preparationId: string, key: string): Promise<void> =>
  sendInTransaction(tx, {
    ...{ workflowId: exitWorkflowId(preparationId), topic: EXIT_TOPIC, message: key },
    key: `${exitWorkflowId(preparationId)}:${key}`,
  });

type Change = { status?: ExitStatus; reason?: string | null; nextCheckOn?: Date; endedAt?: Date };

function changeOf(order: OrderExit["order"], status: string, today: string, now: Date): Change | ExitRefusal {
  if (order === "resume") return status === "paused" ? { status: "running", reason: null } : "NOT_PAUSED";
  if (order === "cancel") return { status: "cancelled", reason: "Cancelled by the chairman.", endedAt: now };
  if (status !== "running") return "NOT_RUNNING";
  return order === "pause" ? { status: "paused", reason: "Paused by the chairman." } : { nextCheckOn: dayDate(today) };
}

const PAST: Readonly<Record<OrderExit["order"], string>> = {
  ...{ pause: "paused", resume: "resumed", cancel: "cancelled", check: "check-brought-forward" },
};

/** Pauses, resumes, cancels, or looks again today, if nobody changed the preparation since `version`. */
export async function orderExit(
  actor: Actor,
  { preparationId, version, order }: OrderExit,
  now: Date,
): Promise<Result<{ version: number }, ExitRefusal>> {
  if (!isPermitted(actor.role, order === "check" ? "run:start" : "venture:configure")) throw new AppError("FORBIDDEN");
  await engineClient();
  return db.$transaction(async (tx) => {
    const known = await tx.exitPreparation.findUnique({ where: { id: preparationId } });
    if (!known || !maySeeVenture(actor, known.ventureId)) throw new AppError("NOT_FOUND");
    await lockExit(tx, known.ventureId);
    const { timeZone } = await tx.venture.findUniqueOrThrow({ where: { id: known.ventureId } });
    const row = await tx.exitPreparation.findUniqueOrThrow({ where: { id: preparationId } });
    if (row.version !== version) return refuse("CONFLICT");
    if (!OPEN.includes(row.status)) return refuse("NOT_RUNNING");
    const change = changeOf(order, row.status, todayAt(now, timeZone), now);
    if (typeof change === "string") return refuse(change);
    await tx.exitPreparation.update({ where: { id: preparationId }, data: { ...change, version: version + 1 } });
    if (order === "cancel") await setSubstage(tx, row.ventureId, "40.2", false);
    await wakeExit(tx, preparationId, `order:${version + 1}`);
    await recordExit(tx, row, PAST[order], actor.ref, {}, now);
    return ok({ version: version + 1 });
  });
}
