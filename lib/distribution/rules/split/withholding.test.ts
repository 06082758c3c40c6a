import fc from "fast-check";
import { expect, test } from "vitest";
import type { WithholdingRate } from "../../schema/split";
import { taxOf } from "./withholding";

const rate = (more: Partial<WithholdingRate>): WithholdingRate => ({
  ...{ holderId: "ada", classId: null, on: "all", ratio: "0.25", office: "Tax office", ...more },
});
const paying = [
  { classId: "common", units: 70_000n },
  { classId: "option", units: 30_000n },
];

test.each<[string, Partial<WithholdingRate>[], "closing" | "later", [string, bigint][]]>([
  ["a rate on everything", [{}], "closing", [["Tax office", 25_000n]]],
  [
    "wages of options alone",
    [{ classId: "option", ratio: "0.42", office: "Payroll" }],
    "closing",
    [["Payroll", 12_600n]],
  ],
  [
    "both, each on its own base",
    [
      { classId: "option", ratio: "0.42", office: "Payroll" },
      { classId: "common", ratio: "0.1" },
    ],
    "closing",
    [
      ["Payroll", 12_600n],
      ["Tax office", 7_000n],
    ],
  ],
  ["of the closing alone, when escrow is released", [{ on: "closing" }], "later", []],
  ["of releases alone, at the closing", [{ on: "later" }], "closing", []],
  ["of releases alone, when escrow is released", [{ on: "later" }], "later", [["Tax office", 25_000n]]],
  [
    "more than there is: the last is cut",
    [{ ratio: "0.9" }, { classId: "option", ratio: "0.9", office: "Payroll" }],
    "closing",
    [
      ["Tax office", 90_000n],
      ["Payroll", 10_000n],
    ],
  ],
  ["a class that the holder is not paid on", [{ classId: "note" }], "closing", []],
  ["half a unit is rounded up", [{ classId: "option", ratio: "0.00005" }], "closing", [["Tax office", 2n]]],
])("%s", (_case, rates, occasion, expected) => {
  const kept = taxOf(paying, rates.map(rate), occasion);
  expect(kept.map(({ office, units }) => [office, units])).toEqual(expected);
});

test("property: tax is never more than is paid, of a class or in all, and never below zero", () => {
  const classId = fc.constantFrom("a", "b");
  const lines = fc.array(fc.record({ classId, units: fc.bigInt({ min: 0n, max: 10n ** 12n }) }), { maxLength: 2 });
  const rates = fc.array(
    fc.record({
      classId: fc.option(classId),
      on: fc.constantFrom("all", "closing", "later" as const),
      ratio: fc.integer({ min: 0, max: 1_000_000 }).map((millionths) => (millionths / 1_000_000).toFixed(6)),
    }),
    { maxLength: 5 },
  );
  fc.assert(
    fc.property(lines, rates, (paid, given) => {
      const kept = taxOf(paid, given.map(rate), "closing");
      const sum = (all: readonly { units: bigint }[]) => all.reduce((so, { units }) => so + units, 0n);
      expect(kept.every(({ units }) => units > 0n)).toBe(true);
      expect(sum(kept)).toBeLessThanOrEqual(sum(paid));
      for (const one of ["a", "b"])
        expect(sum(kept.filter((tax) => tax.classId === one))).toBeLessThanOrEqual(
          sum(paid.filter((line) => line.classId === one)),
        );
    }),
  );
});
