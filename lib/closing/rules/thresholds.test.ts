import { describe, expect, it } from "vitest";
import { filingNeeded, HSR_YEARS, yearOn } from "./thresholds";

/** 15 U.S.C. 18a(a)(2) with the adjusted thresholds: "in excess of" the sizes of transaction, the persons' sizes "or more". */
const [OLD, NEW] = ["2026-02-16", "2026-02-17"];
const CASES: readonly [
  closesOn: string | null,
  transaction: string | null,
  a: string | null,
  t: string | null,
  answer: string,
][] = [
  [NEW, "133899999", "900000000", "900000000", "does-not"],
  [NEW, "133900000", "900000000", "900000000", "does-not"],
  [NEW, "133900000.01", "900000000", "900000000", "applies"],
  [NEW, "133900001", "900000000", "900000000", "applies"],
  [NEW, "200000000", "267800000", "26800000", "applies"],
  [NEW, "200000000", "267800001", "26800001", "applies"],
  [NEW, "200000000", "267799999", "26800000", "does-not"],
  [NEW, "200000000", "267800000", "26799999", "does-not"],
  [NEW, "200000000", "26800000", "267800000", "applies"],
  [NEW, "200000000", "26799999", "900000000", "does-not"],
  [NEW, "535499999", "1", "1", "does-not"],
  [NEW, "535500000", "1", "1", "does-not"],
  [NEW, "535500001", "1", "1", "applies"],
  [NEW, "535500001", null, null, "applies"],
  [NEW, "200000000", null, "26800000", "unknown"],
  [NEW, "200000000", null, "26799999", "does-not"],
  [NEW, "200000000", "900000000", null, "unknown"],
  [NEW, null, "900000000", "900000000", "unknown"],
  [null, "900000000", "900000000", "900000000", "unknown"],
  [OLD, "126400000", "900000000", "900000000", "does-not"],
  [OLD, "126400001", "900000000", "900000000", "applies"],
  [NEW, "126400001", "900000000", "900000000", "does-not"],
  [OLD, "200000000", "252900000", "25300000", "applies"],
  [NEW, "200000000", "252900000", "25300000", "does-not"],
  [OLD, "505800001", "1", "1", "applies"],
  [NEW, "505800001", "1", "1", "does-not"],
  ["2025-02-21", "126400001", "900000000", "900000000", "applies"],
  ["2025-02-20", "126400001", "900000000", "900000000", "unknown"],
];

describe("Hart-Scott-Rodino", () => {
  it.each(CASES)(
    "closing %s, transaction %s, buyer %s, we %s: %s",
    (closesOn, transaction, acquirer, target, answer) => {
      const found = filingNeeded({ transaction, acquirer, target }, closesOn);
      expect(found.answer).toBe(answer);
      if (found.answer === "unknown") expect(found.missing.length).toBeGreaterThan(0);
    },
  );

  it.each([
    [OLD, "126400001", 30_000],
    [OLD, "179399999.99", 30_000],
    [OLD, "179400000", 105_000],
    [OLD, "555500000", 265_000],
    [OLD, "1111000000", 425_000],
    [OLD, "2222000000", 850_000],
    [OLD, "5555000000", 2_390_000],
    [NEW, "189599999", 35_000],
    [NEW, "189600000", null],
    [NEW, "5868999999", null],
    [NEW, "5869000000", 2_460_000],
  ])("closing %s, transaction %s: fee %s", (closesOn, transaction, fee) => {
    const sizes = { transaction, acquirer: "900000000", target: "900000000" };
    expect(filingNeeded(sizes, closesOn)).toMatchObject({ answer: "applies", fee });
  });

  it("has one year for a day, without a gap, and each with its source", () => {
    for (const [index, year] of HSR_YEARS.entries()) {
      expect(year.source).not.toBe("");
      const next = HSR_YEARS[index + 1];
      if (next) expect(yearOn(year.validTo ?? "")?.id).toBe(year.id);
      expect(yearOn(year.validFrom)?.id).toBe(year.id);
    }
  });
});
