import type Excel from "exceljs";

/** Carries out the formulas of a weekly workbook again: references, arithmetic, comparison, and the functions that it uses. */

type Value = number | string | boolean | null;
type Matrix = Value[];

const TOKEN =
  /\s*(?:(\d+(?:\.\d+)?)|"([^"]*)"|((?:[A-Za-z]+!)?\$?[A-Z]+\$?\d+)|([A-Z]+)(?=\()|(<=|>=|<>|[-+*/(),:<>=]))/y;

type Token = { kind: "number" | "text" | "ref" | "name" | "sign"; text: string };

function tokens(formula: string): Token[] {
  const found: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < formula.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(formula);
    if (!match) throw new Error(`Not understood: ${formula.slice(at)}`);
    const kinds = ["number", "text", "ref", "name", "sign"] as const;
    const index = match.slice(1).findIndex((part) => part !== undefined);
    found.push({ kind: kinds[index] ?? "sign", text: match[index + 1] ?? "" });
  }
  return found;
}

export class SheetEvaluator {
  readonly book: Excel.Workbook;
  constructor(book: Excel.Workbook) {
    this.book = book;
  }

  cell(sheet: string, address: string): Value {
    const { value } = this.book.getWorksheet(sheet)?.getCell(address.replaceAll("$", "")) ?? { value: null };
    if (value !== null && typeof value === "object" && "formula" in value)
      return this.formula(sheet, value.formula ?? "");
    return typeof value === "number" || typeof value === "string" ? value : null;
  }

  formula(sheet: string, text: string): Value {
    return new Reading(this, sheet, tokens(text)).all();
  }
}

class Reading {
  private at = 0;
  private readonly of: SheetEvaluator;
  private readonly sheet: string;
  private readonly list: readonly Token[];
  constructor(of: SheetEvaluator, sheet: string, list: readonly Token[]) {
    this.of = of;
    this.sheet = sheet;
    this.list = list;
  }

  all(): Value {
    const value = this.comparison();
    if (this.at < this.list.length) throw new Error("The formula goes on");
    return value;
  }

  private take(...signs: string[]): string | null {
    const token = this.list[this.at];
    if (token?.kind !== "sign" || !signs.includes(token.text)) return null;
    this.at += 1;
    return token.text;
  }

  private comparison(): Value {
    const left = this.sum();
    const sign = this.take("<=", ">=", "<", ">", "=");
    if (!sign) return left;
    const [a, b] = [left, this.sum()];
    if (sign === "=") return a === b;
    const [x, y] = [Number(a), Number(b)];
    return sign === "<=" ? x <= y : sign === ">=" ? x >= y : sign === "<" ? x < y : x > y;
  }

  private sum(): Value {
    let value = this.product();
    for (let sign = this.take("+", "-"); sign; sign = this.take("+", "-")) {
      const next = Number(this.product());
      value = sign === "+" ? Number(value) + next : Number(value) - next;
    }
    return value;
  }

  private product(): Value {
    let value = this.factor();
    for (let sign = this.take("*", "/"); sign; sign = this.take("*", "/")) {
      const next = Number(this.factor());
      value = sign === "*" ? Number(value) * next : Number(value) / next;
    }
    return value;
  }

  private place(text: string): [string, string] {
    const [sheet = "", address] = text.includes("!") ? text.split("!") : [this.sheet, text];
    return [sheet, address ?? ""];
  }

  private factor(): Value {
    const token = this.list[this.at];
    this.at += 1;
    if (token?.kind === "number") return Number(token.text);
    if (token?.kind === "text") return token.text;
    if (token?.kind === "ref") return this.of.cell(...this.place(token.text));
    if (token?.kind === "name") return this.call(token.text);
    if (token?.text === "(") {
      const value = this.comparison();
      this.take(")");
      return value;
    }
    throw new Error(`No value: ${token?.text}`);
  }

  /** A range gives its cells one under the other. */
  private argument(): Value | Matrix {
    const [first, colon, last] = this.list.slice(this.at, this.at + 3);
    if (first?.kind !== "ref" || colon?.text !== ":" || last?.kind !== "ref") return this.comparison();
    this.at += 3;
    const [sheet, from] = this.place(first.text);
    const row = (text: string) => Number(text.replace(/\D/g, ""));
    const column = from.replace(/[^A-Z]/g, "");
    const rows = Array.from({ length: row(last.text) - row(from) + 1 }, (_, index) => row(from) + index);
    return rows.map((line) => this.of.cell(sheet, `${column}${line}`));
  }

  private call(name: string): Value {
    this.take("(");
    const given: (Value | Matrix)[] = [];
    while (!this.take(")")) {
      given.push(this.argument());
      this.take(",");
    }
    const flat = given.flat();
    const numbers = flat.filter((one): one is number => typeof one === "number");
    switch (name) {
      case "IF":
        return (given[0] ? given[1] : given[2]) as Value;
      case "AND":
        return flat.every(Boolean);
      case "ISNUMBER":
        return typeof given[0] === "number";
      case "SUM":
        return numbers.reduce((a, b) => a + b, 0);
      case "COUNT":
        return numbers.length;
      case "ROWS":
        return flat.length;
      case "MAX":
        return Math.max(...numbers);
      case "ABS":
        return Math.abs(Number(given[0]));
      case "COUNTIF":
        return flat.slice(0, -1).filter((one) => one === flat.at(-1)).length;
      default:
        throw new Error(`Unknown function ${name}`);
    }
  }
}
