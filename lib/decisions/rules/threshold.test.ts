import fc from "fast-check";
import { expect, test } from "vitest";
import { METRICS } from "@/lib/metrics/schema";
import { conditionUnit } from "./conditions";
import { thresholdHint, thresholdOf } from "./threshold";

test.each([
  ["15", "ratio", "0.15"],
  ["15 %", "ratio", "0.15"],
  ["−2.5", "ratio", "-0.025"],
  ["12", "months", "12"],
  ["1000000", "EUR", "1000000"],
  ["1.5", "multiple", "1.5"],
  ["", "ratio", null],
  ["1,5", "multiple", null],
  ["1e6", "EUR", null],
] as const)("%s in %s is %s", (typed, unit, threshold) => {
  expect(thresholdOf(typed, unit)).toBe(threshold);
});

test("percent is exact: a hundred times the threshold is what was typed", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), (typed) => {
      const text = thresholdOf(String(typed), "ratio") ?? "";
      expect(
        BigInt(
          text.replace(
            /^(-?)(\d+)(?:\.(\d+))?$/,
            (_, sign, whole, rest = "") => `${sign}${whole}${rest.padEnd(2, "0")}`,
          ),
        ),
      ).toBe(typed);
    }),
  );
});

test("every metric of the dictionary has a unit that the field can explain", () => {
  for (const { key } of METRICS) expect(thresholdHint(conditionUnit(key, "EUR")), key).toMatch(/^(in|as) /);
  expect(conditionUnit("burn_multiple", "EUR")).toBe("multiple");
  expect(conditionUnit("growth_rate", "EUR")).toBe("ratio");
  expect(conditionUnit("cash_runway", "EUR")).toBe("months");
  expect(conditionUnit("revenue", "CHF")).toBe("CHF");
});
