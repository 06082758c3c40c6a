import { z } from "zod";
import type { Permission } from "@/lib/auth/permissions";
import { figureAskSchema, figureIdSchema } from "@/lib/figures/schema";
import { EXIT_DOCUMENTS } from "./schema/exit-documents";
import { reportModelSchema } from "./schema/model";

/** Cells are report text: words, `[[fig:…]]`, `[[name:…]]`; a day alone is YYYY-MM-DD. */
export const reportTableSchema = z.object({
  kind: z.literal("table"),
  caption: z.string(),
  columns: z.array(z.object({ label: z.string(), numeric: z.boolean().default(false) })).min(1),
  rows: z.array(z.array(z.string())),
});
export type ReportTable = z.infer<typeof reportTableSchema>;

/** The figure that a point is: its id is the question, and `ask` answers it when somebody opens the point. */
const pointFigureSchema = z.object({
  ...{ id: figureIdSchema, label: z.string(), asOf: z.string(), reason: z.string().nullable() },
  ask: figureAskSchema,
});

/** A line over months as it was stored, each point with its figure; a month without a value is a gap. */
export const reportChartSchema = z.object({
  kind: z.literal("chart"),
  title: z.string(),
  unit: z.string(),
  points: z.array(z.object({ month: z.string(), value: z.string().nullable(), figure: pointFigureSchema.optional() })),
});
export type ReportChart = z.infer<typeof reportChartSchema>;

/** Where something of ours can be fetched: a path of this house, never an address elsewhere. */
const reportLinkSchema = z.object({
  kind: z.literal("link"),
  text: z.string(),
  href: z.string().regex(/^(\/[\w-]+)+$/, "a path of this house"),
});

/** A report as it is stored: blocks of text that refer to figures; no number is in it but a chart's. */
export const reportBlockSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("heading"), level: z.int().min(1).max(6), text: z.string() }),
  z.object({ kind: z.literal("paragraph"), text: z.string() }),
  z.object({ kind: z.literal("list"), ordered: z.boolean(), items: z.array(z.string()) }),
  reportTableSchema,
  reportChartSchema,
  reportLinkSchema,
  reportModelSchema,
]);
export type ReportBlock = z.infer<typeof reportBlockSchema>;

export const reportSchema = z.object({ blocks: z.array(reportBlockSchema), model: z.string() });
export type Report = z.infer<typeof reportSchema>;

export const figureRefsSchema = z.array(z.object({ id: z.string(), revision: z.int() }));

/** What is stored and versioned, by the name a reader knows it under. A kind that is not here is still shown. */
export const ARTEFACT_KINDS: Readonly<Record<string, string>> = {
  "growth-lever-report": "Growth lever analysis report",
  "strategy-plan": "Strategy execution plan",
  "performance-dashboard": "Performance dashboard",
  "optimization-recommendations": "Optimization recommendations",
  "growth-cycle-report": "Growth cycle report",
  "valuation-report": "Valuation report",
  "exit-readiness-report": "Exit readiness report",
  "deal-negotiation-report": "Deal negotiation report",
  "due-diligence-package": "Due diligence package",
  "target-buyer-list": "Target buyer list",
  "transaction-status-update": "Transaction status update",
  "exit-teaser": "Teaser",
  "information-memorandum": "Information memorandum",
  "valuation-optimization-plan": "Valuation optimization plan",
  "funds-flow-statement": "Funds-flow statement",
  "distribution-record": "Value distribution record",
  "holder-statement": "Distribution statement",
  "stage-status-report": "Stage status report",
};

/** The rooms of a venture that have reports. */
export type ReportRoom = "growth" | "exit" | "deal";
const ROOMS: Readonly<Record<Exclude<ReportRoom, "growth">, readonly string[]>> = {
  exit: [...EXIT_DOCUMENTS, "valuation-report", "exit-readiness-report"],
  deal: [
    ...["deal-negotiation-report", "transaction-status-update", "funds-flow-statement", "distribution-record"],
    "holder-statement",
  ],
};
/** Where a report is read; what no room names is read with growth, so that nothing is lost. */
export function roomOfKind(kind: string): ReportRoom {
  const base = kind.split(":")[0] ?? kind;
  return (["exit", "deal"] as const).find((room) => ROOMS[room].includes(base)) ?? "growth";
}
export const reportsHref = (slug: string, of: ReportRoom): string => `/ventures/${slug}/${of}/reports`;
export const reportHref = (slug: string, { id, kind }: { id: string; kind: string }): string =>
  `${reportsHref(slug, roomOfKind(kind))}/${id}`;

