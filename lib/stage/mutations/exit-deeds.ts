import "server-only";
import type { Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { reevaluateLevers } from "@/lib/growth/mutations/cycle/reevaluation";
import { startInTransaction } from "@/lib/workflows/transport";
import type { ExitStatus } from "../schema/exit";
import { exitWorkflowId, lockExit, recordExit, setSubstage, wakeExit } from "./exit-preparation";
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
  if (row.status !== "paused") return;
  await become(tx, row, "running", null, by);
  await recordExit(tx, row, "resumed", "system:memo", { memoId: by.memoId }, by.now);
}
