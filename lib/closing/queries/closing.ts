import "server-only";
import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { listOwners, namesByRef } from "@/lib/auth/people";
import type { Tx } from "@/lib/db";
import { offerDataset } from "@/lib/deals/queries/offer-context";
import { type Reader, stageOf, ventureInSight } from "@/lib/deals/queries/process";
import { offerTermsSchema } from "@/lib/deals/schema/terms";
import { askedView } from "@/lib/figures/rules";
import type { Figure, FigureAsk, FigureSource, FigureView } from "@/lib/figures/schema";
import { loadRates } from "@/lib/metrics/queries/fx";
import { atOneMoment, todayOf } from "@/lib/metrics/queries/performance";
import { addDays } from "@/lib/metrics/rules/periods";
import { rateDataset, rateSources } from "@/lib/metrics/rules/used-rates";
import { Exact } from "@/lib/money";
import { type Missing, missingForRelease, type Standing, standingOf } from "../rules/checklist";
import { closingFigures, closingPart, type DollarSize, sizeFigure, thresholdFigures } from "../rules/closing-figures";
import { filingNeeded, HSR_YEARS, sizesOf, type ThresholdYear, type Verdict } from "../rules/thresholds";
import { type ClosingRow, findClosing, type ItemRow, type SignatureRow } from "./closing-row";

export const CLOSING_ASK = "closing";
/** Stages in which a deal has a closing. */
export const CLOSING_STAGES: readonly string[] = ["definitive-agreement", "closing", "complete"];

export type ItemView = ItemRow & { critical: boolean; overdue: boolean; slack: FigureView | null };
export type ClosingView = Omit<ClosingRow, "items"> & {
  items: ItemView[];
  signatures: SignatureRow[];
  /** Days, counts: by part of the figure's method. */
  figures: Readonly<Record<string, FigureView>>;
  earliestOn: string | null;
  path: { id: string; title: string }[];
  /** Neither days nor a due date: the earliest closing is unknown because of them. */
  unknown: { id: string; title: string }[];
  ready: boolean;
  released: boolean;
  missing: Missing[];
  regulatoryVerdict: Verdict;
  years: readonly ThresholdYear[];
  headline: { value: string; currency: string } | null;
  reports: { id: string; version: number; createdAt: string }[];
};
export type ClosingPage = {
  venture: { id: string; slug: string; name: string };
  today: string;
  /** Deals that have, or could have, a closing. */
  deals: { id: string; bidder: string; stage: string }[];
  chosen: { id: string; bidder: string } | null;
  closing: ClosingView | null;
  people: { id: string; name: string }[];
  documents: { id: string; title: string }[];
  names: Readonly<Record<string, string>>;
};

export type Computed = { standing: Standing; verdict: Verdict; figures: Figure[] };

/** Everything that a closing comes to on a day. */
export async function computeClosing(tx: Reader, row: ClosingRow, day: string): Promise<Computed> {
  const standing = standingOf(row.items, row.signatures, day, row.blockers);
  const size = row.regulatory.transaction.value === null ? await sizeInDollars(tx, row, day) : null;
  const verdict = filingNeeded(sizesOf(row.regulatory, size?.value ?? null), row.target);
  const { ventureId, dealId, bidder, version, target, items } = row;
  const scope = { ventureId, dealId, bidder, version, day, target, rows: items.length };
  const sized = size ? [sizeFigure(scope, size)] : [];
  return {
    standing,
    verdict,
    figures: [...closingFigures(scope, standing), ...sized, ...thresholdFigures(scope, verdict)],
  };
}

/** The headline of the agreed offer in US dollars: at the stored rate of the day, unknown without one. */
async function sizeInDollars(tx: Reader, row: ClosingRow, day: string): Promise<DollarSize | null> {
  const headline = await headlineOf(tx, row);
  if (!headline || !row.agreedOffer) return null;
  const { value, currency } = headline;
  const { offerId, version } = row.agreedOffer;
  const own = { dataset: offerDataset(offerId, version), version: 1, filter: { offer: offerId, version } };
  const offer: FigureSource = { kind: "dataset", ventureId: row.ventureId, rows: 1, ...own };
  if (currency === "USD") return { headline: value, currency, value, rate: null, sources: [offer] };
  const rates = await loadRates(tx as Tx, "USD", [currency], day, day);
  const [rate, used] = [rates.rate(currency, day), rates.used(currency, day)];
  if (!rate || !used) return { headline: value, currency, value: null, rate: null, sources: [offer] };
  const dataset = rateDataset(currency, "USD");
  const stored = await tx.datasetVersion.findMany({ where: { dataset } });
  const versions = new Map(stored.map((one) => [one.dataset, one.version]));
  return {
    ...{ headline: value, currency, rate: rate.toSignificantDigits(12).toFixed() },
    value: new Exact(value).times(rate).toDecimalPlaces(2).toFixed(),
    sources: [offer, ...rateSources([used], versions)],
  };
}

async function headlineOf(tx: Reader, { agreedOffer }: ClosingRow): Promise<ClosingView["headline"]> {
  if (!agreedOffer) return null;
  const row = await tx.offerVersion.findUnique({
    where: { offerId_version: { offerId: agreedOffer.offerId, version: agreedOffer.version } },
  });
  const terms = row && offerTermsSchema.parse(row.terms);
  return terms?.price ? { value: terms.price, currency: terms.currency } : null;
}

