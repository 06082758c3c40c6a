import "server-only";
import { z } from "zod";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db, type Prisma } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { listCountRows } from "@/lib/experiments/queries/count-rows";
import { csvLine } from "@/lib/integrations/csv-write";
import { isRateDataset, usedRateSchema } from "@/lib/metrics/rules/used-rates";
import { basisSchema } from "@/lib/metrics/schema";
import { Exact, fromMinor } from "@/lib/money";
import { type FigureSource, SHARED_DATA, sourceSchema } from "../schema";
import { buyerClaimRows, buyerRows } from "./buyer-rows";
import { GROWTH_ROWS } from "./growth-rows";
import { ledgerRows, paymentRows } from "./ledger-rows";
import { lotCostRows, securityRows } from "./lot-rows";
import { seriesRows, timingRows } from "./market-rows";
import { bidRows, closingRows, offerRows } from "./offer-rows";
import { readinessRows } from "./readiness-rows";
import { STAGE_ROWS } from "./stage-rows";
import { VALUATION_ROWS } from "./valuation-rows";

const PAGE_SIZE = 50;

export type SourceRowPage = {
  /** Which source of the figure, of how many. */
  source: number;
  sources: number;
  dataset: string;
  columns: string[];
  rows: {
    key: string;
    cells: string[];
    /** The row of the imported file that said so; null for what a person corrected. */
    importId: string | null;
    rowNumber: number | null;
    correctedBy: string | null;
    reason: string | null;
    /** When another value took its place, after the figure was computed; null while it still stands. */
    supersededAt: string | null;
  }[];
  total: number;
  page: number;
  pageSize: number;
};

type Listed = Pick<SourceRowPage, "columns" | "rows" | "total">;
type Slice = { skip: number; take: number };
type DatasetSource = Extract<FigureSource, { kind: "dataset" }>;

const day = z.iso.date().transform((text) => new Date(`${text}T00:00:00Z`));
const textOf = (date: Date | null): string => date?.toISOString().slice(0, 10) ?? "";

type Fact = {
  id: bigint;
  importId: string | null;
  rowNumber: number | null;
  reason: string | null;
  recordedBy: string;
  supersededAt: Date | null;
};

const proven = (fact: Fact, cells: string[]) => ({
  key: fact.id.toString(),
  cells,
  importId: fact.importId,
  rowNumber: fact.rowNumber,
  correctedBy: fact.reason ? fact.recordedBy : null,
  reason: fact.reason,
  supersededAt: fact.supersededAt?.toISOString() ?? null,
});

/** The facts that stood at a moment: recorded by then, and not yet replaced. */
const stoodAt = (at: Date) => ({
  recordedAt: { lte: at },
  AND: [{ OR: [{ supersededAt: null }, { supersededAt: { gt: at } }] }],
});

const metricFilter = z.object({ metric: z.string(), basis: basisSchema.default("actual"), from: day, to: day });

async function metricRows({ ventureId, filter }: DatasetSource, slice: Slice, at: Date): Promise<Listed> {
  const { metric, basis, from, to } = metricFilter.parse(filter);
  const where: Prisma.MetricPointWhereInput = {
    ...{ ventureId, metric, basis, ...stoodAt(at) },
    periodStart: { gte: from, lte: to },
  };
  const [total, facts, sources] = await Promise.all([
    db.metricPoint.count({ where }),
    db.metricPoint.findMany({ where, orderBy: [{ periodStart: "asc" }, { id: "asc" }], ...slice }),
    db.dataSource.findMany({ where: { ventureId } }),
  ]);
  const names = new Map(sources.map((source) => [source.id, source.name]));
  const rows = facts.map((fact) =>
    proven(fact, [
      textOf(fact.periodStart),
      fact.grain,
      new Exact(fact.value.toString()).toFixed(),
      fact.currency ?? "",
      names.get(fact.sourceId) ?? "",
    ]),
  );
  return { columns: ["period", "grain", "value", "currency", "source"], rows, total };
}

const paidOn = (date: Date): Prisma.SubscriptionWhereInput => ({
  startOn: { lte: date },
  OR: [{ endOn: null }, { endOn: { gt: date } }],
});

