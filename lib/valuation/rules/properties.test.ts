import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Exact } from "@/lib/money";
import { resultOf } from "../test-support/calls";
import { growthFactor } from "./dcf";

const cents = (from: number, to: number) => fc.integer({ min: from * 100, max: to * 100 }).map((n) => n / 100);
const flows = fc.array(cents(1, 1000), { minLength: 1, maxLength: 12 });
const rates = fc.record({ rate: fc.integer({ min: 20, max: 400 }), part: fc.integer({ min: -50, max: 95 }) });
const timing = fc.constantFrom("end" as const, "mid" as const);
type Dcf = Record<"enterpriseValue" | "presentValueExplicit" | "presentValueTerminal" | "impliedMultiple", number> & {
  impliedGrowth: number;
  schedule: { presentValue: number }[];
};

describe("discounted cash flow", () => {
  test("the multiple that a growth implies is worth the same and implies that growth", async () => {
    await fc.assert(
      fc.asyncProperty(flows, rates, timing, async (freeCashFlows, { rate, part }, when) => {
        const [discountRate, growth] = [rate / 1000, (rate * part) / 100_000];
        const base = { freeCashFlows, discountRate, timing: when };
        const perpetuity = await resultOf<Dcf>("dcf", { ...base, terminal: { growth } });
        const multiple = await resultOf<Dcf>("dcf", { ...base, terminal: { multiple: perpetuity.impliedMultiple } });
        expect(multiple.enterpriseValue / perpetuity.enterpriseValue).toBeCloseTo(1, 11);
        expect(multiple.impliedGrowth).toBeCloseTo(growth, 11);
      }),
      { numRuns: 60 },
    );
  });

  test("the parts add up; mid-year is worth the half year more", async () => {
    await fc.assert(
      fc.asyncProperty(flows, rates, async (freeCashFlows, { rate, part }) => {
        const [discountRate, growth] = [rate / 1000, (rate * part) / 100_000];
        const of = (when: string) =>
          resultOf<Dcf>("dcf", { freeCashFlows, discountRate, timing: when, terminal: { growth } });
        const [end, mid] = [await of("end"), await of("mid")];
        const parts = end.schedule.reduce((total, { presentValue }) => total + presentValue, end.presentValueTerminal);
        expect(parts / end.enterpriseValue).toBeCloseTo(1, 11);
        expect(mid.enterpriseValue / end.enterpriseValue).toBeCloseTo((1 + discountRate) ** 0.5, 11);
      }),
      { numRuns: 60 },
    );
  });
});

test("multiples: order does not matter, and the median lies between the quartiles", async () => {
  const list = fc.array(cents(-5, 40), { minLength: 1, maxLength: 15 });
  await fc.assert(
    fc.asyncProperty(list, fc.constantFrom("none", "mad3"), async (multiples, outliers) => {
      const input = (order: number[]) => ({
        ...{ kind: "trading", metric: 10, outliers },
        comparables: order.map((multiple, index) => ({ name: String(index), multiple })),
      });
      const [one, other] = [
        await resultOf("multiples", input(multiples)),
        await resultOf("multiples", input([...multiples].reverse())),
      ];
      expect([one.median, one.q1, one.q3, one.mean]).toEqual([other.median, other.q1, other.q3, other.mean]);
      const count = (one.used as unknown[]).length + (one.excluded as unknown[]).length;
      expect(count).toBe(multiples.length);
      if (one.median !== null) {
        expect(Number(one.q1)).toBeLessThanOrEqual(Number(one.median));
        expect(Number(one.median)).toBeLessThanOrEqual(Number(one.q3));
      }
    }),
    { numRuns: 100 },
  );
});

test("venture capital: the new shares are the ownership asked for, at the price of the post-money value", async () => {
  const parts = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(cents(100, 10_000), cents(1, 50), parts, async (exitValue, investment, dilution) => {
      const existingShares = 1_000;
      const laterDilution = dilution.map((part) => part / 100);
      const input = { exitValue, investment, targetReturn: 0.4, years: 3, existingShares, laterDilution };
      const result = await resultOf<Record<string, number | null>>("venture-capital", input);
      const { requiredOwnership, newShares, pricePerShare, postMoney } = result;
      if (requiredOwnership === null || newShares == null || pricePerShare == null) {
        expect(Number(postMoney)).toBeLessThanOrEqual(investment);
        return;
      }
      expect(newShares / (newShares + existingShares)).toBeCloseTo(Number(requiredOwnership), 12);
      expect((pricePerShare * (newShares + existingShares)) / Number(postMoney)).toBeCloseTo(1, 12);
    }),
    { numRuns: 100 },
  );
});

test("football field: the overlap lies in every range, and none means that two do not meet", async () => {
  const range = fc.tuple(cents(0, 50), cents(0, 50)).map(([low, width]) => ({ method: "m", low, high: low + width }));
  await fc.assert(
    fc.asyncProperty(fc.array(range, { minLength: 1, maxLength: 6 }), async (ranges) => {
      const { overlap } = await resultOf<{ overlap: { low: number; high: number } | null }>("football-field", {
        ranges,
      });
      const apart = ranges.some((one) => ranges.some((other) => one.high < other.low));
      expect(overlap === null).toBe(apart);
      if (overlap) for (const { low, high } of ranges) expect(overlap.low >= low && overlap.high <= high).toBe(true);
    }),
    { numRuns: 200 },
  );
});

test("a factor of whole and half years is the power, to fifty digits", () => {
  const rates = fc.integer({ min: -900, max: 4_000 });
  fc.assert(
    fc.property(rates, fc.integer({ min: 0, max: 60 }), (thousandths, halves) => {
      const [rate, years] = [new Exact(thousandths).div(1_000), new Exact(halves).div(2)];
      const off = growthFactor(rate, years).div(rate.plus(1).pow(years)).minus(1).abs();
      expect(off.lt("1e-50")).toBe(true);
    }),
    { numRuns: 50 },
  );
});
