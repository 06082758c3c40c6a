import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { askApproach } from "@/lib/buyers/mutations/approach";
import type { db, Tx } from "@/lib/db";
import { recordProposal } from "@/lib/decisions/mutations/proposals";
import { withQuotes } from "@/lib/decisions/rules/initiative-memo";
import { type RealizationDraft, saleMemo } from "@/lib/decisions/rules/realization-memo";
import { AppError } from "@/lib/errors";
import { atOneMoment, todayOf } from "@/lib/metrics/queries/performance";
import { runEffect } from "@/lib/workflows/effects";
import { fencedTransaction } from "@/lib/workflows/fence";
import { engineClient } from "@/lib/workflows/transport";
import { loadExitGate } from "../queries/exit-gate";
import { loadSale, loadSaleRollbacks, rankedCandidates } from "../queries/realization-facts";
import {
  askCause,
  type Backup,
  backupFor,
  bestBid,
  fallenCause,
  isBack,
  nextRealizationMove,
  phaseOf,
  type RealizationMoveKind,
  type SaleRollback,
} from "../rules/realization";
import { PHASE_LABELS, type Phase, type RealizationStatus } from "../schema/realization";
import { lockExit } from "./exit-preparation";
import { clearFallen, tellFallen } from "./fallen-alert";
import { gateWords, tellGate } from "./gate-alert";
import { askRetention, RETENTION } from "./readiness-tasks";
import { lockRealization, REALIZATION_SYSTEM, realizationWorkflowId, recordRealization } from "./realization";
import { leaveSale } from "./realization-deeds";

async function rowOf(tx: Tx | typeof db, realizationId: string) {
  const row = await tx.realization.findUnique({ where: { id: realizationId }, include: { moves: true } });
  if (!row) throw new AppError("NOT_FOUND");
  const venture = await tx.venture.findUniqueOrThrow({
    where: { id: row.ventureId },
    include: { stageRecords: { orderBy: { ordinal: "desc" }, take: 1 } },
  });
  const record = venture.stageRecords[0];
  const open = !venture.archivedAt && record !== undefined && !record.endedAt && record.openSubstages.includes("40.3");
  return { row, venture, open, done: new Set(row.moves.map(({ cause }) => cause)) };
}
type Held = Awaited<ReturnType<typeof rowOf>>;

/** What the run has to do next, from what is stored now. */
export async function readRealizationMove(
  realizationId: string,
  now: Date,
): Promise<RealizationMoveKind & { ventureId: string }> {
  return atOneMoment(async (tx) => {
    const { row, venture, open, done } = await rowOf(tx, realizationId);
    const { sale, deals } = await loadSale(tx, venture, now);
    const { rollbacks } = await loadSaleRollbacks(tx, venture, deals, now);
    const status = row.status as RealizationStatus;
    const facts = { status, open, phase: row.phase as Phase, sale, done, rollbacks };
    return { ...nextRealizationMove(facts), ventureId: row.ventureId };
  });
}

type NewMove = {
  cause: string;
  kind: "phase" | "fallen" | "ask" | "gate";
  phase: Phase;
  text: string;
  memoId?: string;
};

async function writeMove(tx: Tx, { row }: Held, move: NewMove, now: Date): Promise<void> {
  const ordinal = (await tx.realizationMove.count({ where: { realizationId: row.id } })) + 1;
  await tx.realizationMove.create({ data: { realizationId: row.id, ordinal, ...move, at: now } });
}

/** Under the lock, with what is stored now; null where the run is no longer under way. */
async function held(tx: Tx, realizationId: string): Promise<Held | null> {
  const known = await tx.realization.findUnique({ where: { id: realizationId }, select: { ventureId: true } });
  if (!known) throw new AppError("NOT_FOUND");
  await lockRealization(tx, known.ventureId);
  const found = await rowOf(tx, realizationId);
  return found.row.status === "running" ? found : null;
}

/** The run goes to the phase that the facts are in, forth or back. Told twice, it is there already. */
export async function enterPhase(realizationId: string, to: Phase, now: Date): Promise<void> {
  await fencedTransaction(async (tx) => {
    const found = await held(tx, realizationId);
    if (!found) return;
    const { row, venture } = found;
    const { sale } = await loadSale(tx, venture, now);
    const from = row.phase as Phase;
    if (phaseOf(sale) !== to || from === to) return;
    const text = `${PHASE_LABELS[to]}${isBack(from, to) ? `, back from ${PHASE_LABELS[from]}` : ""}.`;
    await writeMove(tx, found, { cause: `phase:${row.moves.length + 1}`, kind: "phase", phase: to, text }, now);
    await tx.realization.update({ where: { id: row.id }, data: { phase: to, version: { increment: 1 } } });
    if (!isBack(from, to)) await clearFallen(tx, row.ventureId, now);
    await recordRealization(tx, row, "phase", REALIZATION_SYSTEM, { from, to }, now);
  });
}

