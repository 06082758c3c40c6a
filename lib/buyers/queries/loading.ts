import "server-only";
import type { db, Tx } from "@/lib/db";
import { type Figure, type FigureSource, unitSchema } from "@/lib/figures/schema";
import { plural } from "@/lib/format";
import { loadRates, type Rates } from "@/lib/metrics/queries/fx";
import { dayText } from "@/lib/metrics/rules/periods";
import { Exact } from "@/lib/money";
import {
  type BuyerScope,
  capacityFigure,
  claimsDataset,
  companyDataset,
  fitFigures,
  ruledScores,
} from "../rules/buyer-figures";
import { type Claim, type Fit, fitOf, type Means } from "../rules/fit";
import { BUYER_KINDS, EVIDENCE_TIERS, FIT_CRITERIA, type FitCriterion } from "../schema";

/** `from`: who says so. A person's claim stands before that of a list, and a list's before the rule. */
export type ClaimView = Claim & { id: string | null; claim: string; source: string; from: "person" | "list" | "rule" };

export type VentureRow = { id: string; currency: string };
export const known = <T extends string>(all: readonly T[], given: string | null, otherwise: T): T =>
  all.find((one) => one === given) ?? otherwise;
const exact = (value: { toString(): string } | null): Exact | null =>
  value === null ? null : new Exact(value.toString());

async function rowsOf(tx: Reader, ventureId: string) {
  const [candidates, claims, listings] = await Promise.all([
    tx.buyerCandidate.findMany({
      where: { ventureId, archivedAt: null },
      include: { company: true, steps: { orderBy: { id: "asc" } } },
      orderBy: { addedAt: "asc" },
    }),
    tx.buyerClaim.findMany({ where: { ventureId, supersededAt: null } }),
    tx.buyerListing.findMany({
      where: { ventureId, supersededAt: null },
      orderBy: [{ factsAsOf: "desc" }, { recordedAt: "desc" }, { id: "desc" }],
    }),
  ]);
  return {
    candidates,
    claims: Map.groupBy(claims, ({ companyId }) => companyId),
    listings: Map.groupBy(listings, ({ nameKey }) => nameKey),
  };
}
type Rows = Awaited<ReturnType<typeof rowsOf>>;
type CandidateRow = Rows["candidates"][number];
type ClaimRow = Awaited<ReturnType<Tx["buyerClaim"]["findMany"]>>[number];
type ListingRow = Awaited<ReturnType<Tx["buyerListing"]["findMany"]>>[number];

export type Reader = Tx | typeof db;

type Price = { value: Exact; currency: string } | null;

/** The venture's newest stored valuation: what a buyer would have to be able to pay. */
async function priceOf(tx: Reader, ventureId: string): Promise<Price> {
  const where = { ventureId, metric: "valuation", basis: "actual" as const, supersededAt: null };
  const point = await tx.metricPoint.findFirst({ where, orderBy: [{ periodStart: "desc" }, { asOf: "desc" }] });
  return point?.currency ? { value: new Exact(point.value.toString()), currency: point.currency } : null;
}

const meansOf = ({ company }: CandidateRow): Means => ({
  kind: known(BUYER_KINDS, company.kind, "strategic"),
  ...{ cash: exact(company.cash), debt: exact(company.debt), ebitda: exact(company.ebitda) },
});

const saidBy = (claim: ClaimRow): ClaimView => ({
  ...{ id: claim.id.toString(), criterion: known(FIT_CRITERIA, claim.criterion, "overlap"), score: claim.score },
  ...{ claim: claim.claim, tier: known(EVIDENCE_TIERS, claim.tier, "C"), source: claim.source },
  ...{ dated: dayText(claim.dated), from: "person" },
});

