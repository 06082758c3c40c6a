import type { Decimal } from "decimal.js";
import { z } from "zod";
import { type FigureSource, SHARED_DATA } from "@/lib/figures/schema";
import { Exact } from "@/lib/money";
import { byText } from "./measure";

/** A stored exchange rate as a figure used it: units of `quote` for one of `base`, of a day, by whom. */
export const usedRateSchema = z.object({
  base: z.string(),
  quote: z.string(),
  day: z.string(),
  rate: z.string(),
  source: z.string(),
});
export type UsedRate = z.infer<typeof usedRateSchema>;

/** The data set of a pair of currencies, the same in both directions. */
export const rateDataset = (base: string, quote: string): string => `fx:${[base, quote].sort(byText).join("/")}`;

/**
 * The rate the other way round, with as many digits as a stored rate can have: sums of amounts at it stay exact in the 60
 * digits of `Exact`, so that what was there and what changed is what is there.
 */
export const inverseRate = (rate: Decimal.Value): Exact => new Exact(1).div(rate).toSignificantDigits(24);

export const isRateDataset = (dataset: string): boolean => dataset.startsWith("fx:");

/** Exchange rates as sources of a figure, a data set for each pair, so that a changed rate makes the figure stale. */
export function rateSources(rates: readonly UsedRate[], versions: ReadonlyMap<string, number>): FigureSource[] {
  const once = new Map(rates.map((used) => [`${used.base}/${used.quote}/${used.day}`, used]));
  const pairs = Map.groupBy(once.values(), ({ base, quote }) => rateDataset(base, quote));
  return [...pairs].map(([dataset, used]) => ({
    ...{ kind: "dataset" as const, ventureId: SHARED_DATA, dataset, version: versions.get(dataset) ?? 0 },
    ...{ rows: used.length, filter: { rates: used.sort((a, b) => byText(a.day, b.day)) } },
  }));
}
