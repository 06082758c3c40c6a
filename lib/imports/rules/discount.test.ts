import fc from "fast-check";
import { expect, test } from "vitest";
import { Exact } from "@/lib/money";
import { type Discount, isRecurring, netPrice } from "./discount";

const NONE: Discount = { percent: null, offMinor: null, duration: null, endOn: null };

test.each([
  ["a quarter off", "4900", "1", { percent: "25" }, "3675", "1"],
  ["a quarter off ten seats", "4900", "10", { percent: "25" }, "3675", "10"],
  ["an amount off one", "4900", "1", { offMinor: "900" }, "4000", "1"],
  ["an amount off ten seats, exact per seat", "4900", "10", { offMinor: "1000" }, "4800", "10"],
  ["an amount off three seats, not exact per seat: the bill", "1000", "3", { offMinor: "100" }, "2900", "1"],
  ["a third of a cent is rounded on the bill, half up", "333", "1", { percent: "50" }, "167", "1"],
  ["percent before amount", "10000", "1", { percent: "10", offMinor: "500" }, "8500", "1"],
  ["more off than it costs", "500", "1", { offMinor: "900" }, "0", "1"],
  ["everything off", "500", "2", { percent: "100" }, "0", "2"],
  ["no quantity", "500", "0", { percent: "10" }, "500", "0"],
])("%s", (_, unit, quantity, discount, minor, units) => {
  expect(netPrice(unit, quantity, { ...NONE, ...discount })).toEqual({ minor, quantity: units });
});

test("the bill is right to half a minor unit, whatever the quantity", () => {
  const whole = fc.integer({ min: 0, max: 10_000_000 });
  fc.assert(
    fc.property(whole, fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 0, max: 100 }), (unit, seats, percent) => {
      const { minor, quantity } = netPrice(String(unit), String(seats), { ...NONE, percent: String(percent) });
      const exact = new Exact(unit)
        .times(seats)
        .times(100 - percent)
        .div(100);
      expect(exact.minus(new Exact(minor).times(quantity)).abs().lte("0.5")).toBe(true);
    }),
  );
});

test.each([
  ["none", {}, false],
  ["zero percent", { percent: "0" }, false],
  ["zero off", { offMinor: "000" }, false],
  ["for ever", { percent: "10", duration: "forever" }, true],
  ["once", { percent: "10", duration: "once" }, false],
  ["until yesterday", { percent: "10", endOn: "2026-04-15" }, false],
  ["until tomorrow", { offMinor: "10", endOn: "2026-04-16" }, true],
])("a discount %s", (_, discount, recurring) => {
  expect(isRecurring({ ...NONE, ...discount }, "2026-04-15")).toBe(recurring);
});
