import { CHOSEN_KINDS, type ChosenKind, type TimingAssumptions } from "../schema/timing";

export type SeriesOption = { key: string; kind: string; label: string; sector: string | null; points: number };

const same = (a: string | null, b: string): boolean => a !== null && a.trim().toLowerCase() === b.trim().toLowerCase();

/** Of a sector's multiples the one of the very sector, then of the business model; elsewhere the one held longest. */
function fitOf({ sector }: SeriesOption, venture: { sector: string; businessModel: string }): number {
  if (same(sector, venture.sector)) return 2;
  return same(sector, venture.businessModel) ? 1 : 0;
}

/**
 * Which series stands for which kind: the one that was chosen, else the best fit. A multiple of another sector is never
 * taken by itself, and two definitions are never mixed: one series is one definition.
 */
export function chooseSeries(
  options: readonly SeriesOption[],
  chosen: TimingAssumptions["series"],
  venture: { sector: string; businessModel: string },
): Record<ChosenKind, string | null> {
  const best = (kind: ChosenKind): string | null => {
    if (chosen[kind] !== null) return chosen[kind];
    const fitting = options
      .filter((option) => option.kind === kind && option.points > 0)
      .map((option) => ({ ...option, fit: fitOf(option, venture) }))
      .filter(({ fit, sector }) => fit > 0 || sector === null)
      .sort((a, b) => b.fit - a.fit || b.points - a.points || (a.key < b.key ? -1 : 1));
    return fitting[0]?.key ?? null;
  };
  return Object.fromEntries(CHOSEN_KINDS.map((kind) => [kind, best(kind)])) as Record<ChosenKind, string | null>;
}
