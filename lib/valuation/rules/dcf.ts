import type { Result } from "@/lib/errors";
import { contradicts, known, type Measure, mapMeasure, ratio, sum, unknown } from "@/lib/metrics/rules/measure";
import { Exact } from "@/lib/money";
import type { DcfInput } from "../schema/methods";
import { equityOf } from "./equity";

export type FlowRow = {
  period: number;
  /** Years from today to the flow. */
  years: Exact;
  cashFlow: Exact;
  discountFactor: Exact;
  presentValue: Exact;
};

export type Dcf = {
  measures: Readonly<
    Record<
      | "enterpriseValue"
      | "presentValueExplicit"
      | "terminalValue"
      | "presentValueTerminal"
      | "impliedGrowth"
      | "impliedMultiple"
      | "equityValue"
      | "perShare",
      Measure
    >
  >;
  schedule: readonly FlowRow[];
  warnings: readonly string[];
};

const HALF = new Exact("0.5");
const ONE = new Exact(1);

/** One flow per year; the first grown flow is the base with one year's growth. */
export function cashFlowsOf(given: DcfInput["freeCashFlows"]): Exact[] {
  if (Array.isArray(given)) return given;
  return Array.from({ length: given.years }, (_, year) => given.base.times(given.growth.plus(1).pow(year + 1)));
}

/**
 * (1 + rate)^years. Whole years and halves, which are nearly all there is, by multiplication and a square root: a power
 * with a fraction takes a logarithm and an exponential of sixty digits.
 */
export function growthFactor(rate: Exact, years: Exact, root = () => rate.plus(1).sqrt()): Exact {
  const [base, whole] = [rate.plus(1), years.floor()];
  const rest = years.minus(whole);
  const power = base.pow(whole);
  return rest.isZero() ? power : power.times(rest.eq(HALF) ? root() : base.pow(rest));
}

/** What a flow in `years` years is worth today per unit. */
export const discountFactor = (rate: Exact, years: Exact): Exact => ONE.div(growthFactor(rate, years));

/** The same rate over and over: its square root, which is most of the work, is taken once. */
function growthFactors(rate: Exact): (years: Exact) => Exact {
  let half: Exact | null = null;
  const root = (): Exact => {
    half ??= rate.plus(1).sqrt();
    return half;
  };
  return (years) => growthFactor(rate, years, root);
}

type Terminal = { value: Measure; growth: Measure; multiple: Measure };

/**
 * The value after the last year. A perpetuity starts where the flows are (N − ½ at mid-year), a multiple is paid at N;
 * `early` = (1 + r)^½ at mid-year carries the one to the other's date. Source: methods c, Rosenbaum & Pearl ch. 3.
 */
function terminalOf(terminal: DcfInput["terminal"], last: Exact, rate: Exact, early: Exact): Terminal {
  const metric = terminal.metric ?? last;
  if (terminal.growth !== undefined) {
    const value = last.times(terminal.growth.plus(1)).div(rate.minus(terminal.growth));
    const multiple = metric.isNegative() ? unknown("negative-metric") : ratio(value.times(early), metric);
    return { value: known(value), growth: known(terminal.growth), multiple };
  }
  const multiple = known(terminal.multiple ?? 0);
  if (metric.isNegative()) return { value: unknown("negative-metric"), growth: unknown("negative-metric"), multiple };
  const value = metric.times(multiple.value);
  const perpetuity = value.div(early);
  // The growth g at which last × (1 + g) ÷ (r − g) is the perpetuity; below r only where the last flow is positive.
  const growth = last.gt(0)
    ? ratio(perpetuity.times(rate).minus(last), perpetuity.plus(last))
    : unknown("cash-flow-not-positive");
  return { value: known(value), growth, multiple };
}

function warningsOf(input: DcfInput, last: Exact, terminalShare: Measure): string[] {
  const warnings: string[] = [];
  if (input.terminal.growth !== undefined && !last.gt(0))
    warnings.push("The last cash flow is not above zero: a perpetuity of it is worth nothing or less");
  if (terminalShare.value?.gt("0.75")) warnings.push("More than three quarters of the value lie after the last year");
  return warnings;
}

/**
 * Discounted cash flow: currency units, yearly flows, rates as fractions. Refuses growth of the perpetuity at or above
 * the discount rate. Source: methods c.
 */
export function discountedCashFlow(input: DcfInput): Result<Dcf, "CONTRADICTION"> {
  const { discountRate: rate, terminal } = input;
  if (terminal.growth?.gte(rate)) return contradicts("terminal.growth", "a growth below the discount rate");
  const mid = input.timing === "mid";
  const flows = cashFlowsOf(input.freeCashFlows);
  const growth = growthFactors(rate);
  const schedule = flows.map((cashFlow, index): FlowRow => {
    const years = new Exact(index + 1).minus(mid ? HALF : 0);
    const factor = ONE.div(growth(years));
    return { period: index + 1, years, cashFlow, discountFactor: factor, presentValue: cashFlow.times(factor) };
  });
  const last = flows.at(-1) ?? new Exact(0);
  const after = terminalOf(terminal, last, rate, mid ? growth(HALF) : ONE);
  const end = new Exact(flows.length).minus(mid && terminal.growth !== undefined ? HALF : 0);
  const explicit = sum(schedule.map(({ presentValue }) => presentValue));
  const presentTerminal = mapMeasure(after.value, (value) => known(value.times(ONE.div(growth(end)))));
  const enterpriseValue = mapMeasure(presentTerminal, (value) => known(value.plus(explicit)));
  const share = mapMeasure(enterpriseValue, (all) =>
    mapMeasure(presentTerminal, (part) => (all.gt(0) ? ratio(part, all) : unknown("zero-denominator"))),
  );
  return {
    ok: true,
    value: {
      measures: {
        enterpriseValue,
        presentValueExplicit: known(explicit),
        terminalValue: after.value,
        presentValueTerminal: presentTerminal,
        impliedGrowth: after.growth,
        impliedMultiple: after.multiple,
        ...equityOf(enterpriseValue, input.netDebt, input.shares),
      },
      schedule,
      warnings: warningsOf(input, last, share),
    },
  };
}

export function dcfConventions({ timing, terminal, freeCashFlows }: DcfInput): Record<string, string> {
  const perpetuity = terminal.growth !== undefined;
  return {
    timing: timing === "mid" ? "mid-year: flow t is discounted over t − 0.5 years" : "end of year: over t years",
    terminal: perpetuity
      ? `last flow × (1 + g) ÷ (r − g), discounted over ${timing === "mid" ? "N − 0.5" : "N"} years`
      : "multiple × metric, discounted over N years",
    metric: terminal.metric === undefined ? "the last cash flow" : "as given",
    implied:
      timing === "mid"
        ? "a multiple counts at N and a perpetuity at N − 0.5: half a year of interest lies between them"
        : "multiple and perpetuity both count at N",
    equity: "enterprise value − net debt; unknown while net debt is not given",
    ...(!Array.isArray(freeCashFlows) && { freeCashFlows: "flow t is base × (1 + growth)^t; the base is year 0" }),
  };
}
