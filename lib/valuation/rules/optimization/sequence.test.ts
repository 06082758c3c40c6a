import fc from "fast-check";
import { expect, test } from "vitest";
import { bestSequence, type PlanLimits, type PlanStep } from "./sequence";

const step = (id: string, worth: number, hours: number, more: Partial<PlanStep> = {}): PlanStep => ({
  ...{ id, worth, hours, money: 0, lag: 0, after: null },
  ...more,
});
const ids = (steps: readonly PlanStep[], limits: PlanLimits) => bestSequence(steps, limits).placed.map(({ id }) => id);
const open: PlanLimits = { hours: 10, money: null, atMost: 12 };

test.each<[string, readonly PlanStep[], PlanLimits, readonly string[]]>([
  // Most for the hour first would take a alone: 60 ÷ 6 > 50 ÷ 5; b and c fill the ten hours and are worth 100.
  [
    "what sorting by worth for the hour misses",
    [step("a", 61, 6), step("b", 50, 5), step("c", 50, 5)],
    open,
    ["b", "c"],
  ],
  ["what shows too late is left out", [step("a", 90, 5, { lag: 6 }), step("b", 10, 5)], open, ["b"]],
  ["what takes long to show is worked on first", [step("a", 10, 5, { lag: 5 }), step("b", 90, 5)], open, ["a", "b"]],
  ["else what is worth most for the hour first", [step("a", 10, 5), step("b", 90, 5)], open, ["b", "a"]],
  [
    "a step that is worth nothing, where another needs it",
    [step("a", 0, 4), step("b", 90, 5, { after: "a" })],
    open,
    ["a", "b"],
  ],
  ["nothing without what it needs", [step("b", 90, 5, { after: "gone" }), step("c", 1, 5)], open, ["c"]],
  ["no round of needs", [step("a", 9, 1, { after: "b" }), step("b", 9, 1, { after: "a" })], open, []],
  [
    "the money",
    [step("a", 90, 1, { money: 11 }), step("b", 50, 1, { money: 6 }), step("c", 45, 1, { money: 4 })],
    { ...open, money: 10 },
    ["b", "c"],
  ],
  [
    "of equal worth the cheaper",
    [step("a", 50, 1, { money: 9 }), step("b", 50, 1, { money: 3 })],
    { ...open, atMost: 1 },
    ["b"],
  ],
  ["no more than so many", [step("a", 3, 1), step("b", 2, 1), step("c", 1, 1)], { ...open, atMost: 2 }, ["a", "b"]],
  ["nothing at all", [], open, []],
])("takes %s", (_name, steps, limits, expected) => {
  expect(ids(steps, limits)).toEqual(expected);
});

const worthOf = (steps: readonly PlanStep[], chosen: readonly string[]) =>
  steps.reduce((sum, { id, worth }) => sum + (chosen.includes(id) ? worth : 0), 0);

/** Every order of every set, by hand. */
function best(steps: readonly PlanStep[], limits: PlanLimits): { worth: number; weighted: number } {
  let found = { worth: 0, weighted: 0 };
  const visit = (done: readonly PlanStep[], hours: number, money: number, worth: number, weighted: number) => {
    if (worth > found.worth || (worth === found.worth && weighted < found.weighted)) found = { worth, weighted };
    for (const next of steps) {
      const end = hours + next.hours;
      const ready = next.after === null || done.some(({ id }) => id === next.after);
      const room = done.length < limits.atMost && money + next.money <= (limits.money ?? Number.POSITIVE_INFINITY);
      if (done.includes(next) || !ready || !room || end + next.lag > limits.hours) continue;
      visit([...done, next], end, money + next.money, worth + next.worth, weighted + next.worth * end);
    }
  };
  visit([], 0, 0, 0, 0);
  return found;
}

test("property: no set and no order is better, and every limit is kept", () => {
  const steps = fc
    .array(
      fc.record({
        worth: fc.nat(30),
        hours: fc.integer({ min: 1, max: 6 }),
        money: fc.nat(5),
        lag: fc.nat(6),
        needs: fc.nat(9),
      }),
      { maxLength: 6 },
    )
    .map((drawn) =>
      drawn.map(({ needs, ...one }, index) => ({
        ...{ ...one, id: `s${index}`, after: needs < index ? `s${needs}` : null },
      })),
    );
  const limits = fc.record({ hours: fc.nat(16), money: fc.option(fc.nat(10)), atMost: fc.integer({ min: 1, max: 6 }) });
  fc.assert(
    fc.property(steps, limits, (all, limit) => {
      const { placed, proven } = bestSequence(all, limit);
      const wanted = best(all, limit);
      const chosen = placed.map(({ id }) => id);
      expect([proven, worthOf(all, chosen)]).toEqual([true, wanted.worth]);
      const taken = all.filter(({ id, worth }) => worth > 0 && chosen.includes(id));
      if (taken.length === chosen.length) {
        const weighted = placed.reduce((sum, { id, to }) => sum + worthOf(all, [id]) * to, 0);
        expect(weighted).toBe(best(taken, limit).weighted);
      }
      let money = 0;
      for (const { id, from, to } of placed) {
        const found = all.find((one) => one.id === id);
        if (!found) throw new Error(id);
        money += found.money;
        expect([to - from, to + found.lag <= limit.hours]).toEqual([found.hours, true]);
        if (found.after) expect(chosen.indexOf(found.after)).toBeLessThan(chosen.indexOf(id));
      }
      expect(money <= (limit.money ?? Number.POSITIVE_INFINITY) && placed.length <= limit.atMost).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test("thirty steps are proven best at once", () => {
  const many = Array.from({ length: 32 }, (_, index) =>
    step(`s${index}`, ((index * 7919) % 97) + 3, ((index * 104_729) % 211) + 16, { lag: (index % 3) * 160 }),
  );
  expect(bestSequence(many, { hours: 1_440, money: null, atMost: 12 })).toMatchObject({ proven: true });
});
