import type { ImportKind, Mapping } from "../schema";
import {
  type CellContext,
  isBlank,
  isFailed,
  type Read,
  type RejectCode,
  readDay,
  readMinor,
  readNumber,
  readText,
} from "./cells";
import { type Cell, cellText } from "./detection";
import { findField } from "./fields";
import type { Treatment } from "./subscription-status";

export type Reject = { rowNumber: number; column: string; code: RejectCode; message: string; raw: string };
/** A row of the file as the fields of its fact table, in the order of its key and values; `extra` is kept beside them. */
export type Fact = { key: string; fields: readonly (string | null)[]; extra?: readonly (string | null)[] };
/**
 * `rejected` counts the facts that are not there for it: cells of a wide file, rows of any other. `key` is of a row that
 * was rejected, where it could be read.
 */
export type RowOutcome = {
  facts: readonly Fact[];
  rejects: readonly Reject[];
  rejected: number;
  key?: string;
  /** What was done with the row beyond copying it. */
  treatments?: readonly Treatment[];
};
export type RowReader = (cells: readonly Cell[], rowNumber: number) => RowOutcome;

export type ReaderInput = {
  kind: ImportKind;
  mapping: Mapping;
  headers: readonly string[];
  date1904: boolean;
  /** The calendar day, where the venture is, of the moment that the file speaks about. */
  asOfDay: string;
};

export const EMPTY: RowOutcome = { facts: [], rejects: [], rejected: 0 };
const MEMO_SIZE = 20_000;

/** Files repeat their dates and periods; each text is read once. */
export function memoized<T>(read: (cell: Cell) => Read<T>): (cell: Cell) => Read<T> {
  const known = new Map<Cell, Read<T>>();
  return (cell) => {
    const found = known.get(cell);
    if (found) return found;
    const fresh = read(cell);
    if (known.size < MEMO_SIZE && typeof cell !== "object") known.set(cell, fresh);
    return fresh;
  };
}

/** One row in the making: reads cells by field, collects what is wrong with it. */
export class Row {
  readonly rejects: Reject[] = [];
  cells: readonly Cell[] = [];
  rowNumber = 0;
  private readonly input: ReaderInput;
  private readonly columns: ReadonlyMap<string, number>;
  private readonly context: CellContext;
  private readonly day: (cell: Cell) => Read<string>;

  constructor(input: ReaderInput) {
    this.input = input;
    this.columns = new Map(input.mapping.targets.flatMap((target, i) => (target ? [[target, i] as const] : [])));
    this.context = { options: input.mapping.options, date1904: input.date1904 };
    this.day = memoized((cell) => readDay(cell, this.context));
  }

  start(cells: readonly Cell[], rowNumber: number): void {
    this.cells = cells;
    this.rowNumber = rowNumber;
    if (this.rejects.length > 0) this.rejects.length = 0;
  }

  has(key: string): boolean {
    return this.columns.has(key);
  }

  cell(key: string): Cell | undefined {
    const column = this.columns.get(key);
    return column === undefined ? undefined : this.cells[column];
  }

  header(key: string): string {
    const column = this.columns.get(key);
    const header = column === undefined ? undefined : this.input.headers[column];
    return header || findField(this.input.kind, key)?.label || key;
  }

  reject(key: string, code: RejectCode, message: string): null {
    this.rejects.push({
      rowNumber: this.rowNumber,
      column: this.header(key),
      code,
      message,
      raw: cellText(this.cell(key)).slice(0, 500),
    });
    return null;
  }

  settle<T>(key: string, read: Read<T>): T | null {
    return isFailed(read) ? this.reject(key, read.code, read.message) : read.value;
  }

  missing(key: string): null {
    return this.reject(key, "MISSING_VALUE", `${findField(this.input.kind, key)?.label ?? key} is missing`);
  }

  text(key: string, required = false): string | null {
    const read = readText(this.cell(key), findField(this.input.kind, key)?.maxLength ?? 120);
    return !isFailed(read) && read.value === null && required ? this.missing(key) : this.settle(key, read);
  }

  date(key: string, required = false): string | null {
    const cell = this.cell(key);
    if (cell === undefined || isBlank(cell)) return required ? this.missing(key) : null;
    return this.settle(key, this.day(cell));
  }

  money(key: string): { minor: string; currency: string } | null {
    const cell = this.cell(key);
    if (cell === undefined || isBlank(cell)) return this.missing(key);
    return this.settle(key, readMinor(cell, this.currency(), this.context));
  }

  /** As `money`; null where the cell is empty. */
  moneyIfAny(key: string): { minor: string; currency: string } | null {
    return isBlank(this.cell(key)) ? null : this.money(key);
  }

  currency(): string | null {
    const cell = this.cell("currency");
    return cell === undefined || isBlank(cell) ? null : cellText(cell).trim();
  }

  number(key: string, decimals?: number): string | null {
    const cell = this.cell(key);
    return cell === undefined || isBlank(cell)
      ? null
      : this.settle(key, readNumber(cell, this.context, false, decimals));
  }

  outcome(key: string, fields: () => (string | null)[], treatments?: readonly Treatment[]): RowOutcome {
    if (this.rejects.length > 0) return { facts: [], rejects: [...this.rejects], rejected: 1, key };
    return { facts: [{ key, fields: fields() }], rejects: [], rejected: 0, treatments };
  }
}
