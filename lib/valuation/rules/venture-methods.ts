import type { ShareClass } from "@/lib/distribution/schema";
import { known, type Measure, mapMeasure, unknown } from "@/lib/metrics/rules/measure";
import { Exact } from "@/lib/money";
import type { MethodInputs, MethodKey } from "../schema/venture";
import { capm, wacc } from "./cost-of-capital";
import { type Dcf, discountedCashFlow } from "./dcf";
import { firstChicago } from "./first-chicago";
import { comparableMultiples, type Multiples } from "./multiples";
import { optionModel, optionPricing } from "./option-pricing";
import { ventureCapitalMethod } from "./venture-capital";

export type StoredComparable = {
  id: string;
  kind: "trading" | "precedent";
  name: string;
  metric: string;
  multiple: string;
  date: string;
  source: string;
  excluded: string | null;
};

/** What the inputs are valued against; plain data, so that a browser can hold it for the preview. */
export type ValuationContext = {
  asOf: string;
  comparables: readonly StoredComparable[];
  /** Of the cap table; null, with the reason, where it does not say enough. */
  classes: readonly ShareClass[] | null;
  classesReason: string | null;
  /** Of each class the group's part, as "1/3"; left out where nobody has said who the group is. */
  groupParts?: readonly string[];
  /** Market series by which precedents can be carried to the day of the valuation. */
  indices?: readonly PriceIndex[];
};

/** By the id of a precedent: the series on the day of the valuation ÷ the series on its own day. */
export type PriceIndex = { key: string; label: string; factors: Readonly<Record<string, string>> };

/** Enterprise values in currency units. */
export type MethodRange = { low: Measure; central: Measure; high: Measure };
export type MethodValue = MethodRange & {
  key: MethodKey;
  used: boolean;
  details: Readonly<Record<string, Measure>>;
  multiples?: Multiples;
  /** What each multiple was multiplied with to carry it to the day of the valuation. */
  carried?: readonly { name: string; factor: string }[];
};

const x = (text: string): Exact => new Exact(text);
const nothing = (reason: string): MethodRange => {
  const none = unknown(reason);
  return { low: none, central: none, high: none };
};

/** Sorted, since a spread may turn low and high around. */
function rangeOf(central: Measure, ends: readonly Measure[]): MethodRange {
  const values = [central, ...ends].flatMap(({ value }) => (value === null ? [] : [value]));
  if (central.value === null || values.length <= ends.length) return { low: central, central, high: central };
  return { low: known(Exact.min(...values)), central, high: known(Exact.max(...values)) };
}

export type DcfTerms = MethodInputs["dcf"];
export type DcfCase = { rate: Exact; growth: Exact; multiple: Exact; flows: Exact };

export function costOfCapital(terms: DcfTerms): { costOfEquity: Exact; wacc: Exact } {
  const { costOfEquity } = capm({
    riskFree: x(terms.riskFree),
    beta: x(terms.beta),
    equityRiskPremium: x(terms.equityRiskPremium),
    premia: [x(terms.premium)],
  });
  const debt = x(terms.debtShare);
  const found = wacc({
    equity: debt.neg().plus(1),
    debt,
    costOfEquity,
    costOfDebt: x(terms.costOfDebt),
    taxRate: x(terms.taxRate),
  });
  return { costOfEquity, wacc: found.wacc.value ?? costOfEquity };
}

export const baseCase = (terms: DcfTerms): DcfCase => ({
  rate: costOfCapital(terms).wacc,
  growth: x(terms.growth),
  multiple: x(terms.multiple),
  flows: new Exact(1),
});

/** Both ends of the plan, mid-year: a perpetuity and an exit multiple. */
export function bothTerminals(terms: DcfTerms, { rate, growth, multiple, flows }: DcfCase) {
  const plan = {
    freeCashFlows: terms.freeCashFlows.map((flow) => x(flow).times(flows)),
    discountRate: rate,
    timing: "mid" as const,
  };
  const metric = x(terms.metric).times(flows);
  return {
    perpetuity: discountedCashFlow({ ...plan, terminal: { growth, metric } }),
    exit: discountedCashFlow({ ...plan, terminal: { multiple, metric } }),
  };
}

