import "server-only";
import { z } from "zod";
import { listSeries, venturesToday } from "@/lib/metrics/queries";
import type { StoredPoint, StoredSeries } from "@/lib/metrics/queries/series";
import { day, type ExportCell, number } from "../../rules/export-table";
import { exportTable, ofVenture, ventureInSight } from "./table";

const unitOf = ({ metric }: StoredSeries, point: StoredPoint | undefined): string =>
  point?.currency ?? (metric.unit === "money" ? "count" : metric.unit);

const columns = (labels: string) => labels.split(",").map((label) => ({ label }));

/** One line for each metric, basis and source, as the data page lists them. */
export const series = exportTable({
  query: ofVenture,
  open: async ({ actor, now }, { venture: slug }) => {
    const venture = await ventureInSight(actor, slug);
    const stored = await listSeries(actor, venture.id, venturesToday(venture, now));
    const rows = stored.map((one): ExportCell[] => {
      const last = one.points.at(-1);
      const unit = unitOf(one, last);
      return [
        ...[one.metric.key, one.metric.name, one.source, one.bookOfRecord ? "yes" : "no", one.basis, one.grain],
        ...[day(one.lastDay), one.freshness, number(one.points.length), number(last?.value ?? null, unit), unit],
      ];
    });
    const labels = "Metric,Name,Source,Book of record,Basis,Grain,Until,Freshness,Values,Last value,Unit";
    return { title: "Stored metrics", subject: venture.slug, ventureId: venture.id, columns: columns(labels), rows };
  },
});

const pointsQuery = ofVenture.extend({
  metric: z
    .string()
    .regex(/^[a-z0-9_]{1,80}$/)
    .optional(),
});

/** Every stored value, of one metric or of all, newest period first within its series. */
export const points = exportTable({
  query: pointsQuery,
  open: async ({ actor, now }, { venture: slug, metric }) => {
    const venture = await ventureInSight(actor, slug);
    const stored = await listSeries(actor, venture.id, venturesToday(venture, now), metric ? [metric] : undefined);
    const labels =
      "Metric,Name,Source,Basis,Grain,Period start,Period end,Value,Unit,As of,Sources disagree,Import,Row,Correction";
    const rows = stored.flatMap((one) =>
      one.points
        .toReversed()
        .map((point): ExportCell[] => [
          ...[
            one.metric.key,
            one.metric.name,
            one.source,
            one.basis,
            one.grain,
            day(point.periodStart),
            day(point.periodEnd),
          ],
          ...[number(point.value, unitOf(one, point)), unitOf(one, point), { moment: point.asOf }],
          ...[point.disagrees ? "yes" : "no", point.importId, number(point.rowNumber), point.reason],
        ]),
    );
    return { title: "Stored values", subject: venture.slug, ventureId: venture.id, columns: columns(labels), rows };
  },
});
