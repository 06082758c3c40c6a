import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { addRemediation } from "@/lib/closing/mutations/remediation";
import type { Tx } from "@/lib/db";
import { lockMemo } from "@/lib/decisions/mutations/memo-row";
import { withdrawOutdated } from "@/lib/decisions/mutations/outdated";
import { recordProposal } from "@/lib/decisions/mutations/proposals";
import { impedimentMemo } from "@/lib/decisions/rules/impediment-memo";
import { AppError } from "@/lib/errors";
import { wakeCycleOf } from "@/lib/growth/mutations/cycle/cycles";
import { holdTranche } from "@/lib/ledger/mutations/dispute";
import { todayOf } from "@/lib/metrics/queries/performance";
import { fencedTransaction } from "@/lib/workflows/fence";
import { loadImpedimentCase } from "../queries/impediments";
import { remediationPlan } from "../rules/impediments";
import { reopenExit } from "./exit-deeds";
import { lockExit, recordExit, wakeExit } from "./exit-preparation";
import { heldByOthers, holdSale } from "./holds";
import { type ImpedimentRow, keepHolds, lockImpediment, recordImpedimentEvent } from "./impediment-row";
import { nextLife } from "./opening";
import { lockRealization, UNDER_WAY, wakeRealization } from "./realization";
import { leaveSale, resumeExitSale } from "./realization-deeds";
import { beginStageRun, lockStage, wakeStage } from "./run";

type By = { memoId: string; now: Date };
const SYSTEM = "system:memo";

/** An emergency is decided in days, not in weeks. */
const EXPIRES = { "regulatory-block": 60, "earn-out-dispute": 60, "fundamental-issue": 14 } as const;

/** Asks the chairman what becomes of it, once, and notes that on the run of the sale. */
export async function askAboutImpediment(impedimentId: string, by: Actor, now: Date): Promise<{ memoId: string }> {
  const facts = await loadImpedimentCase(impedimentId);
  const { title, rationale, actionClass, content } = impedimentMemo(facts);
  const proposal = {
    ventureId: facts.venture.id,
    agent: "coordinator" as const,
    runId: null,
    title,
    rationale,
    content,
  };
  const stake = { stakeMinor: facts.stake?.minor ?? null, stakeCurrency: facts.stake?.currency ?? null };
  const key = { dedupeKey: `impediment:${impedimentId}`, expiresInDays: EXPIRES[facts.kind] };
  const made = await recordProposal(by, { ...proposal, actionClass, ...stake, ...key }, now);
  if (!made.ok) throw new AppError("INTERNAL");
  const { memoId } = made.value;
  await fencedTransaction(async (tx) => {
    await lockMemo(tx, memoId);
    const row = await lockImpediment(tx, impedimentId);
    await tx.impediment.update({ where: { id: impedimentId }, data: { memoId } });
    // Lifted before it was asked about: nobody has to decide any more.
    if (row.status !== "open") return withdrawOutdated(tx, memoId, "What it was about is lifted", SYSTEM, now);
    await noteAsk(tx, facts.venture.id, { cause: `ask:${facts.kind}:${impedimentId}`, text: title, memoId }, now);
  });
  return { memoId };
}

type Note = { cause: string; text: string; memoId: string };

async function noteAsk(tx: Tx, ventureId: string, note: Note, now: Date): Promise<void> {
  await lockRealization(tx, ventureId);
  const run = await tx.realization.findFirst({
    where: { ventureId, status: { in: UNDER_WAY } },
    include: { moves: { select: { cause: true } } },
  });
  if (!run || run.moves.some(({ cause }) => cause === note.cause)) return;
  const place = { realizationId: run.id, ordinal: run.moves.length + 1, phase: run.phase };
  await tx.realizationMove.create({ data: { ...place, kind: "ask", ...note, at: now } });
}

/** Still open when the chairman decides; what was lifted since is said, not done. */
async function stillOpen(tx: Tx, impedimentId: string, { memoId, now }: By): Promise<ImpedimentRow | null> {
  const row = await lockImpediment(tx, impedimentId);
  if (row.status === "open") return row;
  await recordImpedimentEvent(tx, row, { what: "decided-late", by: SYSTEM, payload: { memoId } }, now);
  return null;
}

const decided = (tx: Tx, row: ImpedimentRow, what: string, { memoId, now }: By) =>
  recordImpedimentEvent(tx, row, { what: "decided", by: SYSTEM, payload: { memoId, what } }, now);

