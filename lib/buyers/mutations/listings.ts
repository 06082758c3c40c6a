import "server-only";
import { randomUUID } from "node:crypto";
import type { Tx } from "@/lib/db";
import { bumpDatasets, lockDatasets } from "@/lib/imports/mutations/datasets";
import { claimsDataset, companyDataset } from "../rules/buyer-figures";
import { listChanged } from "./list-version";

type Listing = Awaited<ReturnType<Tx["buyerListing"]["findMany"]>>[number];
type Settling = { ventureId: string; keys: readonly string[]; by: string; now: Date };

/** What a list must be locked by before anything of it is written, and before any buyer of it. */
export const LISTINGS = "buyer-list";

const factsOf = (row: Listing, by: string, now: Date) => ({
  ...{ kind: row.kind, country: row.country, website: row.website, currency: row.currency, cash: row.cash },
  ...{ debt: row.debt, ebitda: row.ebitda, deals36m: row.deals36m, factsAsOf: row.factsAsOf },
  ...{ sectors: (row.sectors ?? "").split(";").filter(Boolean), factsSource: row.factsSource, listingId: row.id },
  ...{ recordedBy: by, recordedAt: now },
});

/** Of each name the newest facts that any list of any venture says today. */
async function newestListings(tx: Tx, keys: readonly string[]): Promise<Map<string, Listing>> {
  const rows = await tx.buyerListing.findMany({
    where: { nameKey: { in: [...keys] }, supersededAt: null },
    orderBy: [{ factsAsOf: "asc" }, { recordedAt: "asc" }, { id: "asc" }],
  });
  return new Map(rows.map((row) => [row.nameKey, row]));
}

/** The companies of these names as they are known now: made, or given the newest facts where those moved. */
async function settleCompanies(tx: Tx, { keys, by, now }: Settling): Promise<Map<string, string>> {
  const newest = await newestListings(tx, keys);
  const held = await tx.buyerCompany.findMany({ where: { nameKey: { in: [...keys] } } });
  const known = new Map(held.map(({ nameKey, id }) => [nameKey, id]));
  const fresh = [...newest].filter(([key]) => !known.has(key));
  await tx.buyerCompany.createMany({
    data: fresh.map(([nameKey, row]) => {
      const id = randomUUID();
      known.set(nameKey, id);
      return { id, name: row.name, nameKey, version: 1, ...factsOf(row, by, now) };
    }),
  });
  const moved = held.filter(({ nameKey, listingId }) => (newest.get(nameKey)?.id ?? listingId) !== listingId);
  for (const { id, nameKey } of moved) {
    const row = newest.get(nameKey);
    if (row)
      await tx.buyerCompany.update({ where: { id }, data: { ...factsOf(row, by, now), version: { increment: 1 } } });
  }
  // Wherever the company is a candidate, what was computed from it is old now.
  await tx.datasetVersion.updateMany({
    where: { dataset: { in: moved.map(({ id }) => companyDataset(id)) } },
    data: { version: { increment: 1 }, changedAt: now },
  });
  return known;
}

/**
 * After lists of a venture changed: who is a candidate now, with which facts. Somebody who stands on no list any more is
 * no candidate, unless somebody worked on them since; their names are answered then, and nothing else has happened.
 */
export async function settleListings(tx: Tx, settling: Settling): Promise<string[]> {
  const { ventureId, keys, by, now } = settling;
  if (keys.length === 0) return [];
  const ids = await settleCompanies(tx, settling);
  const listed = await tx.buyerListing.findMany({
    where: { ventureId, nameKey: { in: [...keys] }, supersededAt: null },
    select: { nameKey: true },
    distinct: ["nameKey"],
  });
  const standing = new Set(listed.map(({ nameKey }) => nameKey));
  const gone = keys.flatMap((key) => (standing.has(key) ? [] : (ids.get(key) ?? [])));
  const worked = await workedOn(tx, ventureId, gone);
  if (worked.length > 0) return worked;
  await tx.buyerCandidate.deleteMany({ where: { ventureId, companyId: { in: gone } } });
  await tx.buyerCompany.deleteMany({ where: { id: { in: gone }, candidates: { none: {} } } });
  const join = { ventureId, stage: "identified", cleared: [], version: 1, addedBy: by, addedAt: now };
  const companies = [...standing].flatMap((key) => ids.get(key) ?? []);
  await tx.buyerCandidate.createMany({
    data: companies.map((companyId) => ({ ...join, companyId })),
    skipDuplicates: true,
  });
  const datasets = companies.flatMap((id) => [companyDataset(id), claimsDataset(id)]);
  await lockDatasets(tx, ventureId, datasets, now);
  await bumpDatasets(
    tx,
    ventureId,
    companies.map((id) => claimsDataset(id)),
    now,
  );
  await listChanged(tx, ventureId, now);
  return [];
}

async function workedOn(tx: Tx, ventureId: string, companyIds: readonly string[]): Promise<string[]> {
  const candidates = await tx.buyerCandidate.findMany({
    where: { ventureId, companyId: { in: [...companyIds] } },
    include: { company: { select: { name: true } }, _count: { select: { steps: true } } },
  });
  const claims = await tx.buyerClaim.findMany({
    where: { ventureId, companyId: { in: [...companyIds] }, supersededAt: null },
    select: { companyId: true },
  });
  const claimed = new Set(claims.map(({ companyId }) => companyId));
  return candidates
    .filter(({ version, companyId, _count }) => version > 1 || _count.steps > 0 || claimed.has(companyId))
    .map(({ company }) => company.name)
    .sort();
}

/** Every name that an import of a list wrote. */
export async function keysOfImport(tx: Tx, importId: string): Promise<string[]> {
  const rows = await tx.buyerListing.findMany({
    where: { importId },
    select: { nameKey: true },
    distinct: ["nameKey"],
    orderBy: { nameKey: "asc" },
  });
  return rows.map(({ nameKey }) => nameKey);
}