export type Fallen = { backup: Backup; bidder: string; reason: string; move: { realizationId: string; cause: string } };

const NEXT: Readonly<Record<Backup["kind"], (backup: Backup) => string>> = {
  bidder: (backup) => (backup.kind === "bidder" ? `${backup.bidder} is the next of those who bid.` : ""),
  candidates: (backup) =>
    backup.kind === "candidates"
      ? `No bidder is left: back to preparation (40.2), and to ${backup.candidates.map(({ name }) => name).join(", ")} in this order.`
      : "",
  none: () => "No bidder is left and nobody else is on the target list: back to preparation (40.2).",
};

/**
 * A bidder dropped out: the backups are taken up in ranked order, by itself. Another bidder that is in the sale is next;
 * where none is left, the sale is closed and 40.2 opens again. The chairman is told by an alert. Once per drop-out; a step
 * that is done again under the same key hears what came of it, for the memo about the backups is still to be written.
 */
export async function takeFallen(
  realizationId: string,
  dealId: string,
  { key, now }: { key: string; now: Date },
): Promise<Fallen | null> {
  await engineClient();
  return fencedTransaction(async (tx) => {
    const known = await tx.realization.findUnique({ where: { id: realizationId }, select: { ventureId: true } });
    if (!known) throw new AppError("NOT_FOUND");
    const { ventureId } = known;
    // Preparation before the sale, as everywhere: 40.2 may open again.
    await lockExit(tx, ventureId);
    const effect = { key, kind: "deal-fell", ventureId, subject: realizationWorkflowId(realizationId), at: now };
    const told = await tx.effect.findUnique({ where: { key } });
    if (told) return told.result as unknown as Fallen;
    const fallen = await fallOnce(tx, realizationId, dealId, now);
    // Where nothing was done, as while it is paused, it is asked for again.
    return fallen && (await runEffect(tx, effect, async () => fallen)).result;
  });
}

async function fallOnce(tx: Tx, realizationId: string, dealId: string, now: Date): Promise<Fallen | null> {
  const found = await held(tx, realizationId);
  if (!found) return null;
  const { row, venture, done } = found;
  const { sale, process } = await loadSale(tx, venture, now);
  const deal = sale.deals.find((one) => one.dealId === dealId);
  if (!process || !deal?.fell || done.has(fallenCause(deal.fell.stepId))) return null;
  const backup = backupFor(sale.deals, await rankedCandidates(tx, venture, todayOf(venture, now)));
  const { bidder, fell } = deal;
  const text = `${bidder} dropped out (${fell.reason}). ${NEXT[backup.kind](backup)}`;
  const move = { cause: fallenCause(fell.stepId), kind: "fallen" as const, phase: row.phase as Phase, text };
  await writeMove(tx, found, move, now);
  if (process.preferredDealId === dealId) {
    const data = { preferredDealId: null, version: { increment: 1 } };
    await tx.saleProcess.update({ where: { id: process.id }, data });
  }
  if (backup.kind !== "bidder") await leaveSale(tx, row, { to: "40.2", reason: text, by: REALIZATION_SYSTEM, now });
  await tellFallen(tx, row.ventureId, { title: `${bidder} dropped out of the sale`, detail: text }, now);
  await recordRealization(tx, row, "bidder-fell", REALIZATION_SYSTEM, { dealId, bidder, backup: backup.kind }, now);
  return { backup, bidder, reason: fell.reason, move: { realizationId, cause: move.cause } };
}

/** The memo that lets the backups of the list be approached: nothing is sent to them before it is approved. */
export async function askForBackups(
  by: Actor,
  ventureId: string,
  { backup, bidder, reason, move }: Fallen,
  now: Date,
): Promise<{ memoId: string | null }> {
  if (backup.kind !== "candidates") return { memoId: null };
  const names = backup.candidates.map(({ name }) => name).join(", ");
  const rationale =
    `${bidder} dropped out of the sale (${reason}). Next on the target list, best first: ${names}.`.slice(0, 600);
  const companyIds = backup.candidates.map(({ companyId }) => companyId);
  const asked = await askApproach(by, { ventureId, companyIds, what: "nda", rationale }, now, "exit");
  if (!asked.ok) return { memoId: null };
  const { memoId } = asked.value;
  await fencedTransaction((tx) =>
    tx.realizationMove.updateMany({ where: { ...move, memoId: null }, data: { memoId } }),
  );
  return { memoId };
}

