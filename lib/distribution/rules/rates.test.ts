import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Exact } from "@/lib/money";
import type { DayCount } from "./day-count";
import { DAY_COUNTS, TICKS_PER_YEAR, ticksBetween } from "./day-count";
import { type Cashflow, irr, mirr, npv, xirr, xnpv } from "./rates";

const flow = (date: string, amount: number | string): Cashflow => ({ date, amount });
const EXCEL = [
  flow("2008-01-01", -10000),
  flow("2008-03-01", 2750),
  flow("2008-10-30", 4250),
  flow("2009-02-15", 3250),
  flow("2009-04-01", 2750),
];
const MATHWORKS = [
  flow("2007-01-12", -10000),
  flow("2008-02-14", 2500),
  flow("2008-03-03", 2000),
  flow("2008-06-14", 3000),
  flow("2008-12-01", 4000),
];
const LEAP = [flow("2019-07-01", -100), flow("2020-07-01", 121)];

/** OVF: equilibria-waterfall (ogulcan-ozyavuz, Apache-2.0), docs/pme-fixtures.md, roots to 40 digits. */
const XIRR: [source: string, flows: Cashflow[], dayCount: DayCount, rate: number, digits: number][] = [
  ["Excel help, OVF F1", EXCEL, "ACT/365F", 0.3733625335188315, 15],
  ["MathWorks, pyxirr ACT/365F", MATHWORKS, "ACT/365F", 0.10064378342638, 12],
  [
    "pyxirr unordered.csv",
    [flow("2015-06-11", -1000), flow("2015-07-21", -9000), flow("2018-06-10", 20000), flow("2015-10-17", -3000)],
    "ACT/365F",
    0.16353715844,
    10,
  ],
  ["OVF F2a, over a leap day", LEAP, "ACT/365F", 0.20936997108812785, 15],
  ["OVF F2b", LEAP, "ACT/365.25", 0.20952744755504957, 15],
  ["OVF F2c: 184/365 + 182/366 years", LEAP, "ACT/ACT-ISDA", 0.2096827922187859, 15],
  ["30/360 counts a whole year", LEAP, "30/360", 0.21, 15],
  ["ACT/360: 366 days", LEAP, "ACT/360", 1.21 ** (360 / 366) - 1, 14],
];

test.each(XIRR)("xirr, %s", (_source, flows, dayCount, rate, digits) => {
  const found = xirr(flows, dayCount);
  expect(found.unique).toBe(true);
  expect(found.rate.value?.toNumber()).toBeCloseTo(rate, digits);
});

test("leading and trailing flows of zero change nothing (pyxirr zeros.csv)", () => {
  const amounts = [0, 0, -100, 10, 0, 10, 10, 10, 200, 0, 0, 0, 0];
  const flows = amounts.map((amount, index) => flow(`${2021 + index}-12-31`, amount));
  expect(xirr(flows, "ACT/365F").rate.value?.toNumber()).toBeCloseTo(0.175680730580782, 12);
});

const numbers = (values: readonly Exact[]) => values.map((value) => value.toNumber());

