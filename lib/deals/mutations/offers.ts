import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import type { Actor } from "@/lib/auth/actor";
import { db, type Tx } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { saveFigures } from "@/lib/figures/mutations";
import { todayOf } from "@/lib/metrics/queries/performance";
import { dayDate } from "@/lib/metrics/rules/periods";
import { minorDigits } from "@/lib/money";
import type { VentureRow } from "@/lib/valuation/queries/compute";
import { computeOffers, loadOfferContext } from "../queries/offer-context";
import { findProcess, type OfferRow } from "../queries/process";
import { termProblems } from "../rules/bridge";
import { offerPart } from "../rules/offer-figures";
import { changedTerms } from "../rules/terms";
import type { DealRefusal } from "../schema/deal";
import type { OfferTerms, RecordOffer, ReviseOffer } from "../schema/terms";
import { asJson, bidsChanged, lockDeal, ventureOfDeal } from "./deal-row";

const TRANSACTION = { timeout: 60_000, maxWait: 20_000 };

type Said = { terms: OfferTerms; dated: string; source: string; note: string };
type Drafted = { dealId: string; title: string; terms: OfferTerms; source: string };

/** Our counter as it was approved: a stored offer of ours from then on. */
export async function writeCounter(
  tx: Tx,
  venture: VentureRow,
  { dealId, title, terms, source }: Drafted,
  by: { ref: string; now: Date },
): Promise<string> {
  const { deal, ventureId } = await lockDeal(tx, dealId);
  const ordinal = Math.max(0, ...deal.offers.map((offer) => offer.ordinal)) + 1;
  const made = { createdBy: by.ref, createdAt: by.now };
  const { id: offerId } = await tx.offer.create({
    data: { ventureId, dealId, ordinal, kind: "counter", title, ...made },
  });
  const name = `${deal.bidder}, ${title} v1`;
  const said = { terms, dated: todayOf(venture, by.now), source, note: "" };
  const about = { venture, dealId, offerId, version: 1, name, importId: null };
  await writeVersion(tx, { ...said, ...about, by: by.ref, now: by.now });
  return offerId;
}

type Writing = Said & {
  venture: VentureRow;
  dealId: string;
  offerId: string;
  version: number;
  name: string;
  /** The file that says so; null: a person. */
  importId: string | null;
  by: string;
  now: Date;
};

/** Stores a version with everything computed from it, so that a memo can quote it. */
export async function writeVersion(tx: Tx, writing: Writing): Promise<void> {
  const { venture, dealId, offerId, version, name, terms, dated, source, note, importId, by, now } = writing;
  const process = await findProcess(tx, venture.id);
  if (!process) throw new AppError("CONFLICT");
  const loaded = await loadOfferContext(tx, venture, process.assumptions, [terms.currency]);
  const [computed] = computeOffers(venture, loaded, process.assumptions, [{ offerId, version, name, terms }]);
  const figures = computed?.figures ?? [];
  const refs = await saveFigures(tx, venture.id, figures, now);
  const run = Object.fromEntries(
    figures.map((figure, index) => [
      offerPart(figure),
      { figure: figure.id, revision: refs[index]?.revision ?? 1, value: figure.value },
    ]),
  );
  const said = { terms: asJson(terms), dated: dayDate(dated), source, note, run, by, at: now };
  await tx.offerVersion.create({ data: { offerId, version, importId, ...said } });
  await bidsChanged(tx, venture.id, dealId, now);
}

function saidRefusal({ terms, dated }: Said, today: string) {
  if (dated > today) return refuse("DATE_IN_FUTURE" as const, [{ path: "dated", expected: "a day up to today" }]);
  const problems = termProblems(terms, { rate: "1", digits: minorDigits(terms.currency) });
  const named = problems.map(({ path, expected }) => ({ path: `terms.${path}`, expected }));
  return problems.length > 0 ? refuse("TERMS_CONTRADICT" as const, named) : null;
}

export const OVER: readonly string[] = ["complete", "fallen-through"];

/** An offer of a bidder, or our counter, with its first terms. */
export async function recordOffer(
  actor: Actor,
  { dealId, kind, title, ...said }: RecordOffer,
  now: Date,
): Promise<Result<{ offerId: string }, DealRefusal>> {
  const venture = await ventureOfDeal(actor, dealId);
  const refused = saidRefusal(said, todayOf(venture, now));
  if (refused) return refused;
  return db.$transaction(async (tx) => {
    const { deal, ventureId } = await lockDeal(tx, dealId);
    if (OVER.includes(deal.stage)) return refuse("OVER");
    const ordinal = Math.max(0, ...deal.offers.map((offer) => offer.ordinal)) + 1;
    const by = { createdBy: actor.ref, createdAt: now };
    const { id: offerId } = await tx.offer.create({ data: { ventureId, dealId, ordinal, kind, title, ...by } });
    const name = `${deal.bidder}, ${title} v1`;
    await writeVersion(tx, { ...said, venture, dealId, offerId, version: 1, name, importId: null, by: actor.ref, now });
    const about = { ventureId, actor: actor.ref, subject: `offer:${offerId}`, at: now };
    const payload = asJson({ bidder: deal.bidder, kind, title, source: said.source, terms: said.terms });
    await recordEvent(tx, { ...about, type: "offer.recorded", payload });
    return ok({ offerId });
  }, TRANSACTION);
}

/** Changed terms of an offer as its next version; of two who change it exactly one wins. */
export async function reviseOffer(
  actor: Actor,
  { offerId, version: seen, ...said }: ReviseOffer,
  now: Date,
): Promise<Result<{ version: number }, DealRefusal>> {
  const offer = await db.offer.findUnique({ where: { id: offerId }, select: { dealId: true } });
  if (!offer) throw new AppError("NOT_FOUND");
  const venture = await ventureOfDeal(actor, offer.dealId);
  const refused = saidRefusal(said, todayOf(venture, now));
  if (refused) return refused;
  return db.$transaction(async (tx) => {
    const { deal, ventureId } = await lockDeal(tx, offer.dealId);
    if (OVER.includes(deal.stage)) return refuse("OVER");
    const held = deal.offers.find(({ id }) => id === offerId) as OfferRow;
    const newest = held.versions.at(-1);
    if (!newest || newest.version !== seen) return refuse("CONFLICT");
    const changed = changedTerms(newest.terms, said.terms);
    if (changed.length === 0) return refuse("SAME_TERMS");
    const version = seen + 1;
    const name = `${deal.bidder}, ${held.title} v${version}`;
    const { dealId } = offer;
    await writeVersion(tx, { ...said, venture, dealId, offerId, version, name, importId: null, by: actor.ref, now });
    const of = (terms: OfferTerms) => Object.fromEntries(changed.map((key) => [key, terms[key]]));
    const payload = asJson({ bidder: deal.bidder, version, before: of(newest.terms), after: of(said.terms) });
    const about = { ventureId, actor: actor.ref, subject: `offer:${offerId}`, at: now };
    await recordEvent(tx, { ...about, type: "offer.revised", payload });
    return ok({ version });
  }, TRANSACTION);
}
