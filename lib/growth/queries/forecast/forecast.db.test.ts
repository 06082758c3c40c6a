import { describe, expect, test } from "vitest";
import { db } from "@/lib/db";
import { openFigure } from "@/lib/figures/mutations/open";
import { recomputeFigure } from "@/lib/figures/mutations/recompute";
import { getFigure, listSourceRows } from "@/lib/figures/queries";
import { getPerformanceTable } from "@/lib/metrics/queries/performance-page";
import { actor, bump, makeVenture, months, reportMonths, type Sold, sell } from "@/lib/metrics/test-support/facts";
import { makeForecast } from "../../mutations/forecast/forecasts";
import type { ForecastMetric } from "../../schema/venture-forecast";
import { getForecastPage, getMeasureAhead } from "./forecast-page";
import { withKeptForecasts } from "./kept-column";

const NOW = new Date("2026-11-22T12:00:00Z");
const CHAIRMAN = actor("chairman");

const seasonal = (t: number): number => Math.round(10_000 * 1.01 ** t * (1 + 0.1 * Math.sin((t / 12) * 2 * Math.PI)));

const pageOf = (ventureId: string, metric: ForecastMetric, horizon = 12) =>
  getForecastPage(CHAIRMAN, ventureId, { metric, horizon }, NOW);

async function ventureWithRevenue(count = 48): Promise<string> {
  const ventureId = await makeVenture();
  const [year, month] = [2026 - Math.floor((count - 10) / 12), 1];
  const start = count === 48 ? "2022-11" : count === 60 ? "2021-11" : `${year}-${String(month).padStart(2, "0")}`;
  await reportMonths(ventureId, "revenue", months(start, count, seasonal));
  return ventureId;
}

describe("a series that allows a forecast", () => {
  test("twelve months ahead with intervals, accuracy and components, from the newest complete month", async () => {
    const page = await pageOf(await ventureWithRevenue(), "revenue");
    expect(page).toMatchObject({ refusal: null, through: "2026-10", unit: "EUR", keptOn: null });
    expect(page.ahead.map(({ month }) => month)).toHaveLength(12);
    expect(page.ahead[0]?.month).toBe("2026-11");
    const { point, bands } = page.ahead[0] ?? {};
    expect(Math.abs(Number(point?.value) / seasonal(48) - 1)).toBeLessThan(0.03);
    expect(bands?.map(({ level }) => level)).toEqual([0.8, 0.95]);
    expect(Number(page.accuracy.versus_seasonal_naive?.value)).toBeLessThan(0.5);
    expect(page.accuracy["coverage|0.8"]?.unit).toBe("ratio");
    expect(page.components).toHaveLength(48);
    expect(page.model).toMatchObject({ months: 48, season: true, reason: null });
  });

  test("the same months give the same ids whatever the horizon, and others other ids", async () => {
    const ventureId = await ventureWithRevenue();
    const [near, far] = [await pageOf(ventureId, "revenue", 6), await pageOf(ventureId, "revenue", 24)];
    expect(near.ahead).toEqual(far.ahead.slice(0, 6));
    // A round of two millions in the tenth month is no habit.
    const burnt = months("2022-11", 48, (t) => 5_000 + ((t * 31) % 7) * 100);
    await reportMonths(ventureId, "net_burn", burnt);
    await reportMonths(
      ventureId,
      "cash",
      months("2022-11", 48, (t) => (t < 10 ? 300_000 : 2_300_000) - 5_300 * t),
    );
    const cash = await pageOf(ventureId, "cash");
    expect(cash.ahead[0]?.point.id).not.toBe(near.ahead[0]?.point.id);
    expect(cash.refusal).toBeNull();
    const [last, inAYear] = [cash.actual.at(-1)?.figure.value, cash.ahead[11]?.point.value].map(Number);
    expect(((last ?? 0) - (inAYear ?? 0)) / 12 / 5_300).toBeCloseTo(1, 1);
    expect(cash.model?.by).toContain("net burn");
  });

  test("MRR and customers come from the subscriptions, and never go below zero", async () => {
    const ventureId = await makeVenture();
    const rows = Array.from({ length: 40 }, (_, i): Sold => {
      const year = 2023 + Math.floor(i / 12);
      const month = String((i % 12) + 1).padStart(2, "0");
      return { id: `s${i}`, customer: `c${i}`, start: `${year}-${month}-01`, minor: 10_000 + 37 * ((i * 7) % 5) };
    });
    await sell(ventureId, rows);
    const page = await pageOf(ventureId, "customers", 24);
    expect(page.through).toBe("2026-10");
    expect(page.actual.at(-1)?.figure.value).toBe("40");
    const low = page.ahead.flatMap(({ bands }) => bands.map(({ low: end }) => Number(end.value ?? 0)));
    expect(Math.min(...low)).toBeGreaterThanOrEqual(0);
    expect((await pageOf(ventureId, "mrr")).unit).toBe("EUR");
  });

  test("an unusual month is marked with what was expected", async () => {
    const ventureId = await makeVenture();
    const noisy = (t: number) => seasonal(t) + (((t * 37) % 19) - 9) * 20 + (t === 30 ? 6_000 : 0);
    await reportMonths(ventureId, "revenue", months("2022-11", 48, noisy));
    const { anomalies } = await pageOf(ventureId, "revenue");
    const odd = anomalies.find(({ month }) => month === "2025-05");
    expect(Number(odd?.score.value)).toBeGreaterThan(5);
    expect(Math.abs(Number(odd?.expected.value) - seasonal(30))).toBeLessThan(1_500);
  });
});

