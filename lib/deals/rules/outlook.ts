import { approximate } from "@/lib/distribution/rules/exact";
import { type PayoffTable, payoffColumn } from "@/lib/distribution/rules/payoff-table";
import { daysBetween } from "@/lib/metrics/rules/periods";
import type { Later } from "./later-money";

/** In floating point, by class: what is paid on average, and what that is worth on the day of valuation. */
export type Outlook = { laterExpected: number[]; presentValue: number[] };

export type OutlookTerms = {
  closing: number;
  closesOn: string;
  /** What the forms of closing are worth of what they say, 1 for cash. */
  formWorth: number;
  later: readonly Later[];
  /** Of all consideration so far what goes to management. */
  carveOut: (gross: number) => number;
  discountRatio: number;
  valuedOn: string;
};

/** (1 + r)^(−days/365); the day of valuation itself and what lies before it count in full. */
export const discountFactor = (ratio: number, from: string, to: string): number =>
  (1 + ratio) ** (-Math.max(0, daysBetween(from, to)) / 365);

type State = { sum: number; probability: number };

/** What each later amount adds, by what has been paid before: it comes with its probability, the others independently. */
function pathsOf(closing: number, later: readonly Later[]): { before: State[]; amount: number; one: Later }[] {
  let states: State[] = [{ sum: closing, probability: 1 }];
  return later.map((one) => {
    const before = states;
    const amount = approximate(one.amount);
    const paid = before.map(({ sum, probability }) => ({
      sum: sum + amount,
      probability: probability * one.probability,
    }));
    const not = before.map(({ sum, probability }) => ({ sum, probability: probability * (1 - one.probability) }));
    states = [...not, ...paid].filter(({ probability }) => probability > 0);
    return { before, amount, one };
  });
}

/**
 * The payoff taken for each way in which the later money can come, as if each release were one payment with all before
 * it, then weighted: classes that convert only when an earn-out is paid make the average of payoffs another one than the
 * payoff of averages. Statistics, not payments. Source: methods a1.
 */
export function outlookOf(table: PayoffTable, terms: OutlookTerms): Outlook {
  const { closing, closesOn, formWorth, later, carveOut, discountRatio, valuedOn } = terms;
  const factor = (day: string) => discountFactor(discountRatio, valuedOn, day);
  const net = (gross: number) => Math.max(0, gross - carveOut(gross));
  const steps = pathsOf(closing, later).map(({ before, amount, one }) => ({
    before,
    from: Float64Array.from(before, ({ sum }) => net(sum)),
    to: Float64Array.from(before, ({ sum }) => net(sum + amount)),
    likely: one.probability,
    factor: factor(one.on),
  }));
  const start = Float64Array.of(net(closing));
  const laterExpected: number[] = [];
  const presentValue: number[] = [];
  table.ids.forEach((_, index) => {
    let [expected, worth] = [0, (payoffColumn(table, index, start)[0] ?? 0) * formWorth * factor(closesOn)];
    for (const { before, from, to, likely, factor: at } of steps) {
      const [low, high] = [payoffColumn(table, index, from), payoffColumn(table, index, to)];
      const average = before.reduce(
        (total, { probability }, place) => total + probability * likely * ((high[place] ?? 0) - (low[place] ?? 0)),
        0,
      );
      expected += average;
      worth += average * at;
    }
    laterExpected.push(Math.max(0, expected));
    presentValue.push(Math.max(0, worth));
  });
  return { laterExpected, presentValue };
}
