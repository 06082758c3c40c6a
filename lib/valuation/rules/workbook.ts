import type { Figure, Unit } from "@/lib/figures/schema";
import {
  type Column,
  cell,
  column,
  type Formula,
  least,
  median,
  minus,
  most,
  orElse,
  times,
  whereAtMost,
} from "@/lib/reports/rules/sheet-formula";
import type { ModelInput, ModelStep, ReportModel } from "@/lib/reports/schema/model";
import { METHOD_NAMES, type MethodKey, type ValuationInputs } from "../schema/venture";
import { partOf } from "./venture-figures";
import type { Valuation } from "./venture-valuation";
import { chicagoSteps, comparedSteps, dcfSteps, ventureCapitalSteps } from "./workbook-methods";

/** The valuation as a workbook computes it again: what was put in, each step as a formula, and what must agree with the figures. */

/** Collects cells as they are named; each is there once. */
export type Book = {
  input: (key: string, label: string, value: string, unit: Unit, source: string) => Formula;
  inputs: (key: string, values: readonly { label: string; value: string }[], unit: Unit, source: string) => Column;
  step: (key: string, label: string, formula: Formula, unit?: Unit) => Formula;
};

type Section<T> = { title: string; rows: T[] };

function openBook(currency: string) {
  const inputs: Section<ModelInput>[] = [];
  const steps: Section<ModelStep>[] = [];
  const book: Book = {
    input: (key, label, value, unit, source) => {
      inputs.at(-1)?.rows.push({ key, label, value, unit, source });
      return cell(key, Number(value));
    },
    inputs: (key, values, unit, source) => {
      const keys = values.map((_, index) => `${key}_${index + 1}`);
      values.forEach(({ label, value }, index) => {
        inputs.at(-1)?.rows.push({ key: keys[index] ?? key, label, value, unit, source });
      });
      return column(
        keys,
        values.map(({ value }) => Number(value)),
      );
    },
    step: (key, label, { text, value }, unit = currency) => {
      steps.at(-1)?.rows.push({ key, label, unit, formula: text, result: Number.isFinite(value) ? value : null });
      return cell(key, value);
    },
  };
  const section = (title: string) => {
    inputs.push({ title, rows: [] });
    steps.push({ title, rows: [] });
  };
  return { book, section, inputs, steps };
}

export type Ends = { low: Formula; central: Formula; high: Formula };

/** Sorted; where one of the ends is not known, the central value alone stands. */
function endsOf(book: Book, key: string, name: string, central: Formula, ends: readonly Formula[]): Ends {
  const middle = book.step(`${key}_central`, `${name}, central`, central);
  return {
    low: book.step(`${key}_low`, `${name}, low`, orElse(least([middle, ...ends]), middle)),
    central: middle,
    high: book.step(`${key}_high`, `${name}, high`, orElse(most([middle, ...ends]), middle)),
  };
}

type Facts = { inputs: ValuationInputs; valuation: Valuation; figures: readonly Figure[]; currency: string };

const STEPS: Readonly<Record<Exclude<MethodKey, "recentRound">, (book: Book, facts: Facts, netDebt: Formula) => Ends>> =
  {
    dcf: (book, { inputs, currency }) => dcfSteps(book, endsOf, inputs.methods.dcf, currency),
    trading: (book, { inputs, valuation, currency }) =>
      comparedSteps(book, endsOf, { key: "trading", terms: inputs.methods.trading }, valuation, currency),
    precedents: (book, { inputs, valuation, currency }) =>
      comparedSteps(book, endsOf, { key: "precedents", terms: inputs.methods.precedents }, valuation, currency),
    ventureCapital: (book, { inputs, currency }, netDebt) =>
      ventureCapitalSteps(book, endsOf, inputs.methods.ventureCapital, netDebt, currency),
    firstChicago: (book, { inputs, currency }) => chicagoSteps(book, endsOf, inputs.methods.firstChicago, currency),
  };

