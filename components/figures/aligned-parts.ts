import { formatFigure } from "@/lib/format";

/** `unit` begins with the space before it; the three together are the whole text. */
export type AlignedParts = { whole: string; fraction: string; unit: string };

// Digits that a column of mixed units keeps after the point; the others leave their place empty.
const ONE_DECIMAL = new Set(["ratio", "percent", "multiple"]);
const WHOLE = new Set(["months", "days", "score", "count", "shares"]);

/**
 * A figure cut at its decimal point and before its unit, so that a column with percentages, months, multiples and
 * amounts lines up. Every kind keeps its number of decimals: 24 % stands as 24.0 % above 24.3 %.
 */
export function alignedParts(figure: { value: string | null; unit: string; reason?: string | null }): AlignedParts {
  const zeros = ONE_DECIMAL.has(figure.unit) || (!WHOLE.has(figure.unit) && figure.unit !== "text");
  const text = formatFigure(figure, zeros ? { keepZeros: true } : {});
  if (figure.value === null || figure.unit === "text") return { whole: text, fraction: "", unit: "" };
  const [, whole = text, fraction = "", unit = ""] = /^(.*?\d)(\.\d+)?(\D*)$/.exec(text) ?? [];
  return { whole, fraction, unit };
}
