import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { z } from "zod";
import { DAY_COUNTS } from "@/lib/distribution/rules/day-count";
import { approximate } from "@/lib/distribution/rules/exact";
import { accrueInput } from "../schema/computing";
import { accrue } from "./accrual";
import { antiDilution } from "./anti-dilution";
import { treasuryMethod } from "./treasury-method";

const M = 1_000_000;
type Accrual = z.input<typeof accrueInput>;
function accrued(given: Accrual) {
  const found = accrue(accrueInput.parse(given));
  if (!found.ok) throw new Error(JSON.stringify(found.problems));
  return found.value;
}
const loan: Accrual = {
  kind: "interest",
  base: M,
  rate: 0.08,
  compounding: "simple",
  from: "2025-01-01",
  to: "2027-01-01",
};
const dividend: Accrual = { ...loan, kind: "dividend", base: 5 * M };

/** OVF: equilibria-waterfall (ogulcan-ozyavuz, Apache-2.0), docs/debt.md and docs/dividends.md. */
test.each<[source: string, given: Accrual, accrual: number, claim: number]>([
  ["OVF A1", loan, 160_000, 1_160_000],
  ["OVF A2", { ...loan, compounding: "annual" }, 166_400, 1_166_400],
  ["OVF A3", { ...loan, compounding: "quarterly" }, 171_659.381002266, 1_171_659.381002266],
  ["OVF A4, as interest", { ...loan, compounding: "semi-annual" }, 169_858.56, 1_169_858.56],
  ["OVF A5", { ...loan, dayCount: "ACT/360" }, 58_400_000 / 360, M + 58_400_000 / 360],
  [
    "OVF A6, over a leap day",
    { ...loan, from: "2027-01-01", to: "2029-01-01" },
    58_480_000 / 365,
    M + 58_480_000 / 365,
  ],
  [
    "OVF venture debt: the end fee is an amount",
    { ...loan, base: 2 * M, rate: "0.1", endFee: 60_000 },
    400_000,
    2_460_000,
  ],
  ["OVF note, repaid", { ...loan, base: 500_000, rate: 0.06, from: "2026-01-01" }, 30_000, 530_000],
  [
    "OVF D7: twice the principal, interest once",
    { ...loan, base: 500_000, rate: 0.06, from: "2026-01-01", changeOfControlMultiple: 2 },
    30_000,
    1_030_000,
  ],
  ["OVF DV1", dividend, 800_000, 5_800_000],
  ["OVF FL: compound dividends", { ...dividend, compounding: "annual" }, 832_000, 5_832_000],
  ["not cumulative and not declared", { ...dividend, declared: false }, 0, 5 * M],
  ["not cumulative and declared", { ...dividend, declared: true }, 800_000, 5_800_000],
  ["years instead of days", { ...loan, from: undefined, to: undefined, years: 2 }, 160_000, 1_160_000],
  [
    "part of a period by the exponent",
    { ...loan, from: undefined, to: undefined, years: 0.5, compounding: "annual" },
    M * (1.08 ** 0.5 - 1),
    M * 1.08 ** 0.5,
  ],
  [
    "daily",
    { ...loan, to: "2025-01-11", compounding: "daily" },
    M * ((1 + 0.08 / 365) ** 10 - 1),
    M * (1 + 0.08 / 365) ** 10,
  ],
  [
    "monthly",
    { ...loan, to: "2026-01-01", compounding: "monthly" },
    M * ((1 + 0.08 / 12) ** 12 - 1),
    M * (1 + 0.08 / 12) ** 12,
  ],
  ["no day", { ...loan, to: "2025-01-01" }, 0, M],
  ["no rate", { ...loan, rate: 0, compounding: "daily" }, 0, M],
  ["no base", { ...loan, base: 0 }, 0, 0],
])("accrue, %s", (_source, given, accrual, claim) => {
  const found = accrued(given);
  expect(found.accrued.toNumber()).toBeCloseTo(accrual, 6);
  expect(found.claim.toNumber()).toBeCloseTo(claim, 6);
});

test.each<[what: string, given: Partial<Accrual>, path: string]>([
  ["backwards", { from: "2027-01-02" }, "to"],
  ["no end", { to: undefined }, "to"],
  ["no beginning", { from: undefined }, "from"],
  ["no span", { from: undefined, to: undefined }, "years"],
  ["two spans", { years: 1 }, "from"],
  ["an end and years", { years: 1, from: undefined }, "to"],
  ["declared interest", { declared: true }, "declared"],
  ["an end fee on a dividend", { kind: "dividend", endFee: 1 }, "endFee"],
  ["a multiple on a dividend", { kind: "dividend", changeOfControlMultiple: 2 }, "changeOfControlMultiple"],
])("accrue refuses %s", (_what, given, path) => {
  expect(accrue(accrueInput.parse({ ...loan, ...given }))).toMatchObject({ problems: [{ path }] });
});

