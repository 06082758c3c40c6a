import { Exact } from "@/lib/money";

/** "0.2" → "20", as a field shows it. */
export const percentText = (ratio: string | null | undefined): string =>
  ratio ? new Exact(ratio).times(100).toFixed() : "";

/** "20" or "12,5" → "0.2", "0.125"; what is no number goes on as it is and is refused with what was expected. */
export function ratioText(percent: string | null): string | null {
  if (percent === null) return null;
  const plain = percent.replace(/\s*%$/, "").replace(",", ".");
  return /^\d+(\.\d+)?$/.test(plain) ? new Exact(plain).div(100).toFixed() : percent;
}
