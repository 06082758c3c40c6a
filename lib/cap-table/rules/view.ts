import { payment, sum } from "@/lib/distribution/rules/exact";
import type { ClassTerms, ConvertibleTerms, OcfProblem } from "../schema";
import type { ClassDividends } from "../schema/dividends";
import { holdings, openQuestions, outstandingOf, type Question, ranks, stockOf, type Terms } from "./classes";
import { labelOf, packageTerms } from "./convertibles";
import type { Security } from "./ledger";
import type { CapTable } from "./positions";

export type ColumnView = { id: string; label: string; kind: string; total: string };
export type HolderView = { holderId: string; name: string; cells: Readonly<Record<string, string>> };
export type ClassView = {
  id: string;
  name: string;
  preferred: boolean;
  /** 1 is paid first; null for common. */
  rank: number | null;
  outstanding: string;
  terms: ClassTerms | null;
  dividends: ClassDividends | null;
  questions: Question[];
};

/** A SAFE or note with what is known of its terms: read by a person, said by the package, or null. */
export type ConvertibleView = {
  id: string;
  label: string;
  instrument: string | null;
  amount: string;
  currency: string | null;
  issuedOn: string;
  terms: ConvertibleTerms | null;
  from: "person" | "package" | null;
};

/** The cap table as a screen shows it: plain text that crosses to the browser, nothing else. */
export type CapTableView = {
  issuerName: string;
  asOf: string | null;
  lastTransactionOn: string | null;
  importId: string;
  columns: ColumnView[];
  holders: HolderView[];
  classes: ClassView[];
  convertibles: ConvertibleView[];
  problems: readonly OcfProblem[];
};

const KIND_WORDS = {
  stock: "",
  "equity-compensation": "options",
  warrant: "warrants",
  convertible: "convertible",
} as const;

export function capTableView(
  from: { issuerName: string; importId: string },
  table: CapTable,
  terms: Terms,
  convertibles: ReadonlyMap<string, ConvertibleTerms> = new Map(),
  dividends: ReadonlyMap<string, ClassDividends> = new Map(),
): CapTableView {
  const rows = holdings(table);
  const names = new Map([
    ...table.classes.map(({ definition }) => [definition.id, definition.name] as const),
    ...table.plans.map((plan) => [plan.id, plan.name] as const),
  ]);
  const key = (row: { classId: string; kind: string }) => `${row.kind}:${row.classId}`;
  const columns = [...new Map(rows.map((row) => [key(row), row])).values()].map((row): ColumnView => {
    const held = rows.filter((other) => key(other) === key(row)).map(({ quantity }) => quantity);
    const label = [names.get(row.classId) ?? row.classId, KIND_WORDS[row.kind]].filter(Boolean).join(" ");
    return { id: key(row), label, kind: row.kind, total: String(payment(sum(held))) };
  });
  const holders = [...new Map(rows.map((row) => [row.holderId, row.name]))].map(([holderId, name]): HolderView => {
    const own = rows.filter((row) => row.holderId === holderId);
    return { holderId, name, cells: Object.fromEntries(own.map((row) => [key(row), String(payment(row.quantity))])) };
  });
  const rank = ranks(table);
  const questions = openQuestions(table, terms);
  return {
    ...from,
    asOf: table.asOf,
    lastTransactionOn: table.lastTransactionOn,
    columns,
    holders,
    classes: table.classes.map(({ definition }): ClassView => {
      const { id, name, class_type: type } = definition;
      return {
        id,
        name,
        preferred: type === "PREFERRED",
        rank: rank.get(id) ?? null,
        outstanding: String(payment(outstandingOf(stockOf(table, id)))),
        ...{ terms: terms.get(id) ?? null, dividends: dividends.get(id) ?? null },
        questions: questions.filter(({ classId }) => classId === id),
      };
    }),
    convertibles: table.securities
      .filter(({ kind }) => kind === "convertible")
      .map((security) => convertibleView(table, security, convertibles.get(security.id))),
    problems: table.problems,
  };
}

function convertibleView(table: CapTable, security: Security, answer: ConvertibleTerms | undefined): ConvertibleView {
  const { id, instrument, outstanding, currency, issuedOn } = security;
  const said = packageTerms(security);
  return {
    ...{ id, label: labelOf(table, security), instrument, currency, issuedOn },
    amount: String(payment(outstanding)),
    terms: answer ?? said,
    from: answer ? "person" : said ? "package" : null,
  };
}
