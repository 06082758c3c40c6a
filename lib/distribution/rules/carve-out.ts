import type Fraction from "fraction.js";
import type { FieldProblem } from "@/lib/errors";
import type { Participant, ShareClass } from "../schema";
import { crossing, engineExits } from "./breakpoints";
import { type Engine, outcomeOf } from "./equilibrium";
import { byValue, greater, lesser, positive, rational, sum, whole, ZERO } from "./exact";
import { positionOf } from "./positions";
import { roundHalfUp } from "./rounding";

/** What ranks before all equity and before the carve-out. */
export const debtOf = (classes: readonly ShareClass[]): Fraction =>
  sum(
    classes
      .map(positionOf)
      .filter(({ tier }) => tier === "debt")
      .map(({ held }) => held),
  );

/**
 * Of all consideration so far the part that participants outside the cap table receive, after its debt, to the minor unit.
 * What a payment brings them is this of all so far less this of what came before it.
 */
export const carvedOf =
  (part: Fraction, debts: Fraction, digits: number) =>
  (gross: Fraction): Fraction =>
    roundHalfUp(lesser(gross.mul(part), greater(gross.sub(debts), ZERO)), digits);

type Holder = { index: number | null; fraction: Fraction; share: Fraction | null };

/** Participants with the class that they hold; names that are no class, and parts of the pool that do not add up. */
export function readParticipants(
  given: readonly Participant[],
  ids: readonly string[],
): { holders: Holder[]; problems: FieldProblem[] } {
  const problems: FieldProblem[] = [];
  const at = (index: number) => `carveOut.participants[${index}]`;
  const holders = given.map((participant, index): Holder => {
    const entry = typeof participant === "string" ? { id: participant, fraction: 1 } : participant;
    const named = "class" in entry ? entry.class : undefined;
    const held = named === null ? null : ids.indexOf(named ?? entry.id);
    if (held === -1) problems.push({ path: at(index), expected: `the id of a class; "${named ?? entry.id}" is none` });
    const share = "share" in entry && entry.share !== undefined ? rational(entry.share) : null;
    return { index: held, fraction: rational(entry.fraction), share };
  });
  const shares = holders.flatMap(({ share }) => (share ? [share] : []));
  if (shares.length > 0 && (shares.length < holders.length || !sum(shares).equals(1)))
    problems.push({
      path: "carveOut.participants",
      expected: "a share for every participant, adding up to 1, or for none",
    });
  ids.forEach((id, index) => {
    const parts = holders.filter((holder) => holder.index === index).map((holder) => holder.fraction);
    if (sum(parts).gt(1))
      problems.push({ path: "carveOut.participants", expected: `no more than the whole of class "${id}" in all` });
  });
  return { holders, problems };
}

/** What of the pool is paid when participants already receive this as equity: part by part, or as one pool. */
function reducedPool(pool: Fraction, holders: readonly Holder[], equity: readonly Fraction[]): Fraction {
  const own = holders.map(({ index, fraction }) => (index === null ? ZERO : (equity[index] ?? ZERO).mul(fraction)));
  if (holders.every(({ share }) => share === null)) return greater(ZERO, pool.sub(sum(own)));
  return sum(holders.map(({ share }, i) => greater(ZERO, pool.mul(share ?? ZERO).sub(own[i] ?? ZERO))));
}

/** Exits inside the interval at which a participant's equity reaches its part of the pool. */
function kinks(pool: Fraction, holders: readonly Holder[], low: Sample, high: Sample, from: Fraction, to: Fraction) {
  const pooled = holders.every(({ share }) => share === null);
  const over = ({ equity }: Sample, part: readonly Holder[], share: Fraction) =>
    sum(part.map(({ index, fraction }) => (index === null ? ZERO : (equity[index] ?? ZERO).mul(fraction)))).sub(share);
  const groups = pooled
    ? [{ part: holders, share: pool }]
    : holders.map((h) => ({ part: [h], share: pool.mul(h.share ?? ZERO) }));
  return groups.flatMap(({ part, share }) => {
    const at = crossing([low.at, over(low, part, share)], [high.at, over(high, part, share)], from, to);
    return at ? [at] : [];
  });
}

type Sample = { at: Fraction; equity: Fraction[] };

/**
 * The carve-out after the participants' own equity: the smallest C with C = pool − what they receive as equity when
 * the classes share `available` − C (never below 0). Solved exactly on the payoff curve, segment by segment.
 */
export function netCarveOut(engine: Engine, available: Fraction, pool: Fraction, holders: readonly Holder[]): Fraction {
  if (holders.every(({ index }) => index === null) || !positive(pool)) return pool;
  const floor = available.sub(pool);
  const sample = (at: Fraction): Sample => ({ at, equity: outcomeOf(engine, at).takes.map((take) => take.total) });
  const third = (from: Fraction, to: Fraction, part: bigint) => from.add(to.sub(from).mul(whole(part)).div(whole(3n)));
  const knots = engineExits(engine);
  const coarse = [floor, ...knots.filter((at) => at.gt(floor) && at.lt(available)), available];
  const fine = coarse.slice(1).flatMap((to, index) => {
    const from = coarse[index] ?? floor;
    return kinks(pool, holders, sample(third(from, to, 1n)), sample(third(from, to, 2n)), from, to);
  });
  const grid = [...coarse, ...fine].sort(byValue);
  // What is missing: positive where the classes could have more and the carve-out less.
  const missing = ({ at, equity }: Sample) => available.sub(at).sub(reducedPool(pool, holders, equity));
  for (let index = grid.length - 1; index >= 0; index -= 1) {
    const to = grid[index] ?? available;
    if (missing(sample(to)).s >= 0n) return available.sub(to);
    const from = grid[index - 1];
    if (!from?.lt(to)) continue;
    const [low, high] = [sample(third(from, to, 1n)), sample(third(from, to, 2n))];
    const at = crossing([low.at, missing(low)], [high.at, missing(high)], from, to);
    if (at) return available.sub(at);
  }
  return pool;
}
