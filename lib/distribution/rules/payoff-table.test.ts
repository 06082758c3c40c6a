import fc from "fast-check";
import { expect, test } from "vitest";
import { type ShareClassInput, shareClassSchema } from "../schema";
import { outcomeOf } from "./equilibrium";
import { approximate, rational } from "./exact";
import { combinedTable, payoffColumn, payoffTable } from "./payoff-table";
import { readEngine } from "./waterfall";

const M = 1_000_000;
const founders: ShareClassInput = { id: "common", kind: "common", shares: 8 * M };
const capped: ShareClassInput = {
  ...{ id: "a", kind: "preferred", shares: 2 * M, invested: 5 * M, seniority: 2 },
  ...{ participation: "capped", capMultiple: 2 },
};
const senior: ShareClassInput = { id: "b", kind: "preferred", shares: 1.5 * M, invested: 9 * M, participation: "none" };
const option: ShareClassInput = { id: "o", kind: "option", shares: M, strike: "1.25" };
const loan: ShareClassInput = { id: "l", kind: "debt", claim: M };

function tableOf(classes: ShareClassInput[], majority?: number) {
  const engine = readEngine(
    classes.map((one) => shareClassSchema.parse(one)),
    majority === undefined ? undefined : { majority },
  );
  if (!engine.ok) throw new Error(engine.refusal);
  return { engine: engine.value, table: payoffTable(engine.value) };
}

const KINDS = [
  { name: "one class", classes: [founders], majority: undefined },
  { name: "all kinds", classes: [founders, capped, senior, option, loan], majority: undefined },
  { name: "a majority that forces conversion (OVF GV6)", classes: [founders, capped, senior], majority: 0.5 },
];

test.each(KINDS)("$name: the table says what the waterfall pays", ({ classes, majority }) => {
  const { engine, table } = tableOf(classes, majority);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 12_000_000_000 }), (cents) => {
      const exact = outcomeOf(engine, rational(`${cents}e-2`)).takes.map((take) => approximate(take.total));
      const exits = Float64Array.of(cents / 100);
      const got = classes.map((_, index) => payoffColumn(table, index, exits)[0] ?? Number.NaN);
      got.forEach((amount, index) => {
        expect(Math.abs(amount - (exact[index] ?? Number.NaN))).toBeLessThan(1e-5);
      });
    }),
  );
});

test("who holds parts of classes receives those parts of what they receive", () => {
  const { table } = tableOf([founders, capped, senior, option, loan]);
  const parts = [0.25, 1, 0, 0.5, 0];
  const exits = Float64Array.of(0, 2 * M, 14 * M, 33 * M, 1e9);
  const own = payoffColumn(combinedTable(table, parts), 0, exits);
  const each = parts.map((part, index) => payoffColumn(table, index, exits).map((amount) => part * amount));
  own.forEach((amount, i) => {
    expect(amount).toBeCloseTo(
      each.reduce((total, column) => total + (column[i] ?? 0), 0),
      4,
    );
  });
});

test("a jump belongs to the line that begins with it", () => {
  const { table } = tableOf([founders, capped, senior], 0.5);
  const [before, after] = payoffColumn(table, 2, Float64Array.of(57_499_999.99, 57_500_000.01));
  expect(before).toBeCloseTo(9 * M, 2);
  expect(after).toBeCloseTo(7.5 * M, 1);
});

test("many exits in any order", () => {
  const { table } = tableOf([founders, senior]);
  const exits = Float64Array.of(1e12, 0, 9 * M, 57 * M, 1);
  expect([...payoffColumn(table, 1, exits)]).toEqual(
    [1e12 * (1.5 / 9.5), 0, 9 * M, 9 * M, 1].map((value) => expect.closeTo(value, 2)),
  );
});