const subscriptionFilter = z.union([
  z.object({ paidOn: day }).transform(({ paidOn: date }) => paidOn(date)),
  z.object({ paidOnEither: z.array(day) }).transform(({ paidOnEither }) => ({ OR: paidOnEither.map(paidOn) })),
  z.object({ changedFrom: day, changedTo: day }).transform(({ changedFrom: gte, changedTo: lte }) => ({
    OR: [{ startOn: { gte, lte } }, { endOn: { gte, lte } }],
  })),
  z.object({ firstPaidIn: z.string().regex(/^\d{4}-\d{2}$/) }).transform(({ firstPaidIn }) => {
    const [year = 0, month = 1] = firstPaidIn.split("-").map(Number);
    return { startOn: { gte: new Date(Date.UTC(year, month - 1, 1)), lt: new Date(Date.UTC(year, month, 1)) } };
  }),
]);

const ofCustomer = z.object({ customer: z.string().optional() });

async function subscriptionRows({ ventureId, filter }: DatasetSource, slice: Slice, at: Date): Promise<Listed> {
  const { customer } = ofCustomer.parse(filter);
  const where: Prisma.SubscriptionWhereInput = {
    ...(customer === undefined ? {} : { customerExternalId: customer }),
    AND: [{ ventureId, amountMinor: { gt: 0 } }, stoodAt(at), subscriptionFilter.parse(filter)],
  };
  const [total, facts] = await Promise.all([
    db.subscription.count({ where }),
    db.subscription.findMany({ where, orderBy: [{ startOn: "asc" }, { id: "asc" }], ...slice }),
  ]);
  const rows = facts.map((fact) =>
    proven(fact, [
      fact.externalId,
      fact.customerExternalId,
      textOf(fact.startOn),
      textOf(fact.endOn),
      fromMinor(fact.amountMinor, fact.currency).toFixed(),
      fact.currency,
      fact.interval,
      new Exact(fact.quantity.toString()).toFixed(),
    ]),
  );
  const columns = ["subscription", "customer", "start", "end", "amount", "currency", "interval", "quantity"];
  return { columns, rows, total };
}

async function customerRows({ ventureId }: DatasetSource, slice: Slice, at: Date): Promise<Listed> {
  const where: Prisma.CustomerWhereInput = { ventureId, ...stoodAt(at) };
  const [total, facts] = await Promise.all([
    db.customer.count({ where }),
    db.customer.findMany({ where, orderBy: [{ externalId: "asc" }, { id: "asc" }], ...slice }),
  ]);
  const rows = facts.map((fact) =>
    proven(fact, [fact.externalId, fact.name, fact.segment ?? "", fact.channel ?? "", fact.country ?? ""]),
  );
  return { columns: ["customer", "name", "segment", "channel", "country"], rows, total };
}

const invoiceFilter = z.object({ issuedFrom: day, issuedTo: day, customer: z.string().optional() });

async function invoiceRows({ ventureId, filter }: DatasetSource, slice: Slice, at: Date): Promise<Listed> {
  const { issuedFrom: gte, issuedTo: lte, customer } = invoiceFilter.parse(filter);
  const where: Prisma.InvoiceWhereInput = {
    ...{ ventureId, ...stoodAt(at), status: { not: "void" } },
    ...(customer === undefined ? {} : { customerExternalId: customer }),
    issuedOn: { gte, lte },
  };
  const [total, facts] = await Promise.all([
    db.invoice.count({ where }),
    db.invoice.findMany({ where, orderBy: [{ issuedOn: "asc" }, { id: "asc" }], ...slice }),
  ]);
  const rows = facts.map((fact) =>
    proven(fact, [
      fact.externalId,
      fact.customerExternalId,
      textOf(fact.issuedOn),
      fromMinor(fact.amountMinor, fact.currency).toFixed(),
      fact.currency,
      fact.kind,
      fact.status,
    ]),
  );
  return { columns: ["invoice", "customer", "issued", "amount", "currency", "kind", "status"], rows, total };
}

const rateFilter = z.object({ rates: z.array(usedRateSchema) });

