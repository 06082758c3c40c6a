import "server-only";
import type { Tx } from "@/lib/db";
import { atOneMoment, todayOf, type VentureRow } from "@/lib/metrics/queries/performance";
import { monthIndex } from "@/lib/metrics/rules/measure";
import { type MetricWatch, watchMetrics } from "../../rules/anomalies/metric-watch";
import { FORECAST_LABELS, type ForecastMetric } from "../../schema/venture-forecast";
import { unitOf } from "../forecast/forecast";
import { loadMonthlyFacts, loadMonthlySeries } from "../forecast/monthly-series";

/** What is watched: cash follows from burn, and new customers are too few to tell. */
const WATCHED: readonly ForecastMetric[] = ["revenue", "mrr", "customers", "net_burn", "users"];

/** What ended longer ago is stale, which is another alert's business. */
const NEWEST_WITHIN_MONTHS = 4;

async function watch(tx: Tx, venture: VentureRow, now: Date): Promise<MetricWatch[]> {
  const today = todayOf(venture, now);
  const monthly = await loadMonthlyFacts(tx, venture, today);
  const watched = [];
  for (const metric of WATCHED.filter((name) => monthly.names.has(name))) {
    const { points } = await loadMonthlySeries(tx, venture, monthly, metric);
    const last = points.at(-1)?.month;
    if (!last || monthIndex(today) - monthIndex(last) > NEWEST_WITHIN_MONTHS) continue;
    const money = unitOf(metric, venture.currency) !== "count";
    watched.push({ metric, label: FORECAST_LABELS[metric], money, points });
  }
  return watchMetrics(watched);
}

/** How the newest months of a venture's metrics are; without those of which nothing can be said. */
export async function listMetricWatch(ventureId: string, now: Date): Promise<MetricWatch[]> {
  return atOneMoment(async (tx) => {
    const venture = await tx.venture.findUnique({ where: { id: ventureId } });
    return venture ? watch(tx, venture, now) : [];
  });
}
