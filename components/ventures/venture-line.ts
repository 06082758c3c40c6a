import type { LevelName } from "@/components/ui/level";
import type { FigureView } from "@/lib/figures/schema";
import { MEASURES, type Measure } from "@/lib/reports/schema/portfolio";
import type { AutonomyLevel, ProfileName } from "@/lib/ventures/schema";

/** A figure with what the rules call it: word and tone; null where the metric has no levels. */
export type LevelledFigure = { figure: FigureView; level: { word: string; tone: LevelName } | null };

/** One venture as a row: everything a table or the desk says about it. A missing figure is null: not even asked for yet. */
export type VentureLine = {
  id: string;
  slug: string;
  name: string;
  sector: string;
  currency: string;
  stage: "mature" | "active" | "exited";
  openSubstages: readonly string[];
  figures: Readonly<Record<Measure, LevelledFigure | null>>;
  /** Growth rate of the last twelve months, oldest first; null is unknown. */
  trend: readonly (number | null)[];
  /** When the newest fact was true, ISO; null without any. */
  asOf: string | null;
  /** Open contradictions between sources. */
  contradictions: number;
};

/** The same with how it is led and by whom. */
export type PortfolioLine = VentureLine & { profile: ProfileName; autonomy: AutonomyLevel; owner: string | null };

const WEIGHT: Readonly<Record<LevelName, number>> = { critical: 4, unknown: 2, warning: 2, healthy: 1, excellent: 0 };

/** The worst level of a line; unknown only when nothing is known. */
export function worstLevel(line: VentureLine): LevelName {
  const tones = MEASURES.flatMap((column) => line.figures[column]?.level?.tone ?? []);
  const known = tones.filter((tone) => tone !== "unknown");
  return known.reduce<LevelName>((worst, tone) => (WEIGHT[tone] > WEIGHT[worst] ? tone : worst), known[0] ?? "unknown");
}