/** "Growth cycle report" of "growth-cycle-report:3": a kind may carry the subject that it has versions for. */
export function kindWords(kind: string): string {
  const base = kind.split(":")[0] ?? kind;
  const known = ARTEFACT_KINDS[base];
  return known ?? base.charAt(0).toUpperCase() + base.slice(1).replaceAll("-", " ");
}

export const artefactIdSchema = z.object({ artefactId: z.uuid() });

export const DOCUMENT_FORMATS = ["pdf", "md", "xlsx"] as const;
export type DocumentFormat = (typeof DOCUMENT_FORMATS)[number];
export const documentRequestSchema = artefactIdSchema.extend({ format: z.enum(DOCUMENT_FORMATS) });

export const ventureInputSchema = z.object({ ventureId: z.uuid() });
export const exitDocumentSchema = ventureInputSchema.extend({ kind: z.enum(EXIT_DOCUMENTS) });

/** The tables that can be taken along as a file, and who may. A new table is one line here and one in queries/exports.ts. */
export const EXPORT_PERMISSIONS = {
  "account-statement": "venture:read",
  agents: "memo:read",
  alerts: "venture:read",
  benchmarks: "venture:read",
  bridge: "venture:read",
  buyers: "venture:read",
  classes: "venture:read",
  closing: "venture:read",
  cohorts: "venture:read",
  comparables: "venture:read",
  customers: "venture:read",
  deals: "venture:read",
  decisions: "memo:read",
  "distribution-data": "venture:read",
  distributions: "venture:read",
  "distribution-register": "venture:read",
  drivers: "venture:read",
  events: "audit:read",
  "experiment-results": "venture:read",
  experiments: "venture:read",
  forecast: "venture:read",
  "forecast-accuracy": "venture:read",
  "forecast-parts": "venture:read",
  "group-cash-flows": "venture:read",
  "holder-standing": "venture:read",
  holders: "venture:read",
  imports: "venture:read",
  "initiative-spend": "venture:read",
  initiatives: "venture:read",
  invoices: "venture:read",
  "kept-forecasts": "venture:read",
  "largest-customers": "venture:read",
  ledger: "venture:read",
  levers: "venture:read",
  "market-series": "venture:read",
  movements: "venture:read",
  offers: "venture:read",
  payments: "venture:read",
  "payoff-curve": "venture:read",
  people: "people:manage",
  performance: "venture:read",
  plan: "venture:read",
  points: "venture:read",
  portfolio: "venture:read",
  rates: "venture:read",
  readiness: "venture:read",
  rejects: "venture:read",
  reports: "report:read",
  risks: "venture:read",
  series: "venture:read",
  sources: "venture:read",
  subscriptions: "venture:read",
  "tax-lots": "venture:read",
  timing: "venture:read",
  trend: "venture:read",
  waterfall: "venture:read",
} as const satisfies Readonly<Record<string, Permission>>;
export type ExportName = keyof typeof EXPORT_PERMISSIONS;

const EXPORT_NAMES = Object.keys(EXPORT_PERMISSIONS) as ExportName[];
export const exportNameSchema = z.enum(EXPORT_NAMES);
export const TABLE_FORMATS = ["csv", "xlsx"] as const;
export type TableFormat = (typeof TABLE_FORMATS)[number];

/** The address of an export: what is not the table and the format is the table's own question. */
export const exportRequestSchema = z
  .object({ table: exportNameSchema, format: z.enum(TABLE_FORMATS).default("csv") })
  .catchall(z.string().max(200));

export const madeExportSchema = z.object({
  ventureId: z.uuid().nullable(),
  table: exportNameSchema,
  format: z.enum(TABLE_FORMATS),
  query: z.record(z.string().max(40), z.string().max(200)),
});
export type MadeExport = z.infer<typeof madeExportSchema>;
