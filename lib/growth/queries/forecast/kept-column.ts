import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { listFigureViews } from "@/lib/figures/queries";
import type { FigureView } from "@/lib/figures/schema";
import type { PerformanceTable } from "@/lib/metrics/queries/performance-page";
import type { RecordedPoint } from "../../schema/venture-forecast";
import { keptMetricOf } from "../../schema/venture-forecast";
import { loadKept } from "./forecast-records";

/** The newest forecast of each metric for a month that was kept before the month was known. */
async function pointsFor(ventureId: string, month: string): Promise<Map<string, RecordedPoint>> {
  const found = new Map<string, RecordedPoint>();
  for (const { metric, through, points } of await loadKept(db, ventureId)) {
    const point = through < month ? points.find((one) => one.month === month) : undefined;
    if (point && !found.has(metric)) found.set(metric, point);
  }
  return found;
}

/**
 * The measures of a window with what had been forecast of it: a forecast that was given stands, else the one that was
 * kept. Kept forecasts are of months; a sum over a longer window has none.
 */
export async function withKeptForecasts(
  actor: Actor,
  table: PerformanceTable,
  { ventureId, span }: { ventureId: string; span: number },
): Promise<PerformanceTable> {
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  const points = await pointsFor(ventureId, table.through.slice(0, 7));
  const refs = [...points.values()].map(({ figure: id, revision }) => ({ id, revision }));
  const views = new Map((await listFigureViews(actor, refs)).map((view) => [`${view.id}:${view.revision}`, view]));
  const keptOf = (key: string): FigureView | null => {
    const metric = keptMetricOf(key, span);
    const point = metric ? points.get(metric) : undefined;
    return point ? (views.get(`${point.figure}:${point.revision}`) ?? null) : null;
  };
  const groups = table.groups.map(({ title, rows }) => ({
    title,
    rows: rows.map((row) => ({ ...row, forecast: row.forecast ?? keptOf(row.key) })),
  }));
  return { ...table, groups };
}
