import type Fraction from "fraction.js";
import { type FieldProblem, ok, type Result, refuse } from "@/lib/errors";
import { minorDigits } from "@/lib/money";
import type { ShareClass, WaterfallInput } from "../schema";
import { netCarveOut, readParticipants } from "./carve-out";
import type { Take } from "./curve";
import { buildEngine, deviations, type Engine, type Outcome, outcomeOf } from "./equilibrium";
import { type Amount, lesser, payment, positive, rational, sum, ZERO } from "./exact";
import { payoffLines, payoutsAt } from "./payoff-lines";
import { contradictions, positionOf } from "./positions";
import { roundHalfUp, roundLines } from "./rounding";

export type Mandatory = { majority: number | string } | undefined;
type Refusal = "CONTRADICTION";

/** The engine over classes that do not contradict each other. */
export function readEngine(classes: readonly ShareClass[], mandatory: Mandatory): Result<Engine, Refusal> {
  const problems = contradictions(classes);
  if (problems.length > 0) return refuse("CONTRADICTION", problems);
  return ok(buildEngine(classes.map(positionOf), mandatory ? rational(mandatory.majority) : null));
}

/** Digits of the minor unit; two without a currency. */
export const digitsOf = (currency: string | undefined): number => (currency ? minorDigits(currency) : 2);

export const nobody = (path: string, left: Fraction): FieldProblem => ({
  path,
  expected: `a class that is entitled to the last ${left.toString(2)}; all claims are paid and no shares take part`,
});

export type Breakdown = { preference: Fraction; participation: Fraction; conversion: Fraction; strikeOffset: Fraction };

/** The parts of a rounded payout; the largest kind of it takes the rounding, so that they add up. */
function breakdownOf(take: Take, payout: Fraction, digits: number): Breakdown {
  const part = (value: Fraction) => roundHalfUp(value, digits);
  const rounded = {
    preference: part(take.preference),
    participation: part(take.participation),
    conversion: part(take.conversion),
    strikeOffset: part(take.strikeOffset),
  };
  const balance = (["conversion", "participation", "preference"] as const).find((key) => positive(take[key]));
  if (!balance) return rounded;
  const { preference, participation, conversion, strikeOffset } = rounded;
  const stated = preference.add(participation).add(conversion).sub(strikeOffset);
  return { ...rounded, [balance]: rounded[balance].add(payout.sub(stated)) };
}

export type Waterfall = {
  payouts: Map<string, Fraction>;
  breakdown: Map<string, Breakdown>;
  converted: string[];
  indifferent: string[];
  commonPrice: Fraction | null;
  carveOut: Fraction;
  transactionCosts: Fraction;
  forced: boolean;
  /** The line that carries what of the proceeds is below the minor unit. */
  carriedBy: string | null;
  carveOutCut: boolean;
};

/** Carve-out before rounding: after costs and debt, before preferences, less what participants receive as equity. */
function carveOutOf(input: WaterfallInput, engine: Engine): Result<{ amount: Fraction; cut: boolean }, Refusal> {
  const { carveOut } = input;
  const proceeds = rational(input.proceeds);
  const available = proceeds.sub(rational(input.transactionCosts));
  if (!carveOut) return ok({ amount: ZERO, cut: false });
  if ((carveOut.rate === undefined) === (carveOut.amount === undefined))
    return refuse("CONTRADICTION", [{ path: "carveOut", expected: "either rate or amount" }]);
  const { holders, problems } = readParticipants(
    carveOut.participants ?? [],
    input.classes.map(({ id }) => id),
  );
  if (problems.length > 0) return refuse("CONTRADICTION", problems);
  const gross = carveOut.amount === undefined ? proceeds.mul(rational(carveOut.rate ?? 0)) : rational(carveOut.amount);
  if (carveOut.amount !== undefined && gross.gt(available))
    return refuse("CONTRADICTION", [{ path: "carveOut.amount", expected: "no more than the proceeds after costs" }]);
  const debts = sum(engine.free.positions.filter(({ tier }) => tier === "debt").map(({ held }) => held));
  const afterDebt = positive(available.sub(debts)) ? available.sub(debts) : ZERO;
  const pool = lesser(gross, afterDebt);
  return ok({ amount: netCarveOut(engine, available, pool, holders), cut: pool.lt(gross) });
}

