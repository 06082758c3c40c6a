import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { recordForecast } from "@/lib/growth/mutations/forecast/forecasts";

/** Some ventures on some days: a first start should not wait for more. */
const VENTURES = ["northwind-data", "meridian-robotics", "lumen-health", "halcyon"];
const DAYS = ["2026-04-20", "2026-07-20"];

/**
 * Forecasts of before, kept as if the analyst had asked on these days, so that what came can be held against them: each
 * sees only the months that were over then. Safe to repeat.
 */
export async function seedForecasts({ analyst }: { analyst: Actor }): Promise<void> {
  const ventures = await db.venture.findMany({ where: { slug: { in: VENTURES } }, orderBy: { slug: "asc" } });
  for (const { id: ventureId } of ventures) {
    for (const day of DAYS) {
      await recordForecast(analyst, { ventureId, metric: "revenue" }, new Date(`${day}T09:00:00Z`));
    }
  }
}
