import "server-only";
import type { Tx } from "@/lib/db";
import { type Holds, holdsSchema } from "../schema/impediments";
import { heldSchema } from "../schema/run";
import { lockExit, recordExit, wakeExit } from "./exit-preparation";
import { lockRealization, recordRealization, wakeRealization } from "./realization";
import { STAGE_PAUSED } from "./run";

/** Runs that wait because of something outside them, and go on when it is over. `key` tells one occasion from another. */
type By = { ref: string; key: string; now: Date };

type Held = Pick<Holds, "realizationId" | "preparationId">;

/** What other open impediments hold: what waits for one of them waits for the next as well. */
export async function heldByOthers(tx: Tx, ventureId: string, impedimentId: string): Promise<Held> {
  const where = { ventureId, status: "open", NOT: { id: impedimentId } };
  const rows = await tx.impediment.findMany({ where, select: { holds: true } });
  const holds = rows.map((row) => holdsSchema.parse(row.holds));
  return {
    realizationId: holds.find(({ realizationId }) => realizationId !== null)?.realizationId ?? null,
    preparationId: holds.find(({ preparationId }) => preparationId !== null)?.preparationId ?? null,
  };
}

/** Must the run wait, whatever its own pause was about? In an emergency, and while an impediment holds it. */
export async function mustWait(tx: Tx, ventureId: string, runId: string, memoId: string): Promise<boolean> {
  const where = { ventureId, status: "open", OR: [{ memoId: null }, { NOT: { memoId } }] };
  const rows = await tx.impediment.findMany({ where, select: { kind: true, holds: true } });
  return rows.some(({ kind, holds }) => {
    const { realizationId, preparationId } = holdsSchema.parse(holds);
    return kind === "fundamental-issue" || realizationId === runId || preparationId === runId;
  });
}

type Waiting = { of: "40.2" | "40.3"; id: string };

/** While the chairman has paused the stage, what would go on is one of those that go on with the whole. */
export async function waitsWithStage(tx: Tx, ventureId: string, one: Waiting): Promise<boolean> {
  const run = await tx.stageRun.findFirst({ where: { ventureId, status: "paused" } });
  if (!run) return false;
  const others = heldSchema.parse(run.held).filter(({ id }) => id !== one.id);
  await tx.stageRun.update({ where: { id: run.id }, data: { held: [...others, one] } });
  const where = { id: one.id, status: "paused" };
  const data = { reason: STAGE_PAUSED, version: { increment: 1 } };
  if (one.of === "40.2") await tx.exitPreparation.updateMany({ where, data });
  else await tx.realization.updateMany({ where, data });
  return true;
}

/** What runs, or would go on with the whole stage. */
const GOES_ON = [{ status: "running" }, { status: "paused", reason: STAGE_PAUSED }];

/** The running sale waits; null where none runs. */
export async function holdSale(tx: Tx, ventureId: string, reason: string, { ref, now }: By): Promise<string | null> {
  await lockRealization(tx, ventureId);
  const row = await tx.realization.findFirst({ where: { ventureId, OR: GOES_ON } });
  if (!row) return null;
  const data = { status: "paused", reason: reason.slice(0, 600), version: { increment: 1 } };
  await tx.realization.update({ where: { id: row.id }, data });
  await recordRealization(tx, row, "paused", ref, { reason }, now);
  return row.id;
}

/** The running preparation waits; null where none runs. */
export async function holdPreparation(tx: Tx, ventureId: string, reason: string, by: By): Promise<string | null> {
  await lockExit(tx, ventureId);
  const row = await tx.exitPreparation.findFirst({ where: { ventureId, OR: GOES_ON } });
  if (!row) return null;
  const data = { status: "paused", reason: reason.slice(0, 600), version: { increment: 1 } };
  await tx.exitPreparation.update({ where: { id: row.id }, data });
  await wakeExit(tx, row.id, by.key);
  await recordExit(tx, row, "paused", by.ref, { reason }, by.now);
  return row.id;
}

export async function releaseSale(tx: Tx, realizationId: string | null, { ref, key, now }: By): Promise<boolean> {
  const known = realizationId === null ? null : await tx.realization.findUnique({ where: { id: realizationId } });
  if (!known) return false;
  await lockRealization(tx, known.ventureId);
  if (await waitsWithStage(tx, known.ventureId, { of: "40.3", id: known.id })) return false;
  const data = { status: "running", reason: null, version: { increment: 1 } };
  const { count } = await tx.realization.updateMany({ where: { id: known.id, status: "paused" }, data });
  if (count === 0) return false;
  await wakeRealization(tx, known.ventureId, key);
  await recordRealization(tx, known, "resumed", ref, {}, now);
  return true;
}

export async function releasePreparation(
  tx: Tx,
  preparationId: string | null,
  { ref, key, now }: By,
): Promise<boolean> {
  const known = preparationId === null ? null : await tx.exitPreparation.findUnique({ where: { id: preparationId } });
  if (!known) return false;
  await lockExit(tx, known.ventureId);
  if (await waitsWithStage(tx, known.ventureId, { of: "40.2", id: known.id })) return false;
  const data = { status: "running", reason: null, version: { increment: 1 } };
  const { count } = await tx.exitPreparation.updateMany({ where: { id: known.id, status: "paused" }, data });
  if (count === 0) return false;
  await wakeExit(tx, known.id, key);
  await recordExit(tx, known, "resumed", ref, {}, now);
  return true;
}
