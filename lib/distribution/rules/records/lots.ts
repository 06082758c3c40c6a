import { parseDate } from "@internationalized/date";
import { daysBetween } from "@/lib/metrics/rules/periods";
import { Exact, splitByLargestRemainder, toMinor } from "@/lib/money";
import type { Acquired, Way } from "./lineage";

/** One security of one holder on the day of the sale, as the cap table has it. */
export type Held = {
  id: string;
  label: string;
  kind: "stock" | "equity-compensation" | "warrant" | "convertible";
  holderId: string;
  /** As the distribution names it: of a stock its class, of everything else the security itself. */
  classId: string;
  /** Shares; of a convertible its amount. */
  units: string;
  /** Paid per share of stock; to be paid for options. */
  price: string | null;
  currency: string | null;
};
/** What a person said was paid for a security, and where it is written. */
export type StatedCost = { amountMinor: bigint; currency: string; evidence: string };

export type Cost = { minor: bigint; note: string | null } | { minor: null; reason: string };
export type Lot = Held & {
  acquiredOn: string | null;
  way: Way;
  cost: Cost;
  proceedsMinor: bigint;
  daysHeld: number | null;
  /** Null where the day is not known. */
  overAYear: boolean | null;
};

/** Why an option has cost nothing. */
export const UNEXERCISED = "not exercised: the strike is netted";

/** Sold by somebody else before: the cap table keeps the price of the first issue, never what the buyer paid. */
function costOf(held: Held, way: Way, stated: StatedCost | undefined, currency: string): Cost {
  if (stated)
    return stated.currency === currency
      ? { minor: stated.amountMinor, note: stated.evidence }
      : { minor: null, reason: "mixed-currencies" };
  if (held.kind === "equity-compensation") return { minor: 0n, note: UNEXERCISED };
  if (way === "transfer") return { minor: null, reason: "bought-from-a-holder" };
  if (held.kind === "warrant") return { minor: null, reason: "no-cost-recorded" };
  const amount = held.kind === "convertible" ? held.units : held.price && new Exact(held.price).times(held.units);
  if (amount === null) return { minor: null, reason: "no-cost-recorded" };
  if (held.currency !== currency)
    return { minor: null, reason: held.currency ? "mixed-currencies" : "no-cost-recorded" };
  return { minor: toMinor(amount, currency), note: null };
}

/** More than a year: sold after the same day of the next year (26 USC 1222; the day of purchase does not count). */
const isOverAYear = (from: string, to: string): boolean => to > parseDate(from).add({ years: 1 }).toString();

export type LotFacts = {
  currency: string;
  soldOn: string;
  held: readonly Held[];
  acquired: ReadonlyMap<string, Acquired>;
  stated: ReadonlyMap<string, StatedCost>;
  /** Units of each class and holder by which proceeds are shared. */
  holdings: readonly { classId: string; holderId: string; units: string }[];
  /** What each holder received of each class so far, before tax. */
  gross: (classId: string, holderId: string) => bigint;
};

const byDay = (a: Lot, b: Lot): number => {
  const [on, other] = [a.acquiredOn ?? "", b.acquiredOn ?? ""];
  return on === other ? (a.id < b.id ? -1 : 1) : on < other ? -1 : 1;
};

/**
 * The lots of each holding, oldest first, with its proceeds so far allocated pro rata to units by largest remainder (the
 * older lot first at a tie). All units of a class are sold at once, so first-in-first-out would name the same lots. Where
 * the cap table's units are not those that proceeds are shared by, the holding has no lots.
 */
export function lotsOf({ currency, soldOn, held, acquired, stated, holdings, gross }: LotFacts): Lot[] {
  const byHolder = Map.groupBy(held, (one) => one.holderId);
  return holdings.flatMap(({ classId, holderId, units }) => {
    const lots = (byHolder.get(holderId) ?? [])
      .filter((one) => one.classId === classId)
      .map((one): Lot => {
        const { on, way } = acquired.get(one.id) ?? { on: null, way: "issue" as const };
        const cost = costOf(one, way, stated.get(one.id), currency);
        const daysHeld = on === null ? null : daysBetween(on, soldOn);
        const overAYear = on === null ? null : isOverAYear(on, soldOn);
        return { ...one, acquiredOn: on, way, cost, daysHeld, overAYear, proceedsMinor: 0n };
      })
      .sort(byDay);
    const all = lots.reduce((sum, lot) => sum.plus(lot.units), new Exact(0));
    const parts = all.eq(units)
      ? splitByLargestRemainder(
          gross(classId, holderId),
          lots.map((lot) => lot.units),
        )
      : null;
    return parts ? lots.map((lot, index) => ({ ...lot, proceedsMinor: parts[index] ?? 0n })) : [];
  });
}
