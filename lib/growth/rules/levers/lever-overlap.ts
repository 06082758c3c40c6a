import type { LeverKind } from "../../schema";
import { type Range, rangeOf } from "../simulate";
import { type LeverOutcome, wonBy } from "./lever-outcome";
import { type CustomerYear, grossRetention, sumOf } from "./lever-rates";

/**
 * What levers bring together, through the branches of the driver tree: revenue is what stays, what customers add, what
 * new ones bring and what each unit costs, so branches add up. Within a branch they do not:
 * - losses: customers can be cut by segment, by channel, by size or by age. Groups of one cut hold different customers
 *   and add up; each further cut works on the losses that the others left, 1 − Π(1 − share).
 * - new revenue: customers won = money spent × what it wins, so a better step of the funnel and better channels multiply.
 * - expansion and prices: one cut each, whose groups hold different customers or plans, so they add up.
 */
type Branch = "losses" | "new" | "expansion" | "prices";
type Cut = "segment" | "channel" | "largest" | "age" | "all" | "step" | "spending" | "plan";

export const PLACES: Readonly<Record<LeverKind, { branch: Branch; cut: Cut }>> = {
  "retention-gap": { branch: "losses", cut: "segment" },
  "channel-mix": { branch: "losses", cut: "channel" },
  concentration: { branch: "losses", cut: "largest" },
  "cohort-decay": { branch: "losses", cut: "age" },
  "benchmark-retention": { branch: "losses", cut: "all" },
  "funnel-drop": { branch: "new", cut: "step" },
  "channel-payback": { branch: "new", cut: "spending" },
  "expansion-gap": { branch: "expansion", cut: "segment" },
  "benchmark-expansion": { branch: "expansion", cut: "all" },
  "price-dispersion": { branch: "prices", cut: "plan" },
};

/** What a branch moves in a year at today's rates, per month: revenue that will be lost, revenue of new customers. */
export type Room = { readonly lost: number; readonly won: number };

export function roomOf(customers: readonly CustomerYear[]): Room {
  const kept = grossRetention(customers);
  const revenue = sumOf(customers.map(({ now }) => now)).toNumber();
  const newcomers = customers.filter(({ before, now }) => before.isZero() && now.gt(0));
  return {
    lost: kept === null ? 0 : Math.max(0, revenue * (1 - kept.value.toNumber())),
    won: sumOf(newcomers.map(({ now }) => now)).toNumber(),
  };
}

type Share = { readonly kind: LeverKind; readonly amount: number };

function byCut(shares: readonly Share[], branch: Branch): number[] {
  const cuts = new Map<Cut, number>();
  for (const { kind, amount } of shares) {
    const { branch: own, cut } = PLACES[kind];
    if (own === branch) cuts.set(cut, (cuts.get(cut) ?? 0) + amount);
  }
  return [...cuts.values()];
}

const total = (amounts: readonly number[]): number => amounts.reduce((sum, amount) => sum + amount, 0);

/** What the cuts of the losses save together: never less than the largest of them, never more than their sum. */
function savedLosses(cuts: readonly number[], lost: number): number {
  const whole = Math.max(lost, ...cuts);
  return whole > 0 ? whole * (1 - cuts.reduce((left, amount) => left * (1 - amount / whole), 1)) : 0;
}

const wonTogether = (cuts: readonly number[], won: number): number =>
  won > 0 ? won * (cuts.reduce((all, amount) => all * (1 + amount / won), 1) - 1) : total(cuts);

/** Joint additional revenue of a month less the sum of the single ones: below zero where they overlap. */
export function interaction(shares: readonly Share[], { lost, won }: Room): number {
  const [losses, gains] = [byCut(shares, "losses"), byCut(shares, "new")];
  const overlap = losses.length > 1 ? savedLosses(losses, lost) - total(losses) : 0;
  const synergy = gains.length > 1 ? wonTogether(gains, won) - total(gains) : 0;
  return overlap + synergy;
}

type Drawn = { readonly kind: LeverKind; readonly outcome: LeverOutcome };

/** Expected interaction of the next `months` months; of independent draws the expectation of a product is the product. */
export function expectedInteraction(levers: readonly Drawn[], room: Room, months: number): number {
  let sum = 0;
  for (let month = 0; month < months; month++) {
    sum += interaction(
      levers.map(({ kind, outcome }) => ({ kind, amount: outcome.curve[month] ?? 0 })),
      room,
    );
  }
  return sum;
}

/** The most that any set of them can gain by going together: the synergy of all, since more levers never lessen it. */
export function mostSynergy(levers: readonly Drawn[], room: Room, months: number): number {
  return Math.max(
    0,
    expectedInteraction(
      levers.filter(({ kind }) => PLACES[kind].branch === "new"),
      room,
      months,
    ),
  );
}

export type Joint = { readonly effect: Range; readonly overlap: Range };

/** Additional revenue of twelve months of the levers together, draw by draw, and what their sum counts twice. */
export function jointEffect(levers: readonly Drawn[], room: Room): Joint | null {
  const [first] = levers;
  if (!first) return null;
  const draws = first.outcome.effects.length;
  const [effects, twice] = [new Float64Array(draws), new Float64Array(draws)];
  for (let draw = 0; draw < draws; draw++) {
    let apart = 0;
    for (const { outcome } of levers) apart += outcome.effects[draw] ?? 0;
    const between = levers.length > 1 ? interactionOf(levers, room, draw) : 0;
    effects[draw] = apart + between;
    twice[draw] = -between;
  }
  return { effect: rangeOf(effects), overlap: rangeOf(twice) };
}

function interactionOf(levers: readonly Drawn[], room: Room, draw: number): number {
  let sum = 0;
  for (let month = 0; month < 12; month++) {
    const shares = levers.map(({ kind, outcome }) => {
      const amount = (outcome.fulls[draw] ?? 0) * wonBy(month, outcome.delays[draw] ?? 0);
      return { kind, amount };
    });
    sum += interaction(shares, room);
  }
  return sum;
}
