import { z } from "zod";
import { INVOICE_KINDS, INVOICE_STATUSES } from "@/lib/customers/schema";
import { SHARED_DATA } from "@/lib/figures/schema";
import { basisSchema, grainSchema } from "@/lib/metrics/schema";

/** What a file of one venture may hold. The cap table comes through lib/cap-table. */
export const VENTURE_KINDS = [
  ...(["metrics", "customers", "subscriptions", "invoices", "buyers", "comparables", "offers", "checklist"] as const),
] as const;
export type VentureKind = (typeof VENTURE_KINDS)[number];
/** Exchange rates belong to all ventures: `SHARED_DATA` stands for the venture, and they have one source. */
export const IMPORT_KINDS = [...VENTURE_KINDS, "rates"] as const;
/** Whose record notes an import: a venture's, or the holding's (null). */
export const recordOf = (ventureId: string): string | null => (ventureId === SHARED_DATA ? null : ventureId);
export const RATES_SOURCE = "Exchange rates";
export const importKindSchema = z.enum(IMPORT_KINDS);
export type ImportKind = (typeof IMPORT_KINDS)[number];

export const MAX_FILE_BYTES = 50 * 1024 * 1024;
export const MAX_ROWS = 1_000_000;
export const MAX_CELL_CHARACTERS = 32_767;
export const MAX_COLUMNS = 1_000;

/** How a metrics file is laid out: a row per value, a column per period, or a column per metric. */
export const LAYOUTS = ["long", "period-columns", "metric-columns"] as const;
export const DATE_ORDERS = ["ymd", "dmy", "mdy"] as const;
export type DateOrder = (typeof DATE_ORDERS)[number];
export const DELIMITERS = [",", ";", "\t", "|"] as const;
export const ENCODINGS = ["utf-8", "utf-16le", "utf-16be", "windows-1252"] as const;
export type Encoding = (typeof ENCODINGS)[number];

const currencySchema = z.string().regex(/^[A-Z]{3}$/, "an ISO 4217 code such as EUR");

/** What the file does not say, or says in a way that a person has to confirm. Null is a question still open. */
export const mappingOptionsSchema = z.object({
  sheet: z.string().max(31).nullable().default(null),
  encoding: z.enum(ENCODINGS).default("utf-8"),
  delimiter: z.enum(DELIMITERS).default(","),
  /** As a spreadsheet numbers its rows: the first is 1. */
  headerRow: z.int().min(1).max(200).default(1),
  decimalMark: z.enum([".", ","]).nullable().default(null),
  dateOrder: z.enum(DATE_ORDERS).nullable().default(null),
  /** Where neither a column nor the cell names one. */
  currency: currencySchema.nullable().default(null),
  /** "minor": amounts are in cents, as payment providers' raw exports have them. */
  amountScale: z.enum(["major", "minor"]).nullable().default("major"),
  layout: z.enum(LAYOUTS).default("long"),
  grain: grainSchema.default("month"),
  basis: basisSchema.default("actual"),
  /** Of invoices without a column that says so; negative amounts are refunds in any case. */
  invoiceKind: z.enum(INVOICE_KINDS).default("recurring"),
  invoiceStatus: z.enum(INVOICE_STATUSES).default("open"),
  /** "lines": an invoice has a row per line; their amounts are summed. */
  invoiceRows: z.enum(["invoices", "lines"]).nullable().default("invoices"),
});
export type MappingOptions = z.infer<typeof mappingOptionsSchema>;

/**
 * Column by column, what it means: a field of the kind ("externalId"), "metric:<key>" or "period:<YYYY-MM-DD>/<grain>"
 * for a column that is one metric or one period, or "" for a column that is not imported.
 */
export const mappingSchema = z.object({
  targets: z.array(z.string().max(120)).max(MAX_COLUMNS),
  options: mappingOptionsSchema,
});
export type Mapping = z.infer<typeof mappingSchema>;

/** What `importFile` takes beside the actor: all that a browser would send, in one call. */
export type ImportFileInput = {
  ventureId: string;
  kind: ImportKind;
  fileName: string;
  bytes: Uint8Array;
  /** "Finance export"; rows live per source and two sources never merge. */
  sourceName: string;
  /** Left out: the one remembered for this header, or the suggestion. Members of `options` override what was detected. */
  mapping?: { targets?: string[]; options?: Partial<MappingOptions> };
  /** The moment the file speaks about; an actual after it is refused. */
  asOf: Date;
};

