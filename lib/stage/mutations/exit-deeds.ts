import "server-only";
import type { Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { reevaluateLevers } from "@/lib/growth/mutations/cycle/reevaluation";
import { dayDate } from "@/lib/metrics/rules/periods";
import { startInTransaction } from "@/lib/workflows/transport";
import type { ExitStatus } from "../schema/exit";
import { exitWorkflowId, lockExit, recordExit, setSubstage, todayAt, wakeExit } from "./exit-preparation";
import { mustWait, waitsWithStage } from "./holds";
import { beginRealization } from "./realization";

type By = { memoId: string; now: Date };
type Row = Awaited<ReturnType<typeof locked>>;

async function locked(tx: Tx, preparationId: string) {
  const known = await tx.exitPreparation.findUnique({ where: { id: preparationId } });
  if (!known) throw new AppError("NOT_FOUND");
  await lockExit(tx, known.ventureId);
  return tx.exitPreparation.findUniqueOrThrow({ where: { id: preparationId } });
}

async function become(tx: Tx, row: Row, status: ExitStatus, reason: string | null, { memoId, now }: By): Promise<void> {
  const over = status === "approved" || status === "returned";
  await tx.exitPreparation.update({
    where: { id: row.id },
    data: { status, reason, endedAt: over ? now : null, version: { increment: 1 } },
  });
  await wakeExit(tx, row.id, `memo:${memoId}:${status}`);
}

/** Preparation (40.2) begins beside growth, unless a person has begun it meanwhile. */
export async function beginPreparation(tx: Tx, ventureId: string, { memoId, now }: By): Promise<void> {
  await lockExit(tx, ventureId);
  const last = await tx.exitPreparation.findFirst({ where: { ventureId }, orderBy: { ordinal: "desc" } });
  if (last && ["running", "paused"].includes(last.status)) return;
  if (!(await setSubstage(tx, ventureId, "40.2", true))) throw new AppError("CONFLICT");
  const { timeZone } = await tx.venture.findUniqueOrThrow({ where: { id: ventureId } });
  const today = dayDate(todayAt(now, timeZone));
  const ordinal = (last?.ordinal ?? 0) + 1;
  const { id } = await tx.exitPreparation.create({
    data: {
      ...{ ventureId, ordinal, status: "running", startedBy: `memo:${memoId}`, startedAt: now },
      ...{ startedOn: today, nextCheckOn: today },
    },
  });
  await startInTransaction(tx, { name: "exitPreparation", id: exitWorkflowId(id), args: [id] });
  await recordExit(tx, { id, ventureId }, "started", "system:memo", { memoId, ordinal }, now);
}

/** The beginning is taken back: what this memo began ends. */
export async function endPreparation(tx: Tx, ventureId: string, { memoId, now }: By): Promise<void> {
  await lockExit(tx, ventureId);
  const open = { ventureId, startedBy: `memo:${memoId}`, status: { in: ["running", "paused"] } };
  const row = await tx.exitPreparation.findFirst({ where: open });
  if (!row) return;
  const data = { status: "cancelled", reason: "The decision to begin it was taken back.", endedAt: now };
  await tx.exitPreparation.update({ where: { id: row.id }, data: { ...data, version: { increment: 1 } } });
  await setSubstage(tx, ventureId, "40.2", false);
  await wakeExit(tx, row.id, `memo:${memoId}:reversed`);
  await recordExit(tx, row, "cancelled", "system:memo", { memoId }, now);
}

/** The chairman approved the exit: 40.2 is over and value realization (40.3) opens. Growth goes on. */
export async function approveExit(tx: Tx, preparationId: string, by: By): Promise<void> {
  const row = await locked(tx, preparationId);
  if (row.status !== "running" && row.status !== "paused") throw new AppError("CONFLICT");
  await become(tx, row, "approved", null, by);
  await setSubstage(tx, row.ventureId, "40.2", false);
  await setSubstage(tx, row.ventureId, "40.3", true);
  await beginRealization(tx, row.ventureId, "system:memo", by.now);
  await recordExit(tx, row, "approved", "system:memo", { memoId: by.memoId, opened: "40.3" }, by.now);
}

/** Back to growth management (40.1): preparation ends, and can be started again; the levers are looked at anew. */
export async function returnToGrowth(tx: Tx, preparationId: string, reason: string, by: By): Promise<void> {
  const row = await locked(tx, preparationId);
  if (row.status !== "running" && row.status !== "paused") throw new AppError("CONFLICT");
  await become(tx, row, "returned", reason, by);
  await setSubstage(tx, row.ventureId, "40.2", false);
  await recordExit(tx, row, "returned", "system:memo", { memoId: by.memoId, reason }, by.now);
  await reevaluateLevers(tx, row.ventureId, { ref: "system:memo", key: `memo:${by.memoId}` }, by.now);
}

export async function pauseExit(tx: Tx, preparationId: string, reason: string, by: By): Promise<void> {
  const row = await locked(tx, preparationId);
  if (row.status !== "running") throw new AppError("CONFLICT");
  await become(tx, row, "paused", reason, by);
  await recordExit(tx, row, "paused", "system:memo", { memoId: by.memoId, reason }, by.now);
}

/** The return is taken back: 40.2 goes on as a new preparation whose clock began with the old one. */
export async function reopenExit(tx: Tx, preparationId: string, { memoId, now }: By): Promise<void> {
  const row = await locked(tx, preparationId);
  if (row.status !== "returned" || !(await setSubstage(tx, row.ventureId, "40.2", true))) return;
  const last = await tx.exitPreparation.findFirst({
    where: { ventureId: row.ventureId },
    orderBy: { ordinal: "desc" },
  });
  if (last?.id !== row.id) return;
  const { ventureId, startedOn, nextCheckOn } = row;
  const { id } = await tx.exitPreparation.create({
    data: {
      ...{ ventureId, ordinal: row.ordinal + 1, status: "running", startedBy: "system:memo", startedAt: now },
      ...{ startedOn, nextCheckOn },
    },
  });
  await startInTransaction(tx, { name: "exitPreparation", id: exitWorkflowId(id), args: [id] });
  await recordExit(tx, { id, ventureId }, "reopened", "system:memo", { memoId, before: row.id }, now);
}

/** A pause is taken back. */
export async function resumeExit(tx: Tx, preparationId: string, by: By): Promise<void> {
  const row = await locked(tx, preparationId);
  if (row.status !== "paused" || (await mustWait(tx, row.ventureId, row.id, by.memoId))) return;
  if (await waitsWithStage(tx, row.ventureId, { of: "40.2", id: row.id })) return;
  await become(tx, row, "running", null, by);
  await recordExit(tx, row, "resumed", "system:memo", { memoId: by.memoId }, by.now);
}
