import {
  type Column,
  cell,
  constant,
  type Formula,
  medianIn,
  minus,
  most,
  NONE,
  over,
  plus,
  power,
  product,
  quartileIn,
  times,
  total,
  whereAtMost,
} from "@/lib/reports/rules/sheet-formula";
import { METHOD_NAMES, type MethodInputs } from "../schema/venture";
import type { Valuation } from "./venture-valuation";
import type { Book, Ends } from "./workbook";

/** Each method as formulas over its inputs, by the same definitions as venture-methods. */

const ONE = constant(1);
const sourceOf = ({ source, asOf }: { source: string; asOf: string }): string => `${source}, ${asOf}`;
/** The cells of a column, each alone. */
const cellsOf = (key: string, { values }: Column): Formula[] =>
  values.map((value, index) => cell(`${key}_${index + 1}`, value));

/** Sorted; where one of the ends is not known, the central value alone stands. */
export type EndsOf = (book: Book, key: string, name: string, central: Formula, ends: readonly Formula[]) => Ends;

type Terminals = { flows: Formula[]; growth: Formula; multiple: Formula; metric: Formula };

/** Mid-year flows at a rate, with a perpetuity at N − 0.5 and with an exit multiple at N. */
function bothEnds(
  book: Book,
  name: string,
  said: string,
  rate: Formula,
  { flows, growth, multiple, metric }: Terminals,
) {
  const at = (years: number) => power(plus(ONE, rate), constant(years));
  const present = book.step(
    `dcf_flows_${name}`,
    `Present value of the flows${said}`,
    total(flows.map((flow, index) => over(flow, at(index + 0.5)))),
  );
  const last = flows.at(-1) ?? NONE;
  const terminal = over(over(times(last, plus(ONE, growth)), minus(rate, growth)), at(flows.length - 0.5));
  return {
    perpetuity: book.step(
      `dcf_perpetuity_${name}`,
      `Value with a perpetuity${said}`,
      whereAtMost(rate, growth, NONE, plus(present, terminal)),
    ),
    exit: book.step(
      `dcf_exit_${name}`,
      `Value with an exit multiple${said}`,
      plus(present, over(times(multiple, metric), at(flows.length))),
    ),
  };
}

function costOfCapital(book: Book, terms: MethodInputs["dcf"], from: string): Formula {
  const riskFree = book.input("risk_free", "Risk-free rate", terms.riskFree, "ratio", from);
  const beta = book.input("beta", "Beta", terms.beta, "multiple", from);
  const marketPremium = book.input(
    "equity_risk_premium",
    "Equity risk premium",
    terms.equityRiskPremium,
    "ratio",
    from,
  );
  const premium = book.input("premium", "Further premium", terms.premium, "ratio", from);
  const debtShare = book.input("debt_share", "Share of debt", terms.debtShare, "ratio", from);
  const costOfDebt = book.input("cost_of_debt", "Cost of debt", terms.costOfDebt, "ratio", from);
  const tax = book.input("tax_rate", "Tax rate", terms.taxRate, "ratio", from);
  const equity = book.step(
    "cost_of_equity",
    "Cost of equity",
    plus(plus(riskFree, times(beta, marketPremium)), premium),
    "ratio",
  );
  const own = times(minus(ONE, debtShare), equity);
  return book.step("wacc", "Cost of capital", plus(own, times(times(debtShare, costOfDebt), minus(ONE, tax))), "ratio");
}

export function dcfSteps(book: Book, ends: EndsOf, terms: MethodInputs["dcf"], currency: string): Ends {
  const from = sourceOf(terms);
  const labelled = terms.freeCashFlows.map((value, index) => ({ label: `Free cash flow, year ${index + 1}`, value }));
  const flows = cellsOf("flow", book.inputs("flow", labelled, currency, from));
  const wacc = costOfCapital(book, terms, from);
  const growth = book.input("growth", "Growth after the plan", terms.growth, "ratio", from);
  const multiple = book.input("exit_multiple", "Exit multiple", terms.multiple, "multiple", from);
  const metric = book.input("exit_metric", "What the multiple is of", terms.metric, currency, from);
  const spread = book.input("dcf_spread", "Spread of the rate", terms.spread, "ratio", from);
  const terminals = { flows, growth, multiple, metric };
  const base = bothEnds(book, "base", "", wacc, terminals);
  const up = bothEnds(book, "up", ", rate a spread higher", plus(wacc, spread), terminals);
  const down = bothEnds(book, "down", ", rate a spread lower", minus(wacc, spread), terminals);
  const central = over(plus(base.perpetuity, base.exit), constant(2));
  return ends(book, "dcf", METHOD_NAMES.dcf, central, [up.perpetuity, up.exit, down.perpetuity, down.exit]);
}

