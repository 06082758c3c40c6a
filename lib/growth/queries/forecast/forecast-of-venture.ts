import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { atOneMoment, todayOf } from "@/lib/metrics/queries/performance";
import type { Calibration } from "../../rules/forecast/calibration";
import { calibrationOfOutcomes } from "../../rules/forecast/forecast-record-figures";
import { FORECAST_LEVELS, type ForecastMetric } from "../../schema/venture-forecast";
import { computeForecast, type VentureForecast } from "./forecast";
import { loadKept, loadOutcomes } from "./forecast-records";
import { loadMonthlyFacts } from "./monthly-series";

export type ForecastOfVenture = {
  venture: { id: string; slug: string; name: string; currency: string };
  forecast: VentureForecast;
  /** How the kept forecasts of this metric did. */
  calibration: Calibration;
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The forecast of a metric of a venture named by slug or id; null where there is none that the actor may see. */
export async function findVentureForecast(
  actor: Actor,
  slugOrId: string,
  metric: ForecastMetric,
  now: Date,
): Promise<ForecastOfVenture | null> {
  const venture = await db.venture.findUnique({ where: UUID.test(slugOrId) ? { id: slugOrId } : { slug: slugOrId } });
  if (!venture || !maySeeVenture(actor, venture.id)) return null;
  return atOneMoment(async (tx) => {
    const monthly = await loadMonthlyFacts(tx, venture, todayOf(venture, now));
    const forecast = await computeForecast(tx, venture, monthly, metric);
    const kept = await loadKept(tx, venture.id, metric);
    const outcomes = await loadOutcomes(tx, venture, monthly, kept, [forecast.series]);
    const { id, slug, name, currency } = venture;
    return {
      venture: { id, slug, name, currency },
      forecast,
      calibration: calibrationOfOutcomes(outcomes, FORECAST_LEVELS),
    };
  });
}
