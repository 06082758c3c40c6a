import "server-only";
import type { Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { reevaluateLevers } from "@/lib/growth/mutations/cycle/reevaluation";
import { dayDate } from "@/lib/metrics/rules/periods";
import { startInTransaction } from "@/lib/workflows/transport";
import { exitWorkflowId, lockExit, recordExit, setSubstage, todayAt } from "./exit-preparation";
import { mustWait, waitsWithStage } from "./holds";
import { beginRealization, lockRealization, recordRealization, wakeRealization } from "./realization";

type Row = { id: string; ventureId: string };
type By = { memoId: string; now: Date };
type Leaving = { to: "39" | "40.1" | "40.2"; reason: string; by: string; now: Date };

/** 40.2 goes on as a new preparation, whose clock begins today. */
async function prepareAgain(tx: Tx, ventureId: string, by: string, now: Date): Promise<void> {
  await lockExit(tx, ventureId);
  const last = await tx.exitPreparation.findFirst({ where: { ventureId }, orderBy: { ordinal: "desc" } });
  if (last && ["running", "paused"].includes(last.status)) return;
  if (!(await setSubstage(tx, ventureId, "40.2", true))) return;
  const { timeZone } = await tx.venture.findUniqueOrThrow({ where: { id: ventureId } });
  const today = dayDate(todayAt(now, timeZone));
  const { id } = await tx.exitPreparation.create({
    data: {
      ...{ ventureId, ordinal: (last?.ordinal ?? 0) + 1, status: "running", startedBy: by, startedAt: now },
      ...{ startedOn: today, nextCheckOn: today },
    },
  });
  await startInTransaction(tx, { name: "exitPreparation", id: exitWorkflowId(id), args: [id] });
  await recordExit(tx, { id, ventureId }, "reopened", by, { before: last?.id ?? null }, now);
}

/** 40.3 ends without a sale: back to preparation, to growth alone, or out of the stage. What was bid stays to be read. */
export async function leaveSale(tx: Tx, row: Row, { to, reason, by, now }: Leaving): Promise<void> {
  const { id, ventureId } = row;
  const data = { status: "returned", reason: reason.slice(0, 600), endedAt: now, version: { increment: 1 } };
  await tx.realization.update({ where: { id }, data });
  const closed = { status: "closed", closedAt: now, version: { increment: 1 } };
  await tx.saleProcess.updateMany({ where: { ventureId, status: "open" }, data: closed });
  await setSubstage(tx, ventureId, "40.3", false);
  if (to === "40.2") await prepareAgain(tx, ventureId, by, now);
  await recordRealization(tx, row, "returned", by, { to, reason }, now);
}

async function locked(tx: Tx, realizationId: string) {
  const known = await tx.realization.findUnique({ where: { id: realizationId } });
  if (!known) throw new AppError("NOT_FOUND");
  await lockRealization(tx, known.ventureId);
  return tx.realization.findUniqueOrThrow({ where: { id: realizationId } });
}

/** The chairman puts the exit off: 40.3 ends, growth (40.1) goes on alone, and its levers are looked at anew. */
export async function delayExit(tx: Tx, realizationId: string, reason: string, { memoId, now }: By): Promise<void> {
  const row = await locked(tx, realizationId);
  if (row.status !== "running" && row.status !== "paused") throw new AppError("CONFLICT");
  await wakeRealization(tx, row.ventureId, `memo:${memoId}`);
  await leaveSale(tx, row, { to: "40.1", reason, by: "system:memo", now });
  await reevaluateLevers(tx, row.ventureId, { ref: "system:memo", key: `memo:${memoId}` }, now);
}

/** The delay is taken back: 40.3 opens again, with the sale as it was. */
export async function resumeExitSale(tx: Tx, realizationId: string, { now }: By): Promise<void> {
  const row = await locked(tx, realizationId);
  const last = await tx.realization.findFirst({ where: { ventureId: row.ventureId }, orderBy: { ordinal: "desc" } });
  if (row.status !== "returned" || last?.id !== row.id) return;
  if (!(await setSubstage(tx, row.ventureId, "40.3", true))) return;
  const sale = await tx.saleProcess.findFirst({ where: { ventureId: row.ventureId }, orderBy: { ordinal: "desc" } });
  if (sale) {
    const data = { status: "open", closedAt: null, version: { increment: 1 } };
    await tx.saleProcess.update({ where: { id: sale.id }, data });
  }
  await beginRealization(tx, row.ventureId, "system:memo", now);
}

/** The chairman lets 40.3 wait: its run does nothing until it is resumed. */
export async function pauseSale(tx: Tx, realizationId: string, reason: string, { memoId, now }: By): Promise<void> {
  const row = await locked(tx, realizationId);
  if (row.status !== "running") throw new AppError("CONFLICT");
  await tx.realization.update({ where: { id: row.id }, data: { status: "paused", reason, version: { increment: 1 } } });
  await recordRealization(tx, row, "paused", "system:memo", { memoId, reason }, now);
}

/** A pause is taken back. */
export async function resumeSale(tx: Tx, realizationId: string, { memoId, now }: By): Promise<void> {
  const row = await locked(tx, realizationId);
  if (row.status !== "paused" || (await mustWait(tx, row.ventureId, row.id, memoId))) return;
  if (await waitsWithStage(tx, row.ventureId, { of: "40.3", id: row.id })) return;
  await tx.realization.update({
    where: { id: row.id },
    data: { status: "running", reason: null, version: { increment: 1 } },
  });
  await wakeRealization(tx, row.ventureId, `memo:${memoId}:resumed`);
  await recordRealization(tx, row, "resumed", "system:memo", { memoId }, now);
}
