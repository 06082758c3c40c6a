import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { type ProposalRefusal, recordProposal } from "@/lib/decisions/mutations/proposals";
import { isAskedAlready } from "@/lib/decisions/rules/asked-already";
import { withQuotes } from "@/lib/decisions/rules/initiative-memo";
import type { ActionClass, MemoContent } from "@/lib/decisions/schema";
import { AppError, type Result, refuse } from "@/lib/errors";
import { saveFigures } from "@/lib/figures/mutations";
import { todayOf } from "@/lib/metrics/queries/performance";
import type { VentureRow } from "@/lib/valuation/queries/compute";
import { loadMemoFacts } from "../queries/deal-memo";
import { type DealMemoFacts, signatureMemo, signatureSubject, stakeOf } from "../rules/deal-memos";
import type { AskSignature, DealRefusal } from "../schema/deal";
import { asJson, lockDeal, ventureOfDeal } from "./deal-row";
import { factsRefusal } from "./facts";
import { stageRefusal } from "./stages";

type Asked = Result<{ memoId: string | null }, DealRefusal | ProposalRefusal>;
type Draft = { title: string; rationale: string; content: Omit<MemoContent, "quotes"> };

type Asking = {
  venture: VentureRow;
  offer: { offerId: string; version: number };
  actionClass: ActionClass;
  draft: (facts: DealMemoFacts) => Draft;
  dedupeKey: string;
};

/** A person's memo about an offer: its figures are stored first, so that it can quote them. */
export async function askAbout(actor: Actor, asking: Asking, now: Date): Promise<Asked> {
  const { venture, offer, actionClass, draft, dedupeKey } = asking;
  const made = await db.$transaction(
    async (tx) => {
      const found = await loadMemoFacts(tx, venture, offer);
      if (!found) return null;
      const refs = await saveFigures(tx, venture.id, found.figures, now);
      const { title, rationale, content } = draft(found.facts);
      const stake = stakeOf(found.facts.chosen.worth, venture.currency);
      const quotes = new Map(refs.map(({ id, revision }) => [id, revision]));
      return { title, rationale, stake, content: withQuotes(content, quotes) };
    },
    { timeout: 60_000, maxWait: 20_000 },
  );
  if (!made) return refuse("NO_SUCH_OFFER", [{ path: "facts.agreedOffer", expected: "an offer of this bidder" }]);
  if (!made.content) throw new AppError("INTERNAL");
  const { title, rationale, content, stake } = made;
  const about = { ventureId: venture.id, agent: null, runId: null, title, rationale, content, actionClass, dedupeKey };
  const asked = await recordProposal(actor, { ...about, ...stake, expiresInDays: 30 }, now);
  return isAskedAlready(asked) ? refuse("ASKED_ALREADY") : asked;
}

/** Asks the chairman for what binds. Everything that the stage asks for has to be known; what came with it is kept. */
export async function askSignature(actor: Actor, input: AskSignature, now: Date): Promise<Asked> {
  const { dealId, version, to, rationale, facts: given } = input;
  const venture = await ventureOfDeal(actor, dealId);
  const today = todayOf(venture, now);
  const kept = await db.$transaction(async (tx) => {
    const held = await lockDeal(tx, dealId);
    const { deal, ventureId } = held;
    if (deal.version !== version) return refuse("CONFLICT");
    const facts = { ...deal.facts, ...given };
    const refused =
      (await factsRefusal(tx, held, facts, today)) ??
      stageRefusal(held, { to, facts, on: today, today, reason: "", approved: true });
    if (refused) return refused;
    if (JSON.stringify(facts) === JSON.stringify(deal.facts)) return { ok: true as const, value: { facts, version } };
    await tx.deal.update({ where: { id: dealId }, data: { facts: asJson(facts), version: version + 1 } });
    const about = { ventureId, actor: actor.ref, subject: `deal:${dealId}`, at: now };
    await recordEvent(tx, { ...about, type: "deal.facts-kept", payload: asJson({ before: deal.facts, after: facts }) });
    return { ok: true as const, value: { facts, version: version + 1 } };
  });
  if (!kept.ok) return kept;
  const offer = kept.value.facts.agreedOffer;
  if (!offer) throw new AppError("INTERNAL");
  const said = { to, rationale, version: kept.value.version, on: today };
  return askAbout(
    actor,
    {
      ...{ venture, offer, draft: (facts: DealMemoFacts) => signatureMemo(facts, said) },
      actionClass: to === "loi" ? "deal.sign-loi" : "deal.sign-agreement",
      dedupeKey: `${signatureSubject(dealId, to)}:${kept.value.version}:${now.toISOString()}`,
    },
    now,
  );
}