/** The sale waits until the block is lifted, and the remediation plan stands on the checklist. */
export async function pauseForBlock(tx: Tx, impedimentId: string, reason: string, by: By): Promise<void> {
  const row = await stillOpen(tx, impedimentId, by);
  if (!row) return;
  const run = { ref: SYSTEM, key: `memo:${by.memoId}`, now: by.now };
  const held = await holdSale(tx, row.ventureId, reason, run);
  const realizationId = held ?? (await heldByOthers(tx, row.ventureId, row.id)).realizationId;
  if (realizationId) await keepHolds(tx, row, { realizationId });
  const venture = await tx.venture.findUniqueOrThrow({ where: { id: row.ventureId } });
  const plan = remediationPlan(row.kind, row.nature);
  if (row.dealId) await addRemediation(tx, row.dealId, plan, todayOf(venture, by.now), { ref: SYSTEM, now: by.now });
  await decided(tx, row, "paused", by);
}

/** The chairman keeps a disputed tranche frozen, or sets it free while the dispute goes on. */
export async function holdByMemo(tx: Tx, impedimentId: string, frozen: boolean, reason: string, by: By): Promise<void> {
  const row = await stillOpen(tx, impedimentId, by);
  if (!row?.trancheId) return;
  const changed = await holdTranche(tx, { trancheId: row.trancheId, frozen, reason, by: SYSTEM }, by.now);
  if (changed) await keepHolds(tx, row, { froze: frozen });
  await decided(tx, row, frozen ? "frozen" : "set free", by);
}

/** The venture's life in stage 40 ends without an exit: everything is closed, and it is mature again. */
export async function regressTo39(tx: Tx, impedimentId: string, reason: string, by: By): Promise<void> {
  const row = await stillOpen(tx, impedimentId, by);
  if (!row) return;
  const { ventureId } = row;
  const { memoId, now } = by;
  await lockStage(tx, ventureId);
  const record = await tx.stageRecord.findFirst({ where: { ventureId }, orderBy: { ordinal: "desc" } });
  if (!record || record.endedAt) return;
  // What is distributed cannot be taken back by going back.
  if ((await tx.distribution.count({ where: { basis: { ventureId }, transaction: { reversedBy: null } } })) > 0)
    return void (await decided(tx, row, "refused: money has moved", by));
  await lockExit(tx, ventureId);
  await lockRealization(tx, ventureId);
  const preparation = await tx.exitPreparation.findFirst({ where: { ventureId, status: { in: UNDER_WAY } } });
  const sale = await tx.realization.findFirst({ where: { ventureId, status: { in: UNDER_WAY } } });
  if (preparation) {
    const data = { status: "returned", reason, endedAt: now, version: { increment: 1 } };
    await tx.exitPreparation.update({ where: { id: preparation.id }, data });
    await wakeExit(tx, preparation.id, `memo:${memoId}`);
    await recordExit(tx, preparation, "returned", SYSTEM, { memoId, reason }, now);
  }
  if (sale) {
    await wakeRealization(tx, ventureId, `memo:${memoId}`);
    await leaveSale(tx, sale, { to: "39", reason, by: SYSTEM, now });
  }
  const ended = { endedAt: now, outcome: "regressed", openSubstages: [] };
  await tx.stageRecord.update({ where: { id: record.id }, data: ended });
  await tx.venture.update({ where: { id: ventureId }, data: { stage: "mature" } });
  await wakeCycleOf(tx, ventureId, `memo:${memoId}`);
  await wakeStage(tx, ventureId, `memo:${memoId}`);
  const was = { preparationId: preparation?.id ?? null, realizationId: sale?.id ?? null };
  await keepHolds(tx, row, { ...was, openSubstages: record.openSubstages });
  await decided(tx, row, "back to stage 39", by);
}

/** The regress is taken back: a new life in stage 40 begins, with what was open before. */
export async function returnTo40(tx: Tx, impedimentId: string, by: By): Promise<void> {
  const row = await lockImpediment(tx, impedimentId);
  const { ventureId, holds } = row;
  await lockStage(tx, ventureId);
  const record = await tx.stageRecord.findFirst({ where: { ventureId }, orderBy: { ordinal: "desc" } });
  if (!record?.endedAt || record.outcome !== "regressed" || holds.openSubstages.length === 0) return;
  const ordinal = await nextLife(tx, ventureId);
  const openSubstages = holds.openSubstages.filter((one) => one === "40.1");
  await tx.stageRecord.create({ data: { ventureId, ordinal, enteredAt: by.now, openSubstages } });
  await tx.venture.update({ where: { id: ventureId }, data: { stage: "active" } });
  await beginStageRun(tx, { ventureId, ordinal, door: "chairman", by: SYSTEM, entryGate: null }, by.now);
  if (holds.preparationId) await reopenExit(tx, holds.preparationId, by);
  if (holds.realizationId) await resumeExitSale(tx, holds.realizationId, by);
  await keepHolds(tx, row, { openSubstages: [], preparationId: null, realizationId: null });
  await decided(tx, row, "back in stage 40", by);
}
