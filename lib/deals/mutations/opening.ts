import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import type { Actor } from "@/lib/auth/actor";
import { nameKey } from "@/lib/buyers/rules/outreach";
import { db, type Tx } from "@/lib/db";
import { ok, type Result, refuse } from "@/lib/errors";
import { todayOf } from "@/lib/metrics/queries/performance";
import { dayDate } from "@/lib/metrics/rules/periods";
import { firstAssumptions } from "../queries/offers";
import { findProcess, isRealizing, ventureInSight } from "../queries/process";
import { type DealRefusal, NO_FACTS, type OpenDeal, type SetAssumptions } from "../schema/deal";
import { asJson, lockSale } from "./deal-row";

type Opening = { ventureId: string; by: string; today: string; now: Date };

/** The venture's open sale, opened where there is none. */
export async function processFor(tx: Tx, { ventureId, by, today, now }: Opening): Promise<string> {
  const open = await findProcess(tx, ventureId);
  if (open) return open.id;
  const ordinal = (await tx.saleProcess.count({ where: { ventureId } })) + 1;
  const said = { assumptions: firstAssumptions(today), version: 1, openedBy: by, openedAt: now };
  const { id } = await tx.saleProcess.create({ data: { ventureId, ordinal, status: "open", ...said } });
  const about = { ventureId, actor: by, subject: `sale:${id}`, at: now };
  await recordEvent(tx, { ...about, type: "sale.opened", payload: { ordinal } });
  return id;
}

async function nameOf(tx: Tx, { ventureId, companyId, bidder }: OpenDeal): Promise<string | null> {
  if (companyId === null) return nameKey(bidder) === "" ? null : bidder;
  const where = { ventureId_companyId: { ventureId, companyId } };
  const found = await tx.buyerCandidate.findUnique({ where, include: { company: { select: { name: true } } } });
  return found?.company.name ?? null;
}

type NewDeal = {
  ventureId: string;
  processId: string;
  companyId: string | null;
  bidder: string;
  importId: string | null;
};

/** The bidder's deal with its first step. */
export async function makeDeal(
  tx: Tx,
  deal: NewDeal,
  { ref, today, now }: { ref: string; today: string; now: Date },
): Promise<string> {
  const { ventureId, bidder, companyId, importId } = deal;
  const said = { stage: "not-started", facts: asJson(NO_FACTS), version: 1, openedBy: ref, openedAt: now };
  const { id } = await tx.deal.create({ data: { ...deal, ...said } });
  const step = { dealId: id, to: "not-started", happened: dayDate(today), reason: "", by: ref, at: now };
  await tx.dealStep.create({ data: step });
  const about = { ventureId, actor: ref, subject: `deal:${id}`, at: now };
  await recordEvent(tx, { ...about, type: "deal.opened", payload: { bidder, companyId, importId } });
  return id;
}

/** A bidder joins the sale, from the target list or by hand; the first one opens it. Only after the exit was approved. */
export async function openDeal(
  actor: Actor,
  input: OpenDeal,
  now: Date,
): Promise<Result<{ dealId: string }, DealRefusal>> {
  const { ventureId, companyId } = input;
  return db.$transaction(async (tx) => {
    const venture = await ventureInSight(tx, actor, ventureId);
    await lockSale(tx, ventureId);
    if (!(await isRealizing(tx, ventureId))) return refuse("EXIT_NOT_APPROVED");
    const bidder = await nameOf(tx, input);
    if (bidder === null) return refuse("NO_BIDDER", [{ path: "bidder", expected: "a name with letters or digits" }]);
    const today = todayOf(venture, now);
    const processId = await processFor(tx, { ventureId, by: actor.ref, today, now });
    const rivals = await tx.deal.findMany({ where: { processId }, select: { bidder: true } });
    if (rivals.some((rival) => nameKey(rival.bidder) === nameKey(bidder))) return refuse("ALREADY_BIDDING");
    const opening = { ventureId, processId, companyId, bidder, importId: null };
    return ok({ dealId: await makeDeal(tx, opening, { ref: actor.ref, today, now }) });
  });
}

/** The rate and the day at which all offers of the sale are compared. */
export async function setAssumptions(
  actor: Actor,
  { ventureId, version, assumptions }: SetAssumptions,
  now: Date,
): Promise<Result<{ version: number }, DealRefusal>> {
  return db.$transaction(async (tx) => {
    const venture = await ventureInSight(tx, actor, ventureId);
    await lockSale(tx, ventureId);
    const process = await findProcess(tx, ventureId);
    if (process?.version !== version) return refuse("CONFLICT");
    if (assumptions.valuedOn > todayOf(venture, now))
      return refuse("DATE_IN_FUTURE", [{ path: "assumptions.valuedOn", expected: "a day up to today" }]);
    await tx.saleProcess.update({ where: { id: process.id }, data: { assumptions, version: version + 1 } });
    const payload = { before: process.assumptions, after: assumptions };
    const about = { ventureId, actor: actor.ref, subject: `sale:${process.id}`, at: now };
    await recordEvent(tx, { ...about, type: "sale.assumptions-set", payload });
    return ok({ version: version + 1 });
  });
}
