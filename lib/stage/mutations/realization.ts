import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { db, type Prisma, type Tx } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { engineClient, sendInTransaction, startInTransaction } from "@/lib/workflows/transport";
import type { OrderRealization, RealizationRefusal } from "../schema/realization";
import { wakeStage } from "./run";

export const REALIZATION_TOPIC = "value-realization";
export const REALIZATION_SYSTEM = "system:value-realization";
export const realizationWorkflowId = (realizationId: string): string => `value-realization:${realizationId}`;
export const UNDER_WAY = ["running", "paused"];

/** Of two that move a sale's run at once the second waits and sees what the first did. */
export async function lockRealization(tx: Tx, ventureId: string): Promise<void> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`value-realization:${ventureId}`}, 13))::text`;
}

/** What the run of a sale does is recorded, and the run of the stage looks again. */
export async function recordRealization(
  tx: Tx,
  { id, ventureId }: { id: string; ventureId: string },
  what: string,
  actor: string,
  payload: Prisma.InputJsonObject,
  at: Date,
): Promise<void> {
  const type = `value-realization.${what}`;
  await recordEvent(tx, { ventureId, type, actor, subject: realizationWorkflowId(id), payload, at });
  await wakeStage(tx, ventureId, `${realizationWorkflowId(id)}:${what}:${at.toISOString()}`);
}

/** Begins the run of 40.3 in the commit that opens the substage; nothing where it is under way. */
export async function beginRealization(tx: Tx, ventureId: string, by: string, now: Date): Promise<void> {
  await lockRealization(tx, ventureId);
  const last = await tx.realization.findFirst({ where: { ventureId }, orderBy: { ordinal: "desc" } });
  if (last && UNDER_WAY.includes(last.status)) return;
  const ordinal = (last?.ordinal ?? 0) + 1;
  const said = { status: "running", phase: "negotiate", startedBy: by, startedAt: now };
  const { id } = await tx.realization.create({ data: { ventureId, ordinal, ...said } });
  await startInTransaction(tx, { name: "valueRealization", id: realizationWorkflowId(id), args: [id] });
  await recordRealization(tx, { id, ventureId }, "started", by, { ordinal }, now);
}

/** For a venture whose 40.3 is open without a run, as after an import of its stage: the night begins it. */
export async function beginDueRealization(ventureId: string, now: Date): Promise<boolean> {
  const open = { endedAt: null, openSubstages: { has: "40.3" } };
  const due = async (tx: Tx | typeof db) => {
    const record = await tx.stageRecord.findFirst({ where: { ventureId, ...open, venture: { archivedAt: null } } });
    const running = await tx.realization.count({ where: { ventureId, status: { in: UNDER_WAY } } });
    const paused = await tx.stageRun.count({ where: { ventureId, status: "paused" } });
    return record !== null && running + paused === 0;
  };
  if (!(await due(db))) return false;
  await engineClient();
  return db.$transaction(async (tx) => {
    await lockRealization(tx, ventureId);
    if (!(await due(tx))) return false;
    await beginRealization(tx, ventureId, REALIZATION_SYSTEM, now);
    return true;
  });
}

/** The run looks again, now. A hint: what it finds is in the database. */
export async function wakeRealization(tx: Tx, ventureId: string, key: string): Promise<void> {
  const row = await tx.realization.findFirst({ where: { ventureId, status: { in: UNDER_WAY } } });
  if (!row) return;
  const workflowId = realizationWorkflowId(row.id);
  await sendInTransaction(tx, { workflowId, topic: REALIZATION_TOPIC, message: key, key: `${workflowId}:${key}` });
}

/** Pauses or resumes the run, if nobody changed it since `version`. */
export async function orderRealization(
  actor: Actor,
  { realizationId, version, order }: OrderRealization,
  now: Date,
): Promise<Result<{ version: number }, RealizationRefusal>> {
  if (!isPermitted(actor.role, "venture:configure")) throw new AppError("FORBIDDEN");
  await engineClient();
  return db.$transaction(async (tx) => {
    const known = await tx.realization.findUnique({ where: { id: realizationId } });
    if (!known || !maySeeVenture(actor, known.ventureId)) throw new AppError("NOT_FOUND");
    await lockRealization(tx, known.ventureId);
    const row = await tx.realization.findUniqueOrThrow({ where: { id: realizationId } });
    if (row.version !== version) return refuse("CONFLICT");
    if (order === "pause" && row.status !== "running") return refuse("NOT_RUNNING");
    if (order === "resume" && row.status !== "paused") return refuse("NOT_PAUSED");
    const data =
      order === "pause" ? { status: "paused", reason: "Paused by the chairman." } : { status: "running", reason: null };
    await tx.realization.update({ where: { id: realizationId }, data: { ...data, version: version + 1 } });
    await wakeRealization(tx, row.ventureId, `order:${version + 1}`);
    await recordRealization(tx, row, order === "pause" ? "paused" : "resumed", actor.ref, {}, now);
    return ok({ version: version + 1 });
  });
}
