import { MEASURES } from "@/lib/reports/schema/portfolio";
import { levelled, measureOf } from "../line-of";
import { stageWords } from "../stage-words";
import type { LevelledFigure } from "../venture-line";

type Stored = Parameters<typeof levelled>[0];

/** What a comparison needs of a venture. */
export type Compared = {
  slug: string;
  name: string;
  sector: string;
  currency: string;
  stage: "mature" | "active" | "exited";
  openSubstages: readonly string[];
  profile: string;
  autonomy: string;
  owner: string | null;
  freshnessDays: number | null;
  measures: Readonly<Record<string, Stored>>;
};

export type FactLine = { label: string; values: readonly (string | null)[] };
export type FigureLine = { key: string; label: string; values: readonly (LevelledFigure | null)[] };

export function factLines(ventures: readonly Compared[]): FactLine[] {
  const line = (label: string, of: (venture: Compared) => string | null) => ({ label, values: ventures.map(of) });
  return [
    line("Stage", ({ stage, openSubstages }) => stageWords(stage, openSubstages)),
    line("Sector", ({ sector }) => sector),
    line("Profile", ({ profile }) => profile),
    line("Autonomy", ({ autonomy }) => autonomy),
    line("Owner", ({ owner }) => owner ?? "nobody yet"),
    line("Currency", ({ currency }) => currency),
  ];
}

/** Every measure that one of them has, the seven of the portfolio first; what another does not have is null. */
export function figureLines(ventures: readonly Compared[]): { headline: FigureLine[]; further: FigureLine[] } {
  const headline = MEASURES.map(measureOf);
  const held = [...new Set(ventures.flatMap(({ measures }) => Object.keys(measures)))];
  const line = (key: string): FigureLine[] => {
    const values = ventures.map(({ measures }) => levelled(measures[key]));
    const label = values.find((value) => value !== null)?.figure.label;
    return label === undefined ? [] : [{ key, label, values }];
  };
  return {
    headline: headline.flatMap(line),
    further: held.filter((key) => !headline.includes(key)).flatMap(line),
  };
}
