import "server-only";
import type { Tx } from "@/lib/db";
import { dealFactsSchema } from "@/lib/deals/schema/deal";
import { type FieldProblem, ok, type Result, refuse } from "@/lib/errors";
import type { Figure } from "@/lib/figures/schema";
import type { CarveOut } from "@/lib/ledger/schema";
import type { VentureRow } from "@/lib/valuation/queries/compute";
import {
  type ClosingDistribution,
  carveOutOf,
  closingDistribution,
  type FlowRefusal,
} from "../rules/funds-flow/funds-flow";
import { splitPart } from "../rules/split/split-figures";
import { FUNDS_FLOW, type SplitPlan, type WithholdingRate } from "../schema/split";
import { computeSplit, findKeptSplit, loadSplitCase } from "./split-case";

export type ClosingSum = ClosingDistribution & {
  currency: string;
  planVersion: number;
  /** Day on which its deal has closed; null for a price without one. */
  closedOn: string | null;
  /** Day of the cap table that it was split by. */
  asOf: string;
  /** The stored statement that says the same, to the cent. */
  statement: { id: string; version: number };
  /** What the closing pays each holder, before tax. */
  holders: { id: string; name: string; amountMinor: bigint }[];
  rates: WithholdingRate[];
  /** What management takes of every payment, of later ones too; null where the terms have none. */
  carveOut: CarveOut | null;
};
export type ClosingRefusal =
  | FlowRefusal
  | "NOTHING_KEPT"
  | "NOT_KNOWN"
  | "NO_STATEMENT"
  | "STATEMENT_STALE"
  | "NOT_CLOSED";

type Ref = { id: string; revision: number };

/** Lines of the statement that is stored and that would be written otherwise now. */
async function differing(tx: Tx, refs: readonly Ref[], figures: readonly Figure[]): Promise<FieldProblem[]> {
  const lines = figures.filter((figure) => splitPart(figure).startsWith("flow."));
  const rows = await tx.figure.findMany({ where: { id: { in: lines.map(({ id }) => id) } } });
  const stored = new Map(rows.map(({ id, revision, value }) => [`${id} ${revision}`, value]));
  return lines.flatMap(({ id, label, value }) => {
    const ref = refs.find((one) => one.id === id);
    const said = ref && stored.get(`${id} ${ref.revision}`);
    return said === value
      ? []
      : [{ path: id, expected: `${label}: ${value}, where the statement has ${said ?? "nothing"}` }];
  });
}

/** The day on which the deal of an offer has closed, where it was said; null while the deal is talked about. */
export async function findClosed(tx: Tx, offer: SplitPlan["offer"]): Promise<{ on: string | null } | null> {
  if (!offer) return null;
  const deal = await tx.deal.findFirst({ where: { stage: "complete", offers: { some: { id: offer.offerId } } } });
  return deal && { on: dealFactsSchema.parse(deal.facts).closedOn };
}

/**
 * What the ledger is to distribute at closing: the newest kept split, computed again from what is stored now, and only if
 * every line is what the written funds-flow statement says.
 */
export async function findClosingSum(tx: Tx, venture: VentureRow): Promise<Result<ClosingSum, ClosingRefusal>> {
  const kept = await findKeptSplit(tx, venture.id, null);
  if (!kept) return refuse("NOTHING_KEPT");
  const { version: planVersion, plan, asOf } = kept;
  const { offer, price } = plan;
  const closed = await findClosed(tx, offer);
  if (offer && !closed) return refuse("NOT_CLOSED");
  const question = { offer: offer?.offerId ?? "", version: offer?.version ?? 0, price: price ?? "", plan: planVersion };
  const found = await loadSplitCase(tx, venture, { ...question, day: asOf });
  if (!found) return refuse("NOT_KNOWN");
  const { split, flow, figures } = computeSplit(found);
  if (!split.known || !flow) return refuse("NOT_KNOWN");
  if (!flow.ok) return flow;
  const where = { ventureId: venture.id, kind: FUNDS_FLOW };
  const artefact = await tx.artefact.findFirst({ where, orderBy: { version: "desc" } });
  if (!artefact) return refuse("NO_STATEMENT");
  const problems = await differing(tx, artefact.figures as Ref[], figures);
  if (problems.length > 0) return refuse("STATEMENT_STALE", problems.slice(0, 5));
  return ok({
    ...closingDistribution(flow.value, split),
    ...{ currency: found.frame.currency, planVersion, closedOn: closed?.on ?? null, asOf, rates: plan.withholdings },
    carveOut: carveOutOf(found.terms),
    statement: { id: artefact.id, version: artefact.version },
    holders: flow.value.holders.map(({ id, name, closing: amountMinor }) => ({ id, name, amountMinor })),
  });
}