describe("a series that does not", () => {
  test("with gaps: unknown, and which months are missing", async () => {
    const ventureId = await makeVenture();
    const whole = months("2025-01", 22, seasonal);
    delete whole["2026-03"];
    await reportMonths(ventureId, "revenue", whole);
    const page = await pageOf(ventureId, "revenue");
    expect(page.refusal).toEqual({ reason: "months-missing", months: ["2026-03"] });
    expect(page).toMatchObject({ ahead: [], model: null, components: null });
    expect(page.actual).toHaveLength(22);
  });

  test("of a stock a month without its own value is a gap, not the month before", async () => {
    const ventureId = await makeVenture();
    const whole = months("2025-01", 22, (t) => 5_000 + t);
    delete whole["2026-08"];
    await reportMonths(ventureId, "users", whole, "Accounts", null);
    expect((await pageOf(ventureId, "users")).refusal?.months).toEqual(["2026-08"]);
    await reportMonths(
      ventureId,
      "cash",
      months("2025-01", 22, (t) => 5_000 + t),
    );
    expect((await pageOf(ventureId, "cash")).refusal).toEqual({ reason: "no-burn", months: [] });
  });

  test("where sources disagree the month is missing until one is believed", async () => {
    const ventureId = await ventureWithRevenue();
    await reportMonths(ventureId, "revenue", { "2026-05": 1 }, "Another");
    expect((await pageOf(ventureId, "revenue")).refusal).toEqual({ reason: "months-missing", months: ["2026-05"] });
  });

  test("too short, or nothing at all", async () => {
    const ventureId = await makeVenture();
    expect((await pageOf(ventureId, "revenue")).refusal).toEqual({ reason: "no-data", months: [] });
    await reportMonths(ventureId, "revenue", months("2026-06", 5, seasonal));
    expect((await pageOf(ventureId, "revenue")).refusal).toEqual({ reason: "too-few-months", months: [] });
  });

  test("a year of months has no season yet, and says on how many it rests", async () => {
    const ventureId = await makeVenture();
    await reportMonths(ventureId, "revenue", months("2025-11", 12, seasonal));
    const page = await pageOf(ventureId, "revenue");
    expect(page.model).toMatchObject({ months: 12, season: false });
    expect(page.components).toBeNull();
  });

  test("another's venture is not there", async () => {
    const ventureId = await ventureWithRevenue();
    const guest = actor("analyst", ["00000000-0000-4000-8000-000000000000"]);
    await expect(getForecastPage(guest, ventureId, { metric: null, horizon: 6 }, NOW)).rejects.toThrow("NOT_FOUND");
  });
});

