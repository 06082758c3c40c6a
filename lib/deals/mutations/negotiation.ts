import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import type { Actor } from "@/lib/auth/actor";
import { mayOwn } from "@/lib/auth/people";
import { db } from "@/lib/db";
import type { ProposalRefusal } from "@/lib/decisions/mutations/proposals";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { todayOf } from "@/lib/metrics/queries/performance";
import { dayDate } from "@/lib/metrics/rules/periods";
import { counterMemo, counterSubject } from "../rules/deal-memos";
import type { DealRefusal } from "../schema/deal";
import type { AskCounter, ConcessionInput, KeepNegotiation, RecordSent } from "../schema/negotiation";
import { asJson, lockDeal, ventureOfDeal } from "./deal-row";
import { askAbout } from "./signature";

/** Our position against a bidder, as a whole; of two who change it exactly one wins. */
export async function keepNegotiation(
  actor: Actor,
  { dealId, version, body }: KeepNegotiation,
  now: Date,
): Promise<Result<{ version: number }, DealRefusal>> {
  await ventureOfDeal(actor, dealId);
  return db.$transaction(async (tx) => {
    const { others, ventureId } = await lockDeal(tx, dealId);
    const before = await tx.negotiation.findUnique({ where: { dealId } });
    if ((before?.version ?? 0) !== version) return refuse("CONFLICT");
    if (body.alternative !== "hold" && !others.some(({ id }) => id === body.alternative))
      return refuse("NO_BIDDER", [{ path: "body.alternative", expected: "another bidder of this sale" }]);
    for (const ownerId of new Set(body.issues.map((issue) => issue.ownerId)))
      if (!(await mayOwn(tx, ventureId, ownerId))) return refuse("NO_SUCH_PERSON");
    const data = { body: asJson(body), version: version + 1, by: actor.ref, at: now };
    await tx.negotiation.upsert({ where: { dealId }, create: { dealId, ...data }, update: data });
    const payload = asJson({ before: before?.body ?? null, after: body });
    const about = { ventureId, actor: actor.ref, subject: `deal:${dealId}`, at: now };
    await recordEvent(tx, { ...about, type: "deal.position-kept", payload });
    return ok({ version: version + 1 });
  });
}

/** What one side gave, for the log. */
export async function recordConcession(
  actor: Actor,
  { dealId, side, issue, what, on }: ConcessionInput,
  now: Date,
): Promise<Result<null, DealRefusal>> {
  const venture = await ventureOfDeal(actor, dealId);
  if (on > todayOf(venture, now)) return refuse("DATE_IN_FUTURE", [{ path: "on", expected: "a day up to today" }]);
  return db.$transaction(async (tx) => {
    await tx.concession.create({ data: { dealId, side, issue, what, happened: dayDate(on), by: actor.ref, at: now } });
    const about = { ventureId: venture.id, actor: actor.ref, subject: `deal:${dealId}`, at: now };
    await recordEvent(tx, { ...about, type: "deal.conceded", payload: { side, issue, what, on } });
    return ok(null);
  });
}

async function counterOf(offerId: string) {
  const offer = await db.offer.findUnique({ where: { id: offerId }, include: { versions: true } });
  if (!offer) throw new AppError("NOT_FOUND");
  return offer;
}

/** Asks the chairman whether our counter may be sent. Nothing leaves before the memo is approved. */
export async function askCounter(
  actor: Actor,
  { offerId, version, rationale }: AskCounter,
  now: Date,
): Promise<Result<{ memoId: string | null }, DealRefusal | ProposalRefusal>> {
  const offer = await counterOf(offerId);
  const venture = await ventureOfDeal(actor, offer.dealId);
  if (offer.kind !== "counter" || Math.max(...offer.versions.map((one) => one.version)) !== version)
    return refuse("NO_SUCH_OFFER");
  const about = { venture, offer: { offerId, version }, actionClass: "deal.send-counter" as const };
  const dedupeKey = `${counterSubject(offer.dealId)}:${offerId}:${version}:${now.toISOString()}`;
  return askAbout(actor, { ...about, dedupeKey, draft: (facts) => counterMemo(facts, rationale) }, now);
}

/** That our counter went, in the version that the chairman let go and in no other. */
export async function recordSent(
  actor: Actor,
  { offerId, version, on }: RecordSent,
  now: Date,
): Promise<Result<null, DealRefusal>> {
  const { dealId } = await counterOf(offerId);
  const venture = await ventureOfDeal(actor, dealId);
  if (on > todayOf(venture, now)) return refuse("DATE_IN_FUTURE", [{ path: "on", expected: "a day up to today" }]);
  return db.$transaction(async (tx) => {
    const { ventureId } = await lockDeal(tx, dealId);
    const { count } = await tx.offer.updateMany({
      where: { id: offerId, clearedVersion: version, OR: [{ sentVersion: null }, { sentVersion: { not: version } }] },
      data: { sentVersion: version, sentOn: dayDate(on) },
    });
    if (count === 0) return refuse("NOT_CLEARED");
    const about = { ventureId, actor: actor.ref, subject: `offer:${offerId}`, at: now };
    await recordEvent(tx, { ...about, type: "offer.sent", payload: { version, on } });
    return ok(null);
  });
}
