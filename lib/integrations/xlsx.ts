import { TABLE_LIMITS, type TableCell, type TableRow, UnreadableTable } from "./table";
import { attribute, XmlReader } from "./xml";
import { readZip, unpack, unpackStream, type ZipEntry } from "./zip";

/** Day of a serial number in the workbook's own calendar; passed in, because calendars are the importer's business. */
export type SerialDay = (serial: number, date1904: boolean) => string | null;

export type Workbook = {
  sheets: string[];
  date1904: boolean;
  rows(sheet: string | null): AsyncGenerator<TableRow[]>;
};

const SMALL_PART = 16 * 1024 * 1024;
const STRINGS_PART = 256 * 1024 * 1024;
const BATCH = 1_000;
const DATE_FORMATS = new Set([14, 15, 16, 17, 22, ...range(27, 36), ...range(50, 58)]);

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

const quiet = { open: () => undefined, close: () => undefined, text: () => undefined };

/** Opens a workbook: its sheets, calendar, number formats and shared texts; rows are read when they are asked for. */
export function openWorkbook(bytes: Uint8Array, serialDay: SerialDay): Workbook {
  const entries = readZip(bytes);
  const path = [...entries.keys()].find((name) => /(^|\/)workbook\.xml$/.test(name));
  if (!path) throw new UnreadableTable("UNREADABLE_FILE");
  const folder = path.slice(0, path.length - "workbook.xml".length);
  const { sheets, date1904 } = readSheets(part(entries, path));
  const targets = readRelations(part(entries, `${folder}_rels/workbook.xml.rels`));
  const dateStyles = readDateStyles(entries.has(`${folder}styles.xml`) ? part(entries, `${folder}styles.xml`) : "");
  let strings: string[] | null = null;
  const sharedStrings = () => {
    const entry = entries.get(`${folder}sharedStrings.xml`);
    strings ??= entry ? readStrings(new TextDecoder().decode(unpack(entry, STRINGS_PART))) : [];
    return strings;
  };
  return {
    sheets: sheets.map((sheet) => sheet.name),
    date1904,
    rows(name) {
      const sheet = name === null ? sheets[0] : sheets.find((candidate) => candidate.name === name);
      const target = sheet ? targets.get(sheet.relation) : undefined;
      const entry = target ? entries.get(target.startsWith("/") ? target.slice(1) : folder + target) : undefined;
      if (!entry) throw new UnreadableTable("UNREADABLE_FILE");
      const asDay = (serial: number) => serialDay(serial, date1904);
      return readRows(entry, { strings: sharedStrings(), dateStyles, asDay });
    },
  };
}

function part(entries: ReadonlyMap<string, ZipEntry>, name: string): string {
  const entry = entries.get(name);
  if (!entry) throw new UnreadableTable("UNREADABLE_FILE");
  return new TextDecoder().decode(unpack(entry, SMALL_PART));
}

function readSheets(xml: string) {
  const sheets: { name: string; relation: string }[] = [];
  let date1904 = false;
  new XmlReader({
    ...quiet,
    open(name, attributes) {
      if (name === "workbookPr") date1904 = ["1", "true"].includes(attribute(attributes, "date1904") ?? "");
      if (name === "sheet")
        sheets.push({ name: attribute(attributes, "name") ?? "", relation: attribute(attributes, "id") ?? "" });
    },
  }).write(xml);
  return { sheets, date1904 };
}

function readRelations(xml: string): Map<string, string> {
  const targets = new Map<string, string>();
  new XmlReader({
    ...quiet,
    open(name, attributes) {
      if (name === "Relationship")
        targets.set(attribute(attributes, "Id") ?? "", attribute(attributes, "Target") ?? "");
    },
  }).write(xml);
  return targets;
}

/** Which cell styles show a number as a date. */
function readDateStyles(xml: string): Set<number> {
  const custom = new Map<number, string>();
  const styles = new Set<number>();
  let inCells = false;
  let index = 0;
  new XmlReader({
    ...quiet,
    open(name, attributes) {
      if (name === "numFmt")
        custom.set(Number(attribute(attributes, "numFmtId")), attribute(attributes, "formatCode") ?? "");
      if (name === "cellXfs") inCells = true;
      if (name !== "xf" || !inCells) return;
      const format = Number(attribute(attributes, "numFmtId") ?? "0");
      if (DATE_FORMATS.has(format) || isDateFormat(custom.get(format) ?? "")) styles.add(index);
      index += 1;
    },
    close(name) {
      if (name === "cellXfs") inCells = false;
    },
  }).write(xml);
  return styles;
}

