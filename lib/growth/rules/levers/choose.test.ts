import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Candidate, chooseBest, type Limits, obstacleOf } from "./choose";

const item = (id: string, cost: number, value: number, more: Partial<Candidate> = {}): Candidate => ({
  ...{ id, cost: BigInt(cost), value: BigInt(value), needs: [], excludes: [] },
  ...more,
});
const within = (budget: number, atMost = 5, atLeast = 0): Limits => ({ budget: BigInt(budget), atMost, atLeast });

test("sorting by value for money fails where the optimum does not", () => {
  // Kellerer, Pferschy, Pisinger, Knapsack Problems (2004), section 2.1: greedy takes the small one and nothing else.
  const items = [item("small", 1, 2), item("large", 100, 100)];
  expect(chooseBest(items, within(100)).ids).toEqual(["large"]);
});

test("a known instance", () => {
  // Burkardt's KNAPSACK_01, problem P07: capacity 750, optimum 1458 with items 1, 3, 5, 7, 8, 9, 14, 15.
  const weights = [70, 73, 77, 80, 82, 87, 90, 94, 98, 106, 110, 113, 115, 118, 120];
  const profits = [135, 139, 149, 150, 156, 163, 173, 184, 192, 201, 210, 214, 221, 229, 240];
  const items = weights.map((weight, index) => item(`i${index + 1}`, weight, profits[index] ?? 0));
  const choice = chooseBest(items, within(750, 15));
  expect(choice).toMatchObject({ value: 1458n, cost: 749n });
  expect(choice.ids).toEqual(["i1", "i3", "i5", "i7", "i8", "i9", "i14", "i15"]);
});

describe("what goes together", () => {
  test("a candidate pulls in what it needs, even at a loss", () => {
    const items = [item("base", 10, -2), item("top", 10, 9, { needs: ["base"] })];
    expect(chooseBest(items, within(20))).toMatchObject({ ids: ["base", "top"], value: 7n });
    expect(chooseBest(items, within(19)).ids).toEqual([]);
  });

  test("needing what is not there is never had", () => {
    expect(chooseBest([item("a", 1, 9, { needs: ["gone"] })], within(9)).ids).toEqual([]);
  });

  test("an exclusion holds in both directions", () => {
    const items = [item("a", 1, 5, { excludes: ["b"] }), item("b", 1, 6), item("c", 1, 1)];
    expect(chooseBest(items, within(9)).ids).toEqual(["b", "c"]);
  });

  test("three are wished for, and given up where three do not fit", () => {
    const items = [item("one", 10, 100), item("a", 4, 1), item("b", 4, 1), item("c", 2, 1)];
    expect(chooseBest(items, within(10, 5, 3))).toMatchObject({ ids: ["a", "b", "c"], short: false });
    expect(chooseBest(items.slice(0, 2), within(10, 5, 3))).toMatchObject({ ids: ["one"], short: true });
    expect(chooseBest([], within(10, 5, 3))).toMatchObject({ ids: [], short: true });
  });
});

test.each([
  ["budget", [item("a", 10, 9), item("b", 10, 5)], within(10), "b"],
  ["number", [item("a", 1, 9), item("b", 1, 5)], within(10, 1), "b"],
  ["excluded", [item("a", 1, 9, { excludes: ["b"] }), item("b", 1, 5)], within(10), "b"],
  ["no-gain", [item("a", 1, 9), item("b", 1, -5)], within(10), "b"],
  ["needs", [item("a", 1, -9), item("b", 1, 5, { needs: ["a"] })], within(10), "b"],
] as const)("what keeps it out: %s", (obstacle, items, limits, id) => {
  expect(obstacleOf(id, items, limits, chooseBest(items, limits))).toBe(obstacle);
});

/** Every subset, the plain way. */
function bruteForce(items: readonly Candidate[], { budget, atMost }: Limits, least: number) {
  let best: { value: bigint; cost: bigint; ids: string } | null = null;
  for (let mask = 0; mask < 2 ** items.length; mask++) {
    const set = items.filter((_, index) => (mask >> index) & 1);
    const names = new Set(set.map(({ id }) => id));
    const cost = set.reduce((sum, one) => sum + one.cost, 0n);
    const allowed = set.every(
      (one) => one.needs.every((need) => names.has(need)) && !one.excludes.some((other) => names.has(other)),
    );
    if (!allowed || cost > budget || set.length > atMost || set.length < least) continue;
    const value = set.reduce((sum, one) => sum + one.value, 0n);
    const ids = [...names].sort().join("\n");
    const wins =
      !best ||
      value > best.value ||
      (value === best.value && (cost < best.cost || (cost === best.cost && ids < best.ids)));
    if (wins) best = { value, cost, ids };
  }
  return best;
}

