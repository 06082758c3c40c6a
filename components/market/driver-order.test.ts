import { expect, test } from "vitest";
import type { DriverLine } from "@/lib/market/rules/drivers";
import { inDriverOrder } from "./driver-order";

const line = (key: string, sign: number, weight: number, percentile: number | null) =>
  ({ key, sign, weight, percentile }) as unknown as DriverLine;
const lines = [
  line("multiple", 1, 30, 80),
  line("yield", -1, 10, 90),
  line("volatility", -1, 10, null),
  line("ipos", 1, 15, 20),
];
const keys = (by: Parameters<typeof inDriverOrder>[1]["by"], descending: boolean) =>
  inDriverOrder(lines, { by, descending }).map(({ key }) => key);

test("a driver is sorted by what it says for a sale: low is good turns it around; the unknown comes last", () => {
  expect(keys("direction", true)).toEqual(["multiple", "ipos", "yield", "volatility"]);
  expect(keys("direction", false)).toEqual(["yield", "ipos", "multiple", "volatility"]);
  expect(keys("percentile", true)[0]).toBe("yield");
  expect(keys(null, false)).toEqual(["multiple", "yield", "volatility", "ipos"]);
});
