import "server-only";
import { z } from "zod";
import { getMeasureAhead } from "@/lib/growth/queries/forecast/forecast-page";
import { withKeptForecasts } from "@/lib/growth/queries/forecast/kept-column";
import {
  getCohortTable,
  getMrrBridge,
  listCustomerMovements,
  listTopCustomers,
  MOVEMENT_SORTS,
} from "@/lib/metrics/queries/customers-page";
import { getPerformanceTable, getPerformanceTrend } from "@/lib/metrics/queries/performance-page";
import { MOVEMENT_TYPES } from "@/lib/metrics/rules/movements";
import { TREND_KEYS } from "@/lib/metrics/rules/performance-table";
import { monthEnd } from "@/lib/metrics/rules/periods";
import { cohortCellView } from "@/lib/metrics/rules/point-figures";
import { SPANS } from "@/lib/metrics/rules/venture-facts";
import { day, type ExportCell, figureCells, figureColumns, number } from "../../rules/export-table";
import { type ExportContext, exportTable, ofVenture, ventureInSight } from "./table";

/** The tables of the performance page, with the window and the filters of its address. */

const monthSchema = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, "a month as YYYY-MM");
const spanSchema = z
  .enum(SPANS.map(String))
  .default("12")
  .transform((text) => SPANS.find((span) => String(span) === text) ?? 12);
const windowQuery = ofVenture.extend({ span: spanSchema, month: monthSchema.optional() });

type Window = z.output<typeof windowQuery>;

async function opened({ actor, now }: ExportContext, { venture: slug, span, month }: Window) {
  const venture = await ventureInSight(actor, slug);
  const table = await getPerformanceTable(actor, venture.id, { span, month: month ?? null }, now);
  return { venture, table, file: { subject: venture.slug, ventureId: venture.id } };
}

const COLUMNS = [
  ...[
    ["now", "Value"],
    ["headline", "On the desk"],
    ["previous", "Window before"],
    ["yearBefore", "Year before"],
  ],
  ...[
    ["plan", "Plan"],
    ["forecast", "Forecast"],
  ],
] as const;

/** Every measure of the window beside the window before, the year before, the plan and the forecast. */
export const performance = exportTable({
  query: windowQuery,
  open: async (context, query) => {
    const { venture, table: measured, file } = await opened(context, query);
    const asked = { ventureId: venture.id, span: query.span };
    const table = await withKeptForecasts(context.actor, measured, asked);
    return {
      ...{ ...file, title: `Performance up to ${table.through.slice(0, 7)}` },
      columns: [
        ...[
          { label: "Group", width: 18 },
          { label: "Measure", width: 28 },
        ],
        ...COLUMNS.flatMap(([, label]) => figureColumns(label)),
        { label: "How it is counted", width: 60 },
      ],
      rows: table.groups.flatMap(({ title, rows }) =>
        rows.map((row): ExportCell[] => [
          ...[title, row.label],
          ...COLUMNS.flatMap(([key]) => figureCells(row[key], key === "now" ? (row.level?.word ?? null) : null)),
          row.formula,
        ]),
      ),
    };
  },
});

const ENDS = ["80 % low", "80 % high", "95 % low", "95 % high"];

/** One measure month by month: as it was, as planned, as forecasts that were given say, and what may come with its intervals. */
export const trend = exportTable({
  query: windowQuery.extend({ trend: z.enum(TREND_KEYS).default("mrr") }),
  open: async (context, { trend: key, ...query }) => {
    const { venture, table, file } = await opened(context, query);
    const asked = { key, span: query.span, through: table.through };
    const found = await getPerformanceTrend(context.actor, venture.id, asked);
    const through = table.through.slice(0, 7);
    const isNewest = table.months[0] === through;
    const reach = { key, span: query.span, through, horizon: 12 };
    const { ahead } = isNewest ? await getMeasureAhead(context.actor, venture.id, reach, context.now) : { ahead: [] };
    const known = (["actual", "plan", "forecast"] as const).flatMap((basis) =>
      found[basis].map((point): ExportCell[] => [
        ...[day(point.day), basis === "forecast" ? "forecast given" : basis, ...figureCells(point.figure, null)],
        ...ENDS.flatMap(() => figureCells(null, null)),
      ]),
    );
    const coming = ahead.map((row): ExportCell[] => [
      ...[day(monthEnd(`${row.month}-01`)), "forecast", ...figureCells(row.point, null)],
      ...(row.wide.length > 0 ? row.wide : row.bands).flatMap(({ low, high }) => [
        ...figureCells(low, null),
        ...figureCells(high, null),
      ]),
    ]);
    const columns = [...[{ label: "Month end" }, { label: "Kind" }], ...[found.label, ...ENDS].flatMap(figureColumns)];
    return { ...file, title: `${found.label}, month by month`, columns, rows: [...known, ...coming] };
  },
});

