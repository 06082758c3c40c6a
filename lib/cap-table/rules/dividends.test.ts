import { describe, expect, test } from "vitest";
import { type ClassDividends, classDividendsSchema } from "../schema/dividends";
import { dividendTerms, type Paid } from "./dividends";

const paid: Paid[] = [{ base: "5000000", issuedOn: "2022-01-01" }];
const answer = (more: object): ClassDividends =>
  classDividendsSchema.parse({
    ...{ ventureId: crypto.randomUUID(), classId: "a", kind: "cumulative", ratio: "0.08", compounding: "simple" },
    ...{ evidence: "Charter, 3", ...more },
  });

describe("dividends on 1 January 2027, five years of 1,826 days after the issue (methods a4)", () => {
  // 5 M × 0.08 × 1826 ÷ 365 = 2,001,095.890410958904…; compounded a year: 5 M × (1.08^(1826/365) − 1)
  test.each<[string, object, object]>([
    ["simple", {}, { accruedDividends: "2001095.890410958904", dividendsOnConversion: "forfeited" }],
    [
      "from a later day",
      { accruesFrom: "2026-01-01", onConversion: "kept" },
      { accruedDividends: "400000", dividendsOnConversion: "kept" },
    ],
    [
      "from a day before the issue: from the issue",
      { accruesFrom: "2020-01-01" },
      { accruedDividends: "2001095.890410958904" },
    ],
    [
      "declared and not paid",
      { kind: "declared", ratio: null, compounding: null, amount: "125000.5" },
      { accruedDividends: "125000.5" },
    ],
    ["in kind: as many more shares", { kind: "in-kind" }, { growth: "1.40021917808219178082" }],
    ["none, said so", { kind: "none", ratio: null, compounding: null }, {}],
  ])("%s", (_case, more, expected) => {
    expect(dividendTerms(answer(more), paid, "2027-01-01")).toMatchObject(expected);
  });

  test("compounded they are more, and nothing accrues before the day of issue", () => {
    const annual = Number(dividendTerms(answer({ compounding: "annual" }), paid, "2027-01-01").accruedDividends);
    expect(annual).toBeCloseTo(5_000_000 * (1.08 ** (1_826 / 365) - 1), 4);
    expect(dividendTerms(answer({}), paid, "2021-12-31").accruedDividends).toBe("0");
    expect(dividendTerms(undefined, paid, "2027-01-01")).toEqual({});
  });
});

test.each<[string, object, string]>([
  ["a rate without compounding", { compounding: null }, "compounding"],
  ["an amount beside a rate", { amount: "5" }, "amount"],
  ["declared without an amount", { kind: "declared", ratio: null, compounding: null }, "amount"],
  ["a rate of zero", { ratio: "0" }, "ratio"],
])("%s is refused", (_case, more, path) => {
  const given = { ventureId: crypto.randomUUID(), classId: "a", kind: "cumulative", ratio: "0.08" };
  const read = classDividendsSchema.safeParse({ ...given, compounding: "simple", evidence: "Charter", ...more });
  expect(read.error?.issues.map((issue) => issue.path.join("."))).toContain(path);
});
