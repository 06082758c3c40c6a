import { type FigureView, REASON_SENTENCES } from "@/lib/figures/schema";
import { fromMinor } from "@/lib/money";

/** One cell with its type, so that a file holds numbers as numbers and days as days. */
export type ExportCell =
  | string
  | null
  | { number: string; unit?: string }
  | { day: string }
  | { moment: string }
  /** Of our own making, never out of data; `result` is what it came to, null for #N/A. */
  | { formula: string; result: number | string | null; unit?: string };
export type ExportColumn = { label: string; width?: number };
export type ExportSheet = {
  title: string;
  columns: readonly ExportColumn[];
  rows: AsyncIterable<readonly ExportCell[]> | Iterable<readonly ExportCell[]>;
};

export const number = (value: string | number | bigint | null, unit?: string): ExportCell =>
  value === null ? null : { number: String(value), ...(unit ? { unit } : {}) };

export const money = (amountMinor: bigint, currency: string): ExportCell =>
  number(fromMinor(amountMinor, currency).toFixed(), currency);

export const day = (value: string | Date | null): ExportCell =>
  value === null ? null : { day: (typeof value === "string" ? value : value.toISOString()).slice(0, 10) };

export const moment = (value: Date | null): ExportCell => (value === null ? null : { moment: value.toISOString() });

/** A figure fills four cells: its exact value, its unit, why it is unknown or how it is called, and its id. */
export const figureColumns = (label: string): ExportColumn[] => [
  { label, width: 16 },
  { label: `${label} unit`, width: 8 },
  { label: `${label} level`, width: 12 },
  { label: `${label} figure`, width: 20 },
];

export function figureCells(figure: FigureView | null | undefined, level: string | null): ExportCell[] {
  if (!figure) return [null, null, null, null];
  const unlimited = figure.value === null && figure.reason === "not-burning";
  const word = level ?? (figure.value === null ? (REASON_SENTENCES[figure.reason ?? ""] ?? "unknown") : null);
  return [unlimited ? "unlimited" : number(figure.value, figure.unit), figure.unit, word, figure.id];
}

/** "northwind-data-invoices-2026-11-22.csv" */
export function exportFileName(subject: string, table: string, today: string, ending: "csv" | "xlsx"): string {
  return `${[subject, table, today]
    .join("-")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 120)}.${ending}`;
}
