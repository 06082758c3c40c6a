import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import type { Tx } from "@/lib/db";
import { bumpDatasets, lockDatasets } from "@/lib/imports/mutations/datasets";
import { Exact } from "@/lib/money";
import { dayDate } from "../rules/periods";
import { metricDataset } from "../schema";

export type Measured = {
  ventureId: string;
  metric: string;
  /** The day that it was measured, at the venture. */
  day: string;
  value: string;
  currency: string | null;
  /** The house's own source: "Readiness assessment". It stands beside imported ones and never replaces them. */
  source: string;
  reason: string;
};

/**
 * Stores what the house itself measured as the metric's value of the day, in a series of its own. The same value again
 * changes nothing; another one of the same day supersedes the first, which stays in the history.
 */
export async function recordMeasured(tx: Tx, measured: Measured, by: string, now: Date): Promise<boolean> {
  const { ventureId, metric, day, value, currency, reason } = measured;
  await lockDatasets(tx, ventureId, [metricDataset(metric)], now);
  const named = { ventureId_name: { ventureId, name: measured.source } };
  const source = await tx.dataSource.upsert({
    where: named,
    create: { ventureId, name: measured.source, kind: "manual", createdAt: now },
    update: {},
  });
  const period = { basis: "actual", periodStart: dayDate(day), grain: "day" } as const;
  const where = { ventureId, metric, sourceId: source.id, supersededAt: null, ...period };
  const standing = await tx.metricPoint.findFirst({ where });
  if (standing && new Exact(standing.value.toString()).eq(new Exact(value).toDecimalPlaces(10))) return false;
  if (standing) await tx.metricPoint.update({ where: { id: standing.id }, data: { supersededAt: now } });
  await tx.metricPoint.create({
    data: {
      ...{ ventureId, metric, ...period, currency, reason, sourceId: source.id },
      value: new Exact(value).toDecimalPlaces(10).toFixed(),
      ...{ asOf: now, recordedAt: now, recordedBy: by },
    },
  });
  await bumpDatasets(tx, ventureId, [metricDataset(metric)], now);
  const payload = { metric, day, value, currency, source: measured.source, reason };
  await recordEvent(tx, {
    ventureId,
    type: "metric.measured",
    actor: by,
    subject: `metric:${metric}`,
    payload,
    at: now,
  });
  return true;
}
