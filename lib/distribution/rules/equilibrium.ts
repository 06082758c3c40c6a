import type Fraction from "fraction.js";
import { buildCurve, type Curve, type Settlement, settle } from "./curve";
import { sum, ZERO } from "./exact";
import { asConverted, asHeld, type Position } from "./positions";

export type Engine = {
  free: Curve;
  /** Everyone's payoff when the preferred are made to convert; null without the clause. */
  forced: Curve | null;
  majority: Fraction;
  votes: Fraction;
};

export function buildEngine(positions: readonly Position[], majority: Fraction | null): Engine {
  const voters = positions.filter((position) => position.votes);
  return {
    free: buildCurve(positions),
    forced: majority && buildCurve(positions.map((position) => (position.votes ? asConverted(position) : position))),
    majority: majority ?? ZERO,
    votes: sum(voters.map((position) => position.shares)),
  };
}

/** Do preferred holders with more than the majority of the as-converted preferred votes each gain by converting all? */
export function isForced(engine: Engine, free: Settlement, forced: Settlement): boolean {
  const gaining = engine.free.positions.filter((position, index) => {
    const alone = free.takes[index]?.total ?? ZERO;
    return position.votes && forced.takes[index]?.total.gt(alone);
  });
  return sum(gaining.map((position) => position.shares)).gt(engine.majority.mul(engine.votes));
}

export type Outcome = Settlement & { forced: boolean };

/** The waterfall of an amount before rounding: the equilibrium, or what a majority of the preferred imposes. */
export function outcomeOf(engine: Engine, amount: Fraction): Outcome {
  const free = settle(engine.free, amount);
  if (!engine.forced) return { ...free, forced: false };
  const forced = settle(engine.forced, amount);
  return isForced(engine, free, forced) ? { ...forced, forced: true } : { ...free, forced: false };
}

const fix = (position: Position, converts: boolean): Position => (converts ? asConverted(position) : asHeld(position));

/** Beyond this many classes with a choice, the test by switching gives way to the same comparison at the price. */
const MOST_SWITCHED = 100;

/**
 * The test of methods a3 on the final set: each class that has a choice switches alone, all others staying.
 * Answers the ids that gain (none, or the result is wrong) and those to which it makes no difference.
 */
export function deviations(engine: Engine, outcome: Outcome, amount: Fraction): { gain: string[]; same: string[] } {
  const curve = outcome.forced && engine.forced ? engine.forced : engine.free;
  const { positions } = curve;
  if (positions.filter((position) => position.chooses).length > MOST_SWITCHED) return atThePrice(curve, outcome);
  const fixed = positions.map((position, index) =>
    position.chooses ? fix(position, outcome.takes[index]?.converted ?? false) : position,
  );
  const gain: string[] = [];
  const same: string[] = [];
  positions.forEach((position, index) => {
    const take = outcome.takes[index];
    if (!position.chooses || !take) return;
    const switched = fixed.with(index, fix(position, !take.converted));
    const alone = settle(buildCurve(switched), amount).takes[index]?.total ?? ZERO;
    if (alone.gt(take.total)) gain.push(position.id);
    else if (alone.equals(take.total)) same.push(position.id);
  });
  return { gain, same };
}

/** A class is indifferent at its conversion price, where it receives nothing either way, or where it has no claim to lose. */
function atThePrice({ positions, convertsAt }: Curve, outcome: Outcome): { gain: string[]; same: string[] } {
  const same = positions.filter((position, index) => {
    if (!position.chooses) return false;
    const { participates, cap, held, kept } = position;
    const nothing = outcome.price.n === 0n && outcome.takes[index]?.total.n === 0n;
    const noClaim = participates && cap === null && held.equals(kept);
    return nothing || noClaim || convertsAt[index]?.equals(outcome.price);
  });
  return { gain: [], same: same.map(({ id }) => id) };
}