/** Rates as they were used; one that was changed since says so. */
async function rateRows({ filter }: DatasetSource, slice: Slice): Promise<Listed> {
  const { rates } = rateFilter.parse(filter);
  const shown = rates.slice(slice.skip, slice.skip + slice.take);
  const stored = await db.fxRate.findMany({
    where: { OR: shown.map(({ base, quote, day: on }) => ({ base, quote, day: new Date(`${on}T00:00:00Z`) })) },
    orderBy: { id: "asc" },
  });
  const keyOf = (row: { base: string; quote: string; day: Date }) => `${row.base}/${row.quote}/${textOf(row.day)}`;
  const now = new Map(stored.filter((row) => row.supersededAt === null).map((row) => [keyOf(row), row]));
  const used = new Map(stored.map((row) => [`${keyOf(row)} ${new Exact(row.rate.toString()).toFixed()}`, row]));
  const rows = shown.map(({ base, quote, day: on, rate, source }) => {
    const key = `${base}/${quote}/${on}`;
    const current = now.get(key);
    const changed = !current || !new Exact(current.rate.toString()).eq(rate);
    const row = used.get(`${key} ${new Exact(rate).toFixed()}`);
    return {
      ...{ key, cells: [on, base, quote, rate, source] },
      ...{ importId: row?.importId ?? null, rowNumber: row?.rowNumber ?? null },
      correctedBy: row?.reason ? row.recordedBy : null,
      reason: changed ? `now ${current ? `${current.rate}, ${current.source}` : "gone"}` : (row?.reason ?? null),
      supersededAt: changed ? (row?.supersededAt?.toISOString() ?? null) : null,
    };
  });
  return { columns: ["day", "base", "quote", "rate", "rate source"], rows, total: rates.length };
}

const countFilter = z.object({ experiment: z.uuid(), revision: z.int().positive() });

/** The counts of an experiment at the revision that the figure was computed from. */
async function experimentRows({ filter }: DatasetSource, slice: Slice): Promise<Listed> {
  const { experiment, revision } = countFilter.parse(filter);
  const { rows, ...listed } = await listCountRows(experiment, revision, slice);
  const proof = { importId: null, rowNumber: null, correctedBy: null, reason: null };
  return { ...listed, rows: rows.map((row) => ({ ...row, ...proof })) };
}

const benchmarkFilter = z.object({ metric: z.string(), businessModel: z.string(), asOf: day, source: z.string() });

/** The statement of a benchmark that was used, by size of company. */
async function benchmarkRows({ filter }: DatasetSource, slice: Slice): Promise<Listed> {
  const where = benchmarkFilter.parse(filter);
  const [total, stored] = await Promise.all([
    db.benchmark.count({ where }),
    db.benchmark.findMany({ where, orderBy: { revenueFrom: "asc" }, ...slice }),
  ]);
  const text = (value: { toString(): string }) => new Exact(value.toString()).toFixed();
  const rows = stored.map((row) => ({
    key: `${row.metric}/${row.revenueFrom}`,
    cells: [
      ...[row.metric, row.businessModel, row.revenueFrom.toString(), row.revenueTo?.toString() ?? ""],
      ...[text(row.p25), text(row.p50), text(row.p75), String(row.sampleSize), row.source, textOf(row.asOf)],
    ],
    ...{
      importId: null,
      rowNumber: null,
      correctedBy: null,
      reason: `loaded ${textOf(row.loadedAt)}`,
      supersededAt: null,
    },
  }));
  const columns = ["metric", "model", "revenue from", "revenue to", "p25", "p50", "p75", "companies", "by", "as of"];
  return { columns, rows, total };
}

/** The ledger of an initiative: "initiative:<id>". */
async function spendRows({ dataset }: DatasetSource, slice: Slice): Promise<Listed> {
  const where = { initiativeId: z.uuid().parse(dataset.slice("initiative:".length)) };
  const [total, entries] = await Promise.all([
    db.initiativeSpend.count({ where }),
    db.initiativeSpend.findMany({ where, orderBy: [{ spentOn: "asc" }, { recordedAt: "asc" }], ...slice }),
  ]);
  const rows = entries.map((entry) => ({
    ...{
      key: entry.id,
      importId: null,
      rowNumber: null,
      correctedBy: entry.recordedBy,
      reason: null,
      supersededAt: null,
    },
    cells: [
      ...[textOf(entry.spentOn), entry.kind, fromMinor(entry.amountMinor, entry.currency).toFixed()],
      ...[entry.currency, entry.what],
    ],
  }));
  return { columns: ["day", "kind", "amount", "currency", "what for"], rows, total };
}

