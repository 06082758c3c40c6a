import fc from "fast-check";
import { expect, test } from "vitest";
import { Exact, fromMinor, splitByLargestRemainder, toMinor } from "./money";

test.each([
  ["12.345", "EUR", 1235n],
  ["-12.345", "EUR", -1235n],
  ["1000", "JPY", 1000n],
  ["1.2345", "KWD", 1235n],
  ["0.1", "USD", 10n],
])("%s %s is %s in the minor unit", (amount, currency, expected) => {
  expect(toMinor(amount, currency)).toBe(expected);
});

test("minor units come back exactly", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }), fc.constantFrom("EUR", "JPY", "KWD"), (n, c) => {
      expect(toMinor(fromMinor(n, c), c)).toBe(n);
    }),
  );
});

test("a split sums to the total and no part is off by a whole unit", () => {
  const weights = fc.array(fc.nat({ max: 10_000 }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), weights, (total, parts) => {
      const split = splitByLargestRemainder(total, parts);
      const sum = parts.reduce((a, b) => a + b, 0);
      if (sum === 0) {
        expect(split).toBeNull();
        return;
      }
      expect(split?.reduce((a, b) => a + b, 0n)).toBe(total);
      split?.forEach((part, i) => {
        const exact = new Exact(total.toString()).times(parts[i] ?? 0).div(sum);
        expect(exact.minus(part.toString()).abs().lt(1)).toBe(true);
      });
    }),
  );
});

test("nothing can be split over no weight", () => {
  expect(splitByLargestRemainder(100n, [0, 0])).toBeNull();
  expect(splitByLargestRemainder(100n, [1, -1])).toBeNull();
});
