import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type FundFlows, fundMultiples, fundWarnings, indexProblems } from "./fund-multiples";

const at = (year: number, amount: number | string) => ({ date: `${year}-01-01`, amount });
const level = (year: number, value: number | string) => ({ date: `${year}-01-01`, level: value });
const RISING = [level(2021, 100), level(2022, 110), level(2023, 121)];

function read(given: FundFlows) {
  const found = fundMultiples(given);
  return Object.fromEntries(
    Object.entries(found).map(([name, measure]) => [
      name,
      measure.value === null ? measure.reason : measure.value.toNumber(),
    ]),
  );
}

function matches(given: FundFlows, expected: Readonly<Record<string, number | string>>) {
  const found = read(given);
  for (const [name, value] of Object.entries(expected)) {
    if (typeof value === "string") expect([name, found[name]]).toEqual([name, value]);
    else expect(found[name], name).toBeCloseTo(value, 12);
  }
}

/** OVF: equilibria-waterfall (ogulcan-ozyavuz, Apache-2.0), docs/pme-fixtures.md. */
const CASES: [source: string, given: FundFlows, expected: Record<string, number | string>][] = [
  [
    "OVF F6: an index that stands still",
    {
      calls: [at(2021, 100)],
      distributions: [at(2022, 30)],
      nav: at(2023, 90),
      index: [level(2021, 100), level(2023, 100)],
    },
    {
      ...{ dpi: 0.3, rvpi: 0.9, tvpi: 1.2, moic: 1.2, navRolledForward: 90, irr: 0.1104686356149273, ksPme: 1.2 },
      ...{ directAlpha: 0.1104686356149273, longNickelsNav: 70, longNickelsIrr: 0 },
    },
  ],
  [
    "OVF F7: the fund is the index",
    { calls: [at(2021, 100)], distributions: [at(2022, 55)], nav: at(2023, 60.5), index: RISING },
    { irr: 0.1, ksPme: 1, directAlpha: 0, longNickelsNav: 60.5, longNickelsIrr: 0.1 },
  ],
  [
    "OVF F8: wound up, with a NAV of nothing",
    { calls: [at(2021, 100)], distributions: [at(2022, 60), at(2023, 72)], nav: at(2023, 0), index: RISING },
    {
      ...{ irr: 0.2, ksPme: 138 / 121, directAlpha: 1 / 11, longNickelsNav: -17, tvpi: 1.32, rvpi: 0 },
      longNickelsIrr: "negative-index-nav",
    },
  ],
  [
    "OVF F9: the index portfolio goes short",
    { calls: [at(2021, 100)], distributions: [at(2022, 150)], nav: at(2023, 10), index: RISING },
    {
      irr: (15 + Math.sqrt(265)) / 20 - 1,
      ksPme: 175 / 121,
      longNickelsNav: -44,
      longNickelsIrr: "negative-index-nav",
    },
  ],
  [
    "OVF F10a: a stale NAV, as of the end of its day",
    {
      calls: [at(2021, 100), { date: "2022-06-01", amount: 20 }],
      distributions: [at(2022, 10), at(2023, 15)],
      nav: at(2022, 80),
    },
    {
      navRolledForward: 85,
      dpi: 5 / 24,
      rvpi: 17 / 24,
      tvpi: 11 / 12,
      ksPme: "missing-input",
      directAlpha: "missing-input",
    },
  ],
  [
    "OVF F10b: more was distributed than the NAV held",
    {
      calls: [at(2021, 100), { date: "2022-06-01", amount: 20 }],
      distributions: [at(2022, 10), at(2023, 115)],
      nav: at(2022, 80),
    },
    {
      ...{ dpi: 125 / 120, navRolledForward: "distributions-exceed-nav", rvpi: "distributions-exceed-nav" },
      ...{ tvpi: "distributions-exceed-nav", moic: "distributions-exceed-nav", irr: "distributions-exceed-nav" },
    },
  ],
  [
    "OVF F11: multiples are gross, the rate is net of the day",
    {
      calls: [at(2021, 100), at(2022, 10)],
      distributions: [at(2021, 20), at(2022, 10), at(2023, 88)],
      nav: at(2023, 0),
      index: [level(2021, 1)],
    },
    { irr: Math.sqrt(1.1) - 1, tvpi: 59 / 55, ksPme: 59 / 55, longNickelsNav: -8 },
  ],
  [
    "pyxirr test_dpi",
    { calls: [at(2020, 10), at(2021, 20)], distributions: [at(2022, 15), at(2023, 30)] },
    { dpi: 1.5 },
  ],
  [
    "pyxirr test_tvpi",
    { calls: [at(2020, 10), at(2021, 20)], distributions: [at(2022, 15), at(2023, 30)], nav: at(2023, 15) },
    { tvpi: 2 },
  ],
  ["pyxirr test_tvpi", { calls: [at(2020, 25)], distributions: [at(2021, 15)], nav: at(2022, 20) }, { tvpi: 1.4 }],
  [
    "nothing paid in",
    { calls: [], distributions: [at(2021, 5)], nav: at(2022, 1) },
    {
      dpi: "zero-denominator",
      rvpi: "zero-denominator",
      tvpi: "zero-denominator",
      irr: "no-sign-change",
      navRolledForward: 1,
    },
  ],
  [
    "nothing at all",
    { calls: [], distributions: [], index: RISING },
    { dpi: "zero-denominator", irr: "no-flows", ksPme: "zero-denominator", navRolledForward: "missing-input" },
  ],
  [
    "no NAV: wound up",
    { calls: [at(2021, 100)], distributions: [at(2022, 121)] },
    { dpi: 1.21, rvpi: 0, tvpi: 1.21, moic: 1.21, irr: 0.21, navRolledForward: "missing-input" },
  ],
  [
    "an index that begins after the first call",
    { calls: [at(2021, 100)], distributions: [at(2023, 110)], index: [level(2022, 1)] },
    { ksPme: "no-index-level", directAlpha: "no-index-level", longNickelsNav: "no-index-level", tvpi: 1.1 },
  ],
  [
    "total loss",
    { calls: [at(2021, 100)], distributions: [], nav: at(2023, 0), index: RISING },
    { dpi: 0, tvpi: 0, irr: "no-sign-change", ksPme: 0, directAlpha: "no-sign-change", longNickelsIrr: 0.1 },
  ],
];