type Compared = { key: "trading" | "precedents"; terms: MethodInputs["trading"] | MethodInputs["precedents"] };

export function comparedSteps(
  book: Book,
  ends: EndsOf,
  { key, terms }: Compared,
  valuation: Valuation,
  currency: string,
): Ends {
  const from = sourceOf(terms);
  const name = METHOD_NAMES[key];
  const found = valuation.methods.find((one) => one.key === key)?.multiples?.used ?? [];
  const labelled = found.map((one) => ({ label: `Multiple of ${one.name}`, value: one.multiple.toFixed() }));
  const multiples = book.inputs(`${key}_multiple`, labelled, "multiple", "comparables of the valuation");
  const metric = book.input(`${key}_metric`, terms.metricName, terms.metric, currency, from);
  const at = (part: string, label: string, of: Formula) =>
    book.step(`${key}_${part}`, `${name}: ${label}`, of, "multiple");
  const middle = at("median", "median multiple", medianIn(multiples));
  const q1 = at("q1", "lower quartile", quartileIn(multiples, 1));
  const q3 = at("q3", "upper quartile", quartileIn(multiples, 3));
  return ends(book, key, name, times(metric, middle), [times(metric, q1), times(metric, q3)]);
}

export function ventureCapitalSteps(
  book: Book,
  ends: EndsOf,
  terms: MethodInputs["ventureCapital"],
  netDebt: Formula,
  currency: string,
): Ends {
  const from = sourceOf(terms);
  const exit = book.input("vc_exit", "Value at the exit", terms.exitValue, currency, from);
  const years = book.input("vc_years", "Years to the exit", terms.years, "count", from);
  const target = book.input("vc_return", "Target return", terms.targetReturn, "ratio", from);
  const investment = book.input("vc_investment", "Investment", terms.investment, currency, from);
  const spread = book.input("vc_spread", "Spread of the return", terms.spread, "ratio", from);
  const labelled = terms.laterDilution.map((value, index) => ({
    label: `Dilution of later round ${index + 1}`,
    value,
  }));
  const dilution = cellsOf("vc_dilution", book.inputs("vc_dilution", labelled, "ratio", from));
  const kept = book.step(
    "vc_retention",
    "Kept through later rounds",
    product([ONE, ...dilution.map((part) => minus(ONE, part))]),
    "ratio",
  );
  const value = (rate: Formula) => {
    const post = over(times(exit, kept), power(plus(ONE, rate), years));
    return whereAtMost(investment, post, plus(minus(post, investment), netDebt), NONE);
  };
  const floor = constant(-0.9);
  const moved = [plus(target, spread), minus(target, spread)].map((rate) => value(most([rate, floor])));
  return ends(book, "ventureCapital", METHOD_NAMES.ventureCapital, value(most([target, floor])), moved);
}

export function chicagoSteps(book: Book, ends: EndsOf, terms: MethodInputs["firstChicago"], currency: string): Ends {
  const from = sourceOf(terms);
  const scenarios = terms.scenarios.map(({ name, probability, exitValue, years, rate }, index) => {
    const key = `chicago_${index + 1}`;
    return {
      probability: book.input(`${key}_probability`, `${name}: probability`, probability, "ratio", from),
      exit: book.input(`${key}_exit`, `${name}: value at the exit`, exitValue, currency, from),
      years: book.input(`${key}_years`, `${name}: years`, years, "count", from),
      rate: book.input(`${key}_rate`, `${name}: rate`, rate, "ratio", from),
    };
  });
  const spread = book.input("chicago_spread", "Spread of the rates", terms.spread, "ratio", from);
  const value = (change: (rate: Formula) => Formula) =>
    total(
      scenarios.map(({ probability, exit, years, rate }) => {
        const discounted = over(exit, power(plus(ONE, most([change(rate), constant(-0.9)])), years));
        return times(probability, discounted);
      }),
    );
  const moved = [value((rate) => plus(rate, spread)), value((rate) => minus(rate, spread))];
  return ends(
    book,
    "firstChicago",
    METHOD_NAMES.firstChicago,
    value((rate) => rate),
    moved,
  );
}
