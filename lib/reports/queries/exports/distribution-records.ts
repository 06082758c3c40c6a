import "server-only";
import { z } from "zod";
import { db } from "@/lib/db";
import { chosenCurrency, computeRecord } from "@/lib/distribution/queries/records/compute";
import { getRecordsPage, type RecordsPage } from "@/lib/distribution/queries/records/records";
import { ILPA_FIELDS, type IlpaValue, ilpaRows } from "@/lib/distribution/rules/records/ilpa";
import { todayOf } from "@/lib/metrics/queries/performance";
import { day, type ExportCell, figureCells, figureColumns, number } from "../../rules/export-table";
import { type ExportContext, exportTable, slugSchema, ventureInSight } from "./table";

const query = z.object({ venture: slugSchema, currency: z.string().length(3).optional() });
type Query = z.output<typeof query>;
const columns = (labels: string) => labels.split(",").map((label) => ({ label }));

async function pageOf({ actor, now }: ExportContext, { venture: slug, currency = "" }: Query) {
  const venture = await ventureInSight(actor, slug);
  const page = await getRecordsPage(actor, venture.id, currency || null, now);
  return { page, subject: venture.slug, ventureId: venture.id };
}

type Written = { columns: { label: string }[]; rows: ExportCell[][] };

const table = (title: string, write: (page: RecordsPage) => Written) =>
  exportTable({
    query,
    open: async (context, asked) => {
      const { page, ...of } = await pageOf(context, asked);
      return { title, ...of, ...write(page) };
    },
  });

const AMOUNTS = ["gross", "withheld", "net"] as const;

/** Every share of every distribution. */
export const register = table("Register of distributions", ({ register: lines }) => ({
  columns: [
    ...columns("Day,Distribution,Holder,Mark,Class"),
    ...["Before tax", "Tax kept", "After tax"].flatMap(figureColumns),
  ],
  rows: lines.map((line) => [
    ...[day(line.day), line.label, line.holder, line.group ? "group" : null, line.className],
    ...AMOUNTS.flatMap((part) => figureCells(line[part], null)),
  ]),
}));

const STANDING = ["gross", "withheld", "net", "in-kind", "booked", "ordered", "owed", "open"] as const;
const STANDING_LABELS = [
  "Before tax",
  "Tax kept",
  "After tax",
  "In kind",
  "Booked",
  "On its way",
  "Not ordered",
  "Held back at most",
];

/** Where each holder stands, with the statement and the door. */
export const holderStanding = table("Holders and their statements", ({ holders }) => ({
  columns: [
    ...columns("Holder,Mark"),
    ...STANDING_LABELS.flatMap(figureColumns),
    ...columns("Revision,Frozen,SHA-256,Issued,Door,Open until,Addresses,Last opened or downloaded"),
  ],
  rows: holders.map(({ name, group, figures, statement, access }) => [
    ...[name, group ? "group" : null, ...STANDING.flatMap((part) => figureCells(figures[part], null))],
    ...[statement ? number(statement.version) : null, day(statement?.frozenAt ?? null), statement?.digest ?? null],
    ...[day(statement?.shown ? statement.issuedAt : null), access?.state ?? null, day(access?.expiresOn ?? null)],
    ...[access?.emails.join("; ") ?? null, day(access?.activity.find(({ kind }) => kind !== "entered")?.at ?? null)],
  ]),
}));

const LOT_PARTS = ["units", "cost", "proceeds", "gain", "days"] as const;

export const taxLots = table("Tax lots", ({ lots }) => ({
  columns: [
    ...columns("Lot,Holder,Class,Acquired,How"),
    ...["Units", "Cost", "Proceeds so far", "Gain so far", "Days held"].flatMap(figureColumns),
    ...columns("Held,Cost as stated"),
  ],
  rows: lots.map((lot) => [
    ...[lot.label, lot.holder, lot.className, day(lot.acquiredOn), lot.way],
    ...LOT_PARTS.flatMap((part) => figureCells(lot.figures[part], null)),
    ...[lot.term, lot.evidence],
  ]),
}));

/** The dated flows behind the group's returns, and the returns. */
export const cashFlows = table("Cash flows of the group", ({ flows, returns }) => ({
  columns: [...columns("Day,Kind,What"), ...figureColumns("Amount")],
  rows: [
    ...flows.map(({ day: on, kind, label, figure }) => [day(on), kind, label, ...figureCells(figure, null)]),
    ...returns.map(({ label, figure }) => [null, "measure", label, ...figureCells(figure, null)]),
  ],
}));

function ilpaCell(value: IlpaValue): ExportCell {
  if (value === null) return null;
  if ("text" in value) return value.text;
  if ("day" in value) return day(value.day);
  return "amount" in value ? number(value.amount, value.currency) : number(value.number);
}

/** Capital distribution data in the fields of ILPA's template; what nobody knows is empty, and named in the last column. */
export const distributionData = exportTable({
  query,
  open: async ({ actor, now }, { venture: slug, currency: asked = "" }) => {
    const venture = await ventureInSight(actor, slug);
    const found = await db.$transaction(async (tx) => {
      const { currency } = await chosenCurrency(tx, venture, asked);
      return currency && computeRecord(tx, venture, currency, todayOf(venture, now));
    });
    const told = found ? ilpaRows(found.facts, found.figures) : [];
    const rows = told.map(({ row, unknown }): ExportCell[] => [
      ...ILPA_FIELDS.map((field) => ilpaCell(row[field])),
      unknown.join("; "),
    ]);
    return {
      ...{ title: "ILPA capital distribution data", subject: venture.slug, ventureId: venture.id, rows },
      columns: [...ILPA_FIELDS.map((label) => ({ label })), { label: "Fields not known" }],
    };
  },
});
