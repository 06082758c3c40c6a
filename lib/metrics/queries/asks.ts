import "server-only";
import { z } from "zod";
import type { Tx } from "@/lib/db";
import { type Figure, type FigureAsk, SHARED_DATA } from "@/lib/figures/schema";
import { billingFigures } from "../rules/billing-figures";
import { onBasis, ventureFigures } from "../rules/performance";
import { monthEnd } from "../rules/periods";
import {
  cohortFigure,
  cohortRevenueFigure,
  movementFigure,
  shareFigures,
  storedPointFigure,
} from "../rules/point-figures";
import type { VentureFacts } from "../rules/venture-facts";
import { basisSchema } from "../schema";
import { loadRates } from "./fx";
import { listInvoicedBy } from "./invoices";
import { billingOf, FACT_METRICS, loadVentureFacts, type VentureRow } from "./performance";
import { booksOfRecord, loadResolvedSeries } from "./series";
import { customerCohorts, factorsOn, listMovements, type Scope, subscriptionOverview } from "./subscriptions";

type Args = FigureAsk["args"];
type Answer = (tx: Tx, venture: string, args: Args) => Promise<Figure[] | null>;

const day = z.iso.date();
const month = z.string().regex(/^\d{4}-\d{2}$/);

/** All figures of a venture on a day: over windows of `span` months (0: each measure's own), as they were or as planned. */
const performanceArgs = z.object({
  asOf: day,
  span: z.int().min(0).max(60),
  basis: basisSchema.default("actual"),
  /** Where a plan or a forecast is read; where the accounts end unless said, so that the two can be compared. */
  through: day.optional(),
});
const storedArgs = z.object({ metric: z.string(), from: day, to: day, basis: basisSchema.default("actual") });
const cohortArgs = z.object({ cohort: month, offset: z.int().min(0).max(600), rates: day });
const movementArgs = z.object({ customer: z.string(), month, rates: day });
const shareArgs = z.object({ customer: z.string().optional(), from: day, to: day });

export async function figuresOn(
  tx: Tx,
  venture: VentureRow,
  { asOf, span, basis, through }: z.output<typeof performanceArgs>,
  reading?: Parameters<typeof loadVentureFacts>[4],
): Promise<Figure[]> {
  const { facts, cohorts } = await loadVentureFacts(tx, venture, asOf, span || undefined, reading);
  if (basis === "actual") return ventureFigures(facts, cohorts).figures;
  const series = await loadResolvedSeries(tx, venture, FACT_METRICS, asOf, basis);
  const then = through ? { ...facts, financeThrough: through } : facts;
  return ventureFigures(onBasis(then, basis, series), []).figures;
}

/** What single points need: the venture and the versions of its data sets, nothing computed. */
async function bareFacts(tx: Tx, venture: VentureRow, today: string): Promise<VentureFacts> {
  const versions = await tx.datasetVersion.findMany({ where: { ventureId: { in: [venture.id, SHARED_DATA] } } });
  return {
    ...{ venture: { id: venture.id, currency: venture.currency }, today, financeThrough: null, invoices: null },
    series: new Map(),
    versions: new Map(versions.map((row) => [row.dataset, row.version])),
    billing: { facts: null, reason: "no-data" },
  };
}

/** The subscriptions at the rates of a day, or why there is nothing to count. */
export async function subscriptionScope(
  tx: Tx,
  venture: VentureRow,
  on: string,
): Promise<{ scope: Scope } | { scope: null; reason: string }> {
  const [overview, books] = await Promise.all([subscriptionOverview(tx, venture.id), booksOfRecord(tx, venture.id)]);
  const bookOfRecord = books.get("subscriptions") ?? null;
  if (overview.rows === 0) return { scope: null, reason: "no-data" };
  if (overview.contradictions > 0 && !bookOfRecord) return { scope: null, reason: "contradiction" };
  const rates = await loadRates(tx, venture.currency, overview.currencies, on, on);
  const factors = factorsOn(rates, overview.currencies, on);
  if (!factors) return { scope: null, reason: "missing-fx-rate" };
  return { scope: { ventureId: venture.id, factors, bookOfRecord } };
}

