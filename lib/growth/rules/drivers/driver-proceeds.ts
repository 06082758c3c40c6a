import type Fraction from "fraction.js";
import { outstandingOf, stockOf } from "@/lib/cap-table/rules/classes";
import type { CapTable } from "@/lib/cap-table/rules/positions";
import { engineSchedule } from "@/lib/distribution/rules/breakpoints";
import { outcomeOf } from "@/lib/distribution/rules/equilibrium";
import { positive, rational, sum, ZERO } from "@/lib/distribution/rules/exact";
import { readEngine } from "@/lib/distribution/rules/waterfall";
import { type ShareClassInput, shareClassSchema } from "@/lib/distribution/schema";
import { ok, type Result, refuse } from "@/lib/errors";
import { Exact } from "@/lib/money";

/** Between these proceeds the group receives nothing of a further unit; `to` is null without end. */
export type FlatZone = { readonly from: Exact; readonly to: Exact | null };

export type GroupProceeds = {
  /** What the group receives of equity proceeds, in plain units. */
  readonly at: (proceeds: Exact) => Exact;
  /** The zone around these proceeds in which its part does not move; null where it does. */
  readonly flatAround: (proceeds: Exact) => FlatZone | null;
};

const exact = (value: Fraction): Exact => new Exact((value.s * value.n).toString()).div(value.d.toString());

/** Of each class of the waterfall the part that is theirs: of stock by shares, of single securities all or nothing. */
export function ownParts(
  table: CapTable,
  classes: readonly { id: string }[],
  holders: ReadonlySet<string>,
): Fraction[] {
  return classes.map(({ id }) => {
    const security = table.securities.find((one) => one.id === id && one.kind !== "stock");
    if (security) return holders.has(security.holderId) ? rational(1) : ZERO;
    const stock = stockOf(table, id);
    const all = outstandingOf(stock);
    return positive(all) ? outstandingOf(stock.filter(({ holderId }) => holders.has(holderId))).div(all) : ZERO;
  });
}

/**
 * The group's part of the waterfall of equity proceeds, without transaction costs. Exact, not rounded to the minor unit:
 * a sensitivity, not a payment. Refuses classes that contradict each other.
 */
export function groupProceeds(
  table: CapTable,
  given: readonly ShareClassInput[],
  holders: ReadonlySet<string>,
): Result<GroupProceeds, "CONTRADICTION"> {
  const classes = given.map((each) => shareClassSchema.parse(each));
  const engine = readEngine(classes, undefined);
  if (!engine.ok) return refuse("CONTRADICTION", engine.problems);
  const parts = ownParts(table, classes, holders);
  const part = (index: number): Fraction => parts[index] ?? ZERO;
  const { slopes } = engineSchedule(engine.value);
  const flat = slopes.map(({ shares }) => !positive(sum(shares.map((share, index) => share.mul(part(index))))));
  return ok({
    at: (proceeds) => {
      const { takes } = outcomeOf(engine.value, rational(proceeds.toFixed(6)));
      return exact(sum(takes.map(({ total }, index) => total.mul(part(index)))));
    },
    flatAround: (proceeds) => {
      const amount = rational(proceeds.toFixed(6));
      const at = slopes.findIndex(({ from, to }) => from.lte(amount) && (to === null || to.gt(amount)));
      if (at < 0 || !flat[at]) return null;
      let [first, last] = [at, at];
      while (first > 0 && flat[first - 1]) first -= 1;
      while (last + 1 < slopes.length && flat[last + 1]) last += 1;
      const [low, high] = [slopes[first]?.from ?? ZERO, slopes[last]?.to ?? null];
      return { from: exact(low), to: high ? exact(high) : null };
    },
  });
}
