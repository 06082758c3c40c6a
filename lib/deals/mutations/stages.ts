import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import type { Actor } from "@/lib/auth/actor";
import { readyToClose } from "@/lib/closing/queries/closing";
import { blockersOf } from "@/lib/closing/queries/closing-row";
import { blockerWords } from "@/lib/closing/rules/checklist";
import { db, type Tx } from "@/lib/db";
import { ok, type Result, refuse } from "@/lib/errors";
import { todayOf } from "@/lib/metrics/queries/performance";
import { bidderOf } from "../queries/deals";
import { agreedVersion } from "../queries/process";
import { exclusiveWith, isBeyondTalks, type Move, mayAdvance, mayUndo } from "../rules/stages";
import { openTerms } from "../rules/terms";
import type { AdvanceDeal, DealRefusal, UndoStep } from "../schema/deal";
import { type HeldDeal, lockDeal, tellStage, ventureOfDeal, writeStep } from "./deal-row";
import { factsRefusal } from "./facts";

/** Whether a held deal may enter a stage with these facts. */
export function stageRefusal(
  { deal, others }: HeldDeal,
  move: Pick<Move, "to" | "facts" | "on" | "today" | "reason" | "approved">,
) {
  const agreed = agreedVersion({ facts: move.facts, offers: deal.offers });
  const open = agreed ? openTerms(agreed.terms) : [];
  const found = mayAdvance({ ...move, from: deal.stage, others: others.map(bidderOf), openTerms: open });
  return found && refuse(found.refusal, found.problems);
}

/**
 * A deal is complete once no regulator stands against it and everybody's signature is released, which its checklist says,
 * where one is kept.
 */
async function closingRefusal(tx: Tx, dealId: string, { to, today }: Pick<Move, "to" | "today">) {
  if (to !== "complete") return null;
  const [blocker] = await blockersOf(tx, dealId);
  if (blocker) return refuse("CLOSING_OPEN" as const, [{ path: "to", expected: blockerWords(blocker) }]);
  const closing = await readyToClose(tx, dealId, today);
  if (!closing || closing.released) return null;
  const [first, ...more] = closing.missing.map(({ text }) => text);
  const expected = first
    ? `${first}${more.length > 0 ? ` and ${more.length} more` : ""}`
    : "the release of the signatures";
  return refuse("CLOSING_OPEN" as const, [{ path: "to", expected }]);
}

/** A deal enters another stage with what that stage asks for. What binds is the chairman's: see `askSignature`. */
export async function advanceDeal(
  actor: Actor,
  { dealId, version, to, on, reason, facts: given }: AdvanceDeal,
  now: Date,
): Promise<Result<{ version: number }, DealRefusal>> {
  const today = todayOf(await ventureOfDeal(actor, dealId), now);
  return db.$transaction(async (tx) => {
    const held = await lockDeal(tx, dealId);
    if (held.deal.version !== version) return refuse("CONFLICT");
    // Whoever is out of the sale holds nobody else up.
    const facts = { ...held.deal.facts, ...given, ...(to === "fallen-through" ? { exclusiveUntil: null } : {}) };
    const refused =
      (await factsRefusal(tx, held, facts, today)) ??
      (await closingRefusal(tx, dealId, { to, today })) ??
      stageRefusal(held, { to, facts, on, today, reason, approved: false });
    if (refused) return refused;
    return ok({ version: await writeStep(tx, held, facts, { to, on, reason, memoId: null, by: actor.ref, now }) });
  });
}

/** Takes the last change of stage back where nothing binds; the step stays in the history, marked. */
export async function undoStep(
  actor: Actor,
  { dealId, version }: UndoStep,
  now: Date,
): Promise<Result<{ version: number }, DealRefusal>> {
  const today = todayOf(await ventureOfDeal(actor, dealId), now);
  return db.$transaction(async (tx) => {
    const { deal, others, ventureId } = await lockDeal(tx, dealId);
    if (deal.version !== version) return refuse("CONFLICT");
    const last = deal.steps.findLast(({ undone }) => !undone);
    if (!mayUndo(deal.steps) || !last?.from) return refuse("CANNOT_UNDO");
    if (isBeyondTalks(last.from) && exclusiveWith(others.map(bidderOf), today)) return refuse("EXCLUSIVE_ELSEWHERE");
    const data = { stage: last.from, version: version + 1 };
    await tx.deal.update({ where: { id: dealId }, data });
    await tx.dealStep.update({ where: { id: BigInt(last.id) }, data: { undoneBy: actor.ref, undoneAt: now } });
    await recordEvent(tx, {
      ...{ ventureId, type: "deal.step-undone", actor: actor.ref, subject: `deal:${dealId}`, at: now },
      payload: { bidder: deal.bidder, from: last.to, to: last.from },
    });
    const told = { from: last.to, to: last.from, on: today, why: "the last change was undone" };
    await tellStage(tx, { deal, ventureId }, { ...told, version: version + 1, by: actor.ref, now });
    return ok({ version: version + 1 });
  });
}