const enterprise = (found: ReturnType<typeof discountedCashFlow>): Measure =>
  found.ok ? found.value.measures.enterpriseValue : unknown("growth-not-below-rate");
const detail = (found: ReturnType<typeof discountedCashFlow>, name: keyof Dcf["measures"]): Measure =>
  found.ok ? found.value.measures[name] : unknown("growth-not-below-rate");

/** The middle of the two ends of the plan. */
export const dcfCentral = (terms: DcfTerms, at: DcfCase): Measure => middleOf(bothTerminals(terms, at));

function middleOf({ perpetuity, exit }: ReturnType<typeof bothTerminals>): Measure {
  return mapMeasure(enterprise(perpetuity), (a) => mapMeasure(enterprise(exit), (b) => known(a.plus(b).div(2))));
}

function dcfValue(terms: DcfTerms): Omit<MethodValue, "key" | "used"> {
  const at = baseCase(terms);
  const spread = x(terms.spread);
  const ends = [spread, spread.neg()].flatMap((change) => {
    const { perpetuity, exit } = bothTerminals(terms, { ...at, rate: at.rate.plus(change) });
    return [enterprise(perpetuity), enterprise(exit)];
  });
  const base = bothTerminals(terms, at);
  const { perpetuity, exit } = base;
  const { costOfEquity } = costOfCapital(terms);
  return {
    ...rangeOf(middleOf(base), ends),
    details: {
      costOfEquity: known(costOfEquity),
      wacc: known(at.rate),
      perpetuity: enterprise(perpetuity),
      exitMultiple: enterprise(exit),
      impliedGrowth: detail(exit, "impliedGrowth"),
      impliedMultiple: detail(perpetuity, "impliedMultiple"),
    },
  };
}

function comparedValue(
  kind: "trading" | "precedent",
  terms: MethodInputs["trading"] & { staleAfterDays?: string; index?: string },
  context: ValuationContext,
): Omit<MethodValue, "key" | "used"> {
  const compared = context.comparables.filter((one) => one.kind === kind && one.metric === terms.metricName);
  const factors = terms.index ? (context.indices?.find(({ key }) => key === terms.index)?.factors ?? {}) : null;
  const multiples = comparableMultiples({
    kind,
    comparables: compared.map(({ id, name, multiple, date, excluded }) => {
      const factor = factors ? factors[id] : "1";
      const exclude = excluded ?? (factor ? null : "the market series has no value of its day");
      return { name, multiple: x(multiple).times(factor ?? "1"), date, exclude };
    }),
    metric: x(terms.metric),
    outliers: terms.outliers,
    asOf: context.asOf,
    ...(terms.staleAfterDays ? { staleAfterDays: x(terms.staleAfterDays) } : {}),
  });
  const { measures, impliedRange } = multiples;
  const central = measures.impliedEnterpriseValue;
  const ends = impliedRange ? [known(impliedRange.low), known(impliedRange.high)] : [];
  const { median, q1, q3 } = measures;
  const carried = compared.flatMap(({ id, name }) => {
    const factor = factors?.[id];
    return factor ? [{ name, factor }] : [];
  });
  return { ...rangeOf(central, ends), details: { median, q1, q3 }, multiples, carried };
}

