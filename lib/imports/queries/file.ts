import "server-only";
import Papa from "papaparse";
import { ok, type Result, refuse } from "@/lib/errors";
import { decodeStart, readCsv } from "@/lib/integrations/csv";
import { type TableRow, UnreadableTable } from "@/lib/integrations/table";
import { openWorkbook } from "@/lib/integrations/xlsx";
import { serialDay } from "../rules/dates";
import { cellText, detectDelimiter, detectEncoding, detectHeaderRow } from "../rules/detection";
import { type Evidence, headerSignature, isKnownHeader, readEvidence, suggestTargets } from "../rules/mapping";
import { type Detection, type ImportKind, MAX_COLUMNS, type Mapping, type MappingOptions } from "../schema";

type Shape = Pick<MappingOptions, "sheet" | "encoding" | "delimiter">;
type Format = Detection["format"];

const SAMPLE_ROWS = 2_000;
const SHOWN_ROWS = 8;

/** A workbook is a ZIP archive; the old binary format and password-protected workbooks are neither that nor text. */
export function formatOf(bytes: Uint8Array): Format {
  if (bytes.length === 0) throw new UnreadableTable("EMPTY_FILE");
  const magic = bytes.subarray(0, 4).reduce((text, byte) => text + byte.toString(16).padStart(2, "0"), "");
  if (magic === "504b0304") return "xlsx";
  if (magic === "d0cf11e0") throw new UnreadableTable("UNREADABLE_FILE");
  return "csv";
}

export type OpenTable = { date1904: boolean; batches: AsyncGenerator<TableRow[]> };

async function* fromCsv(bytes: Uint8Array, shape: Shape): AsyncGenerator<TableRow[]> {
  yield* readCsv(bytes, shape);
}

export function openTable(bytes: Uint8Array, format: Format, shape: Shape): OpenTable {
  if (format === "csv") return { date1904: false, batches: fromCsv(bytes, shape) };
  const workbook = openWorkbook(bytes, serialDay);
  return { date1904: workbook.date1904, batches: workbook.rows(shape.sheet) };
}

async function firstRows(table: OpenTable, count: number): Promise<TableRow[]> {
  const rows: TableRow[] = [];
  for await (const batch of table.batches) {
    rows.push(...batch.slice(0, count - rows.length));
    if (rows.length >= count) break;
  }
  return rows;
}

const isFilled = (row: TableRow) => row.cells.some((cell) => cellText(cell).trim() !== "");

async function detectShape(bytes: Uint8Array, format: Format): Promise<{ shape: Shape; sheets: string[] }> {
  if (format === "csv") {
    const encoding = detectEncoding(bytes);
    const start = decodeStart(bytes, encoding, 256 * 1024);
    if (start.includes("\u0000")) throw new UnreadableTable("NOT_A_TABLE");
    return { shape: { sheet: null, encoding, delimiter: detectDelimiter(start) }, sheets: [] };
  }
  const { sheets } = openWorkbook(bytes, serialDay);
  const shape: Shape = { sheet: sheets[0] ?? null, encoding: "utf-8", delimiter: "," };
  for (const sheet of sheets) {
    const rows = await firstRows(openTable(bytes, format, { ...shape, sheet }), 5);
    if (rows.filter(isFilled).length >= 2) return { shape: { ...shape, sheet }, sheets };
  }
  return { shape, sheets };
}

export type Inspection = { detection: Detection; mapping: Mapping; signature: string };

/**
 * Looks at the top of a file: format, encoding, delimiter, header, a suggested mapping, and what only a person can
 * answer. `given` are answers that hold already; `remembered` finds the mapping used last time for the same header.
 */