export const QUESTIONS = ["dateOrder", "decimalMark", "amountScale", "invoiceRows"] as const;
export type Question = (typeof QUESTIONS)[number];

/** What was seen in the file before a person answers. */
export type Detection = {
  format: "csv" | "xlsx";
  sheets: string[];
  headers: string[];
  /** The first rows under the header, as text. */
  sample: string[][];
  /** What only a person can say: "01/02/2026" is two dates. */
  questions: Question[];
  /** Where the mapping came from. */
  suggestedFrom: "header names" | "last time";
};

export type PreviewCounts = { total: number; inserted: number; changed: number; same: number; rejected: number };

export type ImportPreview = {
  importId: string;
  counts: PreviewCounts;
  /** Data sets that the apply would change: "metric:mrr", "customers". */
  datasets: string[];
  /** How many rows were not just copied, by what was done with them. */
  treated: Readonly<Record<string, number>>;
  /** The applied import of the same bytes for the same source, if there is one. */
  alreadyImported: { importId: string; appliedAt: string } | null;
};

export type AppliedImport = { importId: string; counts: PreviewCounts; datasets: string[] };
export type UndoneImport = { importId: string; withdrawn: number; restored: number; datasets: string[] };

export const IMPORT_REFUSALS = [
  "EMPTY_FILE",
  "FILE_TOO_LARGE",
  "NOT_A_TABLE",
  "UNREADABLE_FILE",
  "TOO_MANY_ROWS",
  "CELL_TOO_LARGE",
  "MAPPING_INCOMPLETE",
  "NOT_PREVIEWED",
  "ALREADY_APPLIED",
  "NOT_APPLIED",
  "STALE_PREVIEW",
  "BUILT_UPON",
  "NOT_TAKEN",
  "REASON_REQUIRED",
  "SERVER_FAILED",
  "NO_ROWS",
] as const;
export type ImportRefusal = (typeof IMPORT_REFUSALS)[number];

export const uploadParamsSchema = z.object({
  venture: z.uuid(),
  kind: importKindSchema,
  fileName: z.string().trim().min(1).max(255),
  source: z.string().trim().min(1).max(120),
  asOf: z.iso.date().optional(),
});
export const uploadInputSchema = uploadParamsSchema
  .extend({ bytes: z.instanceof(Uint8Array) })
  .refine(({ kind, venture }) => (kind === "rates") === (venture === SHARED_DATA), {
    path: ["kind"],
    error: "rates for all ventures, or another kind for one",
  });
export const previewInputSchema = z.object({ importId: z.uuid(), mapping: mappingSchema });
/** Reading the file again in another way: another sheet, encoding, delimiter or header row. */
export const reinspectInputSchema = z.object({
  importId: z.uuid(),
  options: z.object({
    sheet: z.string().max(31).nullable().optional(),
    encoding: z.enum(ENCODINGS).optional(),
    delimiter: z.enum(DELIMITERS).optional(),
    headerRow: z.int().min(1).max(200).optional(),
  }),
});
export const importIdSchema = z.object({ importId: z.uuid() });
export const undoInputSchema = z.object({ importId: z.uuid(), reason: z.string().trim().min(3).max(500) });

/** Rows from a tool of an MCP server that an admin connected. */
export const fetchInputSchema = z.object({
  ventureId: z.uuid(),
  kind: z.enum(VENTURE_KINDS),
  serverId: z.uuid(),
  tool: z.string().min(1).max(200),
});
export type FetchInput = z.output<typeof fetchInputSchema>;

export const PHASES = ["reading", "staging", "comparing", "applying", "done", "failed"] as const;
export type Phase = (typeof PHASES)[number];
export type Progress = { phase: Phase; done: number; total: number };

/** What an invoice keeps of its lines: the row of the file, what it bills and for which days. */
export const invoiceLinesSchema = z.array(
  z.object({
    row: z.int(),
    from: z.iso.date().nullable(),
    until: z.iso.date().nullable(),
    amountMinor: z.string(),
    kind: z.enum(INVOICE_KINDS),
  }),
);
export type InvoiceLine = z.infer<typeof invoiceLinesSchema>[number];
