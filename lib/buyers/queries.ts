import "server-only";
import { z } from "zod";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { listOwners, type Person } from "@/lib/auth/people";
import type { Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { askedView } from "@/lib/figures/rules";
import type { Figure, FigureAsk, FigureView } from "@/lib/figures/schema";
import { atOneMoment, todayOf } from "@/lib/metrics/queries/performance";
import { dayText } from "@/lib/metrics/rules/periods";
import { resolveStored } from "@/lib/ventures/queries";
import { type ClaimView, known, type Loaded, loadBuyers, type Reader, type VentureRow } from "./queries/loading";
import { type Candidate, type Fit, type Placed, targetList } from "./rules/fit";
import { BUYER_KINDS, type BuyerKind, OUTREACH, type OutreachStage, TIERS, type Tier } from "./schema";

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
export type AwayBuyer = { id: string; name: string; version: number; reason: string; on: string };
export type BuyersPage = {
  venture: { id: string; slug: string; name: string; currency: string };
  today: string;
  /** How many the profile wants on the list. */
  pool: number;
  buyers: BuyerLine[];
  /** Off the list by a person's word, newest first. */
  away: AwayBuyer[];
  people: Person[];
};

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
export const getBuyersPage = async (actor: Actor, ventureId: string, now: Date): Promise<BuyersPage> =>
  (await getToldBuyers(actor, ventureId, now)).page;

/** The same with every figure that it shows, for whoever quotes them. */
export async function getToldBuyers(
  actor: Actor,
  ventureId: string,
  now: Date,
): Promise<{ page: BuyersPage; figures: Figure[] }> {
  return atOneMoment(async (tx) => {
    const venture = maySeeVenture(actor, ventureId) ? await tx.venture.findUnique({ where: { id: ventureId } }) : null;
    if (!venture) throw new AppError("NOT_FOUND");
    const today = todayOf(venture, now);
    const loaded = await loadBuyers(tx, venture, today);
    const pool = await poolOf(tx, ventureId);
    const placed = new Map(targetList(loaded.map(candidateOf), pool).map((one) => [one.id, one]));
    const away = await awayOf(tx, ventureId);
    const people = await listOwners(tx, ventureId);
    const names = new Map(people.map(({ id, name }) => [id, name]));
    const lines = loaded.flatMap((one) => {
      const place = placed.get(one.row.companyId);
      return place ? [lineOf(one, place, today, names)] : [];
    });
    const { id, slug, name, currency } = venture;
    return {
      page: { venture: { id, slug, name, currency }, today, pool, buyers: inOrder(lines), away, people },
      figures: loaded.flatMap(({ figures: { capacity, score, certainty } }) => [capacity, score, certainty]),
    };
  });
}

async function awayOf(tx: Reader, ventureId: string): Promise<AwayBuyer[]> {
  const rows = await tx.buyerCandidate.findMany({
    where: { ventureId, archivedAt: { not: null } },
    include: { company: { select: { name: true } } },
    orderBy: { archivedAt: "desc" },
  });
  return rows.map(({ companyId, company, version, archivedReason, archivedAt }) => ({
    ...{ id: companyId, name: company.name, version, reason: archivedReason ?? "" },
    on: archivedAt ? dayText(archivedAt) : "",
  }));
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
  id: string;
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
    ...{ id: row.companyId, name: row.company.name, kind: known(BUYER_KINDS, row.company.kind, "strategic") },
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
