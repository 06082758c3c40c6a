import { describe, expect, test } from "vitest";
import { forecastWithPast } from "./forecast";
import { indexFigures } from "./forecast-index";
import { derivedForecast, type MeasureSeries, measureForecast } from "./measure-forecast";

const monthAt = (index: number): string =>
  `${2024 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, "0")}`;
/** Errors with a size and no pattern. */
const PI = [..."314159265358979323846264338327950288"].map((digit) => (Number(digit) - 4.5) / 1_000);
const seriesOf = (values: readonly (number | null)[], more: Partial<MeasureSeries> = {}): MeasureSeries => ({
  ...{ ventureId: "v", key: "gross_revenue_retention", span: 12, label: "Gross revenue retention", unit: "ratio" },
  ...{ signed: false, sources: [] },
  points: values.map((value, index) => ({ month: monthAt(index), value, reason: value === null ? "no-data" : null })),
  ...more,
});
const rising = (from: number, by: number, count = 30) =>
  Array.from({ length: count }, (_value, index) => from + by * index + (PI[index % PI.length] ?? 0));
const numberAt = (series: MeasureSeries, key: string): number =>
  Number(indexFigures(measureForecast(series).figures).get(key)?.value ?? Number.NaN);

test("a rate that rises goes on rising, with an interval about it that grows", () => {
  const series = seriesOf(rising(0.6, 0.004));
  const [last, ahead] = [numberAt(series, "point|2026-07"), numberAt(series, "point|2027-06")];
  expect(last).toBeGreaterThan(0.7);
  expect(ahead).toBeGreaterThan(last);
  const width = (month: string) =>
    numberAt(series, `wide_high|${month}|0.8`) - numberAt(series, `wide_low|${month}|0.8`);
  expect(width("2027-06")).toBeGreaterThan(width("2026-07"));
});

test("a part of a whole is never more than all of it, a rate without a sign never below nothing", () => {
  expect(numberAt(seriesOf(rising(0.9, 0.0032)), "point|2028-06")).toBe(1);
  expect(numberAt(seriesOf(rising(0.2, -0.006)), "point|2028-06")).toBe(0);
  const signed = { key: "growth_rate", signed: true };
  expect(numberAt(seriesOf(rising(0.2, -0.006), signed), "point|2028-06")).toBeLessThan(0);
  expect(numberAt(seriesOf(rising(0.9, 0.0032), signed), "point|2028-06")).toBeGreaterThan(1);
});

test("the window is part of the question, so that two windows are two numbers", () => {
  const idOf = (span: number) =>
    indexFigures(measureForecast(seriesOf(rising(0.6, 0.004), { span })).figures).get("point|2026-07")?.id;
  expect(idOf(12)).not.toBe(idOf(3));
});

describe("where nothing can be told it says why", () => {
  test.each<[string, readonly (number | null)[], string]>([
    ["nothing known", [null, null], "no-data"],
    ["too few months", rising(0.9, 0, 6), "too-few-months"],
    ["a month missing in the last two years", [...rising(0.9, 0, 20), null, ...rising(0.9, 0, 9)], "months-missing"],
  ])("%s", (_case, values, reason) => {
    const { usable, figures } = measureForecast(seriesOf(values));
    expect(usable).toMatchObject({ ok: false, reason });
    expect(figures).toEqual([]);
  });

  test("the newest months have come and are no number: nothing is forecast over them", () => {
    const { usable, figures } = measureForecast(seriesOf(rising(0.9, 0), { untold: ["2026-07", "2026-08"] }));
    expect(usable).toEqual({ ok: false, reason: "not-computable", months: ["2026-07", "2026-08"] });
    expect(figures).toEqual([]);
  });
});

describe("a measure that follows from months", () => {
  // 100, 101, …, 129: on a straight line the forecast is the line.
  const values = Array.from({ length: 30 }, (_value, index) => 100 + index + (PI[index] ?? 0));
  const found = forecastWithPast({ series: values, period: 1, horizon: 24, levels: [0.8, 0.95] });
  const months = values.map((_value, index) => monthAt(index));
  const ahead = Array.from({ length: 24 }, (_value, h) => monthAt(30 + h));
  const monthly = {
    ventureId: "v",
    metric: "revenue",
    label: "Revenue",
    unit: "EUR",
    months,
    values,
    ahead,
    floored: false,
    sources: [],
  };
  const series = { ventureId: "v", key: "revenue_12m", span: 12, label: "Revenue", unit: "EUR" as const, sources: [] };
  const of = (window: number, factor: number) => {
    if (!found.ok) throw new Error("no forecast");
    const made = { context: { ...monthly, unit: "EUR" as const }, ...found.value };
    const index = indexFigures(derivedForecast(series, made, { window, factor }).figures);
    return (key: string) => Number(index.get(key)?.value ?? Number.NaN);
  };

  test("is what has come of the window and the forecasts of the rest", () => {
    const [sum, month] = [of(12, 1), of(1, 1)];
    const known = values.slice(-11).reduce((total, value) => total + value, 0);
    expect(sum(`point|${ahead[0]}`)).toBeCloseTo(known + month(`point|${ahead[0]}`), 6);
    const whole = ahead.slice(0, 12).reduce((total, at) => total + month(`point|${at}`), 0);
    expect(sum(`point|${ahead[11]}`)).toBeCloseTo(whole, 6);
    expect(of(12, 1 / 12)(`point|${ahead[11]}`)).toBeCloseTo(whole / 12, 6);
    const low = ahead.slice(0, 12).reduce((total, at) => total + month(`wide_low|${at}|0.8`), 0);
    expect(sum(`wide_low|${ahead[11]}|0.8`)).toBeCloseTo(low, 6);
    expect(of(1, 12)(`wide_high|${ahead[3]}|0.95`)).toBeCloseTo(12 * month(`wide_high|${ahead[3]}|0.95`), 6);
  });

  test("is surer of the next month than any month is of itself, because most of it has come", () => {
    const width = (get: (key: string) => number, at?: string) => get(`wide_high|${at}|0.8`) - get(`wide_low|${at}|0.8`);
    expect(width(of(12, 1), ahead[0])).toBeCloseTo(width(of(1, 1), ahead[0]), 6);
    expect(width(of(12, 1), ahead[11])).toBeLessThanOrEqual(12 * width(of(1, 1), ahead[11]));
  });
});
