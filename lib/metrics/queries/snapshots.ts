import "server-only";
import { type Actor, ventureScope } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import type { FigureView } from "@/lib/figures/schema";
import type { Level } from "../rules/levels";
import { dayText, type Freshness } from "../rules/periods";

/** A headline figure as stored, with its level and its last 12 months. */
export type SnapshotMeasure = FigureView & { level: Level | null; spark: (number | null)[] };

export type VentureSnapshotRow = {
  ventureId: string;
  asOf: string;
  computedAt: string;
  /** By measure key: growth_rate, valuation, valuation_change, exit_readiness, cash_runway, … */
  measures: Record<string, SnapshotMeasure>;
  freshnessDays: number | null;
  freshness: Freshness;
  contradictions: number;
};

const CHANGED = "The stored data changed after this was computed";

const withStale = (measures: Record<string, SnapshotMeasure>): Record<string, SnapshotMeasure> =>
  Object.fromEntries(Object.entries(measures).map(([key, measure]) => [key, { ...measure, stale: CHANGED }]));

/** One row for each venture that the actor may see and that has been computed; stale where its data changed since. */
export async function listSnapshots(actor: Actor): Promise<VentureSnapshotRow[]> {
  const [rows, changes] = await Promise.all([
    db.ventureSnapshot.findMany({ where: ventureScope(actor) }),
    db.datasetVersion.groupBy({ by: ["ventureId"], where: ventureScope(actor), _max: { changedAt: true } }),
  ]);
  const changedAt = new Map(changes.map((row) => [row.ventureId, row._max.changedAt]));
  return rows.map(({ ventureId, asOf, computedAt, freshnessDays, freshness, contradictions, ...row }) => {
    const measures = row.measures as unknown as Record<string, SnapshotMeasure>;
    const changed = changedAt.get(ventureId);
    return {
      ...{ ventureId, freshnessDays, contradictions },
      asOf: dayText(asOf),
      computedAt: computedAt.toISOString(),
      measures: changed && changed > computedAt ? withStale(measures) : measures,
      freshness: freshness as Freshness,
    };
  });
}
