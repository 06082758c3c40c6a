import { expect, test } from "vitest";
import { type ShareClassInput, shareClassSchema } from "../schema";
import { engineSchedule } from "./breakpoints";
import { approximate } from "./exact";
import { readEngine } from "./waterfall";

const M = 1_000_000;

function schedule(classes: ShareClassInput[], majority?: number) {
  const engine = readEngine(
    classes.map((given) => shareClassSchema.parse(given)),
    majority === undefined ? undefined : { majority },
  );
  if (!engine.ok) throw new Error(JSON.stringify(engine.problems));
  const { breakpoints, slopes, jumps } = engineSchedule(engine.value);
  return {
    breakpoints: breakpoints.map(({ at, reason, ids }) => [approximate(at), reason, ids.join()]),
    slopes: slopes.map(({ from, to, shares }) => [approximate(from), to && approximate(to), shares.map(approximate)]),
    jumps: jumps.map(approximate),
  };
}

const founders: ShareClassInput = { id: "common", kind: "common", shares: 8 * M };
const seriesA: ShareClassInput = {
  id: "a",
  kind: "preferred",
  shares: 2 * M,
  invested: 5 * M,
  participation: "none",
};

test("OVF BP1: preference paid, then conversion", () => {
  expect(schedule([founders, seriesA])).toEqual({
    breakpoints: [
      [5 * M, "preference", "a"],
      [25 * M, "conversion", "a"],
    ],
    slopes: [
      [0, 5 * M, [0, 1]],
      [5 * M, 25 * M, [1, 0]],
      [25 * M, null, [0.8, 0.2]],
    ],
    jumps: [],
  });
});

test("OVF O2: a cap of 2x is reached at 30M, left by conversion at 50M", () => {
  const capped = { ...seriesA, participation: "capped", capMultiple: 2 } as ShareClassInput;
  expect(schedule([founders, capped]).breakpoints).toEqual([
    [5 * M, "preference", "a"],
    [30 * M, "cap", "a"],
    [50 * M, "conversion", "a"],
  ]);
});

/** OVF dividends, FL0 to FL3: the exit at which the class changes to conversion. */
test.each([
  ["no dividend", 5_000_000, 2 * M, 25_000_000],
  ["simple", 5_800_000, 2 * M, 29_000_000],
  ["compound", 5_832_000, 2 * M, 29_160_000],
  ["paid in kind", 5_800_000, 2_320_000, 25_800_000],
])("conversion with %s", (_kind, preferenceAmount, shares, flip) => {
  const { breakpoints } = schedule([founders, { ...seriesA, shares, preferenceAmount } as ShareClassInput]);
  expect(breakpoints.at(-1)).toEqual([flip, "conversion", "a"]);
});

test("every reason, in order", () => {
  const { breakpoints } = schedule([
    { id: "loan", kind: "debt", claim: M },
    { id: "mezzanine", kind: "debt", claim: M, seniority: 2 },
    { ...seriesA, accruedDividends: M } as ShareClassInput,
    { id: "b", kind: "preferred", shares: M, invested: 2 * M, participation: "capped", capMultiple: 3, seniority: 2 },
    founders,
    { id: "o", kind: "option", shares: M, strike: 1 },
    { id: "w", kind: "warrant", shares: M, strike: 1 },
    { id: "free", kind: "option", shares: M, strike: 0 },
  ]);
  // Claims 1, 2, 8, 10 M; 10 M shares from 0 to 1 $, 12 M to 3 $ (a converts), 14 M to 4 $ (b is capped), 13 M to 6 $.
  expect(breakpoints).toEqual([
    [M, "debt", "loan"],
    [2 * M, "debt", "mezzanine"],
    [8 * M, "preference", "a"],
    [10 * M, "preference", "b"],
    [20 * M, "exercise", "o,w"],
    [44 * M, "conversion", "a"],
    [58 * M, "cap", "b"],
    [84 * M, "conversion", "b"],
  ]);
});

test("without common the point where claims end is also the point where the next class converts", () => {
  const classes = [
    { id: "a", kind: "preferred", shares: 1, invested: 5, participation: "none" },
    { id: "b", kind: "preferred", shares: 1, invested: 3, participation: "none" },
  ] as ShareClassInput[];
  expect(schedule(classes)).toMatchObject({
    breakpoints: [
      [8, "preference", "a,b"],
      [8, "conversion", "b"],
      [10, "conversion", "a"],
    ],
    slopes: [
      [0, 8, [0.625, 0.375]],
      [8, 10, [0, 1]],
      [10, null, [0.5, 0.5]],
    ],
  });
});

test("OVF BP7 and GV6: conversion imposed by a majority steps at 207/19 M and at 57.5 M", () => {
  const governed = [
    founders,
    { ...seriesA, participation: "capped", capMultiple: 2, seniority: 2 } as ShareClassInput,
    { id: "b", kind: "preferred", shares: 1.5 * M, invested: 9 * M, participation: "none" } as ShareClassInput,
  ];
  const answer = schedule(governed, 0.5);
  expect(answer.jumps).toEqual([(207 / 19) * M, 57_500_000]);
  expect(answer.breakpoints).toEqual([
    [(207 / 19) * M, "conversion", "a,b"],
    [14 * M, "preference", "a"],
    [39 * M, "cap", "a"],
    [57_500_000, "conversion", "a,b"],
  ]);
  expect(schedule(governed).jumps).toEqual([]);
});

test("a clause that nobody gains by changes nothing", () => {
  expect(schedule([founders, seriesA], 0.5)).toEqual(schedule([founders, seriesA]));
});
