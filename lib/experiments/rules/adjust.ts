export type Adjustment = "bonferroni" | "holm" | "benjamini-hochberg";
type PValues = readonly (number | null)[];

export const ADJUST_CONVENTIONS: Readonly<Record<Adjustment, string>> = {
  bonferroni: "m·p, at most 1",
  holm: "step-down: running maximum of (m − i + 1)·p over ascending p, at most 1 (family-wise error)",
  "benjamini-hochberg": "step-up: running minimum of m·p ÷ i over descending p, at most 1 (false discovery rate)",
};

/** Adjusted p-values in the order given; nulls stay null and do not count among the m. */
export function adjustPValues(pValues: PValues, method: Adjustment): (number | null)[] {
  const ranked = pValues
    .flatMap((p, index) => (p === null ? [] : [{ p, index }]))
    .sort((a, b) => a.p - b.p || a.index - b.index);
  const m = ranked.length;
  const adjusted: (number | null)[] = pValues.map(() => null);
  if (method === "bonferroni") for (const { p, index } of ranked) adjusted[index] = Math.min(1, m * p);
  let running = method === "holm" ? 0 : 1;
  if (method === "holm")
    for (const [rank, { p, index }] of ranked.entries()) {
      running = Math.max(running, Math.min(1, (m - rank) * p));
      adjusted[index] = running;
    }
  if (method === "benjamini-hochberg")
    for (const [fromEnd, { p, index }] of ranked.toReversed().entries()) {
      running = Math.min(running, (m / (m - fromEnd)) * p);
      adjusted[index] = running;
    }
  return adjusted;
}