describe("accrual for any terms", () => {
  const day = fc
    .integer({ min: 0, max: 6000 })
    .map((days) => new Date(Date.UTC(2015, 0, 1 + days)).toISOString().slice(0, 10));
  const rate = fc.integer({ min: 0, max: 400 }).map((thousandths) => thousandths / 1000);
  const actual = fc.constantFrom(...DAY_COUNTS.filter((one) => one !== "30/360"));

  test("simple interest adds up over the days, compound interest multiplies", () => {
    fc.assert(
      fc.property(
        day,
        day,
        day,
        rate,
        actual,
        fc.constantFrom("simple", "annual", "monthly", "daily"),
        (a, b, c, r, dayCount, compounding) => {
          const [from = a, middle = b, to = c] = [a, b, c].sort();
          const over = (start: string, end: string) =>
            accrued({
              kind: "interest",
              base: 100,
              rate: r,
              compounding,
              dayCount,
              from: start,
              to: end,
            } as Accrual).accrued.div(100);
          const [first, second, both] = [over(from, middle), over(middle, to), over(from, to)];
          const expected = compounding === "simple" ? first.plus(second) : first.plus(1).times(second.plus(1)).minus(1);
          expect(both.minus(expected).abs().lt("1e-45")).toBe(true);
          expect(both.gte(0)).toBe(true);
        },
      ),
    );
  });

  test("the more often it compounds, the more it is", () => {
    fc.assert(
      fc.property(rate, fc.integer({ min: 1, max: 30 }), (r, years) => {
        const by = (["annual", "semi-annual", "quarterly", "monthly", "daily"] as const).map(
          (compounding) => accrued({ ...loan, from: undefined, to: undefined, rate: r, years, compounding }).accrued,
        );
        by.forEach((value, index) => {
          expect(value.gte(by[index - 1] ?? 0)).toBe(true);
        });
      }),
    );
  });
});

const issue = {
  kind: "broad-based",
  conversionPrice: 2.5,
  outstanding: 12 * M,
  newShares: 4 * M,
  newPrice: 1.25,
} as const;
/** OVF docs/antidilution.md AD1; the others by hand. */
test.each<[source: string, given: Parameters<typeof antiDilution>[0], price: number, ratio: number | null]>([
  ["OVF AD1: the reserve does not count", issue, 2.1875, 8 / 7],
  ["a narrow base moves more", { ...issue, kind: "narrow-based", outstanding: 2 * M }, (2.5 * 4) / 6, 1.5],
  ["full ratchet", { ...issue, kind: "full-ratchet" }, 1.25, 2],
  ["full ratchet to nothing", { ...issue, kind: "full-ratchet", newPrice: 0 }, 0, null],
  ["shares for nothing", { ...issue, newPrice: 0 }, (2.5 * 12) / 16, 16 / 12],
  ["never upwards", { ...issue, newPrice: 3 }, 2.5, 1],
  ["at the price", { ...issue, newPrice: "2.50" }, 2.5, 1],
  ["no shares", { ...issue, newShares: 0 }, 2.5, 1],
  ["no shares, full ratchet", { ...issue, kind: "full-ratchet", newShares: 0 }, 2.5, 1],
  ["nothing outstanding", { ...issue, outstanding: 0 }, 1.25, 2],
])("anti-dilution, %s", (_source, given, price, ratio) => {
  const found = antiDilution(given);
  expect(found.adjustedPrice.value?.toNumber()).toBeCloseTo(price, 12);
  if (ratio === null) expect(found.ratio).toMatchObject({ reason: "zero-denominator" });
  else expect(found.ratio.value?.toNumber()).toBeCloseTo(ratio, 12);
});

test("a weighted average lies between the issue's price and the price before; a wider base moves less", () => {
  const positive = fc.integer({ min: 1, max: 1_000_000 });
  fc.assert(
    fc.property(positive, positive, positive, positive, positive, (before, outstanding, more, newShares, newPrice) => {
      const terms = { kind: "broad-based", conversionPrice: before, newShares, newPrice } as const;
      const narrow = antiDilution({ ...terms, outstanding }).adjustedPrice.value;
      const wide = antiDilution({ ...terms, outstanding: outstanding + more }).adjustedPrice.value;
      if (!narrow || !wide) throw new Error("no price");
      expect(narrow.lte(before) && narrow.gte(Math.min(before, newPrice)) && wide.gte(narrow)).toBe(true);
    }),
  );
});

/** Financial Edge, dilution workout 1; justaaa 256379. */
test.each([
  ["1,000 options at 5, price 7.50", 7.5, 1000, 5, 333.3333333333333, 666.6666666666666],
  ["25,000 options at 15, price 30", 30, 25_000, 15, 12_500, 12_500],
  ["out of the money", 4, 1000, 5, 0, 0],
  ["at the money", 5, 1000, 5, 0, 0],
  ["stock", 7.5, 10_000, 0, 10_000, 0],
  ["worth nothing", 0, 10, 0, 0, 0],
])("treasury method, %s", (_what, price, shares, strike, net, bought) => {
  const { diluted, instruments } = treasuryMethod(price, [{ id: "x", shares, strike }]);
  expect(approximate(diluted)).toBe(net);
  expect(instruments.map(({ repurchased }) => approximate(repurchased))).toEqual([bought]);
});

test("net and repurchased shares are what exercises; a higher price leaves more", () => {
  const rows = fc.array(fc.record({ id: fc.string(), shares: fc.nat(1e6), strike: fc.nat(500) }), { maxLength: 8 });
  fc.assert(
    fc.property(rows, fc.integer({ min: 0, max: 600 }), (instruments, price) => {
      const found = treasuryMethod(price, instruments);
      found.instruments.forEach(({ netShares, repurchased }, index) => {
        const given = instruments[index];
        const exercised = given && given.strike < price ? given.shares : 0;
        expect(approximate(netShares.add(repurchased))).toBe(exercised);
      });
      expect(treasuryMethod(price + 1, instruments).diluted.gte(found.diluted)).toBe(true);
    }),
  );
});
