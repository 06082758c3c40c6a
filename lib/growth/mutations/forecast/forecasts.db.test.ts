import { expect, test } from "vitest";
import { db } from "@/lib/db";
import { openFigure } from "@/lib/figures/mutations/open";
import { recomputeFigure } from "@/lib/figures/mutations/recompute";
import { actor, makeVenture, months, reportMonths } from "@/lib/metrics/test-support/facts";
import { getForecastPage } from "../../queries/forecast/forecast-page";
import { getForecastCalibration } from "../../queries/forecast/forecast-records";
import { findForecastRecord, makeForecast, recordForecast } from "./forecasts";

const APRIL = new Date("2026-04-22T12:00:00Z");
const NOVEMBER = new Date("2026-11-22T12:00:00Z");
const ANALYST = actor("analyst");
const METRIC = "revenue" as const;

const value = (t: number): number => Math.round(10_000 * 1.01 ** t + (((t * 37) % 19) - 9) * 30);

/** Known to March 2026. */
async function venture(): Promise<string> {
  const ventureId = await makeVenture();
  await reportMonths(ventureId, "revenue", months("2022-04", 48, value));
  return ventureId;
}

const sixMonthsLater = (ventureId: string, of: (t: number) => number) =>
  reportMonths(
    ventureId,
    "revenue",
    months("2026-04", 6, (t) => of(t + 48)),
  );

test("a forecast is kept with its figures, its model and an event, once a month", async () => {
  const ventureId = await venture();
  const made = await recordForecast(ANALYST, { ventureId, metric: METRIC }, APRIL);
  expect(made).toMatchObject({ ok: true, value: { metric: METRIC, through: "2026-03" } });
  const row = await db.forecastRecord.findFirstOrThrow({ where: { ventureId } });
  expect(row).toMatchObject({ metric: METRIC, madeMonth: "2026-04", through: "2026-03", values: 48, unit: "EUR" });
  const points = row.points as { month: string; figure: string; value: string; intervals: { low: string }[] }[];
  expect(points.map(({ month }) => month).slice(0, 2)).toEqual(["2026-04", "2026-05"]);
  expect(points).toHaveLength(24);
  const figure = await db.figure.findFirstOrThrow({ where: { id: points[0]?.figure ?? "" } });
  expect(figure.value).toBe(points[0]?.value);

  expect(await recordForecast(ANALYST, { ventureId, metric: METRIC }, APRIL)).toMatchObject({
    refusal: "ALREADY_MADE",
  });
  expect(await findForecastRecord(ventureId, METRIC, "2026-04")).toMatchObject({ through: "2026-03" });
  const events = await db.event.findMany({ where: { chain: ventureId, type: "forecast.made" } });
  expect(events.map(({ actor: by }) => by)).toEqual(["user:analyst"]);
  expect((await makeForecast("system:growth-cycle", { ventureId, metric: METRIC }, NOVEMBER)).ok).toBe(true);
});

test("of two that make it at once one is kept", async () => {
  const ventureId = await venture();
  const both = await Promise.all([1, 2].map(() => recordForecast(ANALYST, { ventureId, metric: METRIC }, APRIL)));
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  expect(both.filter((one) => !one.ok && one.refusal === "ALREADY_MADE")).toHaveLength(1);
  expect(await db.forecastRecord.count({ where: { ventureId } })).toBe(1);
  expect(await db.event.count({ where: { chain: ventureId, type: "forecast.made" } })).toBe(1);
});

test("without a forecast nothing is kept, and the reason is said", async () => {
  const ventureId = await makeVenture();
  await reportMonths(ventureId, "revenue", months("2026-01", 3, value));
  const refused = await recordForecast(ANALYST, { ventureId, metric: METRIC }, APRIL);
  expect(refused).toMatchObject({ refusal: "NO_FORECAST", problems: [{ expected: "too-few-months: " }] });
  expect(await db.forecastRecord.count({ where: { ventureId } })).toBe(0);
});

test("another's venture is not there", async () => {
  const ventureId = await venture();
  const stranger = actor("analyst", []);
  await expect(recordForecast(stranger, { ventureId, metric: METRIC }, APRIL)).rejects.toThrow("NOT_FOUND");
});

test("what comes later is held against it: coverage, sample and Brier score, each a figure", async () => {
  const ventureId = await venture();
  await recordForecast(ANALYST, { ventureId, metric: METRIC }, APRIL);
  expect((await getForecastCalibration(ANALYST, ventureId, APRIL)).calibration).toMatchObject({
    intervals: [
      { level: 0.8, of: 0, coverage: null },
      { level: 0.95, of: 0, coverage: null },
    ],
    brier: { score: null, of: 0 },
  });

  await sixMonthsLater(ventureId, (t) => (t < 51 ? value(t) : value(t) * 3));
  const { calibration, figures } = await getForecastCalibration(ANALYST, ventureId, NOVEMBER);
  expect(calibration.intervals[0]).toEqual({ level: 0.8, held: 3, of: 6, coverage: 0.5 });
  expect(calibration.brier.of).toBe(6);
  expect(calibration.brier.score).toBeLessThan(0.25);
  expect(figures["held|0.8"]).toMatchObject({ value: "3", unit: "count" });
  expect(figures["coverage|0.8"]).toMatchObject({ value: "0.5", unit: "ratio" });

  const page = await getForecastPage(ANALYST, ventureId, { metric: METRIC, horizon: 12 }, NOVEMBER);
  expect(page.past.map(({ month, held }) => [month, held])).toEqual([
    ["2026-04", true],
    ["2026-05", true],
    ["2026-06", true],
    ["2026-07", false],
    ["2026-08", false],
    ["2026-09", false],
  ]);
  expect(page.past[0]?.forecast?.revision).toBe(1);
  expect(page.calibration.figures["intervals|0.8"]?.value).toBe("6");

  const view = page.calibration.figures["held|0.8"];
  if (!view?.ask) throw new Error("a number without a question");
  expect(await openFigure(ANALYST, view.id, view.ask, NOVEMBER)).toMatchObject({ ok: true, value: { value: "3" } });
  expect(await recomputeFigure(ANALYST, view.id, NOVEMBER)).toMatchObject({ ok: true, value: { same: true } });
});
