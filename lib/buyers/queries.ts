import "server-only";
import { z } from "zod";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db, type Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { askedView } from "@/lib/figures/rules";
import { type Figure, type FigureAsk, type FigureSource, type FigureView, unitSchema } from "@/lib/figures/schema";
import { loadRates, type Rates } from "@/lib/metrics/queries/fx";
import { atOneMoment, todayOf } from "@/lib/metrics/queries/performance";
import { dayText } from "@/lib/metrics/rules/periods";
import { Exact } from "@/lib/money";
import { resolveStored } from "@/lib/ventures/queries";
import {
  type BuyerScope,
  capacityFigure,
  claimsDataset,
  companyDataset,
  fitFigures,
  ruledScores,
} from "./rules/buyer-figures";
import { type Candidate, type Claim, type Fit, fitOf, type Means, type Placed, targetList } from "./rules/fit";
import {
  BUYER_KINDS,
  type BuyerKind,
  EVIDENCE_TIERS,
  FIT_CRITERIA,
  OUTREACH,
  type OutreachStage,
  TIERS,
  type Tier,
} from "./schema";

export type ClaimView = Claim & { id: string | null; claim: string; source: string; byRule: boolean };
export type StepView = { stage: OutreachStage; on: string; note: string };
export type BuyerLine = Placed & {
  version: number;
  name: string;
  kind: BuyerKind;
  country: string | null;
  website: string | null;
  sectors: readonly string[];
  deals36m: number | null;
  factsAsOf: string;
  factsSource: string;
  fit: Fit["antitrust"];
  score: FigureView;
  certainty: FigureView;
  capacity: FigureView;
  claims: ClaimView[];
  stage: OutreachStage;
  cleared: readonly string[];
  ownerId: string | null;
  owner: string | null;
  nextStep: string;
  nextOn: string | null;
  steps: StepView[];
};
export type BuyersPage = {
  venture: { id: string; slug: string; name: string; currency: string };
  today: string;
  /** How many the profile wants on the list. */
  pool: number;
  buyers: BuyerLine[];
  people: { id: string; name: string }[];
};

type VentureRow = { id: string; currency: string };
const known = <T extends string>(all: readonly T[], given: string | null, otherwise: T): T =>
  all.find((one) => one === given) ?? otherwise;
const exact = (value: { toString(): string } | null): Exact | null =>
  value === null ? null : new Exact(value.toString());

async function rowsOf(tx: Reader, ventureId: string) {
  const [candidates, claims] = await Promise.all([
    tx.buyerCandidate.findMany({
      where: { ventureId },
      include: { company: true, steps: { orderBy: { id: "asc" } } },
      orderBy: { addedAt: "asc" },
    }),
    tx.buyerClaim.findMany({ where: { ventureId, supersededAt: null } }),
  ]);
  return { candidates, claims: Map.groupBy(claims, ({ companyId }) => companyId) };
}
type Rows = Awaited<ReturnType<typeof rowsOf>>;
type CandidateRow = Rows["candidates"][number];
type ClaimRow = Awaited<ReturnType<Tx["buyerClaim"]["findMany"]>>[number];

type Reader = Tx | typeof db;

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

/** What people claim, and capacity and appetite by rule where nobody claims them. */
function claimsOf(
  row: CandidateRow,
  claims: readonly ClaimRow[],
  price: Price,
  rates: Rates,
  today: string,
): ClaimView[] {
  const { company } = row;
  const made = claims.map(
    (claim): ClaimView => ({
      ...{ id: claim.id.toString(), criterion: known(FIT_CRITERIA, claim.criterion, "overlap"), score: claim.score },
      ...{ claim: claim.claim, tier: known(EVIDENCE_TIERS, claim.tier, "C"), source: claim.source },
      ...{ dated: dayText(claim.dated), byRule: false },
    }),
  );
  const rate = price && company.currency ? ratio(rates, price.currency, company.currency, today) : null;
  const ruled = ruledScores(meansOf(row), company.deals36m, price && rate ? price.value.times(rate) : null);
  const facts = {
    tier: "B" as const,
    source: company.factsSource,
    dated: dayText(company.factsAsOf),
    byRule: true,
    id: null,
  };
  const byRule: ClaimView[] = [
    ...(ruled.capacity === null
      ? []
      : [{ ...facts, criterion: "capacity" as const, score: ruled.capacity, claim: "Capacity over the valuation" }]),
    ...(ruled.appetite === null
      ? []
      : [
          {
            ...facts,
            criterion: "appetite" as const,
            score: ruled.appetite,
            claim: `${company.deals36m} acquisitions in 36 months`,
          },
        ]),
  ];
  return [...made, ...byRule.filter(({ criterion }) => !made.some((one) => one.criterion === criterion))];
}