const instance = fc.integer({ min: 0, max: 10 }).chain((size) => {
  const names = Array.from({ length: size }, (_, index) => `c${index}`);
  const others: fc.Arbitrary<string[]> =
    size === 0 ? fc.constant([]) : fc.array(fc.constantFrom(...names), { maxLength: 2 });
  const none: fc.Arbitrary<string[]> = fc.constant([]);
  const some = fc.oneof({ weight: 3, arbitrary: none }, { weight: 1, arbitrary: others });
  return fc.record({
    items: fc.tuple(
      ...names.map((id) =>
        fc
          .record({
            cost: fc.nat({ max: 12 }),
            value: fc.integer({ min: -6, max: 20 }),
            needs: some,
            excludes: some,
          })
          .map(({ cost, value, needs, excludes }) =>
            item(id, cost, value, { needs, excludes: excludes.filter((other) => other !== id) }),
          ),
      ),
    ),
    budget: fc.nat({ max: 40 }),
    atMost: fc.integer({ min: 0, max: 6 }),
    atLeast: fc.integer({ min: 0, max: 4 }),
  });
});

test("equal to trying every set, on random instances", () => {
  fc.assert(
    fc.property(instance, ({ items, budget, atMost, atLeast }) => {
      const limits = within(budget, atMost, atLeast);
      const choice = chooseBest(items, limits);
      const wished = Math.min(atLeast, atMost);
      let least = wished;
      let best = bruteForce(items, limits, least);
      while (!best && least > 0) best = bruteForce(items, limits, --least);
      const ids = [...choice.ids].sort().join("\n");
      expect({ value: choice.value, cost: choice.cost, ids }).toEqual(best);
      expect(choice.short).toBe(least < wished);
    }),
    { numRuns: 1_000 },
  );
});

describe("sets that are not worth the sum of their parts", () => {
  test("of two that overlap the better one goes with a third", () => {
    const items = [item("a", 1, 10), item("b", 1, 9), item("c", 1, 6)];
    const both = (ids: readonly string[]) => (ids.includes("a") && ids.includes("b") ? -8n : 0n);
    const limits = { ...within(9, 2), together: { value: both, most: 0n } };
    expect(chooseBest(items, limits)).toMatchObject({ ids: ["a", "c"], value: 16n });
    expect(obstacleOf("b", items, limits, chooseBest(items, limits))).toBe("number");
  });

  test("as good as trying every set", () => {
    const pair = fc.integer({ min: -30, max: 8 });
    const scene = fc.record({
      values: fc.array(fc.record({ cost: fc.integer({ min: 0, max: 9 }), value: fc.integer({ min: -5, max: 30 }) }), {
        ...{ minLength: 1, maxLength: 6 },
      }),
      pairs: fc.array(pair, { minLength: 36, maxLength: 36 }),
      budget: fc.integer({ min: 0, max: 30 }),
      atMost: fc.integer({ min: 0, max: 4 }),
    });
    fc.assert(
      fc.property(scene, ({ values, pairs, budget, atMost }) => {
        const items = values.map(({ cost, value }, index) => item(`${index}`, cost, value));
        const value = (ids: readonly string[]) => {
          let sum = 0;
          for (const a of ids) for (const b of ids) if (a < b) sum += pairs[Number(a) * 6 + Number(b)] ?? 0;
          return BigInt(sum);
        };
        const most = BigInt(pairs.reduce((sum, one) => sum + Math.max(0, one), 0));
        const found = chooseBest(items, { ...within(budget, atMost), together: { value, most } });
        let best = 0n;
        for (let mask = 0; mask < 2 ** items.length; mask++) {
          const set = items.filter((_, index) => mask & (1 << index));
          const cost = set.reduce((sum, one) => sum + one.cost, 0n);
          if (set.length > atMost || cost > BigInt(budget)) continue;
          const worth = set.reduce((sum, one) => sum + one.value, 0n) + value(set.map(({ id }) => id));
          if (worth > best) best = worth;
        }
        expect(found.value).toBe(best);
      }),
    );
  });
});
