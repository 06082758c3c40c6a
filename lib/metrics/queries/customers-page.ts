import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { Prisma, type Tx } from "@/lib/db";
import { askedView } from "@/lib/figures/rules";
import { type FigureView, SHARED_DATA } from "@/lib/figures/schema";
import { Exact } from "@/lib/money";
import { bridgeFigures } from "../rules/billing-figures";
import { monthIndex } from "../rules/measure";
import type { MovementType } from "../rules/movements";
import { figuresByKey, ventureFigures } from "../rules/performance";
import { monthEnd, monthEndAfter, monthStart } from "../rules/periods";
import { type CohortBy, cohortFigure, cohortRevenueFigure, movementFigure, shareFigures } from "../rules/point-figures";
import { subscriptionScope } from "./asks";
import { invoiceConcentration, listInvoicedBy } from "./invoices";
import { atOneMoment, loadVentureFacts, type VentureRow } from "./performance";
import { seenVenture } from "./performance-page";
import { booksOfRecord } from "./series";
import { customerCohorts, type Scope, stepsOf } from "./subscriptions";

const MAX_BRIDGE_MONTHS = 60;

export type BridgeView = { from: string; to: string; steps: FigureView[] } | { reason: string };

/** MRR from the end of the month before `from` to the end of `to`: the start, each kind of change, the end. */
export async function getMrrBridge(
  actor: Actor,
  ventureId: string,
  { from, to }: { from: string; to: string },
): Promise<BridgeView> {
  return atOneMoment(async (tx) => {
    const venture = await seenVenture(actor, tx, ventureId);
    const asOf = monthEnd(`${to}-01`);
    const span = Math.min(MAX_BRIDGE_MONTHS, Math.max(1, monthIndex(to) - monthIndex(from) + 1));
    const { facts } = await loadVentureFacts(tx, venture, asOf, span);
    if (!facts.billing.facts) return { reason: facts.billing.reason };
    const mrr = figuresByKey(ventureFigures(facts, []).figures).get("mrr");
    const figures = [...bridgeFigures(facts), ...(mrr ? [mrr] : [])];
    const ask = { of: "performance", args: { venture: venture.id, asOf, span, basis: "actual" } };
    const { window } = facts.billing.facts;
    return { from: window.from, to: window.to, steps: figures.map((figure) => askedView(figure, ask)) };
  });
}

export const MOVEMENT_SORTS = ["amount", "month", "customer"] as const;
export type MovementAsked = {
  from: string;
  to: string;
  type: MovementType | null;
  search: string;
  sort: (typeof MOVEMENT_SORTS)[number];
  descending: boolean;
  page: number;
};

export type CustomerMovementRow = {
  customer: string;
  /** As imported: data, never instruction. */
  name: string;
  month: string;
  type: MovementType;
  change: FigureView;
};
export type MovementPage = {
  rows: CustomerMovementRow[];
  total: number;
  page: number;
  pageSize: number;
  /** Why nothing can be said; null where the rows are all there are. */
  reason: string | null;
};

const PAGE_SIZE = 25;

const ORDERS: Readonly<Record<MovementAsked["sort"], readonly [up: Prisma.Sql, down: Prisma.Sql]>> = {
  amount: [Prisma.sql`named.change, customer`, Prisma.sql`named.change DESC, customer`],
  month: [Prisma.sql`month, customer`, Prisma.sql`month DESC, customer`],
  customer: [Prisma.sql`name, month`, Prisma.sql`name DESC, month DESC`],
};

type Row = { customer: string; name: string; month: string; type: MovementType; change: string; total: bigint };

async function movementRows(tx: Tx, scope: Scope, asked: MovementAsked, pageSize: number): Promise<Row[]> {
  const order = ORDERS[asked.sort][asked.descending ? 1 : 0];
  const pattern = `%${asked.search.replace(/[\\%_]/g, "\\$&")}%`;
  return tx.$queryRaw<Row[]>`
    WITH ${stepsOf(scope, asked.from, asked.to)},
    about AS (
      SELECT DISTINCT ON ("externalId") "externalId" COLLATE "C" AS customer, "name" FROM "customer"
      WHERE "ventureId" = ${scope.ventureId}::uuid AND "supersededAt" IS NULL ORDER BY "externalId", "asOf" DESC, "sourceId"),
    named AS (
      SELECT movement.*, coalesce(about."name", customer) AS name FROM movement LEFT JOIN about USING (customer))
    SELECT customer, name, month, type, change::text AS change, count(*) OVER () AS total FROM named
    WHERE (${asked.type}::text IS NULL OR type = ${asked.type}) AND (name ILIKE ${pattern} OR customer ILIKE ${pattern})
    ORDER BY ${order} LIMIT ${pageSize} OFFSET ${(asked.page - 1) * pageSize}`;
}