/** "dd.mm.yyyy" and "mmm yy" are dates; "0.00", "[$€] #,##0" and "hh:mm" are not. */
function isDateFormat(code: string): boolean {
  const bare = code.replace(/"[^"]*"|\\.|\[[^\]]*\]|_./g, "").toLowerCase();
  if (/[0#?]/.test(bare)) return false;
  return /[yd]/.test(bare) || /mmm/.test(bare);
}

function readStrings(xml: string): string[] {
  const strings: string[] = [];
  let current = "";
  let phonetic = false;
  let inText = false;
  new XmlReader({
    open(name, _attributes, selfClosing) {
      if (name === "si") current = "";
      else if (name === "rPh") phonetic = !selfClosing;
      else if (name === "t") inText = !selfClosing && !phonetic;
    },
    text(text) {
      if (inText) current += text;
    },
    close(name) {
      if (name === "t") inText = false;
      else if (name === "rPh") phonetic = false;
      else if (name === "si") strings.push(plainText(current));
    },
  }).write(xml);
  return strings;
}

/** The format's own escape for characters that XML cannot hold. */
const plainText = (text: string) =>
  text.includes("_x")
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text;

type CellSource = {
  strings: readonly string[];
  dateStyles: ReadonlySet<number>;
  asDay: (serial: number) => string | null;
};

/** Collects the rows of a sheet. A formula counts with the value that the spreadsheet stored for it. */
class RowCollector {
  rows: TableRow[] = [];
  private row: TableRow = { rowNumber: 0, cells: [] };
  private column = -1;
  private type = "";
  private style = 0;
  private value = "";
  private inValue = false;
  private readonly source: CellSource;

  constructor(source: CellSource) {
    this.source = source;
  }

  open(name: string, attributes: string, selfClosing: boolean): void {
    if (name === "c") this.openCell(attributes);
    else if (name === "v" || name === "t") this.inValue = !selfClosing;
    else if (name === "row") {
      const number = Number(attribute(attributes, "r") ?? this.row.rowNumber + 1);
      if (!Number.isInteger(number) || number > 1_048_576) throw new UnreadableTable("UNREADABLE_FILE");
      this.row = { rowNumber: number, cells: [] };
      this.column = -1;
    }
  }

  text(text: string): void {
    if (!this.inValue) return;
    this.value += text;
    if (this.value.length > TABLE_LIMITS.cellCharacters) throw new UnreadableTable("CELL_TOO_LARGE");
  }

  close(name: string): void {
    if (name === "v" || name === "t") this.inValue = false;
    else if (name === "c") this.closeCell();
    else if (name === "row" && this.row.cells.length > 0) this.rows.push(this.row);
  }

  private openCell(attributes: string): void {
    const reference = attribute(attributes, "r");
    this.column = reference ? columnOf(reference) : this.column + 1;
    if (this.column >= TABLE_LIMITS.columns * 4) throw new UnreadableTable("NOT_A_TABLE");
    this.type = attribute(attributes, "t") ?? "n";
    this.style = Number(attribute(attributes, "s") ?? "0");
    this.value = "";
  }

  private closeCell(): void {
    const cell = this.read();
    if (cell === "" || this.column >= TABLE_LIMITS.columns) return;
    while (this.row.cells.length < this.column) this.row.cells.push("");
    this.row.cells[this.column] = cell;
  }

  private read(): TableCell {
    if (this.type === "s") return this.source.strings[Number(this.value)] ?? "";
    if (this.type === "e") return { error: this.value || "#ERROR" };
    if (this.type === "b") return this.value === "1" ? "TRUE" : "FALSE";
    if (this.type !== "n") return plainText(this.value);
    if (this.value.trim() === "") return "";
    const number = Number(this.value);
    if (!Number.isFinite(number)) return { error: this.value };
    return this.source.dateStyles.has(this.style) ? (this.source.asDay(number) ?? number) : number;
  }
}

function columnOf(reference: string): number {
  let column = 0;
  for (const character of reference) {
    const code = character.charCodeAt(0);
    if (code < 65 || code > 90) break;
    column = column * 26 + code - 64;
  }
  return column - 1;
}

async function* readRows(entry: ZipEntry, source: CellSource): AsyncGenerator<TableRow[]> {
  const collector = new RowCollector(source);
  const reader = new XmlReader(collector);
  const decoder = new TextDecoder();
  let total = 0;
  for await (const piece of unpackStream(entry)) {
    reader.write(decoder.decode(piece, { stream: true }));
    if (collector.rows.length < BATCH) continue;
    total += collector.rows.length;
    if (total > TABLE_LIMITS.rows) throw new UnreadableTable("TOO_MANY_ROWS");
    yield collector.rows;
    collector.rows = [];
  }
  if (collector.rows.length > 0) yield collector.rows;
}
