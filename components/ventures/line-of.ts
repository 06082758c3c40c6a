import { levelOf } from "@/components/ui/level";
import type { SnapshotMeasure } from "@/lib/metrics/queries/snapshots";
import type { PortfolioRow } from "@/lib/reports/queries/portfolio";
import type { VentureRow } from "@/lib/reports/queries/venture-rows";
import { MEASURES, type Measure } from "@/lib/reports/schema/portfolio";
import type { LevelledFigure, PortfolioLine, VentureLine } from "./venture-line";

const STORED: Readonly<Record<Measure, string>> = {
  growth: "growth_rate",
  valuation: "valuation",
  valuationChange: "valuation_change",
  readiness: "exit_readiness",
  runway: "cash_runway",
  concentration: "customer_concentration",
  retention: "team_retention",
};

/** The key under which a measure is stored. */
export const measureOf = (measure: Measure): string => STORED[measure];

/** A stored measure as the screen shows it. */
export function levelled(measure: SnapshotMeasure | undefined): LevelledFigure | null {
  if (!measure) return null;
  const { level, spark: _spark, ...figure } = measure;
  return { figure, level: level ? { word: level.word, tone: levelOf(level.tone) } : null };
}

export function lineOf(row: VentureRow, now: Date): VentureLine {
  const { id, slug, name, sector, currency, stage, openSubstages, measures, contradictions, freshnessDays } = row;
  const figures = Object.fromEntries(
    MEASURES.map((measure) => [measure, levelled(measures[STORED[measure]])]),
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

export const portfolioLineOf = (row: PortfolioRow, now: Date): PortfolioLine => ({
  ...lineOf(row, now),
  ...{ profile: row.profile, autonomy: row.autonomy, owner: row.owner },
});
