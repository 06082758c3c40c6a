import { levelOf } from "@/components/ui/level";
import type { SnapshotMeasure } from "@/lib/metrics/queries/snapshots";
import type { VentureRow } from "@/lib/reports/queries/venture-rows";
import { COLUMNS, type Column, type LevelledFigure, type VentureLine } from "./venture-line";

const MEASURES: Readonly<Record<Column, string>> = {
  growth: "growth_rate",
  valuation: "valuation",
  valuationChange: "valuation_change",
  readiness: "exit_readiness",
  runway: "cash_runway",
  concentration: "customer_concentration",
  retention: "team_retention",
};

/** The measure in a column. */
export const measureOf = (column: Column): string => MEASURES[column];

/** A stored measure as the screen shows it. */
export function levelled(measure: SnapshotMeasure | undefined): LevelledFigure | null {
  if (!measure) return null;
  const { level, spark: _spark, ...figure } = measure;
  return { figure, level: level ? { word: level.word, tone: levelOf(level.tone) } : null };
}

export function lineOf(row: VentureRow, now: Date): VentureLine {
  const { id, slug, name, sector, currency, stage, openSubstages, measures, contradictions, freshnessDays } = row;
  const figures = Object.fromEntries(
    COLUMNS.map((column) => [column, levelled(measures[MEASURES[column]])]),
  ) as VentureLine["figures"];
  const asOf = freshnessDays === null ? null : new Date(now.getTime() - freshnessDays * 86_400_000).toISOString();
  return {
    id,
    slug,
    name,
    sector,
    currency,
    stage,
    openSubstages,
    figures,
    trend: measures.growth_rate?.spark ?? [],
    asOf,
    contradictions,
  };
}
