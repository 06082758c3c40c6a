import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { changesOverAYear, driftAndVolatility, historyOf, percentileRank, standingOf, yearsBefore } from "./percentile";

const monthly = (from: number, count: number, of: (index: number) => number) =>
  Array.from({ length: count }, (_, index) => {
    const month = index % 12;
    return { day: `${from + Math.floor(index / 12)}-${`${month + 1}`.padStart(2, "0")}-01`, value: of(index) };
  });
const TERMS = { leastPoints: 36, staleAfterDays: 100 };

describe("percentileRank", () => {
  // Mid-rank: (below + half of the equal ones) ÷ n, as in Hyndman and Fan's discussion of plotting positions.
  test.each([
    { values: [1, 2, 3, 4], value: 4, rank: 87.5 },
    { values: [1, 2, 3, 4], value: 1, rank: 12.5 },
    { values: [2, 2, 2, 2], value: 2, rank: 50 },
    { values: [1, 2, 2, 3], value: 2, rank: 50 },
    { values: [7], value: 7, rank: 50 },
  ])("$value among $values is at $rank", ({ values, value, rank }) => {
    expect(percentileRank(values, value)).toBe(rank);
  });

  test("turning a series upside down turns the rank upside down", () => {
    const values = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(values, (list) => {
        const value = list.at(-1) ?? 0;
        const down = percentileRank(
          list.map((one) => -one),
          -value,
        );
        expect(percentileRank(list, value) + down).toBeCloseTo(100, 9);
      }),
    );
  });
});

describe("history", () => {
  test("reaches ten years back, without the day itself, and never ahead", () => {
    const days = historyOf(
      monthly(2014, 160, (index) => index),
      "2026-06-01",
    ).map(({ day }) => day);
    expect([days[0], days.at(-1), days.length]).toEqual(["2016-07-01", "2026-06-01", 120]);
    expect(yearsBefore("2024-02-29", 1)).toBe("2023-02-28");
  });

  test.each([
    { name: "nothing", points: [], reason: "no-data" },
    { name: "too little", points: monthly(2026, 5, (index) => index), reason: "too-few-values" },
    { name: "something old", points: monthly(2017, 60, (index) => index), reason: "no-recent-data" },
  ])("of $name the percentile is unknown", ({ points, reason }) => {
    expect(standingOf(points, "2026-06-10", TERMS)).toMatchObject({ percentile: null, reason });
  });

  test("a value is as old as its day allows, and not a day older", () => {
    const points = monthly(2017, 110, (index) => index);
    expect(points.at(-1)?.day).toBe("2026-02-01");
    expect(standingOf(points, "2026-05-12", TERMS).reason).toBeNull();
    expect(standingOf(points, "2026-05-13", TERMS).reason).toBe("no-recent-data");
  });
});

test("a change over a year is against the value of a year before, not of any other month", () => {
  const changes = changesOverAYear(monthly(2020, 30, (index) => index * index));
  expect(changes[0]).toEqual({ day: "2021-01-01", value: 144 });
  expect(changes.at(-1)).toEqual({ day: "2022-06-01", value: 29 ** 2 - 17 ** 2 });
  const holed = monthly(2020, 30, (index) => index).filter(({ day }) => day < "2020-03-01" || day > "2020-08-01");
  const from = changesOverAYear(holed).map(({ day }) => day);
  // March 2021 stands against February 2020; from April on nothing within 45 days of the year before is known.
  expect(from).toContain("2021-03-01");
  expect(from).not.toContain("2021-05-01");
});

describe("driftAndVolatility", () => {
  test("a multiple that grows evenly has its rate as drift and no volatility", () => {
    const found = driftAndVolatility(
      monthly(2016, 121, (index) => 5 * Math.exp((0.06 / 12) * index)),
      36,
    );
    expect(found?.drift).toBeCloseTo(0.06, 4);
    expect(found?.volatility).toBeLessThan(0.01);
  });

  test("up and down by a tenth every month is √12 tenths a year", () => {
    const found = driftAndVolatility(
      monthly(2016, 121, (index) => (index % 2 === 0 ? 5 : 5 * Math.exp(0.1))),
      36,
    );
    expect(found?.drift).toBeCloseTo(0, 6);
    expect(found?.volatility).toBeCloseTo(0.1 * Math.sqrt(12), 2);
  });

  test("there is none of few values, or of one that is not above zero", () => {
    expect(
      driftAndVolatility(
        monthly(2016, 35, () => 5),
        36,
      ),
    ).toBeNull();
    expect(
      driftAndVolatility(
        monthly(2016, 60, (index) => (index === 9 ? 0 : 5)),
        36,
      ),
    ).toBeNull();
  });
});
