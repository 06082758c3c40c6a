/** The box of a chart in viewBox units; text is 11 units high, so a panel reads at 330 px as at 480 px. */
export type Frame = {
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
};

export type ChartSize = "panel" | "wide";

const FRAMES: Readonly<Record<ChartSize, Frame>> = {
  panel: { width: 420, height: 190, left: 52, right: 66, top: 14, bottom: 20 },
  wide: { width: 760, height: 260, left: 56, right: 82, top: 16, bottom: 22 },
};

export const frameOf = (size: ChartSize): Frame => FRAMES[size];

export const plotRight = (frame: Frame): number => frame.width - frame.right;
export const plotBottom = (frame: Frame): number => frame.height - frame.bottom;

/** Pixel positions need two decimals and no more; the rest only fattens the page. */
export const pixel = (value: number): number => Math.round(value * 100) / 100;

/** The range of the known values, widened so that a flat line does not sit on the edge. */
export function extentOf(values: readonly (number | null)[], always: readonly number[] = []): [number, number] | null {
  const known = [...values.filter((value): value is number => value !== null), ...always];
  if (known.length === 0) return null;
  const low = Math.min(...known);
  const high = Math.max(...known);
  const room = (high - low || Math.abs(high) || 1) * 0.08;
  return [low - room, high + room];
}
