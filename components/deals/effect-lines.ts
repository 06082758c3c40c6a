import type { Line, MeasureKey, OfferProceeds } from "@/lib/deals/rules/proceeds";
import { Exact } from "@/lib/money";

export const SHOWN_MEASURES = ["atClosing", "total", "riskAdjusted"] as const satisfies readonly MeasureKey[];
export type EffectLine = {
  id: string;
  name: string;
  /** By measure: what it comes to, and how far that is from what is kept; null without one. */
  values: { key: MeasureKey; now: string; change: string | null }[];
};

const changeOf = (now: Line, before: Line | null | undefined, key: MeasureKey): string | null =>
  before ? new Exact(now[key]).minus(before[key]).toFixed() : null;

const effectLine = (id: string, name: string, now: Line, before: Line | null | undefined): EffectLine => ({
  ...{ id, name },
  values: SHOWN_MEASURES.map((key) => ({ key, now: now[key], change: changeOf(now, before, key) })),
});

/** What edited terms come to, for the group, each holder and all of them, beside what is kept; empty while it is unknown. */
export function effectLines(kept: OfferProceeds | null, now: OfferProceeds): EffectLine[] {
  if (!now.known) return [];
  const before = kept?.known ? kept : null;
  const was = new Map(before?.holders.map((one) => [one.id, one]));
  return [
    ...(now.group ? [effectLine("group", "The group", now.group, before?.group)] : []),
    ...now.holders.map((one) => effectLine(one.id, one.name, one, was.get(one.id))),
    effectLine("all", "All holders", now.all, before?.all),
  ];
}

/** The group above the holders, and all of them below. */
export const AROUND = 2;
/** So many rows are drawn at once while somebody types. */
export const FEW_HOLDERS = 25;

/** The group, who gets most, and the sum: what is drawn with every letter that is typed. */
export const fewLines = (lines: readonly EffectLine[]): readonly EffectLine[] =>
  lines.length <= FEW_HOLDERS + AROUND ? lines : [...lines.slice(0, FEW_HOLDERS + 1), ...lines.slice(-1)];

export type ConversionChange = { name: string; now: boolean; before: boolean | null };

/** Who converts at closing and once all is paid, and for whom that is another answer than in what is kept. */
export function conversionChanges(
  kept: OfferProceeds | null,
  now: OfferProceeds,
  classes: readonly { id: string; name?: string | undefined }[],
  at: "closing" | "end",
): ConversionChange[] {
  const convertedOf = (one: OfferProceeds | null) =>
    one?.known ? (one.releases.at(at === "closing" ? 0 : -1)?.converted ?? []) : null;
  const [is, was] = [convertedOf(now), convertedOf(kept)];
  if (!is) return [];
  return classes
    .map(({ id, name }) => ({ name: name ?? id, now: is.includes(id), before: was ? was.includes(id) : null }))
    .filter((one) => one.now || one.before);
}
