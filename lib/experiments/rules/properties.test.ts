import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { analyzeInput, powerInput } from "../schema";
import { adjustPValues } from "./adjust";
import { type Analysis, analyzeArms } from "./analyze";
import { experimentPower } from "./power";

const values = fc.array(fc.integer({ min: -50, max: 200 }), { minLength: 3, maxLength: 30 });
const sumOf = (list: readonly number[]) => list.reduce((all, value) => all + value, 0);
const arm = (list: readonly number[]) => ({
  ...{ n: list.length, sum: sumOf(list), sumSquares: sumOf(list.map((value) => value * value)) },
});

function analyze(input: object): Analysis {
  const analyzed = analyzeArms(analyzeInput.parse(input));
  if (!analyzed.ok) throw new Error(JSON.stringify(analyzed.problems));
  return analyzed.value.analysis;
}

const close = (a: number | null, b: number | null) => {
  if (a === null || b === null) return expect(a).toBe(b);
  expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(a), Math.abs(b)));
};

describe("analysis", () => {
  test.each(["fixed", "sequential"])("%s: the interval excludes 0 exactly when p is below α", (method) => {
    fc.assert(
      fc.property(values, values, fc.double({ min: 0.01, max: 0.3, noNaN: true }), (a, b, alpha) => {
        const result = analyze({ control: arm(a), treatment: arm(b), difference: "absolute", method, alpha });
        if (result.pValue === null) return;
        if (Math.abs(result.pValue - alpha) > 1e-9) expect(result.decision !== "none").toBe(result.pValue < alpha);
      }),
    );
  });

  test("swapping the arms turns the absolute difference around, and nothing else", () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        const there = analyze({ control: arm(a), treatment: arm(b), difference: "absolute" });
        const back = analyze({ control: arm(b), treatment: arm(a), difference: "absolute" });
        close(there.estimate, back.estimate === null ? null : -back.estimate);
        close(there.pValue, back.pValue);
        close(there.standardError, back.standardError);
      }),
    );
  });

  test("a confidence sequence is wider than the fixed interval", () => {
    fc.assert(
      fc.property(values, values, fc.integer({ min: 1, max: 100_000 }), (a, b, tuningN) => {
        // At many units, where t and z agree.
        const many = (list: number[]) => arm(Array.from({ length: 20 }, () => list).flat());
        const input = { control: many(a), treatment: many(b), difference: "absolute" };
        const fixed = analyze(input);
        const sequential = analyze({ ...input, method: "sequential", tuningN });
        if (fixed.interval[1] === null || sequential.interval[1] === null) return;
        expect(sequential.interval[1]).toBeGreaterThan(fixed.interval[1]);
      }),
    );
  });

  test("a ratio over ones is the mean", () => {
    const pair = fc.array(fc.tuple(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 1, max: 90 })), {
      ...{ minLength: 4, maxLength: 20 },
    });
    fc.assert(
      fc.property(pair, pair, fc.constantFrom("absolute", "relative"), (a, b, difference) => {
        const mean = (list: [number, number][]) => {
          const [post, pre] = [list.map(([x]) => x), list.map(([, y]) => y)];
          return {
            ...arm(post),
            pre: { sum: sumOf(pre), sumSquares: arm(pre).sumSquares, sumProduct: sumOf(list.map(([x, y]) => x * y)) },
          };
        };
        const ratio = (list: [number, number][]) => {
          const { pre, ...own } = mean(list);
          const ones = (product: number) => ({ sum: own.n, sumSquares: own.n, sumProduct: product });
          const cross = { numeratorPreDenominator: own.sum, denominatorPreNumerator: pre.sum };
          return {
            ...{ ...own, denominator: ones(own.sum) },
            pre: {
              ...{ ...pre, denominator: ones(pre.sum) },
              cross: { ...cross, denominatorPreDenominator: own.n },
            },
          };
        };
        const plain = analyze({ control: mean(a), treatment: mean(b), difference, cuped: false });
        const over = analyze({ control: ratio(a), treatment: ratio(b), difference, cuped: false });
        close(plain.estimate, over.estimate);
        close(plain.standardError, over.standardError);
      }),
    );
  });

  test("the scale of the metric changes no relative result", () => {
    fc.assert(
      fc.property(values, values, fc.integer({ min: 2, max: 1000 }), (a, b, scale) => {
        const by = (list: number[]) => arm(list.map((value) => value * scale));
        const one = analyze({ control: arm(a), treatment: arm(b), difference: "relative" });
        const other = analyze({ control: by(a), treatment: by(b), difference: "relative" });
        close(one.estimate, other.estimate);
        close(one.pValue, other.pValue);
      }),
    );
  });
});

test("adjusted p-values keep the order of the raw ones, and Holm is never below Benjamini-Hochberg", () => {
  const list = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(list, (pValues) => {
      const holm = adjustPValues(pValues, "holm");
      const bh = adjustPValues(pValues, "benjamini-hochberg");
      const bonferroni = adjustPValues(pValues, "bonferroni");
      for (const [i, p] of pValues.entries()) {
        const [low, middle, high] = [bh[i] ?? 2, holm[i] ?? 2, bonferroni[i] ?? 2];
        expect(p).toBeLessThanOrEqual(low + 1e-15);
        expect(low).toBeLessThanOrEqual(middle + 1e-15);
        expect(middle).toBeLessThanOrEqual(high + 1e-15);
        for (const [j, q] of pValues.entries()) if (p < q) expect(middle).toBeLessThanOrEqual(holm[j] ?? 2);
      }
    }),
  );
});

test("effect, n and power are each other's inverse", () => {
  const rates = fc.double({ min: 0.02, max: 0.6, noNaN: true });
  const effects = fc.double({ min: 0.02, max: 0.3, noNaN: true });
  const flags = fc.record({
    variance: fc.constantFrom("pooled", "unpooled"),
    effectType: fc.constantFrom("relative", "absolute"),
    sequential: fc.boolean(),
  });
  fc.assert(
    fc.property(rates, effects, fc.double({ min: 0.2, max: 0.99, noNaN: true }), flags, (rate, effect, power, more) => {
      const solve = (input: object) => {
        const solved = experimentPower(powerInput.parse({ baseline: { rate }, ...more, ...input }));
        if (!solved.ok) throw new Error(JSON.stringify(solved.problems));
        return solved.value;
      };
      const { n } = solve({ effect, power });
      if (n === null) throw new Error("no n");
      expect(solve({ effect, n }).power).toBeCloseTo(power, 9);
      expect(solve({ power, n }).effect).toBeCloseTo(effect, 6);
    }),
  );
});

const CASES = path.resolve(import.meta.dirname, "../../../../shared/cases/e-ab-testing.json");
describe.runIf(existsSync(CASES))("the worked cases as a whole", () => {
  test("none is without a test of its own here", () => {
    const { cases } = JSON.parse(readFileSync(CASES, "utf8")) as { cases: { id: string }[] };
    // Each has its numbers in the tables of the tests beside this file.
    expect(cases.map(({ id }) => id).sort()).toEqual([
      ...["e-gb-bayes-binom", "e-gb-one-greater-rel", "e-gb-powerseq", "e-gb-seq-lesser-abs", "e-gb-srm1", "e-gb-srm3"],
      ...["e-gb-t-abs", "e-gb-t-binom", "e-gb-theta", "e-gb-var", "e-sm-4prop", "e-sm-ci-18-20", "e-sm-wilson"],
      ...["e-sm-z1", "e-sp-n1", "e-sp-n2", "e-sp-us"],
    ]);
  });
});
