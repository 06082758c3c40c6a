import type { Figure } from "@/lib/figures/schema";
import { Exact } from "@/lib/money";
import type { Cause, Holds, Stands } from "./causes";

export type Valued = { day: string; usd: string };

/** Medians of the comparables of one kind and measure: of the newest half year, and of the half year before. */
export type ComparablesFact = {
  /** "trading:Revenue, last 12 months" */
  id: string;
  now: string | null;
  before: string | null;
  figures: readonly Figure[];
};

export type ValuationFacts = {
  /** Oldest first, of the year before the newest; the newest is today's. */
  valuations: readonly Valued[];
  /** The change in a quarter as a fraction. */
  change: string | null;
  comparables: readonly ComparablesFact[];
  figures: { change: readonly Figure[]; valuation: readonly Figure[] };
};

const TRIGGER = "ACTIVE-VENTURE-003" as const;
const MILLION = 1_000_000;
/** spec/stage-40, section 8: 1M, 5M, 10M, 25M, 50M, 100M, and on in the same steps. */
export const MILESTONES: readonly number[] = [1, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000].map(
  (millions) => millions * MILLION,
);
/** Crossed downwards only this far below, so that a value that hovers about a milestone crosses it once. */
const DOWN_MARGIN = "0.95";
const CHANGE = "0.25";
const CHANGE_ENDS = "0.2";
const SHIFT = "0.15";
const SHIFT_ENDS = "0.1";

export const milestoneKey = (usd: number, way: "up" | "down"): string => `milestone:${usd}:${way}`;
export const changeKey = (way: "up" | "down"): string => `valuation-change:${way}`;
export const shiftKey = (id: string, way: "up" | "down"): string => `comparables:${id}:${way}`;

/** "5 million", "2.5 billion" */
export function inWords(usd: number): string {
  const billion = 1_000 * MILLION;
  return usd >= billion ? `${usd / billion} billion` : `${usd / MILLION} million`;
}

/**
 * On which side of a milestone the venture was: as its last crossing says, else above if any earlier value of the year
 * was. The first value of all crosses nothing: null.
 */
function sideOf(usd: number, earlier: readonly Valued[], stands: Stands): "above" | "below" | null {
  if (stands(milestoneKey(usd, "up"))) return "above";
  if (stands(milestoneKey(usd, "down"))) return "below";
  if (earlier.length === 0) return null;
  return earlier.some((one) => new Exact(one.usd).gte(usd)) ? "above" : "below";
}

function crossings({ valuations, figures }: ValuationFacts, stands: Stands): Cause[] {
  const now = valuations.at(-1);
  const earlier = valuations.slice(0, -1);
  return MILESTONES.flatMap((usd): Cause[] => {
    const side = sideOf(usd, earlier, stands);
    if (!now || side === null) return [];
    const value = new Exact(now.usd);
    const up = value.gte(usd);
    const down = value.lt(new Exact(usd).times(DOWN_MARGIN));
    // Between the two nothing has changed: what stands goes on standing.
    const [rose, fell] =
      side === "below"
        ? [up, stands(milestoneKey(usd, "down")) && !up]
        : [stands(milestoneKey(usd, "up")) && !down, down];
    const cause = (way: "up" | "down", holds: boolean): Cause => ({
      ...{ trigger: TRIGGER, key: milestoneKey(usd, way), holds, figures: figures.valuation },
      title: `The valuation has ${way === "up" ? "reached" : "fallen below"} ${inWords(usd)} US dollars`,
      why: `It crossed ${inWords(usd)} US dollars, at the stored rate of the day, ${way === "up" ? "from below" : "from above"}.`,
    });
    return [cause("up", rose), cause("down", fell)];
  });
}

/** Beyond a limit in one direction; once it stands, until it is within the nearer one. */
function beyond(change: string | null, way: "up" | "down", stands: boolean, [limit, ends]: [string, string]): Holds {
  if (change === null) return null;
  const value = way === "up" ? new Exact(change) : new Exact(change).negated();
  return value.gt(stands ? ends : limit);
}

const WAYS = ["up", "down"] as const;

const changes = ({ change, figures }: ValuationFacts, stands: Stands): Cause[] =>
  WAYS.map((way) => ({
    ...{ trigger: TRIGGER, key: changeKey(way), figures: figures.change },
    holds: beyond(change, way, stands(changeKey(way)), [CHANGE, CHANGE_ENDS]),
    title: `The valuation has ${way === "up" ? "risen" : "fallen"} by more than a quarter in three months`,
    why: "Its change in a quarter is more than 25 %.",
  }));

function shiftOf({ now, before }: ComparablesFact): string | null {
  if (now === null || before === null || !new Exact(before).gt(0)) return null;
  return new Exact(now).div(before).minus(1).toFixed();
}

const shifts = ({ comparables }: ValuationFacts, stands: Stands): Cause[] =>
  comparables.flatMap((one) =>
    WAYS.map((way) => ({
      ...{ trigger: TRIGGER, key: shiftKey(one.id, way), figures: one.figures },
      holds: beyond(shiftOf(one), way, stands(shiftKey(one.id, way)), [SHIFT, SHIFT_ENDS]),
      title: `The comparables have moved ${way}`,
      why: `Their median (${one.id.replace(":", ", ")}) of the last half year is more than 15 % ${way === "up" ? "above" : "below"} that of the half year before.`,
    })),
  );

/** ACTIVE-VENTURE-003: a change of more than a quarter, a milestone that was crossed, comparables that moved. */
export const valuationMilestones = (facts: ValuationFacts, stands: Stands): Cause[] => [
  ...changes(facts, stands),
  ...crossings(facts, stands),
  ...shifts(facts, stands),
];
