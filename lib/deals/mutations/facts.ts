import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import type { Actor } from "@/lib/auth/actor";
import { mayOwn } from "@/lib/auth/people";
import { db, type Tx } from "@/lib/db";
import { ok, type Result, refuse } from "@/lib/errors";
import { todayOf } from "@/lib/metrics/queries/performance";
import { agreedVersion } from "../queries/process";
import { FACT_FIELDS, missingFields } from "../rules/stages";
import type { DealFacts, DealRefusal, KeepFacts } from "../schema/deal";
import { asJson, type HeldDeal, lockDeal, ventureOfDeal } from "./deal-row";

type Refused = Extract<Result<never, DealRefusal>, { ok: false }>;
type Held = Pick<HeldDeal, "deal" | "ventureId">;

const DONE = ["loiSignedOn", "diligenceDoneOn", "agreementSignedOn", "closedOn"] as const;

/** Facts that cannot be: an owner who may not see the venture, an offer of somebody else, a day that has not come. */
export async function factsRefusal(
  tx: Tx,
  { deal, ventureId }: Held,
  facts: DealFacts,
  today: string,
): Promise<Refused | null> {
  if (!(await mayOwn(tx, ventureId, facts.ownerId)))
    return refuse("NO_SUCH_PERSON", [{ path: "facts.owner", expected: "somebody who works on the venture" }]);
  if (facts.agreedOffer && !agreedVersion({ facts, offers: deal.offers }))
    return refuse("NO_SUCH_OFFER", [{ path: "facts.agreedOffer", expected: "an offer of this bidder" }]);
  const early = DONE.filter((key) => (facts[key] ?? today) > today);
  if (early.length === 0) return null;
  const problems = early.map((key) => ({ path: `facts.${key}`, expected: "a day up to today" }));
  return refuse("DATE_IN_FUTURE", problems);
}

/** What is known of a deal, as a whole. What the stage that it is in asked for is changed, not taken away. */
export async function keepFacts(
  actor: Actor,
  { dealId, version, facts }: KeepFacts,
  now: Date,
): Promise<Result<{ version: number }, DealRefusal>> {
  const venture = await ventureOfDeal(actor, dealId);
  return db.$transaction(async (tx) => {
    const held = await lockDeal(tx, dealId);
    const { deal, ventureId } = held;
    if (deal.version !== version) return refuse("CONFLICT");
    const refused = await factsRefusal(tx, held, facts, todayOf(venture, now));
    if (refused) return refused;
    const before = missingFields(deal.stage, deal.facts);
    const lost = missingFields(deal.stage, facts).filter((field) => !before.includes(field));
    if (lost.length > 0) {
      const problems = lost.map((field) => ({ path: `facts.${field}`, expected: FACT_FIELDS[field].label }));
      return refuse("FIELDS_MISSING", problems);
    }
    await tx.deal.update({ where: { id: dealId }, data: { facts: asJson(facts), version: version + 1 } });
    const payload = asJson({ before: deal.facts, after: facts });
    const about = { ventureId, actor: actor.ref, subject: `deal:${dealId}`, at: now };
    await recordEvent(tx, { ...about, type: "deal.facts-kept", payload });
    return ok({ version: version + 1 });
  });
}