/** Option pricing is no formula of a sheet: its results stand among the inputs and say so. */
function givenEnds(book: Book, key: MethodKey, { valuation, currency }: Facts): Ends {
  const found = valuation.methods.find((one) => one.key === key);
  const at = (end: "low" | "central" | "high") =>
    book.input(
      `${key}_${end}`,
      `${METHOD_NAMES[key]}, ${end}`,
      found?.[end].value?.toFixed(6) ?? "0",
      currency,
      "computed by option pricing, which a sheet cannot do",
    );
  return { low: at("low"), central: at("central"), high: at("high") };
}

function headline(book: Book, ends: readonly Ends[], netDebt: Formula, costsRate: Formula): void {
  const enterprise = book.step(
    "enterprise",
    "Enterprise value, median of the methods",
    median(ends.map(({ central }) => central)),
  );
  const from = book.step("overlap_low", "Highest low", most(ends.map(({ low }) => low)));
  const to = book.step("overlap_high", "Lowest high", least(ends.map(({ high }) => high)));
  const all = { low: least(ends.map(({ low }) => low)), high: most(ends.map(({ high }) => high)) };
  const low = book.step(
    "enterprise_low",
    "Enterprise value, low: overlap, or the whole span without one",
    whereAtMost(from, to, from, all.low),
  );
  const high = book.step("enterprise_high", "Enterprise value, high", whereAtMost(from, to, to, all.high));
  const equity = book.step("equity", "Equity value", minus(enterprise, netDebt));
  book.step("equity_low", "Equity value, low", minus(low, netDebt));
  book.step("equity_high", "Equity value, high", minus(high, netDebt));
  const costs = book.step("costs", "Transaction costs", times(equity, costsRate));
  book.step("distributable", "Equity value after costs", minus(equity, costs));
}

const HEADLINE: readonly (readonly [part: string, step: string, label: string])[] = [
  ["enterprise", "enterprise", "Enterprise value"],
  ["equity", "equity", "Equity value"],
  ["equity.low", "equity_low", "Equity value, low"],
  ["equity.high", "equity_high", "Equity value, high"],
  ["costs", "costs", "Transaction costs"],
  ["distributable", "distributable", "Equity value after costs"],
];

function checksOf(figures: readonly Figure[], used: readonly MethodKey[]): ReportModel["checks"] {
  const byPart = new Map(figures.filter(({ value }) => value !== null).map((figure) => [partOf(figure), figure.id]));
  const methods = used.flatMap((key) =>
    (["low", "central", "high"] as const).map(
      (end) => [`${key}.${end}`, `${key}_${end}`, `${METHOD_NAMES[key]}, ${end}`] as const,
    ),
  );
  return [...methods, ...HEADLINE].flatMap(([part, step, label]) => {
    const figure = byPart.get(part);
    return figure ? [{ label, step, figure }] : [];
  });
}

/** The model behind a version of the valuation; null where no method is used. */
export function valuationModel(facts: Facts): ReportModel | null {
  const { inputs, valuation, figures, currency } = facts;
  const used = valuation.methods.filter((one) => one.used && one.central.value !== null).map(({ key }) => key);
  if (used.length === 0) return null;
  const { book, section, inputs: given, steps } = openBook(currency);
  const { cash, debt, costsRate, source, asOf } = inputs.bridge;
  const from = `${source}, ${asOf}`;
  section("Bridge");
  const cashCell = book.input("cash", "Cash", cash, currency, from);
  const debtCell = book.input("debt", "Debt outside the cap table", debt, currency, from);
  const costsCell = book.input("costs_rate", "Transaction costs, of the equity value", costsRate, "ratio", from);
  const netDebt = book.step("net_debt", "Net debt", minus(debtCell, cashCell));
  const ends = used.map((key) => {
    section(METHOD_NAMES[key]);
    return key === "recentRound" ? givenEnds(book, key, facts) : STEPS[key](book, facts, netDebt);
  });
  section("From the methods to the equity");
  headline(book, ends, netDebt, costsCell);
  const filled = <T>(all: Section<T>[]) => all.filter(({ rows }) => rows.length > 0);
  return {
    ...{ kind: "model", title: "Valuation model", inputs: filled(given), steps: filled(steps) },
    checks: checksOf(figures, used),
  };
}