describe("every number opens to its proof", () => {
  test("a forecast month is stored when it is opened, with its rows, and is computed again", async () => {
    const ventureId = await ventureWithRevenue();
    const { ahead, accuracy, components } = await pageOf(ventureId, "revenue");
    const views = [
      ahead[3]?.point,
      ahead[3]?.bands[1]?.high,
      ahead[3]?.chanceHigher,
      accuracy.mase,
      components?.[5]?.trend,
    ];
    for (const view of views) {
      if (!view?.ask) throw new Error("a number without a question");
      const opened = await openFigure(CHAIRMAN, view.id, view.ask, NOW);
      expect(opened).toMatchObject({ ok: true, value: { id: view.id, value: view.value } });
      expect(await recomputeFigure(CHAIRMAN, view.id, NOW)).toMatchObject({ ok: true, value: { same: true } });
    }
    const point = views[0]?.id ?? "";
    expect((await getFigure(CHAIRMAN, point)).formula).toContain("on 48 months to 2026-10, 4 ahead");
    expect((await listSourceRows(CHAIRMAN, point, { source: 0, page: 1 })).total).toBe(48);
  });

  test("a corrected month makes it stale, and recomputing gives another value", async () => {
    const ventureId = await ventureWithRevenue();
    const view = (await pageOf(ventureId, "revenue")).ahead[0]?.point;
    if (!view?.ask) throw new Error("a number without a question");
    await openFigure(CHAIRMAN, view.id, view.ask, NOW);
    await db.metricPoint.updateMany({
      where: { ventureId, periodStart: new Date("2026-10-01T00:00:00Z") },
      data: { value: "1" },
    });
    await bump(ventureId, "metric:revenue");
    expect((await getFigure(CHAIRMAN, view.id)).figure.stale).not.toBeNull();
    expect(await recomputeFigure(CHAIRMAN, view.id, NOW)).toMatchObject({ ok: true, value: { same: false } });
  });
});

describe("a measure of the performance page that no forecast is kept of", () => {
  const aheadOf = (ventureId: string, key: string, span: number, through = "2026-10") =>
    getMeasureAhead(CHAIRMAN, ventureId, { key, span, through, horizon: 12 }, NOW);

  test.each([
    ["growth_rate", 3, 34, 0.127],
    ["revenue_…m", 12, 22, 12 * seasonal(16)],
  ])(
    "%s over %i months is forecast from its month ends, and each number opens and is computed again the same",
    async (key, span, count, about) => {
      const ventureId = await ventureWithRevenue(count);
      const { ahead, refusal } = await aheadOf(ventureId, key, span);
      expect([refusal, ahead.length, ahead[0]?.month]).toEqual([null, 12, "2026-11"]);
      const point = ahead[2]?.point;
      expect(Number(point?.value) / about).toBeGreaterThan(0.8);
      expect(Number(point?.value) / about).toBeLessThan(1.25);
      for (const view of [point, ahead[2]?.wide[0]?.high]) {
        const stored = view?.ask ? await openFigure(CHAIRMAN, view.id, view.ask, NOW) : null;
        expect(stored).toMatchObject({ ok: true, value: { value: view?.value } });
        expect(await recomputeFigure(CHAIRMAN, view?.id ?? "", NOW)).toMatchObject({ ok: true, value: { same: true } });
      }
      const late = await aheadOf(ventureId, key, span, "2026-12");
      expect(late.ahead[0]?.point).toMatchObject({ id: ahead[0]?.point.id, value: ahead[0]?.point.value });
    },
  );

  test("without the facts it is unknown, and a stranger does not learn even that", async () => {
    const ventureId = await ventureWithRevenue(12);
    expect((await aheadOf(ventureId, "growth_rate", 3)).refusal).toMatchObject({ reason: "no-data" });
    const stranger = actor("analyst", []);
    const asked = { key: "growth_rate", span: 3, through: "2026-10", horizon: 12 };
    await expect(getMeasureAhead(stranger, ventureId, asked, NOW)).rejects.toThrow("NOT_FOUND");
  });
});

