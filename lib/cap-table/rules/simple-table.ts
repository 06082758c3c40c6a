import { parseDay } from "@/lib/imports/rules/dates";
import { plainName } from "@/lib/imports/rules/fields";
import { parseDecimal } from "@/lib/imports/rules/numbers";
import { Exact } from "@/lib/money";
import type { OcfObject, OcfProblem } from "../schema";
import type { OcfPackage } from "./package";

export type SimpleRows = { cells: string[][]; decimalMark: "." | "," };
type About = { fileName: string; issuerName: string; currency: string; today: string };

/** Headers under which a list of holdings carries its columns. */
const COLUMNS = {
  holder: "holder|shareholder|stakeholder|name|investor",
  className: "class|share class|security|series",
  kind: "kind|type|security type|instrument",
  shares: "shares|quantity|number|number of shares|options",
  invested: "invested|amount invested|investment|paid|amount|principal|purchase amount",
  date: "date|issued on|issue date|issued",
  strike: "strike|strike price|exercise price",
  rank: "rank|paid as number|preference rank",
  multiple: "multiple|liquidation preference|preference multiple|liquidation multiple",
  ratio: "conversion ratio|ratio|common per share",
  cap: "cap|valuation cap",
  currency: "currency",
} as const;
type Column = keyof typeof COLUMNS;

const KINDS = new Map(
  Object.entries({
    common: "common|ordinary|common stock|ordinary shares|founder",
    preferred: "preferred|preference|preferred stock|preferred shares",
    option: "option|options|rsu|equity compensation",
    warrant: "warrant|warrants",
    SAFE: "safe",
    NOTE: "note|convertible note|convertible|convertible loan",
  }).flatMap(([kind, words]) => words.split("|").map((word) => [word, kind] as const)),
);

type Line = { row: number } & Record<Column, string>;
type Draft = { payload: Record<string, unknown>; row: number };

/**
 * A list of holdings (a row per holder and class) as the package that it stands for: holders, classes, and an issuance
 * per row. A row that cannot be read is a problem with its place, as in a package. Ranks of several preferred classes
 * are asked for and never guessed.
 */
export function simplePackage({ cells, decimalMark }: SimpleRows, about: About): OcfPackage {
  const [head = [], ...body] = cells;
  const columns = columnsOf(head);
  const problems: OcfProblem[] = (["holder", "kind"] as const)
    .filter((column) => !columns.has(column))
    .map((column) => ({
      path: `${about.fileName}#row 1`,
      code: "invalid",
      message: `a column "${column}" was expected`,
    }));
  const lines = problems.length > 0 ? [] : linesOf(body, columns);
  const dates: string[] = [];
  const reader = new LineReader(about, decimalMark, problems, dates);
  const issued = lines.flatMap((line) => reader.read(line, lines));
  const holders = [...new Map(issued.map(({ holder, row }) => [holder, row] as const).reverse())];
  const classes = new Map(
    issued.flatMap(({ shareClass, row }) =>
      shareClass ? [[shareClass.id, { payload: shareClass, row }] as const] : [],
    ),
  );
  const drafts: Draft[] = [
    ...holders.map(([name, row]) => ({
      row,
      payload: { object_type: "STAKEHOLDER", id: name, name: { legal_name: name } },
    })),
    ...[...classes.values()].map(({ payload, row }) => ({ payload, row })),
    ...issued.map(({ payload, row }) => ({ payload, row })),
  ];
  const asOf = dates.sort().at(-1) ?? about.today;
  return { issuerName: about.issuerName, asOf, version: null, objects: drafts.map(objectOf(about.fileName)), problems };
}

const objectOf =
  (fileName: string) =>
  ({ payload, row }: Draft, position: number): OcfObject => ({
    position,
    objectType: String(payload.object_type),
    externalId: String(payload.id),
    date: typeof payload.date === "string" ? payload.date : null,
    fileName,
    itemIndex: row,
    payload,
  });

function columnsOf(head: readonly string[]): Map<Column, number> {
  const plain = head.map(plainName);
  return new Map(
    Object.entries(COLUMNS).flatMap(([column, names]) => {
      const found = names
        .split("|")
        .map((name) => plain.indexOf(name))
        .find((at) => at >= 0);
      return found === undefined ? [] : [[column as Column, found] as const];
    }),
  );
}

function linesOf(body: readonly string[][], columns: ReadonlyMap<Column, number>): Line[] {
  return body.flatMap((cells, i) => {
    if (cells.every((cell) => cell.trim() === "")) return [];
    const values = Object.keys(COLUMNS).map((column) => {
      const at = columns.get(column as Column);
      return [column, at === undefined ? "" : (cells[at] ?? "").trim()] as const;
    });
    return [{ row: i + 2, ...(Object.fromEntries(values) as Record<Column, string>) }];
  });
}

type ShareClass = { object_type: "STOCK_CLASS"; id: string } & Record<string, unknown>;
type Issued = { row: number; holder: string; shareClass: ShareClass | null; payload: Record<string, unknown> };