/** What the lists claim, of each criterion the newest that says anything; the newest list comes first. */
function listedClaims(listings: readonly ListingRow[]): ClaimView[] {
  return FIT_CRITERIA.flatMap((criterion): ClaimView[] => {
    const row = listings.find((one) => one[`${criterion}Score`] !== null);
    const [score, claim] = [row?.[`${criterion}Score`], row?.[`${criterion}Claim`]];
    if (!row || score == null || claim == null) return [];
    const tier = known(EVIDENCE_TIERS, row[`${criterion}Tier`], "C");
    const said = { source: row.factsSource, dated: dayText(row.factsAsOf), from: "list" as const };
    return [{ id: null, criterion, score, claim, tier, ...said }];
  });
}

/** Capacity and appetite by rule, from what is known of the company. */
function ruledClaims(row: CandidateRow, price: Price, rates: Rates, today: string): ClaimView[] {
  const { company } = row;
  const rate = price && company.currency ? ratio(rates, price.currency, company.currency, today) : null;
  const ruled = ruledScores(meansOf(row), company.deals36m, price && rate ? price.value.times(rate) : null);
  const facts = { source: company.factsSource, dated: dayText(company.factsAsOf), tier: "B" as const };
  const claim = (criterion: FitCriterion, score: number | null, words: string): ClaimView[] =>
    score === null ? [] : [{ ...facts, id: null, criterion, score, claim: words, from: "rule" }];
  return [
    ...claim("capacity", ruled.capacity, "Capacity over the valuation"),
    ...claim("appetite", ruled.appetite, `${plural(company.deals36m ?? 0, "acquisition")} in 36 months`),
  ];
}

/** One claim a criterion: what a person says, else the newest list, else the rule. */
function standingClaims(...ranks: readonly (readonly ClaimView[])[]): ClaimView[] {
  return FIT_CRITERIA.flatMap(
    (criterion) => ranks.flatMap((rank) => rank.filter((one) => one.criterion === criterion))[0] ?? [],
  );
}

/** Units of `to` for one of `from`; the rates are into `to`'s quote of the venture. */
function ratio(rates: Rates, from: string, to: string, day: string): Exact | null {
  if (from === to) return new Exact(1);
  const into = rates.rate(to, day);
  return into?.gt(0) ? new Exact(1).div(into) : null;
}

export type Loaded = {
  row: CandidateRow;
  claims: ClaimView[];
  fit: Fit;
  figures: { score: Figure; certainty: Figure; capacity: Figure };
};

/** Every candidate of a venture with what is claimed of it and its figures. */
export async function loadBuyers(tx: Reader, venture: VentureRow, today: string): Promise<Loaded[]> {
  const { candidates, claims, listings } = await rowsOf(tx, venture.id);
  const price = await priceOf(tx, venture.id);
  const currencies = candidates.flatMap(({ company }) => company.currency ?? []);
  const rates = await loadRates(tx, price?.currency ?? venture.currency, currencies, today, today);
  const versions = new Map(
    (await tx.datasetVersion.findMany({ where: { ventureId: venture.id, dataset: { startsWith: "buyer" } } })).map(
      ({ dataset, version }) => [dataset, version],
    ),
  );
  const source = (dataset: string, rows: number, companyId: string): FigureSource => ({
    ...{ kind: "dataset", ventureId: venture.id, dataset, version: versions.get(dataset) ?? 0, rows },
    filter: { companyId },
  });
  return candidates.map((row) => {
    const mine = (claims.get(row.companyId) ?? []).map(saidBy);
    const listed = listedClaims(listings.get(row.company.nameKey) ?? []);
    const scope: BuyerScope = {
      ...{ ventureId: venture.id, companyId: row.companyId, name: row.company.name, today },
      company: source(companyDataset(row.companyId), 1, row.companyId),
      claims: source(claimsDataset(row.companyId), standingClaims(mine, listed).length, row.companyId),
    };
    const views = standingClaims(mine, listed, ruledClaims(row, price, rates, today));
    const fit = fitOf(views, today);
    const unit = unitSchema.safeParse(row.company.currency ?? venture.currency);
    const capacity = capacityFigure(scope, meansOf(row), unit.success ? unit.data : "text");
    return { row, claims: views, fit, figures: { ...fitFigures(scope, fit, capacity), capacity } };
  });
}