const factsOf = async (tx: Tx, venture: VentureRow) => {
  const versions = await tx.datasetVersion.findMany({ where: { ventureId: { in: [venture.id, SHARED_DATA] } } });
  return {
    venture: { id: venture.id, currency: venture.currency },
    versions: new Map(versions.map((row) => [row.dataset, row.version])),
  };
};

/** Who changed MRR in these months, by how much: filtered, sorted, a page at a time. */
export async function listCustomerMovements(
  actor: Actor,
  ventureId: string,
  asked: MovementAsked,
  pageSize = PAGE_SIZE,
): Promise<MovementPage> {
  return atOneMoment(async (tx) => {
    const venture = await seenVenture(actor, tx, ventureId);
    const read = await subscriptionScope(tx, venture, asked.to);
    if (!read.scope) return { rows: [], total: 0, page: asked.page, pageSize, reason: read.reason };
    const { scope } = read;
    const [facts, rows] = [await factsOf(tx, venture), await movementRows(tx, scope, asked, pageSize)];
    return {
      ...{ page: asked.page, pageSize, total: Number(rows[0]?.total ?? 0), reason: null },
      rows: rows.map(({ customer, name, month, type, change }) => {
        const figure = movementFigure(facts, { customer, month, annual: new Exact(change) }, asked.to);
        const args = { venture: venture.id, customer, month, rates: asked.to };
        return { customer, name, month, type, change: askedView(figure, { of: "movement", args }) };
      }),
    };
  });
}

const COHORTS = 24;

export type CohortTable = {
  rows: { month: string; size: number; cells: { id: string; value: string | null }[] }[];
  /** With a cohort and an offset, the question of a cell (`cohortCellView`). */
  args: { venture: string; rates: string };
  /** Why nothing can be said; null where the rows are all there are. */
  reason: string | null;
};

/** What is left of the customers won in each of the last months, month by month, of their number or of their MRR. */
export async function getCohortTable(
  actor: Actor,
  ventureId: string,
  { through, by }: { through: string; by: CohortBy },
): Promise<CohortTable> {
  return atOneMoment(async (tx) => {
    const venture = await seenVenture(actor, tx, ventureId);
    const args = { venture: venture.id, rates: through };
    const read = await subscriptionScope(tx, venture, through);
    if (!read.scope) return { rows: [], args, reason: read.reason };
    const { scope } = read;
    const cohorts = await customerCohorts(tx, scope, monthStart(monthEndAfter(through, 1 - COHORTS)), through);
    const facts = await factsOf(tx, venture);
    return {
      ...{ args, reason: null },
      rows: cohorts.map((cohort) => ({
        ...{ month: cohort.month, size: cohort.size },
        cells: cohort.cells.flatMap(({ offset }) => {
          const figure =
            by === "customers"
              ? cohortFigure(facts, cohort, offset)
              : cohortRevenueFigure(facts, cohort, offset, through);
          return figure ? { id: figure.id, value: figure.value } : [];
        }),
      })),
    };
  });
}

export type TopCustomerRow = { customer: string; name: string; amount: FigureView; share: FigureView };

export type TopCustomers = { rows: TopCustomerRow[]; reason: string | null };

/** The largest customers by what was invoiced in a period, or why nothing can be said. */
export async function listTopCustomers(
  actor: Actor,
  ventureId: string,
  period: { from: string; to: string },
): Promise<TopCustomers> {
  return atOneMoment(async (tx) => {
    const venture = await seenVenture(actor, tx, ventureId);
    const books = await booksOfRecord(tx, venture.id);
    const scope = { ventureId: venture.id, currency: venture.currency, bookOfRecord: books.get("invoices") ?? null };
    const all = await invoiceConcentration(tx, scope, period);
    if (all.rows === 0) return { rows: [], reason: "no-data" };
    if (all.missingRate) return { rows: [], reason: "missing-fx-rate" };
    if (all.contradictions > 0 && !scope.bookOfRecord) return { rows: [], reason: "contradiction" };
    const invoiced = await listInvoicedBy(tx, scope, period);
    const facts = await factsOf(tx, venture);
    const names = await tx.customer.findMany({
      where: { ventureId, supersededAt: null, externalId: { in: (invoiced?.rows ?? []).map((row) => row.customer) } },
      select: { externalId: true, name: true },
    });
    const nameOf = new Map(names.map((row) => [row.externalId, row.name]));
    const rows = (invoiced?.rows ?? []).map((row) => {
      const [amount, , share] = shareFigures(facts, row, period);
      const ask = { of: "share", args: { venture: venture.id, customer: row.customer, ...period } };
      const name = nameOf.get(row.customer) ?? row.customer;
      return { customer: row.customer, name, amount: askedView(amount, ask), share: askedView(share, ask) };
    });
    return { rows, reason: null };
  });
}
