import "server-only";
import { db } from "@/lib/db";
import { Exact } from "@/lib/money";
import { day, type ExportCell, type ExportColumn, moment, money, number } from "../../rules/export-table";
import { exportTable, mapRows, ofVenture, paged, ventureInSight } from "./table";

/** The facts of a venture as they stood when the export began: later imports change nothing in the file. */

const PROOF: readonly ExportColumn[] = [
  { label: "Source", width: 20 },
  { label: "As of", width: 20 },
  { label: "Import", width: 38 },
  { label: "Row", width: 8 },
  { label: "Correction", width: 24 },
];

type Proven = {
  sourceId: string;
  asOf: Date;
  importId: string | null;
  rowNumber: number | null;
  reason: string | null;
};
type Names = ReadonlyMap<string, string>;

const proof = (row: Proven, names: Names): ExportCell[] => [
  names.get(row.sourceId) ?? "unnamed source",
  moment(row.asOf),
  row.importId,
  number(row.rowNumber),
  row.reason,
];

async function sourceNames(ventureId: string): Promise<Names> {
  const sources = await db.dataSource.findMany({ where: { ventureId }, select: { id: true, name: true } });
  return new Map(sources.map(({ id, name }) => [id, name]));
}

const standing = (ventureId: string, at: Date, after: bigint | null) => ({
  ...{ ventureId, recordedAt: { lte: at }, ...(after === null ? {} : { id: { gt: after } }) },
  OR: [{ supersededAt: null }, { supersededAt: { gt: at } }],
});
const byId = { orderBy: { id: "asc" as const } };

export const customers = exportTable({
  query: ofVenture,
  open: async ({ actor, now }, { venture: slug }) => {
    const venture = await ventureInSight(actor, slug);
    const names = await sourceNames(venture.id);
    const rows = paged((after: bigint | null, take) =>
      db.customer.findMany({ where: standing(venture.id, now, after), ...byId, take }),
    );
    return {
      ...{ title: "Customers", subject: venture.slug, ventureId: venture.id },
      columns: [..."Customer,Name,Segment,Country,Channel,Started".split(",").map((label) => ({ label })), ...PROOF],
      rows: mapRows(rows, (row) => [
        ...[row.externalId, row.name, row.segment, row.country, row.channel, day(row.startedOn)],
        ...proof(row, names),
      ]),
    };
  },
});

export const subscriptions = exportTable({
  query: ofVenture,
  open: async ({ actor, now }, { venture: slug }) => {
    const venture = await ventureInSight(actor, slug);
    const names = await sourceNames(venture.id);
    const rows = paged((after: bigint | null, take) =>
      db.subscription.findMany({ where: standing(venture.id, now, after), ...byId, take }),
    );
    const labels = "Subscription,Customer,Plan,Start,End,Amount,Currency,Interval,Quantity";
    return {
      ...{ title: "Subscriptions", subject: venture.slug, ventureId: venture.id },
      columns: [...labels.split(",").map((label) => ({ label })), ...PROOF],
      rows: mapRows(rows, (row) => [
        ...[row.externalId, row.customerExternalId, row.plan, day(row.startOn), day(row.endOn)],
        ...[money(row.amountMinor, row.currency), row.currency, row.interval],
        ...[number(new Exact(row.quantity.toString()).toFixed()), ...proof(row, names)],
      ]),
    };
  },
});

export const invoices = exportTable({
  query: ofVenture,
  open: async ({ actor, now }, { venture: slug }) => {
    const venture = await ventureInSight(actor, slug);
    const names = await sourceNames(venture.id);
    const rows = paged((after: bigint | null, take) =>
      db.invoice.findMany({ where: standing(venture.id, now, after), ...byId, take }),
    );
    const labels = "Invoice,Customer,Issued,Period start,Period end,Amount,Currency,Kind,Status";
    return {
      ...{ title: "Invoices", subject: venture.slug, ventureId: venture.id },
      columns: [...labels.split(",").map((label) => ({ label })), ...PROOF],
      rows: mapRows(rows, (row) => [
        ...[row.externalId, row.customerExternalId, day(row.issuedOn), day(row.periodStart), day(row.periodEnd)],
        ...[money(row.amountMinor, row.currency), row.currency, row.kind, row.status, ...proof(row, names)],
      ]),
    };
  },
});
