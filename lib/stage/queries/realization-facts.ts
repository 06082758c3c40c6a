import "server-only";
import { listPlaced } from "@/lib/buyers/queries";
import { TIERS } from "@/lib/buyers/schema";
import { readyToClose } from "@/lib/closing/queries/closing";
import type { db, Tx } from "@/lib/db";
import { type DealRow, findProcess, listDeals } from "@/lib/deals/queries/process";
import { balancesOn } from "@/lib/ledger/queries";
import { trancheAmounts } from "@/lib/ledger/queries/tranches";
import { PAYABLE_KINDS } from "@/lib/ledger/rules/accounts";
import { todayOf } from "@/lib/metrics/queries/performance";
import {
  type Bidding,
  type Candidate,
  leading,
  type SaleFacts,
  type StandingBid,
  saleRollbacks,
  saleRules,
} from "../rules/realization";
import { keptValuation } from "./exit-facts";
import { multiplesDrop, peopleAndGrowth } from "./exit-watch";

type Reader = Tx | typeof db;
type VentureRow = NonNullable<Awaited<ReturnType<typeof db.venture.findUnique>>>;

function biddingOf({ id, bidder, companyId, stage, steps }: DealRow): Bidding {
  const last = stage === "fallen-through" ? steps.findLast(({ undone }) => !undone) : undefined;
  const fell = last?.from ? { stepId: last.id, from: last.from, reason: last.reason } : null;
  return { dealId: id, bidder, companyId, stage, fell };
}

const LAST_DAY = "9999-12-31";

/**
 * The accounts of payees of any kind, and what came in and nobody has distributed yet, for that is somebody's as well. What
 * is owed from a later day on is owed: a sale is not over before it.
 */
export const payeeBalances = async (tx: Tx, ventureId: string) =>
  (await balancesOn(tx, ventureId, LAST_DAY)).filter(
    ({ kind }) => kind === "transit" || kind === "proceeds" || PAYABLE_KINDS.some((one) => one === kind),
  );

/** What was distributed and stands, what payees of any kind are still owed, and which tranches hold something back, from the ledger. */
async function moneyOf(tx: Tx, venture: VentureRow): Promise<SaleFacts["money"]> {
  const owed = await payeeBalances(tx, venture.id);
  const deferred = (await trancheAmounts(tx, venture.id)).filter(({ balanceMinor }) => balanceMinor > 0n);
  return {
    distributions: await tx.distribution.count({
      where: { basis: { ventureId: venture.id }, transaction: { reversedBy: null } },
    }),
    // Credits are below zero in the ledger.
    payableMinor: owed.reduce((sum, { signedMinor }) => sum - signedMinor, 0n),
    deferred: deferred.length,
  };
}

async function closingOf(tx: Tx, lead: Bidding | null, today: string): Promise<SaleFacts["closing"]> {
  const found = lead?.stage === "closing" ? await readyToClose(tx, lead.dealId, today) : null;
  if (!found) return null;
  const blocked = found.missing.filter(({ kind }) => kind === "regulator").length;
  const unsigned = found.missing.filter(({ kind }) => kind === "signature" || kind === "document").length;
  return { openConditions: found.openConditions + blocked, openSignatures: found.released ? 0 : Math.max(1, unsigned) };
}

/** What every phase of 40.3 is told from; without a sale nobody bids. */
export async function loadSale(tx: Tx, venture: VentureRow, now: Date) {
  const process = await findProcess(tx, venture.id);
  const deals = process ? await listDeals(tx, process.id) : [];
  const worth = new Map((await newestBids(tx, deals)).map(({ dealId, run }) => [dealId, run["group.riskAdjusted"]]));
  const bidding = deals.map((deal) => ({ ...biddingOf(deal), worth: worth.get(deal.id)?.value ?? null }));
  const closing = await closingOf(tx, leading(bidding), todayOf(venture, now));
  const sale: SaleFacts = { deals: bidding, closing, money: await moneyOf(tx, venture) };
  return { process, deals, sale };
}
export type LoadedSale = Awaited<ReturnType<typeof loadSale>>;

const runOf = (run: unknown): Record<string, { figure: string; revision: number; value: string | null }> =>
  run as Record<string, { figure: string; revision: number; value: string | null }>;

/** The newest version of each bid in play, with the stored figures of what it brings. */
async function newestBids(tx: Tx, deals: readonly DealRow[]) {
  const inPlay = deals.filter(({ stage }) => stage !== "fallen-through" && stage !== "complete");
  const dealOf = new Map(
    inPlay.flatMap(({ id, offers }) => offers.filter(({ kind }) => kind === "bid").map((offer) => [offer.id, id])),
  );
  const where = { offerId: { in: [...dealOf.keys()] } };
  const versions = await tx.offerVersion.findMany({ where, orderBy: { version: "asc" } });
  const newest = new Map(versions.map((row) => [row.offerId, row]));
  return [...newest.values()].map(({ offerId, version, run }) => ({
    ...{ offerId, version, dealId: dealOf.get(offerId) ?? "", run: runOf(run) },
  }));
}

/** What all holders would receive from each, if everything is paid. */
const bidsOf = async (tx: Tx, deals: readonly DealRow[]) =>
  (await newestBids(tx, deals)).map(({ offerId, version, run }) => {
    const total = run["all.total"] ?? null;
    return { offerId, version, total: total?.value ?? null, figure: total };
  });

/** The day at the venture on which its sale began. */
async function saleStartedOn(tx: Tx, venture: VentureRow): Promise<string | null> {
  const row = await tx.realization.findFirst({ where: { ventureId: venture.id }, orderBy: { ordinal: "desc" } });
  return row && todayOf(venture, row.startedAt);
}

/** The rules of 40.3 as the facts are today, with the stored figures that a memo about them quotes. */
export async function loadSaleRollbacks(tx: Tx, venture: VentureRow, deals: readonly DealRow[], now: Date) {
  const today = todayOf(venture, now);
  const kept = await keptValuation(tx, venture.id);
  const bids = await bidsOf(tx, deals);
  const drop = await multiplesDrop(tx, venture, today);
  const equity = kept?.parts.equity ?? null;
  const facts = {
    bids: bids.map(({ figure: _, ...bid }): StandingBid => bid),
    ...{ target: equity?.value ?? null, valuedOn: kept?.valuedOn ?? null },
    ...{ multiplesFall: drop?.fall ?? null, crash: drop?.since ?? "" },
    ...{ today, startedOn: (await saleStartedOn(tx, venture)) ?? today },
    ...(await peopleAndGrowth(tx, venture, today)),
  };
  const [rules, rollbacks] = [saleRules(facts), saleRollbacks(facts)];
  return { rules, rollbacks, bids, equity, valuedOn: kept?.valuedOn ?? null };
}

/** The target list without those who were put away or declined, best first. */
export async function rankedCandidates(tx: Reader, venture: VentureRow, today: string): Promise<Candidate[]> {
  const placed = await listPlaced(tx, venture, today);
  const last = Number.MAX_SAFE_INTEGER;
  return placed
    .filter(({ tier, stage }) => tier !== "out" && stage !== "declined")
    .toSorted(
      (a, b) =>
        TIERS.indexOf(a.tier) - TIERS.indexOf(b.tier) ||
        (a.rank ?? last) - (b.rank ?? last) ||
        (a.name < b.name ? -1 : 1),
    )
    .map(({ id, name }) => ({ companyId: id, name }));
}
