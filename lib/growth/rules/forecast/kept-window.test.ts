import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeFigure } from "@/lib/figures/rules";
import type { KeptForecast } from "./forecast-record-figures";
import { KEPT_KEYS, type KeptWindow, keptCell, keptFor } from "./kept-window";

const MONTHS = Array.from(
  { length: 24 },
  (_, i) => `${2025 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, "0")}`,
);

/** A forecast of `each` for every month after `through`. */
const kept = (metric: string, through: string, each: number): KeptForecast => ({
  ...{ id: `${metric}-${through}`, metric, through, madeOn: `${through}-28`, lastValue: each, model: "naive" },
  points: MONTHS.filter((month) => month > through).map((month) => ({
    ...{ month, value: String(each), figure: `${metric}-${month}`, revision: 2, intervals: [], chanceHigher: null },
  })),
});

/** Everything that came is 10 a month. */
const windowOf = (records: KeptForecast[], month: string, span: number): KeptWindow => ({
  ...{ venture: { id: "v", currency: "EUR" }, records, month, span },
  came: (metric, { from, to }) =>
    makeFigure({
      ...{ label: metric, unit: "EUR", asOf: to, method: "metrics.venture.x@1", formula: "Σ", sources: [] },
      value: String(10 * (MONTHS.indexOf(to.slice(0, 7)) - MONTHS.indexOf(from.slice(0, 7)) + 1)),
      inputs: { metric: { value: metric }, from: { value: from }, to: { value: to } },
    }),
});

const shown = (window: KeptWindow, key: string) => {
  const cell = keptCell(window, key);
  if (!cell) return null;
  return "ref" in cell ? cell.ref : (cell.figures.at(-1) ?? null);
};
const toldBy = (window: KeptWindow, key: string) => {
  const cell = shown(window, key);
  return cell && "value" in cell ? (cell.value ?? cell.reason) : cell;
};

describe("which forecast stands beside a window", () => {
  test.each([
    ["the newest from before the window began", ["2025-03", "2025-12", "2026-05"], "2026-06", 3, "2025-12"],
    ["the oldest since, where none is from before", ["2026-02", "2026-04"], "2026-06", 12, "2026-02"],
    ["none from after the window", ["2026-06", "2026-09"], "2026-06", 12, null],
    ["the month before, for a month", ["2026-02", "2026-05"], "2026-06", 1, "2026-05"],
  ])("%s", (_, throughs, month, span, through) => {
    const records = throughs.map((one) => kept("revenue", one, 12));
    expect(keptFor(windowOf(records, month, span), "revenue")?.through ?? null).toBe(through);
  });
});

test.each([
  ["revenue_…m", 1, { id: "revenue-2026-06", revision: 2 }],
  ["revenue_…m", 3, "34"],
  ["growth_rate", 3, String(34 / 30 - 1).slice(0, 12)],
  ["mrr", 12, { id: "mrr-2026-06", revision: 2 }],
  ["arr", 12, "1200"],
  ["arpa", 3, "25"],
  ["monthly_net_burn", 12, "5.5"],
  ["cash_runway", 12, "20"],
  ["new_customers_…m", 12, null],
  ["gross_margin_ratio", 12, null],
])("%s over %i months", (key, span, value) => {
  const records = [
    ...[kept("revenue", "2026-04", 12), kept("mrr", "2026-04", 100), kept("customers", "2026-05", 4)],
    ...[kept("cash", "2026-05", 110), kept("net_burn", "2026-04", -17)],
  ];
  const found = toldBy(windowOf(records, "2026-06", span), key);
  expect(typeof found === "string" ? found.slice(0, 12) : found).toEqual(value);
});

test("nothing is burned where the forecast says so, and the runway is unlimited", () => {
  const records = [kept("cash", "2026-05", 100), kept("net_burn", "2026-05", -40)];
  expect(toldBy(windowOf(records, "2026-06", 3), "cash_runway")).toBe("not-burning");
});

test("what came and what was forecast fill the window once each, and one question has one id", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(3, 12),
      fc.integer({ min: 0, max: 22 }),
      fc.integer({ min: 12, max: 23 }),
      fc.integer({ min: 0, max: 500 }),
      (span, through, month, each) => {
        const window = windowOf([kept("revenue", MONTHS[through] ?? "", each)], MONTHS[month] ?? "", span);
        const cell = shown(window, "revenue_…m");
        if (through >= month) {
          expect(cell).toBeNull();
          return;
        }
        const ahead = Math.min(span, month - through);
        expect(toldBy(window, "revenue_…m")).toBe(String(10 * (span - ahead) + each * ahead));
        expect(shown(window, "revenue_…m")).toEqual(cell);
      },
    ),
  );
});

test("without any kept forecast every measure is without one", () => {
  expect(KEPT_KEYS.map((key) => keptCell(windowOf([], "2026-06", 12), key))).toEqual(KEPT_KEYS.map(() => null));
});