export async function storedPoint(tx: Tx, venture: VentureRow, args: z.output<typeof storedArgs>): Promise<Figure> {
  const { metric, from, to, basis } = args;
  const series = await loadResolvedSeries(tx, venture, [metric], to, basis);
  const facts = await bareFacts(tx, venture, to);
  return storedPointFigure({ ...facts, series, ...(basis === "actual" ? {} : { basis }) }, metric, { from, to });
}

/** MRR and paying customers at the end of a day, straight from the subscriptions. */
export async function billingOn(tx: Tx, venture: VentureRow, on: string): Promise<Figure[]> {
  const [overview, books] = await Promise.all([subscriptionOverview(tx, venture.id), booksOfRecord(tx, venture.id)]);
  const { billing } = await billingOf(tx, venture, overview, books.get("subscriptions") ?? null, on, 12);
  const { figures } = billingFigures({ ...(await bareFacts(tx, venture, on)), billing });
  return [figures.mrr, figures.customers];
}

export async function cohortCell(tx: Tx, venture: VentureRow, { cohort, offset, rates }: z.output<typeof cohortArgs>) {
  const { scope } = await subscriptionScope(tx, venture, rates);
  if (!scope) return null;
  const rows = await customerCohorts(tx, scope, `${cohort}-01`, rates);
  const row = rows.find((one) => one.month === cohort);
  if (!row) return null;
  const facts = await bareFacts(tx, venture, rates);
  return [cohortFigure(facts, row, offset), cohortRevenueFigure(facts, row, offset, rates)].flatMap((one) => one ?? []);
}

export async function customerMovement(tx: Tx, venture: VentureRow, args: z.output<typeof movementArgs>) {
  const { scope } = await subscriptionScope(tx, venture, args.rates);
  if (!scope) return null;
  const from = `${args.month}-01`;
  const all = await listMovements(tx, scope, from, monthEnd(from));
  const found = all.find(({ customer }) => customer === args.customer);
  return found ? [movementFigure(await bareFacts(tx, venture, args.rates), found, args.rates)] : null;
}

export async function customerShare(tx: Tx, venture: VentureRow, { customer, from, to }: z.output<typeof shareArgs>) {
  const books = await booksOfRecord(tx, venture.id);
  const scope = { ventureId: venture.id, currency: venture.currency, bookOfRecord: books.get("invoices") ?? null };
  const invoiced = await listInvoicedBy(tx, scope, { from, to }, { customer: customer ?? null, limit: 1 });
  const found = invoiced?.rows[0];
  return found ? shareFigures(await bareFacts(tx, venture, to), found, { from, to }) : null;
}

const of =
  <T>(schema: z.ZodType<T>, answer: (tx: Tx, venture: VentureRow, args: T) => Promise<Figure[] | null>): Answer =>
  async (tx, ventureId, raw) => {
    const args = schema.safeParse(raw);
    const venture = z.uuid().safeParse(ventureId).success
      ? await tx.venture.findUnique({ where: { id: ventureId } })
      : null;
    return args.success && venture ? answer(tx, venture, args.data) : null;
  };

/** The questions that screens of figures not yet stored carry. */
export const PERFORMANCE_ASKS: Readonly<Record<string, Answer>> = {
  performance: of(performanceArgs, figuresOn),
  stored: of(storedArgs, async (tx, venture, args) => [await storedPoint(tx, venture, args)]),
  billing: of(z.object({ day }), (tx, venture, args) => billingOn(tx, venture, args.day)),
  cohort: of(cohortArgs, cohortCell),
  movement: of(movementArgs, customerMovement),
  share: of(shareArgs, customerShare),
};
