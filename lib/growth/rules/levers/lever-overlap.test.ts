import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Exact } from "@/lib/money";
import { LEVER_KINDS, type LeverKind } from "../../schema";
import { DRAWS, simulateLever } from "./lever-outcome";
import { expectedInteraction, interaction, jointEffect, mostSynergy, roomOf } from "./lever-overlap";
import type { CustomerYear } from "./lever-rates";

const ROOM = { lost: 1_000, won: 400 };
const share = (kind: LeverKind, amount: number) => ({ kind, amount });

// By hand: half of 1,000 saved by segment leaves 500, of which a fifth is 100, so 200 + 500 bring 600.
test.each<[string, ReturnType<typeof share>[], number]>([
  ["one lever is itself", [share("retention-gap", 500)], 0],
  ["two segments hold different customers", [share("retention-gap", 500), share("retention-gap", 200)], 0],
  [
    "a segment and the largest customers share losses",
    [share("retention-gap", 500), share("concentration", 200)],
    -100,
  ],
  ["three cuts", [share("retention-gap", 500), share("channel-mix", 200), share("cohort-decay", 100)], -160],
  [
    "losses that are all saved cannot be saved again",
    [share("benchmark-retention", 1_000), share("concentration", 200)],
    -200,
  ],
  [
    "a gap wider than the losses known is their bound",
    [share("retention-gap", 2_000), share("concentration", 200)],
    -200,
  ],
  ["a better step wins more of what is better spent", [share("funnel-drop", 100), share("channel-payback", 40)], 10],
  ["losses and prices add up", [share("retention-gap", 500), share("price-dispersion", 100)], 0],
  ["expansion and new customers add up", [share("expansion-gap", 500), share("funnel-drop", 100)], 0],
])("%s", (_case, shares, expected) => {
  expect(interaction(shares, ROOM)).toBeCloseTo(expected, 9);
});

test("without new customers there is nothing to multiply", () => {
  expect(interaction([share("funnel-drop", 100), share("channel-payback", 40)], { lost: 0, won: 0 })).toBe(0);
});

const anyShares = fc.array(
  fc.record({ kind: fc.constantFrom(...LEVER_KINDS), amount: fc.double({ min: 0, max: 900, noNaN: true }) }),
  { maxLength: 6 },
);

test("together never less than the largest, losses never more than their sum, in any order", () => {
  fc.assert(
    fc.property(anyShares, (shares) => {
      const sum = shares.reduce((total, { amount }) => total + amount, 0);
      const joint = sum + interaction(shares, ROOM);
      expect(joint).toBeGreaterThanOrEqual(Math.max(0, ...shares.map(({ amount }) => amount)) - 1e-6);
      expect(sum + interaction([...shares].reverse(), ROOM)).toBeCloseTo(joint, 6);
      const losses = shares.filter(({ kind }) => kind !== "funnel-drop" && kind !== "channel-payback");
      expect(interaction(losses, ROOM)).toBeLessThanOrEqual(1e-9);
    }),
  );
});

const lever = (kind: LeverKind, monthly: number) => ({
  kind,
  outcome: simulateLever({
    ...{ seed: `${kind}:${monthly}`, draws: DRAWS, monthly, relativeError: 0.2, monthsToEffect: 6, effort: 2 },
    ...{ costPerHead: 1_000, grossMargin: 0.8 },
  }),
});

describe("draw by draw", () => {
  test("one lever alone keeps its own range", () => {
    const one = lever("retention-gap", 500);
    expect(jointEffect([one], ROOM)?.effect).toEqual(one.outcome.effect);
    expect(jointEffect([], ROOM)).toBeNull();
  });

  test("the mean overlap is what the optimizer expects, within the error of the draws", () => {
    const set = [lever("retention-gap", 600), lever("concentration", 300), lever("cohort-decay", 200)];
    const joint = jointEffect(set, ROOM);
    const expected = expectedInteraction(set, ROOM, 12);
    expect(expected).toBeLessThan(-10);
    expect(-(joint?.overlap.mean ?? 0)).toBeCloseTo(expected, -Math.log10(Math.abs(expected) * 0.1));
    const sum = set.reduce((total, { outcome }) => total + outcome.effect.mean, 0);
    expect(joint?.effect.mean).toBeCloseTo(sum - (joint?.overlap.mean ?? 0), 6);
  });

  test("no set gains more by going together than all that win customers", () => {
    const all = [
      lever("funnel-drop", 200),
      lever("channel-payback", 90),
      lever("channel-payback", 60),
      lever("concentration", 500),
    ];
    const most = mostSynergy(all, ROOM, 24);
    for (let mask = 0; mask < 16; mask++) {
      const set = all.filter((_, index) => mask & (1 << index));
      expect(expectedInteraction(set, ROOM, 24)).toBeLessThanOrEqual(most + 1e-9);
    }
  });
});

test("what the branches move, from the customers of a year", () => {
  const customer = (before: number, now: number): CustomerYear => ({
    ...{ id: `${before}-${now}`, segment: null, channel: null, before: new Exact(before), now: new Exact(now) },
  });
  // A quarter of 400 is lost, so of today's 500 as much as 125 will be; 200 came new.
  expect(roomOf([customer(100, 0), customer(300, 300), customer(0, 200)])).toEqual({ lost: 125, won: 200 });
  expect(roomOf([customer(0, 200)])).toEqual({ lost: 0, won: 200 });
});