/** Units of `to` for one of `from`; the rates are into `to`'s quote of the venture. */
function ratio(rates: Rates, from: string, to: string, day: string): Exact | null {
  if (from === to) return new Exact(1);
  const into = rates.rate(to, day);
  return into?.gt(0) ? new Exact(1).div(into) : null;
}

type Loaded = {
  row: CandidateRow;
  claims: ClaimView[];
  fit: Fit;
  figures: { score: Figure; certainty: Figure; capacity: Figure };
};

async function loadBuyers(tx: Reader, venture: VentureRow, today: string): Promise<Loaded[]> {
  const { candidates, claims } = await rowsOf(tx, venture.id);
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
    const mine = claims.get(row.companyId) ?? [];
    const scope: BuyerScope = {
      ...{ ventureId: venture.id, companyId: row.companyId, name: row.company.name, today },
      company: source(companyDataset(row.companyId), 1, row.companyId),
      claims: source(claimsDataset(row.companyId), mine.length, row.companyId),
    };
    const views = claimsOf(row, mine, price, rates, today);
    const fit = fitOf(views, today);
    const unit = unitSchema.safeParse(row.company.currency ?? venture.currency);
    const capacity = capacityFigure(scope, meansOf(row), unit.success ? unit.data : "text");
    return { row, claims: views, fit, figures: { ...fitFigures(scope, fit, capacity), capacity } };
  });
}

const candidateOf = ({ row, fit }: Loaded): Candidate => ({
  ...{ id: row.companyId, name: row.company.name, fit, declined: row.stage === "declined" },
  chosen: row.tier === null ? null : { tier: known(TIERS, row.tier, "long"), reason: row.tierReason ?? "" },
});

async function poolOf(tx: Reader, ventureId: string): Promise<number> {
  const settings = await tx.ventureSettings.findUnique({ where: { ventureId } });
  return resolveStored(settings ?? { profile: "balanced", autonomy: "assisted", overrides: {} }).parameters
    .targetBuyerPool;
}

function lineOf(loaded: Loaded, placed: Placed, today: string, names: ReadonlyMap<string, string>): BuyerLine {
  const { row, claims, fit, figures } = loaded;
  const { company } = row;
  const args = { venture: row.ventureId, day: today };
  const view = (figure: Figure) => askedView(figure, { of: "buyers", args });
  return {
    ...placed,
    ...{ version: row.version, name: company.name, kind: known(BUYER_KINDS, company.kind, "strategic") },
    ...{ country: company.country, website: company.website, sectors: company.sectors, deals36m: company.deals36m },
    ...{ factsAsOf: dayText(company.factsAsOf), factsSource: company.factsSource, claims, fit: fit.antitrust },
    ...{ score: view(figures.score), certainty: view(figures.certainty), capacity: view(figures.capacity) },
    ...{ stage: known(OUTREACH, row.stage, "identified"), cleared: row.cleared, ownerId: row.ownerId },
    owner: row.ownerId ? (names.get(row.ownerId) ?? "Somebody who left") : null,
    ...{ nextStep: row.nextStep, nextOn: row.nextOn && dayText(row.nextOn) },
    steps: row.steps.map(({ stage, happened, note }) => ({
      stage: known(OUTREACH, stage, "identified"),
      on: dayText(happened),
      note,
    })),
  };
}