export async function inspectFile(
  bytes: Uint8Array,
  kind: ImportKind,
  currency: string | null,
  given: Partial<MappingOptions>,
  remembered: (signature: string) => Promise<Mapping | null>,
): Promise<Inspection> {
  const format = formatOf(bytes);
  const { shape: detected, sheets } = await detectShape(bytes, format);
  const shape = { ...detected, ...pick(given) };
  const rows = await firstRows(openTable(bytes, format, shape), SAMPLE_ROWS);
  const { headerRow, headers } = headerOf(rows, kind, given.headerRow);
  const body = rows.filter((row) => row.rowNumber > headerRow).map((row) => row.cells);
  const signature = headerSignature(kind, headers);
  const last = await remembered(signature);
  const { targets, layout } = last
    ? { targets: last.targets, layout: last.options.layout }
    : suggestTargets(kind, headers);
  const { questions, ...evidence } = readEvidence(kind, headers, targets, body);
  const options: MappingOptions = {
    ...DEFAULTS,
    currency,
    layout,
    ...settle(evidence, last),
    ...given,
    ...shape,
    headerRow,
  };
  const sample = body.slice(0, SHOWN_ROWS).map((cells) => headers.map((_, i) => cellText(cells[i]).slice(0, 80)));
  const suggestedFrom = last ? ("last time" as const) : ("header names" as const);
  const detection: Detection = { format, sheets, headers, sample, questions, suggestedFrom };
  return { detection, mapping: { targets: [...targets], options }, signature };
}

const DEFAULTS = { basis: "actual", invoiceKind: "recurring", invoiceStatus: "open" } as const;

type Settled = Omit<Evidence, "questions"> & Partial<MappingOptions>;

/**
 * What the file proves holds. What it leaves open, and what it never says, was answered last time for the same columns:
 * the person sees that answer and may change it.
 */
function settle(evidence: Omit<Evidence, "questions">, last: Mapping | null): Settled {
  if (!last) return evidence;
  const { basis, grain, invoiceKind, invoiceStatus, currency, ...open } = last.options;
  return {
    dateOrder: evidence.dateOrder ?? open.dateOrder,
    decimalMark: evidence.decimalMark ?? open.decimalMark,
    amountScale: evidence.amountScale ?? open.amountScale,
    invoiceRows: evidence.invoiceRows ?? open.invoiceRows,
    basis,
    grain,
    invoiceKind,
    invoiceStatus,
    currency,
  };
}

function pick(given: Partial<MappingOptions>): Partial<Shape> {
  const { sheet, encoding, delimiter } = given;
  return { ...(sheet ? { sheet } : {}), ...(encoding ? { encoding } : {}), ...(delimiter ? { delimiter } : {}) };
}

function headerOf(rows: readonly TableRow[], kind: ImportKind, given: number | undefined) {
  if (!rows.some(isFilled)) throw new UnreadableTable("EMPTY_FILE");
  const place = detectHeaderRow(
    rows.map((row) => row.cells),
    isKnownHeader(kind),
  );
  const headerRow = given ?? rows[place - 1]?.rowNumber ?? 1;
  const headers = headersOf(rows.find((row) => row.rowNumber === headerRow)?.cells ?? []);
  if (headers.length === 0 || headers.length > MAX_COLUMNS) throw new UnreadableTable("NOT_A_TABLE");
  return { headerRow, headers };
}

/** Trailing columns without a name and without use fall away. */
function headersOf(cells: TableRow["cells"]): string[] {
  const headers = cells.map((cell) => cellText(cell).trim().slice(0, 120));
  while (headers.length > 0 && headers.at(-1) === "") headers.pop();
  return headers;
}

const MOST_TEXT_ROWS = 50_000;

/** A workbook's first sheet with rows, or any file of values, as text with commas: for readers that take no workbook. */
export async function csvOf(bytes: Uint8Array): Promise<Result<string, "UNREADABLE_FILE" | "TOO_MANY_ROWS">> {
  try {
    const format = formatOf(bytes);
    const { shape } = await detectShape(bytes, format);
    const rows = await firstRows(openTable(bytes, format, shape), MOST_TEXT_ROWS + 1);
    if (rows.length > MOST_TEXT_ROWS) return refuse("TOO_MANY_ROWS");
    return ok(Papa.unparse(rows.filter(isFilled).map(({ cells }) => cells.map(cellText))));
  } catch (error) {
    if (error instanceof UnreadableTable) return refuse("UNREADABLE_FILE");
    throw error;
  }
}
