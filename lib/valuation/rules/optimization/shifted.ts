import { known, type Measure, mapMeasure, unknown } from "@/lib/metrics/rules/measure";
import { Exact } from "@/lib/money";
import { VALUE_DRIVERS, type ValueDriver } from "../../schema/optimization";
import type { MethodInputs, ValuationInputs } from "../../schema/venture";
import { medianOf } from "../statistics";
import { centralValues, type ValuationContext } from "../venture-methods";
import { netDebtOf } from "../venture-valuation";

const HUNDREDTH = new Exact("0.01");
const HALF_POINT = new Exact("0.005");
const PROFIT = /ebitda|profit|earnings/i;
const text = (value: Exact): string => value.toDecimalPlaces(12).toFixed();
const times = (amount: string, factor: Exact): string => text(new Exact(amount).times(factor));
const plus = (amount: string, more: Exact): string => text(new Exact(amount).plus(more));

/** The same with every later exit worth `factor` of its years. */
function withExits({ ventureCapital, firstChicago }: MethodInputs, factor: (years: string) => Exact) {
  return {
    ventureCapital: { ...ventureCapital, exitValue: times(ventureCapital.exitValue, factor(ventureCapital.years)) },
    firstChicago: {
      ...firstChicago,
      scenarios: firstChicago.scenarios.map((one) => ({
        ...one,
        exitValue: times(one.exitValue, factor(one.years)),
      })),
    },
  };
}

function withRevenue(methods: MethodInputs, steps: Exact): MethodInputs {
  const factor = HUNDREDTH.times(steps).plus(1);
  const { dcf, trading, precedents } = methods;
  return {
    ...methods,
    dcf: {
      ...dcf,
      freeCashFlows: dcf.freeCashFlows.map((flow) => times(flow, factor)),
      metric: times(dcf.metric, factor),
    },
    trading: { ...trading, metric: times(trading.metric, factor) },
    precedents: { ...precedents, metric: times(precedents.metric, factor) },
    ...withExits(methods, () => factor),
  };
}

/** A point of today's revenue more, each year after tax; multiples of profit count it, multiples of revenue do not. */
function withMargin(methods: MethodInputs, steps: Exact, revenue: Exact): MethodInputs {
  const more = revenue.times(HUNDREDTH).times(steps);
  const { dcf, trading, precedents } = methods;
  const kept = new Exact(1).minus(dcf.taxRate);
  const compared = <T extends MethodInputs["trading"]>(terms: T): T =>
    PROFIT.test(terms.metricName) ? { ...terms, metric: plus(terms.metric, more) } : terms;
  return {
    ...methods,
    dcf: {
      ...dcf,
      freeCashFlows: dcf.freeCashFlows.map((flow) => plus(flow, more.times(kept))),
      metric: plus(dcf.metric, more),
    },
    trading: compared(trading),
    precedents: compared(precedents),
  };
}

function withGrowth(methods: MethodInputs, steps: Exact): MethodInputs {
  const yearly = HUNDREDTH.times(steps).plus(1);
  const { dcf } = methods;
  return {
    ...methods,
    dcf: {
      ...dcf,
      freeCashFlows: dcf.freeCashFlows.map((flow, index) => times(flow, yearly.pow(index + 1))),
      metric: times(dcf.metric, yearly.pow(dcf.freeCashFlows.length)),
    },
    ...withExits(methods, (years) => yearly.pow(years)),
  };
}

function withRisk(methods: MethodInputs, steps: Exact): MethodInputs {
  const less = HALF_POINT.times(steps).neg();
  const { dcf, ventureCapital, firstChicago } = methods;
  return {
    ...methods,
    dcf: { ...dcf, premium: plus(dcf.premium, less) },
    ventureCapital: { ...ventureCapital, targetReturn: plus(ventureCapital.targetReturn, less) },
    firstChicago: {
      ...firstChicago,
      scenarios: firstChicago.scenarios.map((one) => ({ ...one, rate: plus(one.rate, less) })),
    },
  };
}

/** The inputs of a valuation with one driver moved by so many steps; null where what it moves is not known. */
export function shiftedInputs(
  inputs: ValuationInputs,
  driver: ValueDriver,
  steps: Exact,
  revenue: Exact | null,
): ValuationInputs | null {
  const { methods } = inputs;
  if (driver === "margin") return revenue ? { ...inputs, methods: withMargin(methods, steps, revenue) } : null;
  const shift = { revenue: withRevenue, growth: withGrowth, risk: withRisk }[driver];
  return { ...inputs, methods: shift(methods, steps) };
}

/** The central equity value alone, without the tornado and the waterfall: quick enough to be asked many times. */
function centralEquity(inputs: ValuationInputs, context: ValuationContext): Measure {
  const netDebt = netDebtOf(inputs);
  const centrals = centralValues(inputs.methods, netDebt, context).flatMap(({ value }) => value ?? []);
  const median = medianOf(centrals);
  return median ? known(median.minus(netDebt)) : unknown("no-method-used");
}

/** How many steps each driver is moved; one that is not named stays. */
export type Moves = Readonly<Partial<Record<ValueDriver, Exact>>>;

/**
 * The equity value by the venture's own methods with drivers moved at once: revenue first, so that a point of margin is
 * one of the revenue as it then is, and growth and risk work on both.
 */
export function equityWith(
  inputs: ValuationInputs,
  context: ValuationContext,
  { moves, revenue }: { moves: Moves; revenue: Exact | null },
): Measure {
  const grown = revenue?.times(HUNDREDTH.times(moves.revenue ?? 0).plus(1)) ?? null;
  const moved = VALUE_DRIVERS.reduce<ValuationInputs | null>((now, driver) => {
    const steps = moves[driver];
    return now && steps ? shiftedInputs(now, driver, steps, grown) : now;
  }, inputs);
  return moved ? centralEquity(moved, context) : unknown("missing-input");
}

/**
 * The derivative of the equity value to a driver, per step: (value one step up − value one step down) ÷ 2. The central
 * estimate is a median of methods, so it is a difference and not a tangent.
 */
export function derivativeOf(
  inputs: ValuationInputs,
  context: ValuationContext,
  driver: ValueDriver,
  revenue: Exact | null,
): Measure {
  const at = (steps: number) => equityWith(inputs, context, { moves: { [driver]: new Exact(steps) }, revenue });
  const [up, down] = [at(1), at(-1)];
  return mapMeasure(up, (above) => mapMeasure(down, (below) => known(above.minus(below).div(2))));
}