describe("beside what came stands what had been forecast of it", () => {
  const columnOf = async (ventureId: string, span: 1 | 3 | 12, month: string | null = null) => {
    const table = await getPerformanceTable(CHAIRMAN, ventureId, { month, span }, NOW);
    const { groups } = await withKeptForecasts(CHAIRMAN, table, { ventureId, span });
    return new Map(groups.flatMap(({ rows }) => rows).map((row) => [row.key, row]));
  };

  test("a month has its forecast as it was kept, and a month before the forecast none", async () => {
    const ventureId = await ventureWithRevenue(22);
    const made = await makeForecast("user:ana", { ventureId, metric: "revenue" }, new Date("2026-10-16T09:00:00Z"));
    expect(made).toMatchObject({ ok: true, value: { through: "2026-09" } });
    const row = (await columnOf(ventureId, 1)).get("revenue_…m");
    expect(row?.forecast).toMatchObject({ revision: 1, label: "Revenue in Oct 2026, forecast" });
    expect(Math.abs(Number(row?.forecast?.value) / Number(row?.now.value) - 1)).toBeLessThan(0.05);
    const before = await columnOf(ventureId, 1, "2026-09");
    expect([before.get("revenue_…m")?.forecast, before.get("ebitda_margin")?.forecast ?? null]).toEqual([null, null]);
  });

  test("a year has what had come and the forecasts of the other months, and each number opens and is computed again", async () => {
    const ventureId = await ventureWithRevenue(34);
    // Made again in September from newer months: the window has one from before it was over, the older of the two.
    for (const day of ["2026-07-16", "2026-09-16"]) {
      const made = await makeForecast("user:ana", { ventureId, metric: "revenue" }, new Date(`${day}T09:00:00Z`));
      expect(made.ok).toBe(true);
    }
    const year = await columnOf(ventureId, 12);
    const kept = await db.forecastRecord.findFirstOrThrow({ where: { ventureId }, orderBy: { madeOn: "asc" } });
    const said = (kept.points as { month: string; value: string }[]).filter(({ month }) => month <= "2026-10");
    const known = Array.from({ length: 8 }, (_, i) => seasonal(22 + i)).reduce((a, b) => a + b);
    const expected = known + said.reduce((total, { value }) => total + Number(value), 0);
    expect(said).toHaveLength(4);
    const [revenue, growth] = ["revenue_…m", "growth_rate"].map((key) => year.get(key)?.forecast);
    expect(Number(revenue?.value)).toBeCloseTo(expected, 6);
    const yearBefore = Array.from({ length: 12 }, (_, i) => seasonal(10 + i)).reduce((a, b) => a + b);
    expect(Number(growth?.value)).toBeCloseTo(expected / yearBefore - 1, 9);
    // A quarter that began after it was kept is told from its forecasts alone, by the newest from before it began.
    const quarter = (await columnOf(ventureId, 3)).get("revenue_…m")?.forecast;
    expect(Number(quarter?.value)).toBeCloseTo(
      said.slice(-3).reduce((total, { value }) => total + Number(value), 0),
      6,
    );
    for (const view of [revenue, growth, quarter]) {
      const opened = view?.ask ? await openFigure(CHAIRMAN, view.id, view.ask, NOW) : null;
      expect(opened).toMatchObject({ ok: true, value: { value: view?.value } });
      expect(await recomputeFigure(CHAIRMAN, view?.id ?? "", NOW)).toMatchObject({ ok: true, value: { same: true } });
    }
    expect((await getFigure(CHAIRMAN, revenue?.id ?? "")).inputs.filter(({ figure }) => figure)).toHaveLength(5);
  });
});
