import "server-only";
import { randomUUID } from "node:crypto";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db, type Tx } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { bumpDatasets, lockDatasets } from "@/lib/imports/mutations/datasets";
import { todayOf } from "@/lib/metrics/queries/performance";
import { dayDate } from "@/lib/metrics/rules/periods";
import { claimsDataset, companyDataset } from "../rules/buyer-figures";
import { nameKey } from "../rules/outreach";
import { type BuyerRow, readBuyers } from "../rules/read-buyers";
import type { AddBuyer, BuyerFacts, BuyerRefusal, ClaimInput } from "../schema";
import { listChanged } from "./list-version";

export const TRANSACTION = { timeout: 60_000, maxWait: 20_000 };

const stored = (facts: BuyerFacts) => ({
  ...{ kind: facts.kind, country: facts.country, website: facts.website, sectors: facts.sectors },
  ...{ currency: facts.currency, cash: facts.cash, debt: facts.debt, ebitda: facts.ebitda, deals36m: facts.deals36m },
  ...{ factsAsOf: dayDate(facts.asOf), factsSource: facts.source },
});

type By = { actor: Actor; ventureId: string; now: Date };

/** The company as it is known to the holding: made, brought up to date, or left where older facts come. */
async function keepCompany(tx: Tx, name: string, facts: BuyerFacts, { actor, ventureId, now }: By): Promise<string> {
  const key = nameKey(name);
  const held = await tx.buyerCompany.findUnique({ where: { nameKey: key } });
  const id = held?.id ?? randomUUID();
  await lockDatasets(tx, ventureId, [companyDataset(id)], now);
  const by = { recordedBy: actor.ref, recordedAt: now };
  if (!held) {
    await tx.buyerCompany.create({ data: { id, name, nameKey: key, version: 1, ...stored(facts), ...by } });
  } else if (facts.asOf >= held.factsAsOf.toISOString().slice(0, 10)) {
    await tx.buyerCompany.update({ where: { id }, data: { ...stored(facts), ...by, version: { increment: 1 } } });
    // Wherever the company is a candidate, what was computed from it is old now.
    const dataset = companyDataset(id);
    await tx.datasetVersion.updateMany({ where: { dataset }, data: { version: { increment: 1 }, changedAt: now } });
  }
  return id;
}

async function join(tx: Tx, companyId: string, { actor, ventureId, now }: By): Promise<boolean> {
  const key = { ventureId, companyId };
  const row = { ...key, stage: "identified", cleared: [], version: 1, addedBy: actor.ref, addedAt: now };
  const { count } = await tx.buyerCandidate.createMany({ data: [row], skipDuplicates: true });
  return count === 1;
}

/** One buyer by hand. A company of that name is known once: its facts are brought up to date where these are newer. */
export async function addBuyer(
  actor: Actor,
  input: AddBuyer,
  now: Date,
): Promise<Result<{ companyId: string }, BuyerRefusal>> {
  const { ventureId, name, facts } = input;
  const by = { actor, ventureId, now };
  const venture = await seen(actor, ventureId);
  if (facts.asOf > todayOf(venture, now)) return refuse("DATE_IN_FUTURE");
  return db.$transaction(async (tx) => {
    const companyId = await keepCompany(tx, name, facts, by);
    if (!(await join(tx, companyId, by))) return refuse("ALREADY_LISTED");
    await listChanged(tx, ventureId, now);
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

export type BuyersPreview = { rows: number; added: number; known: number; claims: number };

/** What a list would do, without doing it: every problem by line and column, or how many it would add. */
export async function previewBuyers(
  actor: Actor,
  ventureId: string,
  csv: string,
): Promise<Result<BuyersPreview, BuyerRefusal>> {
  await seen(actor, ventureId);
  const read = readBuyers(csv);
  if (!read.ok) return read;
  const keys = read.value.map(({ name }) => nameKey(name));
  const known = await db.buyerCandidate.count({ where: { ventureId, company: { nameKey: { in: keys } } } });
  const claims = read.value.reduce((sum, row) => sum + row.claims.length, 0);
  return ok({ rows: keys.length, known, added: keys.length - known, claims });
}

/** Takes a whole list over, or none of it. Loading the same again changes nothing but facts that are newer. */
export async function loadBuyers(
  actor: Actor,
  ventureId: string,
  csv: string,
  now: Date,
): Promise<Result<BuyersPreview, BuyerRefusal>> {
  const venture = await seen(actor, ventureId);
  const read = readBuyers(csv);
  if (!read.ok) return read;
  const today = todayOf(venture, now);
  const late = read.value.find(({ facts }) => facts.asOf > today);
  if (late) return refuse("BAD_FILE", [{ path: `line ${late.line}, as_of`, expected: `a day up to ${today}` }]);
  return db.$transaction(async (tx) => {
    let [added, claims] = [0, 0];
    for (const row of read.value.toSorted((a, b) => (nameKey(a.name) < nameKey(b.name) ? -1 : 1))) {
      const outcome = await takeRow(tx, row, { actor, ventureId, now });
      added += outcome.added ? 1 : 0;
      claims += outcome.claims;
    }
    const done = { rows: read.value.length, added, known: read.value.length - added, claims };
    if (added > 0 || claims > 0) {
      await listChanged(tx, ventureId, now);
      const names = read.value.map(({ name }) => name).slice(0, 200);
      await recordEvent(tx, {
        ventureId,
        type: "buyer.list-loaded",
        actor: actor.ref,
        subject: `venture:${ventureId}`,
        payload: { ...done, names },
        at: now,
      });
    }
    return ok(done);
  }, TRANSACTION);
}

async function takeRow(tx: Tx, row: BuyerRow, by: By): Promise<{ added: boolean; claims: number }> {
  const companyId = await keepCompany(tx, row.name, row.facts, by);
  const added = await join(tx, companyId, by);
  let claims = 0;
  for (const { criterion, score, claim, tier } of row.claims) {
    const said = { criterion, score, claim, tier, source: row.facts.source, dated: row.facts.asOf };
    if (await storeClaim(tx, companyId, said, by)) claims += 1;
  }
  return { added, claims };
}

type Said = Pick<ClaimInput, "criterion" | "score" | "claim" | "tier" | "source" | "dated">;

/** False where the same stands already. */
async function storeClaim(tx: Tx, companyId: string, said: Said, { actor, ventureId, now }: By): Promise<boolean> {
  const where = { ventureId, companyId, criterion: said.criterion, supersededAt: null };
  const standing = await tx.buyerClaim.findFirst({ where });
  if (standing && standing.score === said.score && standing.claim === said.claim && standing.tier === said.tier)
    return false;
  await lockDatasets(tx, ventureId, [claimsDataset(companyId)], now);
  if (standing) await tx.buyerClaim.update({ where: { id: standing.id }, data: { supersededAt: now } });
  const data = { ...said, dated: dayDate(said.dated), ventureId, companyId, claimedBy: actor.ref, claimedAt: now };
  await tx.buyerClaim.create({ data });
  await bumpDatasets(tx, ventureId, [claimsDataset(companyId)], now);
  return true;
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
    await storeClaim(tx, companyId, said, { actor, ventureId, now });
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
