import { expect, test } from "vitest";
import { db } from "@/lib/db";
import { loadMonthlyFacts, loadMonthlySeries } from "@/lib/growth/queries/forecast/monthly-series";
import { actor, makeVenture, sell } from "@/lib/metrics/test-support/facts";
import { monthEndAfter } from "../rules/periods";
import { atOneMoment, getVenturePerformance } from "./performance";
import { getPerformanceTable, getPerformanceTrend } from "./performance-page";

const ANALYST = actor("analyst");
const NOW = new Date("2026-11-22T09:00:00Z");
const LAST = "2026-10-31";
const DAYS = Array.from({ length: 14 }, (_, index) => monthEndAfter(LAST, index - 13));
/** Dollars fall from 0.93 to 0.80 euros, a cent a month; December 2025 has no rate. */
const rateOf = (index: number): string => (0.93 - index / 100).toFixed(2);

/** Two customers who never change what they pay, in euros and in dollars, and a third who came in May. */
async function venture(): Promise<string> {
  const ventureId = await makeVenture("EUR");
  await sell(ventureId, [
    { id: "1", customer: "a", start: "2025-01-01", minor: 10_000 },
    { id: "2", customer: "b", start: "2025-01-01", minor: 20_000, currency: "USD" },
    { id: "3", customer: "c", start: "2026-05-10", minor: 30_000, currency: "USD" },
  ]);
  const rates = DAYS.flatMap((day, index) =>
    day === "2025-12-31"
      ? []
      : [{ base: "USD", quote: "EUR", day: new Date(`${day}T00:00:00Z`), rate: rateOf(index), source: "ECB" }],
  );
  await db.fxRate.createMany({ data: rates, skipDuplicates: true });
  return ventureId;
}

const trendOf = (ventureId: string, key: string) =>
  getPerformanceTrend(ANALYST, ventureId, { key, span: 1, through: LAST, months: DAYS.length });

test("a venture that bills in two currencies has its months, each at the rate of its own end, named as a source", async () => {
  const ventureId = await venture();
  const { actual } = await trendOf(ventureId, "mrr");
  const values = actual.map(({ figure }) => figure?.value ?? null);
  expect(values.slice(0, 5)).toEqual(["286", "284", "282", null, "278"]);
  expect(values.at(-1)).toBe("500");
  expect(actual[3]?.figure?.reason).toBe("missing-fx-rate");
  for (const { day, figure } of actual.slice(9)) {
    const { groups } = await getPerformanceTable(ANALYST, ventureId, { month: day.slice(0, 7), span: 1 }, NOW);
    const row = groups.flatMap(({ rows }) => rows).find(({ key }) => key === "mrr");
    expect([figure?.id, figure?.value]).toEqual([row?.now.id, row?.now.value]);
  }
  const { figures, series } = await getVenturePerformance(ANALYST, ventureId, "2026-11-22");
  const mrr = figures.find(({ method }) => method === "metrics.venture.mrr@1");
  const rates = mrr?.sources.find((source) => source.kind === "dataset" && source.dataset === "fx:EUR/USD");
  expect(rates).toMatchObject({
    filter: { rates: [{ base: "USD", quote: "EUR", day: LAST, rate: "0.8", source: "ECB" }] },
  });
  expect(series.find(({ key }) => key === "mrr")?.points.at(-2)?.value).toBe("505");
});

test("a rate that changes is no movement: only the customer who came is one", async () => {
  const ventureId = await venture();
  const { actual } = await trendOf(ventureId, "net_new_arr");
  const moved = actual.filter(({ figure }) => figure?.value != null && Number(figure.value) !== 0);
  expect(moved.map(({ day }) => day)).toEqual(["2026-05-31"]);
  const kept = (await trendOf(ventureId, "net_revenue_retention")).actual.flatMap(({ figure }) => figure?.value ?? []);
  expect(new Set(kept)).toEqual(new Set(["1"]));
});

test("its months can be forecast", async () => {
  const ventureId = await venture();
  const points = await atOneMoment(async (tx) => {
    const row = await tx.venture.findUniqueOrThrow({ where: { id: ventureId } });
    const series = await loadMonthlySeries(tx, row, await loadMonthlyFacts(tx, row, "2026-11-22"), "mrr");
    return series.points;
  });
  expect(points.at(-1)).toMatchObject({ month: "2026-10", value: 500, reason: null });
  expect(points.find(({ month }) => month === "2025-12")).toMatchObject({ value: null, reason: "missing-fx-rate" });
});
