import fc from "fast-check";
import { expect, test } from "vitest";
import { bridgeSteps } from "./bridge-steps";
import { extentOf, frameOf, plotBottom, plotRight } from "./frame";
import { labelHeights, trendMarks } from "./trend-marks";

const frame = frameOf("panel");
const months = (count: number) =>
  Array.from({ length: count }, (_, i) => `${2020 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, "0")}-01`);
const marksOf = (values: (number | null)[], thresholds: { value: number; label: string }[] = []) =>
  trendMarks({
    frame,
    series: [
      {
        name: "NRR",
        points: months(values.length).map((day, i) => ({ day, value: values[i] ?? null, text: String(values[i]) })),
      },
    ],
    thresholds,
    range: [],
    formatTick: String,
    formatDay: (day) => day.slice(0, 7),
  });

test("every point of a trend stays inside the drawing", () => {
  const values = fc.array(fc.option(fc.integer({ min: -1_000_000, max: 1_000_000 })), { minLength: 2, maxLength: 60 });
  fc.assert(
    fc.property(values, (series) => {
      const marks = marksOf(series);
      expect(marks === null).toBe(series.every((value) => value === null));
      for (const stop of marks?.stops ?? []) {
        expect(stop.x).toBeGreaterThanOrEqual(frame.left);
        expect(stop.x).toBeLessThanOrEqual(plotRight(frame));
        for (const y of stop.ys) {
          expect(y).toBeGreaterThanOrEqual(frame.top);
          expect(y).toBeLessThanOrEqual(plotBottom(frame));
        }
      }
    }),
  );
});

test("an unknown month is a gap in the line and a word for the reader", () => {
  const marks = marksOf([10, 20, null, 20, 10]);
  expect(marks?.lines[0]?.path.match(/M/g)).toHaveLength(2);
  expect(marks?.stops[2]).toMatchObject({ ys: [], text: "2020-03: unknown" });
});

test("a threshold near the line is drawn, a far one would flatten it", () => {
  const marks = marksOf(
    [96, 98, 101],
    [
      { value: 100, label: "100 %" },
      { value: 900, label: "far" },
    ],
  );
  expect(marks?.thresholds.map((mark) => mark.value)).toEqual([100]);
});

test("a bridge arrives at its last total", () => {
  const steps = bridgeSteps([
    { label: "MRR in May", kind: "total", value: 100, text: "100" },
    { label: "new", kind: "change", value: 12, text: "+12" },
    { label: "churn", kind: "change", value: -7, text: "−7" },
    { label: "MRR in June", kind: "total", value: 105, text: "105" },
  ]);
  expect(steps.map(({ kind, from, to }) => [kind, from, to])).toEqual([
    ["total", 0, 100],
    ["gain", 100, 112],
    ["loss", 112, 105],
    ["total", 0, 105],
  ]);
});

test("the extent of one value has room around it, of none there is none", () => {
  expect(extentOf([null])).toBeNull();
  expect(extentOf([5])).toEqual([4.6, 5.4]);
});

test("names at the ends of lines never cover each other, and stay in their order", () => {
  expect(labelHeights([{ x: 300, y: 100 }, null, { x: 310, y: 104 }, { x: 305, y: 90 }])).toEqual([104, null, 118, 90]);
  expect(
    labelHeights([
      { x: 100, y: 100 },
      { x: 300, y: 104 },
    ]),
  ).toEqual([100, 104]);
});