test.each(CASES)("%s", (_source, given, expected) => matches(given, expected));

test("Gredil, Griffiths and Stucke (2014), exhibits 5 and 6, as OVF F12 computes them from the printed levels", () => {
  const end = (year: number) => `${year}-12-31`;
  const flows = (rows: [number, number][]) => rows.map(([year, amount]) => ({ date: end(year), amount }));
  const levels = [100, 78, 100, 111, 117, 135, 142, 90, 113, 131];
  const given = {
    calls: flows([
      [2001, 100],
      [2003, 100],
      [2005, 50],
    ]),
    distributions: flows([
      [2003, 25],
      [2005, 150],
      [2007, 150],
      [2009, 100],
    ]),
    nav: { date: end(2010), amount: 75 },
    index: levels.map((value, index) => ({ date: end(2001 + index), level: value })),
  };
  matches(given, {
    ...{ tvpi: 2, ksPme: 1990055721 / 1193950768, irr: 0.1752012983239102, directAlpha: 0.1256031689842718 },
    ...{ longNickelsNav: -514497653 / 3754764, longNickelsIrr: "negative-index-nav" },
  });
});

test("what a reader should know", () => {
  const calls = [at(2021, 100)];
  expect(fundWarnings({ calls, distributions: [] })).toEqual([expect.stringContaining("wound up")]);
  expect(fundWarnings({ calls, distributions: [at(2023, 1)], nav: at(2022, 100) })).toEqual([
    expect.stringContaining("rolled forward"),
  ]);
  expect(fundWarnings({ calls, distributions: [], nav: at(2021, 1), index: [level(2020, 1)] })).toEqual([
    expect.stringContaining("older than they are"),
  ]);
  expect(indexProblems([level(2021, 1), level(2021, "1.0"), level(2022, 2), level(2022, 3)])).toEqual([
    { path: "index[3].level", expected: expect.stringContaining("2022-01-01") },
  ]);
});

describe("for any fund", () => {
  const flows = (size: number) =>
    fc.array(fc.record({ month: fc.integer({ min: 0, max: 80 }), amount: fc.integer({ min: 1, max: 5_000 }) }), {
      minLength: size,
      maxLength: 8,
    });
  const dayOf = (month: number) => `${2015 + Math.floor(month / 12)}-${`${(month % 12) + 1}`.padStart(2, "0")}-15`;
  const dated = (rows: readonly { month: number; amount: number }[]) =>
    rows.map(({ month, amount }) => ({ date: dayOf(month), amount }));
  const nav = fc.integer({ min: 0, max: 9_000 });

  test("TVPI is DPI and RVPI; the order and the unit of the flows do not matter", () => {
    fc.assert(
      fc.property(flows(1), flows(0), nav, (calls, distributions, left) => {
        const given = {
          calls: dated(calls),
          distributions: dated(distributions),
          nav: { date: dayOf(81), amount: left },
        };
        const found = read(given);
        expect(Number(found.dpi) + Number(found.rvpi)).toBeCloseTo(Number(found.tvpi), 12);
        const thousand = (rows: typeof given.calls) =>
          rows.map((row) => ({ ...row, amount: row.amount * 1000 })).reverse();
        const other = read({
          calls: thousand(given.calls),
          distributions: thousand(given.distributions),
          nav: { date: dayOf(81), amount: left * 1000 },
        });
        expect([other.tvpi, other.irr]).toEqual([found.tvpi, found.irr]);
      }),
    );
  });

  test("against an index that grows at the fund's own rate KS-PME is 1 and direct alpha nothing", () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 900 }), fc.integer({ min: -30, max: 60 }), (paid, percent) => {
        const index = [0, 1, 2].map((years) => level(2021 + years, 100 * (1 + percent / 100) ** years));
        const value = paid * (1 + percent / 100) ** 2;
        const found = read({ calls: [at(2021, paid)], distributions: [], nav: at(2023, value), index });
        expect(found.ksPme).toBeCloseTo(1, 10);
        expect(found.directAlpha).toBeCloseTo(0, 10);
        expect(found.irr).toBeCloseTo(percent / 100, 10);
      }),
    );
  });
});