function capitalValue(terms: MethodInputs["ventureCapital"], netDebt: Exact): Omit<MethodValue, "key" | "used"> {
  const at = (change: Exact) =>
    ventureCapitalMethod({
      exitValue: x(terms.exitValue),
      targetReturn: Exact.max(x(terms.targetReturn).plus(change), "-0.9"),
      years: x(terms.years),
      investment: x(terms.investment),
      laterDilution: terms.laterDilution.map(x),
    });
  const spread = x(terms.spread);
  const value = (change: Exact) => mapMeasure(at(change).preMoney, (equity) => known(equity.plus(netDebt)));
  const { postMoney, preMoney, requiredOwnership } = at(new Exact(0));
  return {
    ...rangeOf(value(new Exact(0)), [value(spread), value(spread.neg())]),
    details: { postMoney, preMoney, requiredOwnership },
  };
}

function chicagoValue(terms: MethodInputs["firstChicago"]): Omit<MethodValue, "key" | "used"> {
  const at = (change: Exact): Measure => {
    const found = firstChicago({
      scenarios: terms.scenarios.map(({ name, probability, exitValue, years, rate }) => ({
        ...{ name, probability: x(probability), exitValue: x(exitValue), years: x(years) },
        rate: Exact.max(x(rate).plus(change), "-0.9"),
      })),
    });
    return found.ok ? known(found.value.value) : unknown("contradiction");
  };
  const spread = x(terms.spread);
  return { ...rangeOf(at(new Exact(0)), [at(spread), at(spread.neg())]), details: {} };
}

function roundValue(
  terms: MethodInputs["recentRound"],
  context: ValuationContext,
  netDebt: Exact,
): Omit<MethodValue, "key" | "used"> {
  const { classes } = context;
  if (!classes) return { ...nothing(context.classesReason ?? "no-cap-table"), details: {} };
  // Nobody has said which class was sold: nothing to solve for.
  if (!classes.some(({ id }) => id === terms.classId)) return { ...nothing("no-such-class"), details: {} };
  const model = optionModel([...classes]);
  const market = { years: Number(terms.years), riskFree: Number(terms.riskFree), dividendYield: 0 };
  const solveFor = { class: terms.classId, pricePerShare: Number(terms.pricePerShare) };
  const at = (change: number): Measure => {
    const volatility = Math.max(0, Number(terms.volatility) + change);
    const found = optionPricing({ classes: [...classes], solveFor, volatility, ...market }, model);
    if (!found.ok) return unknown("no-such-class");
    const { equityValue, reason } = found.value;
    return equityValue === null ? unknown(reason ?? "price-out-of-reach") : known(netDebt.plus(equityValue.toFixed(6)));
  };
  const spread = Number(terms.spread);
  return { ...rangeOf(at(0), [at(spread), at(-spread)]), details: {} };
}

type Methods = Readonly<Record<MethodKey, () => Omit<MethodValue, "key" | "used">>>;

function methodsOf(methods: MethodInputs, netDebt: Exact, context: ValuationContext): Methods {
  return {
    dcf: () => dcfValue(methods.dcf),
    trading: () => comparedValue("trading", methods.trading, context),
    precedents: () => comparedValue("precedent", methods.precedents, context),
    ventureCapital: () => capitalValue(methods.ventureCapital, netDebt),
    firstChicago: () => chicagoValue(methods.firstChicago),
    recentRound: () => roundValue(methods.recentRound, context, netDebt),
  };
}

/** Each method's enterprise value with its range; one that cannot be computed is unknown with its reason. */
export function methodValues(methods: MethodInputs, netDebt: Exact, context: ValuationContext): MethodValue[] {
  const of = methodsOf(methods, netDebt, context);
  return (Object.keys(of) as MethodKey[]).map((key) => ({ key, used: methods[key].used, ...of[key]() }));
}

/** Of the methods used the central values alone, without the ends of their ranges: for whoever asks many times. */
export function centralValues(methods: MethodInputs, netDebt: Exact, context: ValuationContext): Measure[] {
  const of = methodsOf(methods, netDebt, context);
  return (Object.keys(of) as MethodKey[])
    .filter((key) => methods[key].used)
    .map((key) => (key === "dcf" ? dcfCentral(methods.dcf, baseCase(methods.dcf)) : of[key]().central));
}