describe("several roots, one or none", () => {
  test.each<[what: string, flows: number[], roots: number[], tangents: number[], reason: string | null]>([
    ["OVF F3: two roots", [-100, 230, -132], [0.1, 0.2], [], "several-roots"],
    ["OVF F4: none", [-100, 100, -100], [], [], "no-root"],
    ["OVF F5: a double root at 0", [-100, 200, -100], [], [0], "double-root"],
    ["a double root at 10 %", [-100, 220, -121], [], [0.1], "double-root"],
    [
      "a double root beside a simple one: (q − 1.1)² (q − 1.5)",
      [-100, 370, -451, 181.5],
      [0.5],
      [0.1],
      "several-roots",
    ],
    ["a triple root crosses: (q − 1.1)³", [-1000, 3300, -3630, 1331], [0.1], [], null],
    ["three roots: (q − 1.1)(q − 1.2)(q − 1.5)", [-100, 380, -477, 198], [0.1, 0.2, 0.5], [], "several-roots"],
    ["nearly double, not double", [-100, 220, -121.0001], [], [], "no-root"],
    ["two roots close to each other", [-100, 220, -120.9999], [0.099, 0.101], [], "several-roots"],
    ["only money in", [100, 50], [], [], "no-sign-change"],
    ["only money out", [-100, -50], [], [], "no-sign-change"],
    ["one flow", [-100], [], [], "no-sign-change"],
    ["nothing at all", [0, 0], [], [], "no-flows"],
    ["lost nearly all", [-1_000_000, 2], [-0.999998], [], null],
    ["below what is sought", [-10_000_000, 1], [], [], "no-root"],
    ["a thousand per cent and more", [-1, 51], [50], [], null],
    ["near the upper end", [-1, 10_000], [9999], [], null],
    ["above it", [-1, 10_002], [], [], "no-root"],
    ["zero", [-100, 50, 50], [0], [], null],
  ])("%s", (_what, flows, roots, tangents, reason) => {
    const found = irr(flows);
    const [low, high] = found.roots;
    if (roots.length === 2 && roots[0] === 0.099) {
      expect(low?.toNumber()).toBeLessThan(0.1);
      expect(high?.toNumber()).toBeGreaterThan(0.1);
    } else {
      expect(found.roots).toHaveLength(roots.length);
      numbers(found.roots).forEach((root, index) => {
        expect(root).toBeCloseTo(roots[index] ?? Number.NaN, 12);
      });
    }
    expect(found.tangents).toHaveLength(tangents.length);
    numbers(found.tangents).forEach((root, index) => {
      expect(root).toBeCloseTo(tangents[index] ?? Number.NaN, 12);
    });
    expect(found.unique).toBe(reason === null);
    expect(found.rate.value === null ? found.rate.reason : null).toBe(reason);
  });

  test("OVF F12: the Long-Nickels flows of the published example have two roots", () => {
    const amounts = [-100, 0, -75, 0, 100, 0, 150, 0, 100, "-137.02529719577581973194586930"];
    const flows = amounts.map((amount, index) => flow(`${2001 + index}-12-31`, amount));
    const found = xirr(flows, "ACT/365F");
    expect(numbers(found.roots)[0]).toBeCloseTo(-0.2725508866987864, 14);
    expect(numbers(found.roots)[1]).toBeCloseTo(0.05967014313863672, 14);
  });

  test("flows of one day are netted", () => {
    const both = [flow("2020-01-01", -100), flow("2021-01-01", 110), flow("2021-01-01", -5), flow("2021-01-01", "5")];
    expect(xirr(both, "ACT/365F").rate.value?.toNumber()).toBeCloseTo(1.1 ** (365 / 366) - 1, 14);
    const gone = [flow("2020-01-01", -100), flow("2020-01-01", 100)];
    expect(xirr(gone, "ACT/365F").rate).toMatchObject({ reason: "no-flows" });
  });

  test("amounts of thirty digits lose none", () => {
    expect(irr(["-1000000000000000000000000000001", "1000000000000000000000000000002"]).rate.value?.toNumber()).toBe(
      1e-30,
    );
  });

  test("a thousand flows of changing sign are answered, and a few thousand on a grid", () => {
    const flows = Array.from({ length: 1_200 }, (_, index) => Math.round(Math.sin(index * index) * 1e6));
    const found = irr(flows);
    expect(found.complete).toBe(false);
    expect(found.roots.length).toBeGreaterThan(0);
    for (const root of found.roots) {
      const gross = npv(root.toFixed(), flows.map(Math.abs), 0);
      expect(npv(root.toFixed(), flows, 0).div(gross).abs().toNumber()).toBeLessThan(1e-20);
    }
  });
});

/** numpy-financial and formulajs tests, at the precision that they print. */
test.each<[source: string, flows: number[], rate: number, digits: number]>([
  ["numpy-financial test_basic_values", [-150000, 15000, 25000, 35000, 45000, 60000], 0.0524, 4],
  ["numpy-financial", [-100, 39, 59, 55, 20], 0.28095, 5],
  ["formulajs", [-75000, 12000, 15000, 18000, 21000, 24000], 0.05715142887178467, 9],
])("irr, %s", (_source, flows, rate, digits) => {
  expect(irr(flows).rate.value?.toNumber()).toBeCloseTo(rate, digits);
});

