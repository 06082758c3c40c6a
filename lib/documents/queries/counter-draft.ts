import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import type { SendingFacts } from "../rules/send-memo";
import { composeDraft } from "./draft";

export type CounterDraft = { ok: true; facts: SendingFacts } | { ok: false; why: string };

const no = (why: string): CounterDraft => ({ ok: false, why });

/** The counter-offer that our newest counter to a bidder makes, as a memo tells it. Nothing is written. */
export async function getCounterDraft(
  actor: Actor,
  ventureId: string,
  dealId: string,
  now: Date,
): Promise<CounterDraft> {
  const deal = maySeeVenture(actor, ventureId) ? await db.deal.findFirst({ where: { id: dealId, ventureId } }) : null;
  if (!deal) return no("a bidder of this sale");
  const counter = await db.offer.findFirst({
    where: { dealId, kind: "counter" },
    orderBy: { ordinal: "desc" },
    include: { versions: { orderBy: { version: "desc" }, take: 1 } },
  });
  const [last] = counter?.versions ?? [];
  if (!counter || !last) return no("a bidder to whom we have a counter, as deals.negotiation names it");
  const venture = await db.venture.findUniqueOrThrow({ where: { id: ventureId } });
  const offer = { offerId: counter.id, version: last.version };
  const asked = { dealId, kind: "counter-offer" as const, offer, about: null };
  const made = await db.$transaction((tx) => composeDraft(tx, { venture, asked, now }), { timeout: 60_000 });
  if (!made.ok) return no("a counter whose terms can be read");
  const { digest, missing, title } = made.value;
  return {
    ok: true,
    facts: {
      ...{ venture: venture.name, currency: venture.currency, bidder: deal.bidder, title, kind: asked.kind, dealId },
      ...{ document: null, offer, digest, missing: missing.map(({ label }) => label) },
      rationale: "Our counter is decided on as terms; the bidder needs it as a letter.",
    },
  };
}