function assembled(input: WaterfallInput, outcome: Outcome, carveOut: Fraction, digits: number) {
  const lines = new Map<string, Fraction>([
    ["costs", rational(input.transactionCosts)],
    ["carve-out", carveOut],
  ]);
  for (const [index, { id }] of input.classes.entries()) lines.set(`class ${id}`, outcome.takes[index]?.total ?? ZERO);
  const { rounded, carriedBy } = roundLines(lines, rational(input.proceeds), digits);
  const line = (key: string) => rounded.get(key) ?? ZERO;
  const payouts = new Map(input.classes.map(({ id }) => [id, line(`class ${id}`)] as const));
  const all = sum([...rounded.values()]);
  if (!all.equals(rational(input.proceeds))) throw new Error("The waterfall does not pay out the proceeds");
  return { payouts, carveOut: line("carve-out"), transactionCosts: line("costs"), carriedBy };
}

/**
 * Who receives what of the proceeds of an exit, in currency units: costs, debt by rank, carve-out, preferences by
 * rank, the residual per share, each class at its best choice. Exact rationals, rounded once to the minor unit by
 * largest remainder. Refuses contradictory terms and money that nobody is entitled to. Source: methods a1 to a6.
 */
export function liquidationWaterfall(input: WaterfallInput): Result<Waterfall, Refusal> {
  const digits = digitsOf(input.currency);
  const engine = readEngine(input.classes, input.mandatoryConversion);
  if (!engine.ok) return engine;
  const proceeds = rational(input.proceeds);
  const costs = rational(input.transactionCosts);
  if (costs.gt(proceeds))
    return refuse("CONTRADICTION", [{ path: "transactionCosts", expected: "no more than the proceeds" }]);
  const carveOut = carveOutOf(input, engine.value);
  if (!carveOut.ok) return carveOut;
  const amount = proceeds.sub(costs).sub(carveOut.value.amount);
  const outcome = outcomeOf(engine.value, amount);
  if (positive(outcome.left)) return refuse("CONTRADICTION", [nobody("classes", outcome.left)]);
  const { gain, same } = deviations(engine.value, outcome, amount);
  if (gain.length > 0) throw new Error(`The conversion is no equilibrium: ${gain.join(", ")}`);
  const rounded = assembled(input, outcome, carveOut.value.amount, digits);
  const takes = input.classes.map(({ id }, index) => ({ id, take: outcome.takes[index] as Take }));
  return ok({
    ...rounded,
    breakdown: new Map(takes.map(({ id, take }) => [id, breakdownOf(take, rounded.payouts.get(id) ?? ZERO, digits)])),
    converted: takes.filter(({ take }) => take.converted).map(({ id }) => id),
    indifferent: same,
    commonPrice: outcome.priced ? outcome.price : null,
    forced: outcome.forced,
    carveOutCut: carveOut.value.cut,
  });
}

/** What an exit pays, rounded; `left` is what nobody is entitled to. */
export function payoffAt(engine: Engine, exit: Fraction, digits: number) {
  const outcome = outcomeOf(engine, exit);
  const ids = engine.free.positions.map(({ id }) => id);
  const lines = new Map(ids.map((id, index) => [id, outcome.takes[index]?.total ?? ZERO] as const));
  const converted = ids.filter((_, index) => outcome.takes[index]?.converted);
  const { left } = outcome;
  return { payouts: roundLines(lines, exit.sub(left), digits).rounded, converted, left };
}

export type PayoffRow = { exit: Amount; payouts: Map<string, Amount>; converted: string[] };

/** From this many exits on it pays to lay the curve out as lines first. */
const MANY = 64;

/** The waterfall at each exit, from one curve: linear in the number of exits. */
export function payoffCurve(
  classes: readonly ShareClass[],
  exits: readonly Amount[],
  mandatory: Mandatory,
  digits: number,
): Result<PayoffRow[], Refusal> {
  const engine = readEngine(classes, mandatory);
  if (!engine.ok) return engine;
  const lines = exits.length < MANY || engine.value.forced ? null : payoffLines(engine.value.free, digits);
  const rows: PayoffRow[] = [];
  for (const [index, exit] of exits.entries()) {
    const quick = lines && payoutsAt(lines, exit);
    if (quick) {
      rows.push({ exit, ...quick });
      continue;
    }
    const { payouts, converted, left } = payoffAt(engine.value, rational(exit), digits);
    if (positive(left)) return refuse("CONTRADICTION", [nobody(`exits[${index}]`, left)]);
    rows.push({ exit, payouts: new Map([...payouts].map(([id, amount]) => [id, payment(amount)])), converted });
  }
  return ok(rows);
}