test.each<[source: string, flows: number[], finance: number, reinvest: number, rate: number, digits: number]>([
  ["numpy-financial", [-4500, -800, 800, 800, 600, 600, 800, 800, 700, 3000], 0.08, 0.055, 0.0666, 4],
  ["numpy-financial, Excel help", [-120000, 39000, 30000, 21000, 37000, 46000], 0.1, 0.12, 0.126094, 6],
])("mirr, %s", (_source, flows, finance, reinvest, rate, digits) => {
  expect(mirr(flows, finance, reinvest).value?.toNumber()).toBeCloseTo(rate, digits);
});

test.each<[what: string, flows: number[], reason: string]>([
  ["no outflow", [100, 50], "zero-denominator"],
  ["no inflow", [-100, -50], "no-sign-change"],
  ["one flow", [-100], "no-sign-change"],
  ["nothing", [0, 0, 0], "zero-denominator"],
])("mirr, %s", (_what, flows, reason) => {
  expect(mirr(flows, 0.1, 0.1)).toEqual({ value: null, reason });
});

test("npv: the first flow now (finance.js), or a period away (Excel)", () => {
  const flows = [-500000, 200000, 300000, 200000];
  expect(npv(0.1, flows, 0).toNumber()).toBeCloseTo(80015.03, 2);
  expect(npv(0.1, flows, 1).toNumber()).toBeCloseTo(80015.02629601803 / 1.1, 6);
  expect(npv("-0.5", [1, 1], 0).toNumber()).toBe(3);
  expect(npv(0, [1, "2.5", 3], 1).toNumber()).toBe(6.5);
});

test("xnpv: Excel's help example, and the earliest date as origin whatever the order", () => {
  const flows = EXCEL.map((one) => one);
  expect(xnpv(0.09, flows, "ACT/365F").toNumber()).toBeCloseTo(2086.647602, 6);
  expect(xnpv(0.09, [...flows].reverse(), "ACT/365F").toNumber()).toBeCloseTo(2086.647602, 6);
});

describe("day counts", () => {
  test.each<[dayCount: DayCount, from: string, to: string, years: number]>([
    ["ACT/365F", "2027-01-01", "2029-01-01", 731 / 365],
    ["ACT/360", "2025-01-01", "2027-01-01", 730 / 360],
    ["ACT/365.25", "2019-07-01", "2020-07-01", 488 / 487],
    ["ACT/ACT-ISDA", "2019-07-01", "2020-07-01", 66887 / 66795],
    // ISDA memorandum of 1998, the example from 1 November 2003 to 1 May 2004: 61/365 + 121/366.
    ["ACT/ACT-ISDA", "2003-11-01", "2004-05-01", 61 / 365 + 121 / 366],
    ["ACT/ACT-ISDA", "1900-01-01", "1901-01-01", 1],
    ["ACT/ACT-ISDA", "1999-12-31", "2001-01-01", 1 / 365 + 1],
    ["30/360", "2007-01-15", "2007-01-30", 15 / 360],
    ["30/360", "2007-01-31", "2007-02-28", 28 / 360],
    ["30/360", "2007-01-31", "2007-03-31", 60 / 360],
    ["30/360", "2007-01-15", "2007-03-31", 76 / 360],
    ["30/360", "2008-02-29", "2008-03-31", 32 / 360],
  ])("%s from %s to %s", (dayCount, from, to, years) => {
    expect(ticksBetween(dayCount, from, to) / TICKS_PER_YEAR[dayCount]).toBeCloseTo(years, 15);
  });

  const date = fc
    .date({ min: new Date("1950-01-01"), max: new Date("2100-01-01"), noInvalidDate: true })
    .map((value) => value.toISOString().slice(0, 10));
  test("actual counts add up over any day between", () => {
    fc.assert(
      fc.property(date, date, date, fc.constantFrom(...DAY_COUNTS), (a, b, c, dayCount) => {
        if (dayCount === "30/360") return;
        const [from = a, middle = b, to = c] = [a, b, c].sort();
        expect(ticksBetween(dayCount, from, middle) + ticksBetween(dayCount, middle, to)).toBe(
          ticksBetween(dayCount, from, to),
        );
      }),
    );
  });
});

