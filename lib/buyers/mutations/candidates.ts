import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { bumpDatasets, lockDatasets } from "@/lib/imports/mutations/datasets";
import { todayOf } from "@/lib/metrics/queries/performance";
import { dayDate, dayText } from "@/lib/metrics/rules/periods";
import { claimsDataset } from "../rules/buyer-figures";
import { nameKey } from "../rules/outreach";
import type { AddBuyer, BuyerFacts, BuyerRefusal, ClaimInput } from "../schema";
import { listChanged } from "./list-version";
import { LISTINGS, settleListings } from "./listings";

export const TRANSACTION = { timeout: 60_000, maxWait: 20_000 };

const BY_HAND = "By hand";

const listed = (name: string, facts: BuyerFacts) => ({
  ...{ name, kind: facts.kind, country: facts.country, website: facts.website, currency: facts.currency },
  ...{ cash: facts.cash, debt: facts.debt, ebitda: facts.ebitda, deals36m: facts.deals36m },
  ...{ sectors: facts.sectors.join(";") || null, factsAsOf: dayDate(facts.asOf), factsSource: facts.source },
});

/**
 * One buyer by hand, kept in a list of its own. A company of that name is known once: its facts are those of the newest
 * list; the same buyer again by hand brings that list's facts up to date.
 */
export async function addBuyer(
  actor: Actor,
  { ventureId, name, facts }: AddBuyer,
  now: Date,
): Promise<Result<{ companyId: string }, BuyerRefusal>> {
  const venture = await seen(actor, ventureId);
  if (facts.asOf > todayOf(venture, now)) return refuse("DATE_IN_FUTURE");
  const key = nameKey(name);
  if (key === "") return refuse("NO_NAME", [{ path: "name", expected: "a name with letters or digits" }]);
  return db.$transaction(async (tx) => {
    await lockDatasets(tx, ventureId, [LISTINGS], now);
    const source = await tx.dataSource.upsert({
      where: { ventureId_name: { ventureId, name: BY_HAND } },
      create: { ventureId, name: BY_HAND, kind: "manual", createdAt: now },
      update: {},
    });
    const before = await tx.buyerListing.findFirst({
      where: { ventureId, sourceId: source.id, nameKey: key, supersededAt: null },
    });
    const away = { ventureId, company: { nameKey: key }, archivedAt: { not: null } };
    if ((await tx.buyerCandidate.count({ where: away })) > 0) return refuse("PUT_AWAY");
    if (before && dayText(before.factsAsOf) >= facts.asOf) return refuse("ALREADY_LISTED");
    if (before) await tx.buyerListing.update({ where: { id: before.id }, data: { supersededAt: now } });
    const said = { ventureId, nameKey: key, sourceId: source.id, reason: BY_HAND, recordedBy: actor.ref };
    await tx.buyerListing.create({ data: { ...listed(name, facts), ...said, asOf: now, recordedAt: now } });
    await settleListings(tx, { ventureId, keys: [key], by: actor.ref, now });
    await bumpDatasets(tx, ventureId, [LISTINGS], now);
    const { id: companyId } = await tx.buyerCompany.findUniqueOrThrow({ where: { nameKey: key } });
    const payload = { companyId, name, facts };
    await recordEvent(tx, {
      ventureId,
      type: "buyer.added",
      actor: actor.ref,
      subject: `buyer:${companyId}`,
      payload,
      at: now,
    });
    return ok({ companyId });
  }, TRANSACTION);
}

async function seen(actor: Actor, ventureId: string) {
  const venture = maySeeVenture(actor, ventureId) ? await db.venture.findUnique({ where: { id: ventureId } }) : null;
  if (!venture) throw new AppError("NOT_FOUND");
  return venture;
}

/** What is claimed of a buyer, with the source and how good it is; of two people exactly one wins. */
export async function claimOfBuyer(
  actor: Actor,
  input: ClaimInput,
  now: Date,
): Promise<Result<{ criterion: string }, BuyerRefusal>> {
  const { ventureId, companyId, replaces, ...said } = input;
  const venture = await seen(actor, ventureId);
  if (said.dated > todayOf(venture, now)) return refuse("DATE_IN_FUTURE");
  return db.$transaction(async (tx) => {
    if (!(await tx.buyerCandidate.findUnique({ where: { ventureId_companyId: { ventureId, companyId } } })))
      throw new AppError("NOT_FOUND");
    await lockDatasets(tx, ventureId, [claimsDataset(companyId)], now);
    const where = { ventureId, companyId, criterion: said.criterion, supersededAt: null };
    const standing = await tx.buyerClaim.findFirst({ where });
    if ((standing?.id.toString() ?? null) !== replaces) return refuse("CONFLICT");
    if (standing) await tx.buyerClaim.update({ where: { id: standing.id }, data: { supersededAt: now } });
    const by = { claimedBy: actor.ref, claimedAt: now };
    await tx.buyerClaim.create({ data: { ...said, dated: dayDate(said.dated), ventureId, companyId, ...by } });
    await bumpDatasets(tx, ventureId, [claimsDataset(companyId)], now);
    await listChanged(tx, ventureId, now);
    const payload = { ...said, before: standing?.score ?? null };
    await recordEvent(tx, {
      ventureId,
      type: "buyer.claimed",
      actor: actor.ref,
      subject: `buyer:${companyId}`,
      payload,
      at: now,
    });
    return ok({ criterion: said.criterion });
  }, TRANSACTION);
}
