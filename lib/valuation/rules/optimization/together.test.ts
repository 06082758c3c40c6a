import fc from "fast-check";
import { expect, test } from "vitest";
import type { PlanLimits, PlanStep } from "./sequence";
import { bestTogether } from "./together";

const step = (id: string, worth: number, hours: number): PlanStep => ({
  ...{ id, worth, hours, money: 0, lag: 0, after: null },
});

test("two that gain the same thing are not both done", () => {
  const linked = [step("a", 50, 5), step("b", 48, 5)];
  const together = (set: readonly PlanStep[]) => (set.length === 2 ? 55 : (set[0]?.worth ?? 0));
  const limits = { hours: 10, money: null, atMost: 12 };
  const { placed, worth } = bestTogether(linked, [step("c", 10, 5)], together, limits);
  // Added up a and b would be worth 98; together they are 55, and a with c is 60.
  expect([placed.map(({ id }) => id), worth]).toEqual([["a", "c"], 60]);
});

test("what cannot be valued is left out, and what only helps another is found", () => {
  const linked = [step("a", 0, 2), step("b", 3, 2)];
  const limits = { hours: 10, money: null, atMost: 12 };
  const worthOf = (both: number | null) => (set: readonly PlanStep[]) =>
    set.length === 2 ? both : (set[0]?.worth ?? 0);
  expect(bestTogether(linked, [], worthOf(null), limits)).toMatchObject({ worth: 3 });
  expect(bestTogether(linked, [], worthOf(20), limits)).toMatchObject({ worth: 20 });
});

const sums = (steps: readonly PlanStep[], of: (one: PlanStep) => number) =>
  steps.reduce((sum, one) => sum + of(one), 0);

test("property: no set of linked and other steps is worth more", () => {
  const drawn = (prefix: string, most: number) =>
    fc
      .array(fc.record({ worth: fc.integer({ min: 0, max: 30 }), hours: fc.integer({ min: 1, max: 6 }) }), {
        maxLength: most,
      })
      .map((all) => all.map(({ worth, hours }, at) => step(`${prefix}${at}`, worth, hours)));
  const hours = fc.nat(16);
  const share = fc.integer({ min: 0, max: 200 });
  fc.assert(
    fc.property(
      drawn("l", 3),
      drawn("o", 4),
      hours,
      fc.integer({ min: 1, max: 5 }),
      share,
      (linked, others, room, atMost, part) => {
        const limits: PlanLimits = { hours: room, money: null, atMost };
        // Of several together only so many hundredths of the sum.
        const together = (set: readonly PlanStep[]) =>
          Math.round(sums(set, ({ worth }) => worth) * (set.length > 1 ? part / 100 : 1));
        const all = [...linked, ...others];
        let best = 0;
        for (let mask = 0; mask < 2 ** all.length; mask++) {
          const chosen = all.filter((_one, at) => mask & (1 << at));
          if (chosen.length > atMost || sums(chosen, (one) => one.hours) > room) continue;
          const some = chosen.filter((one) => linked.includes(one));
          const rest = chosen.filter((one) => others.includes(one));
          best = Math.max(best, together(some) + sums(rest, ({ worth }) => worth));
        }
        expect(bestTogether(linked, others, together, limits).worth).toBe(best);
      },
    ),
    { numRuns: 200 },
  );
});
