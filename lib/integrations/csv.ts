import Papa from "papaparse";
import { TABLE_LIMITS, type TableRow, UnreadableTable } from "./table";

const CHUNK_BYTES = 1024 * 1024;

export type CsvOptions = { encoding: "utf-8" | "utf-16le" | "utf-16be" | "windows-1252"; delimiter: string };

/** Decodes without splitting a character or a line end at a chunk's border; every line end becomes "\n". */
function* decoded(bytes: Uint8Array, encoding: CsvOptions["encoding"]): Generator<string> {
  const decoder = new TextDecoder(encoding);
  let held = "";
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
    const last = at + CHUNK_BYTES >= bytes.length;
    const text = held + decoder.decode(bytes.subarray(at, at + CHUNK_BYTES), { stream: !last });
    held = !last && text.endsWith("\r") ? "\r" : "";
    const whole = held === "" ? text : text.slice(0, -1);
    yield whole.includes("\r") ? whole.replace(/\r\n?/g, "\n") : whole;
  }
}

export function decodeStart(bytes: Uint8Array, encoding: CsvOptions["encoding"], length: number): string {
  return new TextDecoder(encoding).decode(bytes.subarray(0, length), { stream: true });
}

/** Row numbers are those a spreadsheet shows for the file: blank lines count, a quoted line break does not. */
export function* readCsv(bytes: Uint8Array, { encoding, delimiter }: CsvOptions): Generator<TableRow[]> {
  const parser = new Papa.Parser({ delimiter, newline: "\n", quoteChar: '"', escapeChar: '"' });
  let rest = "";
  let rowNumber = 0;
  let read = 0;
  for (const text of decoded(bytes, encoding)) {
    read += CHUNK_BYTES;
    const input = rest + text;
    const last = read >= bytes.length;
    const { data, meta } = parser.parse(input, 0, !last) as { data: string[][]; meta: { cursor: number } };
    rest = last ? "" : input.slice(meta.cursor);
    // A quote that is never closed would swallow the rest of the file and make reading quadratic.
    if (rest.length > 2 * CHUNK_BYTES) throw new UnreadableTable("CELL_TOO_LARGE");
    const rows: TableRow[] = [];
    for (const cells of data) {
      rowNumber += 1;
      rows.push({ rowNumber, cells });
      for (const cell of cells)
        if (cell.length > TABLE_LIMITS.cellCharacters) throw new UnreadableTable("CELL_TOO_LARGE");
    }
    if (rowNumber > TABLE_LIMITS.rows) throw new UnreadableTable("TOO_MANY_ROWS");
    yield rows;
  }
}
