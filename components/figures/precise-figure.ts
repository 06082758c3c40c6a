import { formatExactFigure } from "@/lib/format";
import { Exact } from "@/lib/money";

const MOST_DECIMALS = 8;

/** Every digit of an amount; of a quotient without end twelve of them, which is more than anybody decides on. */
export function preciseFigure(figure: { value: string | null; unit: string; reason?: string | null }): string {
  const { value, unit } = figure;
  if (value === null || unit === "text") return formatExactFigure(figure);
  const exact = new Exact(value);
  if (exact.decimalPlaces() <= MOST_DECIMALS) return formatExactFigure(figure);
  return formatExactFigure({ ...figure, value: exact.toSignificantDigits(12).toFixed() });
}