/** Asks the chairman about a rule of 40.3 that holds, once per occasion. */
export async function askAboutSale(
  realizationId: string,
  rollback: SaleRollback,
  by: Actor,
  now: Date,
): Promise<{ memoId: string | null }> {
  const asked = await atOneMoment(async (tx) => {
    const { row, venture } = await rowOf(tx, realizationId);
    const { deals } = await loadSale(tx, venture, now);
    const { bids, equity, valuedOn } = await loadSaleRollbacks(tx, venture, deals, now);
    const best = bestBid(bids.map(({ offerId, version, total }) => ({ offerId, version, total })));
    const offer = bids.find(({ offerId }) => offerId === best?.offerId)?.figure ?? null;
    const figures = { offer: offer?.figure ?? null, equity: equity?.figure ?? null };
    const facts = { realizationId, venture: venture.name, currency: venture.currency, valuedOn, figures };
    const revisions = new Map([offer, equity].flatMap((one) => (one ? [[one.figure, one.revision] as const] : [])));
    return { row, draft: saleMemo(facts, rollback.kind), revisions };
  });
  const memoId = await propose(by, asked, `${realizationId}:${askCause(rollback)}`, now);
  await fencedTransaction(async (tx) => {
    const found = await held(tx, realizationId);
    if (!found || found.done.has(askCause(rollback))) return;
    const phase = found.row.phase as Phase;
    const text = asked.draft.title;
    await writeMove(tx, found, { cause: askCause(rollback), kind: "ask", phase, text, memoId }, now);
    if (rollback.kind !== "key-person") return;
    const { id: ventureId } = found.venture;
    const place = { ventureId, today: todayOf(found.venture, now), by: REALIZATION_SYSTEM };
    if (await askRetention(tx, place, rollback.cause, now))
      await recordRealization(tx, found.row, "remediated", REALIZATION_SYSTEM, { criteria: [RETENTION] }, now);
  });
  return { memoId };
}

type Asked = { row: Held["row"]; draft: RealizationDraft; revisions: ReadonlyMap<string, number> };

async function propose(by: Actor, { row, draft, revisions }: Asked, dedupeKey: string, now: Date): Promise<string> {
  const content = withQuotes(draft.content, revisions);
  if (!content) throw new AppError("INTERNAL");
  const { title, rationale, actionClass } = draft;
  const proposal = { ventureId: row.ventureId, agent: "coordinator" as const, runId: null, title, rationale, content };
  const made = await recordProposal(
    by,
    { ...proposal, actionClass, stakeMinor: null, stakeCurrency: null, dedupeKey, expiresInDays: 60 },
    now,
  );
  if (!made.ok) throw new AppError("INTERNAL");
  return made.value.memoId;
}

/** The last cent is paid: the run is over, and the Coordinator is told how the exit gate stands. */
export async function finishRealization(realizationId: string, now: Date): Promise<void> {
  await fencedTransaction(async (tx) => {
    const found = await held(tx, realizationId);
    if (!found) return;
    const { row, venture } = found;
    const { sale } = await loadSale(tx, venture, now);
    if (phaseOf(sale) !== "over") return;
    const gate = await loadExitGate(tx, venture, now);
    const text = gateWords(gate).slice(0, 1_000);
    await writeMove(tx, found, { cause: "gate", kind: "gate", phase: "over", text }, now);
    await tellGate(tx, venture.id, gate, now);
    const data = { status: "done", reason: "Everything is paid.", endedAt: now, version: { increment: 1 } };
    await tx.realization.update({ where: { id: realizationId }, data });
    const lines = gate.lines.map(({ id, holds, found: facts }) => ({ id, holds, found: facts }));
    await recordRealization(tx, row, "gate", REALIZATION_SYSTEM, { met: gate.met, lines }, now);
    await recordRealization(tx, row, "done", REALIZATION_SYSTEM, {}, now);
  });
}

/** 40.3 was closed while the run was on: it ends without a word to anybody. */
export async function stopRealization(realizationId: string, now: Date): Promise<void> {
  await fencedTransaction(async (tx) => {
    const { row } = await rowOf(tx, realizationId);
    await lockRealization(tx, row.ventureId);
    const data = { status: "cancelled", reason: "Value realization (40.3) of the venture was closed.", endedAt: now };
    const open = { id: realizationId, status: { in: ["running", "paused"] } };
    const { count } = await tx.realization.updateMany({ where: open, data });
    if (count > 0) await recordRealization(tx, row, "ended", REALIZATION_SYSTEM, { reason: data.reason }, now);
  });
}
