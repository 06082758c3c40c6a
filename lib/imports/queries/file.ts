import "server-only";
import { decodeStart, readCsv } from "@/lib/integrations/csv";
import { type TableRow, UnreadableTable } from "@/lib/integrations/table";
import { openWorkbook } from "@/lib/integrations/xlsx";
import { serialDay } from "../rules/dates";
import { cellText, detectDelimiter, detectEncoding, detectHeaderRow } from "../rules/detection";
import { headerSignature, isKnownHeader, readEvidence, suggestTargets } from "../rules/mapping";
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
  currency: string,
  given: Partial<MappingOptions>,
  remembered: (signature: string) => Promise<Mapping | null>,
): Promise<Inspection> {
  const format = formatOf(bytes);
  const { shape: detected, sheets } = await detectShape(bytes, format);
  const shape = { ...detected, ...pick(given) };
  const table = openTable(bytes, format, shape);
  const rows = await firstRows(table, SAMPLE_ROWS);
  if (!rows.some(isFilled)) throw new UnreadableTable("EMPTY_FILE");
  const headerRow =
    given.headerRow ??
    rows[
      detectHeaderRow(
        rows.map((row) => row.cells),
        isKnownHeader(kind),
      ) - 1
    ]?.rowNumber ??
    1;
  const headers = headersOf(rows.find((row) => row.rowNumber === headerRow)?.cells ?? []);
  if (headers.length === 0 || headers.length > MAX_COLUMNS) throw new UnreadableTable("NOT_A_TABLE");
  const body = rows.filter((row) => row.rowNumber > headerRow).map((row) => row.cells);
  const signature = headerSignature(kind, headers);
  const last = await remembered(signature);
  const suggested = suggestTargets(kind, headers);
  const targets = last?.targets ?? suggested.targets;
  const { questions, ...evidence } = readEvidence(kind, headers, targets, body);
  const kept = last
    ? {
        basis: last.options.basis,
        grain: last.options.grain,
        invoiceKind: last.options.invoiceKind,
        invoiceStatus: last.options.invoiceStatus,
        currency: last.options.currency,
      }
    : {};
  const settled = {
    ...evidence,
    // What the file leaves open was answered last time for the same columns; the person sees the answer and may change it.
    dateOrder: evidence.dateOrder ?? last?.options.dateOrder ?? null,
    decimalMark: evidence.decimalMark ?? last?.options.decimalMark ?? null,
    amountScale: evidence.amountScale ?? last?.options.amountScale ?? null,
  };
  const options: MappingOptions = {
    layout: last?.options.layout ?? suggested.layout,
    basis: "actual",
    invoiceKind: "recurring",
    invoiceStatus: "open",
    currency,
    ...settled,
    ...kept,
    ...given,
    ...shape,
    headerRow,
  };
  const sample = body.slice(0, SHOWN_ROWS).map((cells) => headers.map((_, i) => cellText(cells[i]).slice(0, 80)));
  const detection: Detection = {
    format,
    sheets,
    headers,
    sample,
    questions,
    suggestedFrom: last ? "last time" : "header names",
  };
  return { detection, mapping: { targets: [...targets], options }, signature };
}

function pick(given: Partial<MappingOptions>): Partial<Shape> {
  const { sheet, encoding, delimiter } = given;
  return { ...(sheet ? { sheet } : {}), ...(encoding ? { encoding } : {}), ...(delimiter ? { delimiter } : {}) };
}

/** Trailing columns without a name and without use fall away. */
function headersOf(cells: TableRow["cells"]): string[] {
  const headers = cells.map((cell) => cellText(cell).trim().slice(0, 120));
  while (headers.length > 0 && headers.at(-1) === "") headers.pop();
  return headers;
}