/** Open Cap Format pays the higher seniority first; rank 1 is paid first here. */
const SENIORITY_BASE = 1_000;

class LineReader {
  private readonly about: About;
  private readonly decimalMark: "." | ",";
  private readonly problems: OcfProblem[];
  private readonly dates: string[];

  constructor(about: About, decimalMark: "." | ",", problems: OcfProblem[], dates: string[]) {
    this.about = about;
    this.decimalMark = decimalMark;
    this.problems = problems;
    this.dates = dates;
  }

  read(line: Line, all: readonly Line[]): Issued[] {
    const before = this.problems.length;
    const kind = KINDS.get(plainName(line.kind));
    if (!kind) this.report(line, `kind "${line.kind}" is none of common, preferred, option, warrant, SAFE, note`);
    if (!line.holder) this.report(line, "who holds it");
    const date = this.date(line);
    const shareClass = kind === "common" || kind === "preferred" ? this.shareClass(line, kind, all) : null;
    const body = kind ? this.issuance(line, kind, shareClass) : {};
    if (this.problems.length > before) return [];
    const id = `row ${line.row}`;
    const payload = { id, security_id: id, stakeholder_id: line.holder, date, ...body };
    return [{ row: line.row, holder: line.holder, shareClass, payload }];
  }

  private report(line: Line, message: string): void {
    this.problems.push({ path: `${this.about.fileName}#row ${line.row}`, code: "invalid", message });
  }

  private date(line: Line): string {
    if (line.date === "") return this.about.today;
    const day = parseDay(line.date, null);
    if (day === null) this.report(line, `"${line.date}" is not a date; write it as 2026-03-31`);
    else this.dates.push(day);
    return day ?? this.about.today;
  }

  private number(line: Line, column: Column, required: boolean): string | null {
    const text = line[column];
    if (text === "" && !required) return null;
    const value = parseDecimal(text.replace(/[\s\u00a0\u202f]/g, ""), this.decimalMark);
    if (value !== null && !value.startsWith("-")) return value;
    this.report(line, text === "" ? `its ${column}` : `${column} "${text}" is not a number of at least 0`);
    return null;
  }

  private money(line: Line, amount: string) {
    return { amount, currency: /^[A-Z]{3}$/.test(line.currency) ? line.currency : this.about.currency };
  }

  private issuance(line: Line, kind: string, shareClass: ShareClass | null): Record<string, unknown> {
    if (kind === "SAFE" || kind === "NOTE") {
      const amount = this.number(line, "invested", true) ?? "0";
      const cap = this.number(line, "cap", false);
      const mechanism = cap && { conversion_valuation_cap: this.money(line, cap), type: `${kind}_CONVERSION` };
      const triggers = mechanism ? [{ conversion_right: { conversion_mechanism: mechanism } }] : [];
      const investment = { investment_amount: this.money(line, amount), convertible_type: kind };
      return { object_type: "TX_CONVERTIBLE_ISSUANCE", ...investment, conversion_triggers: triggers };
    }
    const quantity = this.number(line, "shares", true) ?? "0";
    if (!shareClass) {
      const price = this.number(line, "strike", true) ?? "0";
      const type = kind === "warrant" ? "TX_WARRANT_ISSUANCE" : "TX_EQUITY_COMPENSATION_ISSUANCE";
      const compensation = kind === "warrant" ? {} : { compensation_type: "OPTION" };
      return { object_type: type, quantity, exercise_price: this.money(line, price), ...compensation };
    }
    const invested = this.number(line, "invested", kind === "preferred");
    const each =
      invested && !new Exact(quantity).isZero() ? new Exact(invested).div(quantity).toDecimalPlaces(20) : null;
    const price = each ? { share_price: this.money(line, each.toFixed()) } : {};
    return { object_type: "TX_STOCK_ISSUANCE", stock_class_id: shareClass.id, quantity, ...price };
  }

  private shareClass(line: Line, kind: "common" | "preferred", all: readonly Line[]): ShareClass {
    const name = line.className || (kind === "common" ? "Common" : "Preferred");
    const base = { object_type: "STOCK_CLASS", id: name, name } as const;
    if (kind === "common") return { ...base, class_type: "COMMON", seniority: "0" };
    const others = all.filter((one) => KINDS.get(plainName(one.kind)) === "preferred");
    const several = new Set(others.map((one) => one.className)).size > 1;
    const rank = this.number(line, "rank", several) ?? "1";
    const multiple = this.number(line, "multiple", false);
    const ratio = this.number(line, "ratio", false);
    const right = ratio && {
      conversion_mechanism: { type: "RATIO_CONVERSION", ratio: { numerator: ratio, denominator: "1" } },
    };
    return {
      ...base,
      class_type: "PREFERRED",
      seniority: String(SENIORITY_BASE - Number(rank)),
      ...(multiple ? { liquidation_preference_multiple: multiple } : {}),
      ...(right ? { conversion_rights: [right] } : {}),
    };
  }
}