const statusKind = (dealId: string): string => `transaction-status-update:${dealId}`;

export { statusKind };

async function viewOf(tx: Reader, row: ClosingRow, today: string): Promise<ClosingView> {
  const { standing, verdict, figures } = await computeClosing(tx, row, today);
  const ask: FigureAsk = { of: CLOSING_ASK, args: { venture: row.ventureId, deal: row.dealId, day: today } };
  const views = Object.fromEntries(figures.map((figure) => [closingPart(figure), askedView(figure, ask)]));
  const { schedule, overdue } = standing;
  const late = new Set(overdue.map(({ id }) => id));
  const titled = (ids: readonly string[]) =>
    ids.map((id) => ({ id, title: row.items.find((one) => one.id === id)?.task.title ?? "" }));
  const reports = await tx.artefact.findMany({
    where: { ventureId: row.ventureId, kind: statusKind(row.dealId) },
    orderBy: { version: "desc" },
    take: 10,
  });
  return {
    ...row,
    items: row.items.map((item) => ({
      ...{ ...item, critical: schedule.timed.get(item.id)?.critical ?? false, overdue: late.has(item.id) },
      slack: views[`slack.${item.id}`] ?? null,
    })),
    ...{ figures: views, regulatoryVerdict: verdict, years: HSR_YEARS, headline: await headlineOf(tx, row) },
    earliestOn: schedule.length === null || standing.total === 0 ? null : addDays(today, schedule.length),
    ...{ path: titled(schedule.path), unknown: titled(schedule.unknown) },
    ...{ ready: standing.ready, released: standing.released, missing: missingForRelease(standing, row.signatures) },
    reports: reports.map(({ id, version, createdAt }) => ({ id, version, createdAt: createdAt.toISOString() })),
  };
}

/** The closing of the deal that is chosen, or of the one that is furthest. */
export async function getClosingPage(
  actor: Actor,
  ventureId: string,
  chosenId: string | null,
  now: Date,
): Promise<ClosingPage> {
  return atOneMoment(async (tx) => {
    const venture = await ventureInSight(tx, actor, ventureId);
    const today = todayOf(venture, now);
    const rows = await tx.deal.findMany({
      where: { ventureId, stage: { in: [...CLOSING_STAGES] } },
      orderBy: [{ openedAt: "desc" }],
    });
    const deals = rows
      .toSorted((a, b) => CLOSING_STAGES.indexOf(b.stage) - CLOSING_STAGES.indexOf(a.stage))
      .map(({ id, bidder, stage }) => ({ id, bidder, stage: stageOf(stage) }));
    const chosen = deals.find(({ id }) => id === chosenId) ?? deals[0] ?? null;
    const row = chosen && (await findClosing(tx, chosen.id));
    const refs = row ? row.items.flatMap(({ waivers }) => waivers.map(({ by }) => by)) : [];
    const { id, slug, name } = venture;
    return {
      ...{ venture: { id, slug, name }, today, deals, chosen, closing: row && (await viewOf(tx, row, today)) },
      ...{ people: await listOwners(tx, ventureId), documents: await documentsOf(tx, ventureId) },
      names: Object.fromEntries(await namesByRef(tx, refs)),
    };
  });
}

async function documentsOf(tx: Tx, ventureId: string) {
  const where = { removedAt: null, room: { ventureId } };
  return tx.roomDocument.findMany({ where, orderBy: { title: "asc" }, select: { id: true, title: true }, take: 500 });
}

export type Readiness = {
  ready: boolean;
  released: boolean;
  missing: Missing[];
  openConditions: number;
  overdue: number;
  /** Null where it is not known. */
  earliestOn: string | null;
  target: string | null;
};

/** For the stage workflow: whether a deal can close, and what is missing. Null where no closing was opened. */
export async function readyToClose(tx: Reader, dealId: string, day: string): Promise<Readiness | null> {
  const row = await findClosing(tx, dealId);
  if (!row) return null;
  const standing = standingOf(row.items, row.signatures, day, row.blockers);
  const { schedule, ready, released, openConditions, overdue, total } = standing;
  return {
    ...{ ready: ready || released, released, missing: missingForRelease(standing, row.signatures) },
    ...{ openConditions: openConditions.length, overdue: overdue.length, target: row.target },
    earliestOn: schedule.length === null || total === 0 ? null : addDays(day, schedule.length),
  };
}

const argsSchema = z.object({ deal: z.uuid(), day: z.iso.date() });

/** How the figures of a closing are made again when somebody opens one. */
export async function closingFiguresOn(tx: Tx, ventureId: string, args: FigureAsk["args"]): Promise<Figure[] | null> {
  const read = argsSchema.safeParse(args);
  const row = read.success ? await findClosing(tx, read.data.deal) : null;
  if (!read.success || row?.ventureId !== ventureId) return null;
  return (await computeClosing(tx, row, read.data.day)).figures;
}

export async function recomputeClosingFigure(
  tx: Tx,
  { figure, ventureId }: { figure: Figure; ventureId: string | null },
): Promise<Figure[] | null> {
  const value = (name: string) => {
    const input = figure.inputs[name];
    return input && "value" in input ? String(input.value) : "";
  };
  return ventureId ? closingFiguresOn(tx, ventureId, { deal: value("deal"), day: value("day") }) : null;
}