const rangeOf = (table: { from: string; through: string }, since: string | undefined) => ({
  from: since && `${since}-01` <= table.through ? `${since}-01` : table.from,
  to: table.through,
});

/** Where the change of MRR came from, a row for each step. */
export const bridge = exportTable({
  query: windowQuery.extend({ since: monthSchema.optional() }),
  open: async (context, { since, ...query }) => {
    const { venture, table, file } = await opened(context, query);
    const { from, to } = rangeOf(table, since);
    const range = { from: from.slice(0, 7), to: to.slice(0, 7) };
    const found = await getMrrBridge(context.actor, venture.id, range);
    const steps = "reason" in found ? [] : found.steps;
    return {
      ...{ ...file, title: `MRR bridge ${range.from} to ${range.to}` },
      columns: [{ label: "Step", width: 40 }, { label: "As of" }, ...figureColumns("Amount")],
      rows: steps.map((figure): ExportCell[] => [figure.label, day(figure.asOf), ...figureCells(figure, null)]),
    };
  },
});

const movementQuery = windowQuery.extend({
  since: monthSchema.optional(),
  type: z.enum(MOVEMENT_TYPES).optional(),
  q: z.string().max(100).default(""),
  sort: z.enum(MOVEMENT_SORTS).default("amount"),
  order: z.enum(["ascending", "descending"]).default("descending"),
});
const EVERY = 100_000;

/** Who changed MRR, how and by how much. */
export const movements = exportTable({
  query: movementQuery,
  open: async (context, { since, type, q, sort, order, ...query }) => {
    const { venture, table, file } = await opened(context, query);
    const range = { ...rangeOf(table, since), type: type ?? null, search: q, sort, descending: order === "descending" };
    const { rows } = await listCustomerMovements(context.actor, venture.id, { ...range, page: 1 }, EVERY);
    return {
      ...{ ...file, title: "Movements of MRR" },
      columns: [
        ...[{ label: "Customer" }, { label: "Name", width: 28 }, { label: "Month" }, { label: "Movement" }],
        ...figureColumns("Change of MRR"),
      ],
      rows: rows.map(({ customer, name, month, type: kind, change }) => [
        ...[customer, name, month, kind],
        ...figureCells(change, null),
      ]),
    };
  },
});

/** What is left of each cohort, a row for each cell. */
export const cohorts = exportTable({
  query: windowQuery.extend({ cohorts: z.enum(["customers", "revenue"]).default("customers") }),
  open: async (context, { cohorts: by, ...query }) => {
    const { venture, table, file } = await opened(context, query);
    const { rows, args } = await getCohortTable(context.actor, venture.id, { through: table.through, by });
    return {
      ...{ ...file, title: `Cohorts by ${by}` },
      columns: [{ label: "Won in" }, { label: "Won" }, { label: "Months after" }, ...figureColumns("Left")],
      rows: rows.flatMap(({ month, size, cells }) =>
        cells.map((cell, offset): ExportCell[] => [
          ...[month, number(size), number(offset)],
          ...figureCells(cohortCellView(cell, { ...args, cohort: month, offset }), null),
        ]),
      ),
    };
  },
});

/** The largest customers by what was invoiced in the window. */
export const largest = exportTable({
  query: windowQuery,
  open: async (context, query) => {
    const { venture, table, file } = await opened(context, query);
    const period = { from: table.from, to: table.through };
    const { rows } = await listTopCustomers(context.actor, venture.id, period);
    return {
      ...{ ...file, title: "Largest customers" },
      columns: [
        ...[{ label: "Customer" }, { label: "Name", width: 28 }],
        ...[...figureColumns("Invoiced"), ...figureColumns("Share")],
      ],
      rows: rows.map(({ customer, name, amount, share }) => [
        ...[customer, name, ...figureCells(amount, null)],
        ...figureCells(share, null),
      ]),
    };
  },
});
