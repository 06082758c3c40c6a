import "server-only";
import type { Tx } from "@/lib/db";
import { atOneMoment, todayOf, type VentureRow } from "@/lib/metrics/queries/performance";
import { type MetricAnomaly, watchMetrics } from "../rules/metric-watch";
import { FORECAST_LABELS, type ForecastMetric } from "../schema/venture-forecast";
import { unitOf } from "./forecast";
import { loadMonthlyFacts, loadMonthlySeries } from "./monthly-series";

/** What is watched: cash follows from burn, and new customers are too few to tell. */
const WATCHED: readonly ForecastMetric[] = ["revenue", "mrr", "customers", "net_burn", "users"];

async function watch(tx: Tx, venture: VentureRow, now: Date): Promise<MetricAnomaly[] | null> {
  const monthly = await loadMonthlyFacts(tx, venture, todayOf(venture, now));
  const watched = [];
  for (const metric of WATCHED.filter((name) => monthly.names.has(name))) {
    const { points } = await loadMonthlySeries(tx, venture, monthly, metric);
    const money = unitOf(metric, venture.currency) !== "count";
    // Months that have not been reported yet are late, which is another alert's business.
    const reported = points.slice(
      0,
      points.findLastIndex(({ value, reason }) => value !== null || reason !== "no-data") + 1,
    );
    watched.push({ metric, label: FORECAST_LABELS[metric], money, points: reported });
  }
  return watchMetrics(watched);
}

/** The metrics of a venture whose newest months are not as usual; null where nothing can be said. */
export async function findMetricAnomalies(ventureId: string, now: Date): Promise<MetricAnomaly[] | null> {
  return atOneMoment(async (tx) => {
    const venture = await tx.venture.findUnique({ where: { id: ventureId } });
    return venture ? watch(tx, venture, now) : null;
  });
}
