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

/** One row for each venture that the actor may see and that has been computed: one query for the desk. */
export async function listSnapshots(actor: Actor): Promise<VentureSnapshotRow[]> {
  const rows = await db.ventureSnapshot.findMany({ where: ventureScope(actor) });
  return rows.map(({ ventureId, asOf, computedAt, measures, freshnessDays, freshness, contradictions }) => ({
    ...{ ventureId, freshnessDays, contradictions },
    asOf: dayText(asOf),
    computedAt: computedAt.toISOString(),
    measures: measures as unknown as Record<string, SnapshotMeasure>,
    freshness: freshness as Freshness,
  }));
}