const amounts = fc.array(fc.integer({ min: -1_000_000, max: 1_000_000 }), { minLength: 2, maxLength: 12 });
const sizeOf = (flows: readonly number[]) => flows.reduce((all, one) => all + Math.abs(one), 1);

test("every root is one: the present value at it is nothing", () => {
  fc.assert(
    fc.property(amounts, (flows) => {
      for (const root of irr(flows).roots) {
        const largest = flows.reduce((all, one, t) => all + Math.abs(one) * (1 + root.toNumber()) ** -t, 1);
        expect(npv(root.toFixed(30), flows, 0).abs().toNumber()).toBeLessThan(1e-12 * largest);
      }
    }),
  );
});

test("no more roots than changes of sign, as many or fewer by an even number, with the ends of the range", () => {
  fc.assert(
    fc.property(amounts, (flows) => {
      const signs = flows.filter((one) => one !== 0).map(Math.sign);
      const changes = signs.filter((sign, index) => index > 0 && sign !== signs[index - 1]).length;
      const found = irr(flows);
      expect(found.roots.length + 2 * found.tangents.length).toBeLessThanOrEqual(changes);
      const [low, high] = ["-0.999999", "10000"].map((rate) => npv(rate, flows, 0));
      if (!low || !high || low.isZero() || high.isZero()) return;
      expect(found.roots.length % 2 === 1).toBe(low.isNegative() !== high.isNegative());
    }),
  );
});

test("flows built from known rates give exactly these back", () => {
  const rates = fc.uniqueArray(fc.integer({ min: -60, max: 300 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(rates, (percents) => {
      const sorted = [...percents].sort((a, b) => a - b);
      // Π (q − (1 + rate)), times −1: coefficients are the flows.
      let flows = [new Exact(-100)];
      for (const percent of sorted) {
        const root = new Exact(percent).div(100).plus(1);
        const before = flows;
        flows = before.concat(new Exact(0)).map((one, index) => one.minus(root.times(before[index - 1] ?? 0)));
      }
      const found = irr(flows.map((one) => one.toFixed()));
      expect(found.roots).toHaveLength(sorted.length);
      found.roots.forEach((root, index) => {
        expect(root.toNumber()).toBeCloseTo((sorted[index] ?? Number.NaN) / 100, 12);
      });
    }),
  );
});

test("money in another unit and time from another day make no other rate", () => {
  const dated = fc.array(
    fc.record({ day: fc.integer({ min: 0, max: 3000 }), amount: fc.integer({ min: -10_000, max: 10_000 }) }),
    { minLength: 2, maxLength: 10 },
  );
  const at = (day: number) => new Date(Date.UTC(2000, 0, 1 + day)).toISOString().slice(0, 10);
  fc.assert(
    fc.property(dated, fc.integer({ min: 1, max: 5000 }), (flows, shift) => {
      const one = xirr(
        flows.map(({ day, amount }) => flow(at(day), amount)),
        "ACT/365F",
      );
      const moved = flows.toReversed().map(({ day, amount }) => flow(at(day + shift), amount * 1000));
      const other = xirr(moved, "ACT/365F");
      expect(other.roots.map((root) => root.toPrecision(12))).toEqual(one.roots.map((root) => root.toPrecision(12)));
      expect(other.unique).toBe(one.unique);
    }),
  );
});

test("npv falls with the rate where all that comes is positive, and is linear in the flows", () => {
  fc.assert(
    fc.property(amounts, fc.integer({ min: -90, max: 500 }), (flows, percent) => {
      const rate = percent / 100;
      const doubled = npv(
        rate,
        flows.map((one) => one * 2),
        1,
      );
      expect(
        doubled
          .minus(npv(rate, flows, 1).times(2))
          .abs()
          .toNumber(),
      ).toBeLessThan(1e-9 * sizeOf(flows) * 1e12);
      const gains = flows.map(Math.abs);
      expect(npv(rate + 0.1, gains, 0).lte(npv(rate, gains, 0))).toBe(true);
    }),
  );
});
