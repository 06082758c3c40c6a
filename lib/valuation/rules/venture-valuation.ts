import { outcomeOf } from "@/lib/distribution/rules/equilibrium";
import { approximate, rational, sum } from "@/lib/distribution/rules/exact";
import { readEngine } from "@/lib/distribution/rules/waterfall";
import type { ShareClass } from "@/lib/distribution/schema";
import { known, type Measure, mapMeasure, unknown } from "@/lib/metrics/rules/measure";
import { Exact } from "@/lib/money";
import type { ValuationInputs } from "../schema/venture";
import type { AtEnds } from "./holder-proceeds";
import { type FootballField, footballField, type TornadoRow, tornado } from "./ranges";
import { medianOf } from "./statistics";
import {
  baseCase,
  type DcfCase,
  dcfCentral,
  type MethodRange,
  type MethodValue,
  methodValues,
  type ValuationContext,
} from "./venture-methods";

/** From the value of the enterprise to what a common share is worth, all at the central estimate. */
export type EquityBridge = {
  enterpriseValue: Measure;
  equityValue: Measure;
  /** What preferred, SAFEs, notes and debt of the cap table take before common shares and options. */
  preferred: Measure;
  common: Measure;
  perShare: Measure;
  /** Common shares, converted preferred and options by the treasury method at this price. */
  dilutedShares: Measure;
  costs: Measure;
  distributable: Measure;
};

export type Valuation = {
  methods: MethodValue[];
  field: FootballField;
  central: MethodRange;
  bridge: EquityBridge;
  tornado: TornadoRow[];
  /** Low and high value of each driver, as it was varied. */
  varied: Readonly<Record<string, { low: Exact; high: Exact }>>;
};

const x = (text: string): Exact => new Exact(text);
const isOrdinary = ({ kind }: ShareClass) => kind === "common" || kind === "option" || kind === "warrant";

/** At a waterfall of the equity value: what ordinary shares get together and each, and how many they are. */
function splitOf(equity: Exact, classes: readonly ShareClass[]) {
  const engine = readEngine(classes, undefined);
  if (!engine.ok) return null;
  const amount = rational(equity.toFixed(6));
  const { takes, price, priced } = outcomeOf(engine.value, amount);
  const each = approximate(price);
  const ordinary = takes.filter((take, index) => take.converted || isOrdinary(classes[index] as ShareClass));
  const common = new Exact(approximate(sum(ordinary.map(({ total }) => total))).toString());
  return { common, price: priced && each > 0 ? new Exact(each.toString()) : null };
}

export const netDebtOf = ({ bridge }: Pick<ValuationInputs, "bridge">): Exact => x(bridge.debt).minus(bridge.cash);

function bridgeOf(inputs: ValuationInputs, central: Measure, context: ValuationContext): EquityBridge {
  const equityValue = mapMeasure(central, (value) => known(value.minus(netDebtOf(inputs))));
  const worth = mapMeasure(equityValue, (value) => (value.lt(0) ? unknown("negative-equity") : known(value)));
  const split = mapMeasure(worth, () =>
    context.classes ? known(0) : unknown(context.classesReason ?? "no-cap-table"),
  );
  const parts = worth.value && context.classes ? splitOf(worth.value, context.classes) : null;
  const of = (value: Exact | null | undefined, reason: string): Measure =>
    split.value === null ? split : value ? known(value) : unknown(reason);
  const common = of(parts?.common, "contradiction");
  const perShare = of(parts?.price, "nothing-for-common");
  const costs = mapMeasure(worth, (value) => known(value.times(inputs.bridge.costsRate)));
  return {
    enterpriseValue: central,
    equityValue,
    preferred: mapMeasure(common, (rest) => mapMeasure(worth, (all) => known(all.minus(rest)))),
    common,
    perShare,
    dilutedShares: mapMeasure(perShare, (price) => mapMeasure(common, (rest) => known(rest.div(price)))),
    costs,
    distributable: mapMeasure(worth, (value) => mapMeasure(costs, (cost) => known(value.minus(cost)))),
  };
}

/** Equity proceeds after transaction costs at both ends and in the middle. */
export function netAtEnds(inputs: ValuationInputs, { central, bridge }: Valuation): AtEnds {
  const net = (value: Measure): Measure =>
    mapMeasure(value, (enterprise) => {
      const equity = enterprise.minus(netDebtOf(inputs));
      return equity.lt(0) ? unknown("negative-equity") : known(equity.times(x("1").minus(inputs.bridge.costsRate)));
    });
  return { low: net(central.low), central: bridge.distributable, high: net(central.high) };
}

const TENTH = new Exact("0.1");

/** What each driver of the discounted cash flow moves alone: rates by the spread, the rest by a tenth. */
function tornadoOf({ methods: { dcf } }: ValuationInputs): Pick<Valuation, "tornado" | "varied"> {
  const at = baseCase(dcf);
  const base = dcfCentral(dcf, at).value;
  if (!base) return { tornado: [], varied: {} };
  const spread = Exact.max(x(dcf.spread), "0.005");
  const by = (name: keyof DcfCase, low: Exact, high: Exact) => ({ name, low, high });
  const moves = [
    by("rate", at.rate.minus(spread), at.rate.plus(spread)),
    by("growth", at.growth.minus(spread.div(2)), at.growth.plus(spread.div(2))),
    by("multiple", at.multiple.times(TENTH.neg().plus(1)), at.multiple.times(TENTH.plus(1))),
    by("flows", TENTH.neg().plus(1), TENTH.plus(1)),
  ];
  const drivers = moves.flatMap(({ name, low, high }) => {
    const values = [low, high].flatMap((value) => dcfCentral(dcf, { ...at, [name]: value }).value ?? []);
    return values.length === 2 ? [{ name, values }] : [];
  });
  return {
    tornado: tornado({ base, drivers }),
    varied: Object.fromEntries(moves.map(({ name, low, high }) => [name, { low, high }])),
  };
}

/**
 * Everything that the inputs say: each method's enterprise value with range, what they have in common, the central
 * estimate (the median of the methods used), the equity bridge at it, and what each driver moves. Currency units.
 */
export function ventureValuation(inputs: ValuationInputs, context: ValuationContext): Valuation {
  const methods = methodValues(inputs.methods, netDebtOf(inputs), context);
  const standing = methods.filter(({ used, central }) => used && central.value !== null);
  const field = footballField({
    ranges: standing.map(({ key, low, high }) => ({ method: key, low: low.value, high: high.value })),
  });
  const centrals = standing.flatMap(({ central }) => central.value ?? []);
  const median = medianOf(centrals);
  const middle = median ? known(median) : unknown("no-method-used");
  const within = field.overlap;
  const central: MethodRange = within
    ? { low: known(within.low), central: middle, high: known(within.high) }
    : { low: field.low, central: middle, high: field.high };
  return { methods, field, central, bridge: bridgeOf(inputs, middle, context), ...tornadoOf(inputs) };
}
