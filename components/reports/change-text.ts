import type { FigureView } from "@/lib/figures/schema";
import { formatFigure, formatRatio } from "@/lib/format";
import { Exact } from "@/lib/money";

/** By how much a figure moved, in its unit; money and counts in percent too. Nothing where one of the two is unknown. */
export function changeText(before: FigureView | null, after: FigureView | null): string {
  if (before?.value == null || after?.value == null || before.unit !== after.unit || before.unit === "text") return "";
  const [from, to] = [new Exact(before.value), new Exact(after.value)];
  const difference = to.minus(from);
  const text = formatFigure({ value: difference.toFixed(), unit: after.unit }, { signed: true });
  if (after.unit === "ratio" || after.unit === "percent") return text.replace("%", "points");
  if (from.isZero() || from.isNegative()) return text;
  return `${text} (${formatRatio(difference.div(from), { signed: true })})`;
}
