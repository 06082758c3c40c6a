import ExcelJS from "exceljs";
import { minorDigits } from "@/lib/money";

/** A cell: text, or a number as exact decimal text that each format writes in its own way. */
export type Cell = string | { number: string } | { day: string };
export type Table = { title?: string; headers: string[]; rows: Cell[][] };
export type Dialect = "plain" | "european" | "stripe";

/** Minor units as plain decimal text: 123456 EUR is "1234.56". */
export function decimalOf(amountMinor: bigint, digits: number): string {
  const sign = amountMinor < 0n ? "-" : "";
  const text = String(amountMinor < 0n ? -amountMinor : amountMinor).padStart(digits + 1, "0");
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

export const money = (amountMinor: bigint, currency: string): Cell => ({
  number: decimalOf(amountMinor, minorDigits(currency)),
});

const european = (number: string): string => {
  const [whole = "", fraction] = number.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ".");
  return fraction === undefined ? grouped : `${grouped},${fraction}`;
};

function written(cell: Cell, dialect: Dialect): string {
  if (typeof cell === "string") return cell;
  if ("number" in cell) return dialect === "european" ? european(cell.number) : cell.number;
  if (cell.day === "") return "";
  if (dialect === "stripe") return `${cell.day} 00:00`;
  return dialect === "european" ? cell.day.split("-").reverse().join(".") : cell.day;
}

const quoted = (text: string, delimiter: string): string =>
  /["\n\r]/.test(text) || text.includes(delimiter) ? `"${text.replaceAll('"', '""')}"` : text;

export function toCsv(table: Table, dialect: Dialect): Uint8Array {
  const delimiter = dialect === "european" ? ";" : ",";
  const line = (cells: readonly Cell[]) =>
    cells.map((cell) => quoted(written(cell, dialect), delimiter)).join(delimiter);
  const text = [table.headers, ...table.rows].map(line).join("\r\n");
  return new TextEncoder().encode(`${dialect === "european" ? "\uFEFF" : ""}${text}\r\n`);
}

/** A workbook of one sheet, with its title above the header as people send it. Same table, same bytes. */
export async function toWorkbook(table: Table, sheetName: string, created: Date): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  Object.assign(book, { created, modified: created, creator: "Finance" });
  const sheet = book.addWorksheet(sheetName);
  if (table.title) sheet.addRows([[table.title], []]);
  sheet.addRow(table.headers).font = { bold: true };
  for (const row of table.rows) sheet.addRow(row.map(spreadsheetValue));
  return withFixedTimes(new Uint8Array(await book.xlsx.writeBuffer()));
}

function spreadsheetValue(cell: Cell): string | number | null {
  if (typeof cell === "string") return cell === "" ? null : cell;
  if ("number" in cell) return cell.number === "" ? null : Number(cell.number);
  return cell.day === "" ? null : cell.day;
}

const LOCAL_ENTRY = 0x04034b50;
const CENTRAL_ENTRY = 0x02014b50;
const END_OF_DIRECTORY = 0x06054b50;

/** A zip archive holds the time of its making in each entry; with that gone, equal tables are equal bytes. */
function withFixedTimes(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  while (view.getUint32(end, true) !== END_OF_DIRECTORY) end -= 1;
  let at = view.getUint32(end + 16, true);
  while (view.getUint32(at, true) === CENTRAL_ENTRY) {
    const local = view.getUint32(at + 42, true);
    if (view.getUint32(local, true) !== LOCAL_ENTRY) throw new Error("The archive's directory points nowhere");
    view.setUint32(at + 12, 0x00210000, true);
    view.setUint32(local + 10, 0x00210000, true);
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return bytes;
}
