import { z } from "zod";

export const SERIES_KINDS = ["multiple", "yield", "volatility", "spread", "ipos", "deals", "index"] as const;
export type SeriesKind = (typeof SERIES_KINDS)[number];
export const SERIES_KIND_NAMES: Readonly<Record<SeriesKind, string>> = {
  multiple: "Sector multiple",
  yield: "10-year yield",
  volatility: "Volatility",
  spread: "Credit spread",
  ipos: "IPOs",
  deals: "Sector sales",
  index: "Equity index",
};
export const SERIES_UNITS = ["multiple", "percent", "ratio", "count", "index"] as const;
export type SeriesUnit = (typeof SERIES_UNITS)[number];
export const UNIT_OF_KIND: Readonly<Record<SeriesKind, SeriesUnit>> = {
  ...{ multiple: "multiple", yield: "percent", volatility: "index", spread: "percent" },
  ...{ ipos: "count", deals: "count", index: "index" },
};

const text = (expected: string, least: number, most: number) => z.string().trim().min(least, expected).max(most);

/** The data set of a series; it belongs to all ventures. */
export const seriesDataset = (key: string): string => `market:${key}`;

export const seriesKeySchema = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "small letters, digits and hyphens")
  .max(60);

/** What a series is. A multiple that is defined or measured otherwise is another series. */
export const newSeriesSchema = z.strictObject({
  key: seriesKeySchema,
  label: text("a name", 3, 80),
  kind: z.enum(SERIES_KINDS),
  unit: z.enum(SERIES_UNITS),
  source: text("who publishes it", 3, 200),
  definition: text("what exactly is measured, of whom, and how", 10, 500),
  sector: z.string().trim().max(80).nullable(),
  publishedAfter: z.int().min(0).max(400),
  revised: z.boolean(),
  zeroIsGap: z.boolean(),
});
export type NewSeries = z.infer<typeof newSeriesSchema>;

const column = z.string().trim().min(1, "a column of the file").max(120);
export const seriesFileSchema = z.strictObject({
  seriesKey: seriesKeySchema,
  fileName: z.string().trim().min(1).max(200),
  csv: z.string().max(2_000_000, "at most 2 MB"),
  columns: z.strictObject({ day: column, value: column, knownOn: column.nullable() }),
});
export type SeriesFile = z.infer<typeof seriesFileSchema>;
/** A workbook that a browser cannot read, or a tool of a connected MCP server: either becomes the text of a file. */
export const seriesTableSchema = z.discriminatedUnion("from", [
  z.strictObject({
    from: z.literal("workbook"),
    base64: z.base64().min(1, "a file").max(2_800_000, "at most two megabytes"),
  }),
  z.strictObject({ from: z.literal("server"), serverId: z.uuid(), tool: z.string().min(1).max(200) }),
]);
export type SeriesTable = z.infer<typeof seriesTableSchema>;
export const undoSeriesLoadSchema = z.strictObject({ loadId: z.uuid() });

export type RowProblem = { row: number; problem: string };
export const rowProblemsSchema = z.array(z.object({ row: z.int(), problem: z.string() }));

/** What a file would do to its series, before it does. */
export type SeriesPreview = {
  rows: number;
  /** Values of new days, of days whose value is corrected, of days known by an earlier vintage, and as they are held. */
  added: number;
  corrected: number;
  revised: number;
  same: number;
  /** Rows without a value: a zero that stands for one, or an empty cell. */
  gaps: number;
  rejected: number;
  rejects: RowProblem[];
  from: string | null;
  through: string | null;
  changes: { day: string; before: string | null; after: string }[];
};

export const SERIES_REFUSALS = [
  ...(["SERIES_EXISTS", "NOTHING_TO_LOAD", "ALREADY_UNDONE", "LOADED_OVER"] as const),
  ...(["SERVER_FAILED", "NO_ROWS", "UNREADABLE_FILE", "TOO_MANY_ROWS"] as const),
];
export type SeriesRefusal = (typeof SERIES_REFUSALS)[number];

/** One value of a series as the rules read it: sorted by day, at most one of a day. */
export type SeriesPoint = { day: string; value: number };