/** Who may buy the venture: the target list with each buyer's proof, best first, then who is out and why. */
export async function getBuyersPage(actor: Actor, ventureId: string, now: Date): Promise<BuyersPage> {
  return atOneMoment(async (tx) => {
    const venture = maySeeVenture(actor, ventureId) ? await tx.venture.findUnique({ where: { id: ventureId } }) : null;
    if (!venture) throw new AppError("NOT_FOUND");
    const today = todayOf(venture, now);
    const loaded = await loadBuyers(tx, venture, today);
    const pool = await poolOf(tx, ventureId);
    const placed = new Map(targetList(loaded.map(candidateOf), pool).map((one) => [one.id, one]));
    const people = await tx.user.findMany({
      where: {
        ...{ disabledAt: null, role: { in: ["chairman", "analyst"] } },
        OR: [{ grants: { none: {} } }, { grants: { some: { ventureId } } }],
      },
      select: { id: true, name: true },
      orderBy: { name: "asc" },
    });
    const names = new Map(people.map(({ id, name }) => [id, name]));
    const lines = loaded.flatMap((one) => {
      const place = placed.get(one.row.companyId);
      return place ? [lineOf(one, place, today, names)] : [];
    });
    const { id, slug, name, currency } = venture;
    return { venture: { id, slug, name, currency }, today, pool, buyers: inOrder(lines), people };
  });
}

/** By tier, then rank, then name. */
const inOrder = (lines: readonly BuyerLine[]): BuyerLine[] =>
  lines.toSorted(
    (a, b) =>
      TIERS.indexOf(a.tier) - TIERS.indexOf(b.tier) ||
      (a.rank ?? Number.MAX_SAFE_INTEGER) - (b.rank ?? Number.MAX_SAFE_INTEGER) ||
      (a.name < b.name ? -1 : 1),
  );

/** Moves with every change of the list: the data set "buyers" of a venture. */
export const BUYERS = "buyers";

export async function buyersVersion(tx: Reader, ventureId: string): Promise<number> {
  const held = await tx.datasetVersion.findUnique({ where: { ventureId_dataset: { ventureId, dataset: BUYERS } } });
  return held?.version ?? 0;
}

export type PlacedBuyer = {
  name: string;
  kind: BuyerKind;
  tier: Tier;
  rank: number | null;
  stage: OutreachStage;
  /** Fit, and what it could pay, which fit rests on. */
  score: Figure;
  capacity: Figure;
};

/** Where each candidate stands on the list and on the board, for whoever counts or names them. */
export async function listPlaced(tx: Reader, venture: VentureRow, today: string): Promise<PlacedBuyer[]> {
  const loaded = await loadBuyers(tx, venture, today);
  const placed = new Map(targetList(loaded.map(candidateOf), await poolOf(tx, venture.id)).map((one) => [one.id, one]));
  return loaded.map(({ row, figures: { score, capacity } }) => ({
    ...{ name: row.company.name, kind: known(BUYER_KINDS, row.company.kind, "strategic") },
    ...{ tier: placed.get(row.companyId)?.tier ?? "out", rank: placed.get(row.companyId)?.rank ?? null },
    ...{ stage: known(OUTREACH, row.stage, "identified"), score, capacity },
  }));
}

const argsSchema = z.object({ day: z.iso.date() });

/** How the figures of the buyers' page are made again when somebody opens one. */
export async function buyerFiguresOn(tx: Tx, ventureId: string, args: FigureAsk["args"]): Promise<Figure[] | null> {
  const read = argsSchema.safeParse(args);
  const venture = z.uuid().safeParse(ventureId).success
    ? await tx.venture.findUnique({ where: { id: ventureId } })
    : null;
  if (!read.success || !venture) return null;
  const loaded = await loadBuyers(tx, venture, read.data.day);
  return loaded.flatMap(({ figures }) => [figures.capacity, figures.score, figures.certainty]);
}

export async function recomputeBuyerFigure(
  tx: Tx,
  { figure, ventureId }: { figure: Figure; ventureId: string | null },
) {
  const day = figure.inputs.day;
  return ventureId && day && "value" in day ? buyerFiguresOn(tx, ventureId, { day: String(day.value) }) : null;
}

/** Buyers known to the holding that are not on this venture's list yet. */
export async function listOtherBuyers(actor: Actor, ventureId: string): Promise<{ id: string; name: string }[]> {
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  return db.buyerCompany.findMany({
    where: { candidates: { none: { ventureId } } },
    select: { id: true, name: true },
    orderBy: { name: "asc" },
    take: 1_000,
  });
}
