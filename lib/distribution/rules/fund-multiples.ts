import type Fraction from "fraction.js";
import type { FieldProblem } from "@/lib/errors";
import { known, type Measure, unknown } from "@/lib/metrics/rules/measure";
import { TICKS_PER_YEAR, ticksBetween } from "./day-count";
import { type Amount, rational, sum, ZERO } from "./exact";
import { type Cashflow, earliest, exactOf, type RateSolution, solveRate } from "./rates";

export type FundFlows = {
  calls: readonly Cashflow[];
  distributions: readonly Cashflow[];
  nav?: Cashflow | undefined;
  index?: readonly { date: string; level: Amount }[] | undefined;
};

type Dated = { date: string; amount: Fraction };
type Index = { date: string; level: Fraction }[];

const dated = (flows: readonly Cashflow[]): Dated[] =>
  flows.map(({ date, amount }) => ({ date, amount: rational(amount) }));
const total = (flows: readonly Dated[]): Fraction => sum(flows.map(({ amount }) => amount));
const over = (numerator: Fraction, denominator: Fraction): Measure =>
  denominator.n === 0n ? unknown("zero-denominator") : known(exactOf(numerator.div(denominator)));

/** Two levels of one day that differ. */
export function indexProblems(index: FundFlows["index"]): FieldProblem[] {
  const seen = new Map<string, Fraction>();
  return (index ?? []).flatMap(({ date, level }, place) => {
    const known = seen.get(date);
    seen.set(date, rational(level));
    return known && !known.equals(rational(level))
      ? [{ path: `index[${place}].level`, expected: `one level for ${date}; another is given before` }]
      : [];
  });
}

/** The level of a day: the last one at or before it; null before the first. */
const levelAt = (index: Index, date: string): Fraction | null =>
  index.findLast((point) => point.date <= date)?.level ?? null;

/** Flows at what the index would have made of them by `end`; null where the index does not reach back to one. */
function compounded(flows: readonly Dated[], index: Index, end: string): Dated[] | null {
  const last = levelAt(index, end);
  const answer = flows.flatMap(({ date, amount }) => {
    const level = levelAt(index, date);
    return last && level ? [{ date, amount: amount.mul(last).div(level) }] : [];
  });
  return answer.length === flows.length ? answer : null;
}

/** The NAV is as of the end of its day: what was called or distributed later moves it to the end of the life. */
function rolledNav({ date, amount }: Dated, calls: readonly Dated[], distributions: readonly Dated[]): Fraction {
  const later = (flows: readonly Dated[]) => total(flows.filter((flow) => flow.date > date));
  return amount.add(later(calls)).sub(later(distributions));
}

/** IRR of what goes in and comes out, with what is left at the end; same days are netted. ACT/365F. */
function rateOf(calls: readonly Dated[], distributions: readonly Dated[], end: string, left: Fraction): RateSolution {
  const all = [
    ...calls.map(({ date, amount }) => ({ date, amount: amount.neg() })),
    ...distributions,
    { date: end, amount: left },
  ];
  const start = earliest(all.map(({ date }) => date));
  const timed = all.map(({ date, amount }) => ({ amount, ticks: ticksBetween("ACT/365F", start, date) }));
  return solveRate(timed, TICKS_PER_YEAR["ACT/365F"]);
}

type Market = Record<"ksPme" | "directAlpha" | "longNickelsNav" | "longNickelsIrr", Measure>;

const noMarket = (reason: string): Market => ({
  ksPme: unknown(reason),
  directAlpha: unknown(reason),
  longNickelsNav: unknown(reason),
  longNickelsIrr: unknown(reason),
});

/** Against an index: Kaplan and Schoar (2005), Gredil, Griffiths and Stucke (2014), Long and Nickels (1996). */
function market(
  calls: Dated[],
  distributions: Dated[],
  end: string,
  nav: Measure & { exact: Fraction | null },
  index: Index,
): Market {
  const [paid, back] = [compounded(calls, index, end), compounded(distributions, index, end)];
  if (!paid || !back) return noMarket("no-index-level");
  const replica = total(paid).sub(total(back));
  const own =
    nav.exact === null
      ? { ksPme: unknown("distributions-exceed-nav"), directAlpha: unknown("distributions-exceed-nav") }
      : { ksPme: over(total(back).add(nav.exact), total(paid)), directAlpha: rateOf(paid, back, end, nav.exact).rate };
  return {
    ...own,
    longNickelsNav: known(exactOf(replica)),
    longNickelsIrr:
      replica.s < 0n && replica.n !== 0n
        ? unknown("negative-index-nav")
        : rateOf(calls, distributions, end, replica).rate,
  };
}

export type FundMultiples = Record<"dpi" | "rvpi" | "tvpi" | "moic" | "navRolledForward" | "irr", Measure> & Market;

/**
 * Multiples on gross flows, rates on net flows (fractions a year). Without a NAV nothing is left; a NAV that more was
 * distributed from than it held says nothing, and what rests on it is unknown. Source: methods b.
 */
export function fundMultiples(given: FundFlows): FundMultiples {
  const [calls, distributions] = [dated(given.calls), dated(given.distributions)];
  const [nav] = given.nav ? dated([given.nav]) : [];
  const days = [...calls, ...distributions, ...(nav ? [nav] : [])].map(({ date }) => date);
  const end = days.sort().at(-1) ?? "";
  const left = nav ? rolledNav(nav, calls, distributions) : ZERO;
  const exact = left.s < 0n && left.n !== 0n ? null : left;
  const [paidIn, paidOut] = [total(calls), total(distributions)];
  const overdrawn = unknown("distributions-exceed-nav");
  const tvpi = exact === null ? overdrawn : over(paidOut.add(exact), paidIn);
  const value: Measure = exact === null ? overdrawn : known(exactOf(exact));
  const index = (given.index ?? [])
    .map(({ date, level }) => ({ date, level: rational(level) }))
    .sort((a, b) => (a.date < b.date ? -1 : 1));
  return {
    dpi: over(paidOut, paidIn),
    rvpi: exact === null ? overdrawn : over(exact, paidIn),
    tvpi,
    moic: tvpi,
    navRolledForward: nav ? value : unknown("missing-input"),
    irr: exact === null ? overdrawn : rateOf(calls, distributions, end, exact).rate,
    ...(given.index === undefined
      ? noMarket("missing-input")
      : market(calls, distributions, end, { ...value, exact }, index)),
  };
}

const STALE_DAYS = 7;

/** What a reader should know: a NAV moved, levels that stand for days long after theirs, no NAV at all. */
export function fundWarnings(given: FundFlows): string[] {
  const warnings: string[] = [];
  const flows = [...given.calls, ...given.distributions];
  if (!given.nav) warnings.push("No NAV: the fund counts as wound up, with nothing left");
  else if (flows.some(({ date }) => date > (given.nav?.date ?? "")))
    warnings.push(`The NAV of ${given.nav.date} is older than the last flow and was rolled forward`);
  const days = (given.index ?? []).map(({ date }) => date).sort();
  const stale = flows.filter(({ date }) => {
    const level = days.findLast((day) => day <= date);
    return level !== undefined && ticksBetween("ACT/365F", level, date) > STALE_DAYS;
  });
  if (stale.length > 0)
    warnings.push(`${stale.length} flows use an index level more than ${STALE_DAYS} days older than they are`);
  return warnings;
}