function rowsOf(source: DatasetSource, slice: Slice, at: Date): Promise<Listed> {
  if (source.dataset.startsWith("initiative:")) return spendRows(source, slice);
  if (source.dataset.startsWith("metric:")) return metricRows(source, slice, at);
  if (source.dataset === "subscriptions") return subscriptionRows(source, slice, at);
  if (source.dataset === "customers") return customerRows(source, slice, at);
  if (source.dataset === "invoices") return invoiceRows(source, slice, at);
  if (source.dataset.startsWith("experiment:")) return experimentRows(source, slice);
  if (source.dataset.startsWith("buyer:")) return buyerRows(source);
  if (source.dataset.startsWith("buyer-claims:")) return buyerClaimRows(source, at);
  if (source.dataset.startsWith("readiness:")) return readinessRows(source, at);
  if (source.dataset.startsWith("payments:")) return paymentRows(source, slice);
  if (source.dataset === "ledger") return ledgerRows(source, slice, at);
  if (source.dataset === "lot-cost") return lotCostRows(source, at);
  if (source.dataset === "cap-table" && "security" in source.filter) return securityRows(source);
  if (source.dataset.startsWith("bids:")) return bidRows(source, slice);
  if (source.dataset.startsWith("closing:")) return closingRows(source, slice);
  if (source.dataset.startsWith("offer:")) return offerRows(source, slice);
  if (source.dataset === "benchmarks") return benchmarkRows(source, slice);
  if (source.dataset.startsWith("market:")) return seriesRows(source, slice, at);
  if (source.dataset === "market-timing") return timingRows(source, slice);
  if (isRateDataset(source.dataset)) return rateRows(source, slice);
  const named = GROWTH_ROWS[source.dataset] ?? VALUATION_ROWS[source.dataset] ?? STAGE_ROWS[source.dataset];
  if (named) return named(source, slice);
  return Promise.resolve({ columns: [], rows: [], total: 0 });
}

type Asked = { source?: number; page?: number; pageSize?: number; revision?: number };

/**
 * The facts behind a revision of a figure (the newest unless one is named) as they stood when it was computed, a page
 * at a time; each says which row of which file it came from, and whether another value has taken its place since.
 */
export async function listSourceRows(
  actor: Actor,
  figureId: string,
  { source = 0, page = 1, pageSize = PAGE_SIZE, revision }: Asked = {},
): Promise<SourceRowPage> {
  const where = { id: figureId, ...(revision ? { revision } : {}) };
  const figure = await db.figure.findFirst({ where, orderBy: { revision: "desc" } });
  if (!figure || (figure.ventureId && !maySeeVenture(actor, figure.ventureId))) throw new AppError("NOT_FOUND");
  const stored = (figure.sources as unknown[])
    .map((one) => sourceSchema.parse(one))
    .filter((one): one is DatasetSource => one.kind === "dataset");
  const asked = stored[source];
  if (!asked) return { source, sources: stored.length, dataset: "", columns: [], rows: [], total: 0, page, pageSize };
  if (asked.ventureId !== SHARED_DATA && !maySeeVenture(actor, asked.ventureId)) throw new AppError("NOT_FOUND");
  const listed = await rowsOf(asked, { skip: (page - 1) * pageSize, take: pageSize }, figure.computedAt);
  return { source, sources: stored.length, dataset: asked.dataset, ...listed, page, pageSize };
}

const CSV_PAGE = 5_000;

/** All rows of a source as CSV, each with the id of the figure that counts it. */
export async function sourceRowsCsv(
  actor: Actor,
  figureId: string,
  source: number,
  revision?: number,
): Promise<AsyncGenerator<string>> {
  const asked = { source, pageSize: CSV_PAGE, ...(revision ? { revision } : {}) };
  const first = await listSourceRows(actor, figureId, asked);
  async function* lines(): AsyncGenerator<string> {
    yield csvLine(["figure", ...first.columns, "import", "row", "correction"]);
    for (let page = first; ; page = await listSourceRows(actor, figureId, { ...asked, page: page.page + 1 })) {
      yield page.rows
        .map((row) => csvLine([figureId, ...row.cells, row.importId ?? "", `${row.rowNumber ?? ""}`, row.reason ?? ""]))
        .join("");
      if (page.page * CSV_PAGE >= page.total) return;
    }
  }
  return lines();
}
