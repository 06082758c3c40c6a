import { pixel } from "./frame";

export type RadarAxis = { label: string; now: number | null; before: number | null };
export type RadarSize = { width: number; height: number; radius: number };
export const RADAR: RadarSize = { width: 420, height: 280, radius: 96 };

type Spot = { x: number; y: number };
export type RadarMarks = {
  centre: Spot;
  /** Outlines of 25, 50, 75 and 100 points. */
  rings: { value: number; points: string }[];
  spokes: (Spot & { label: string; labelX: number; labelY: number; anchor: "start" | "middle" | "end" })[];
  /** Closed outlines of the known values; an unknown one pulls the outline to the middle only where nothing else can be drawn. */
  now: { outline: string; dots: (Spot & { label: string; value: number })[] };
  before: { outline: string } | null;
};

const text = (spots: readonly Spot[]): string => spots.map(({ x, y }) => `${x},${y}`).join(" ");

/** Where the marks of a radar lie: axes clockwise from the top, 0 in the middle and 100 at the rim. */
export function radarMarks(axes: readonly RadarAxis[], { width, height, radius }: RadarSize = RADAR): RadarMarks {
  const centre = { x: width / 2, y: height / 2 };
  const at = (index: number, value: number): Spot => {
    const angle = (2 * Math.PI * index) / axes.length - Math.PI / 2;
    const length = (radius * value) / 100;
    return { x: pixel(centre.x + length * Math.cos(angle)), y: pixel(centre.y + length * Math.sin(angle)) };
  };
  const outline = (read: (axis: RadarAxis) => number | null) =>
    text(axes.flatMap((axis, index) => (read(axis) === null ? [] : at(index, read(axis) ?? 0))));
  const known = axes.some(({ before }) => before !== null);
  return {
    centre,
    rings: [25, 50, 75, 100].map((value) => ({ value, points: text(axes.map((_axis, index) => at(index, value))) })),
    spokes: axes.map(({ label }, index) => {
      const [rim, out] = [at(index, 100), at(index, 116)];
      const side = Math.round((out.x - centre.x) * 10);
      return {
        ...rim,
        label,
        labelX: out.x,
        labelY: pixel(out.y + 4),
        anchor: side === 0 ? "middle" : side > 0 ? "start" : "end",
      };
    }),
    now: {
      outline: outline(({ now }) => now),
      dots: axes.flatMap(({ label, now }, index) => (now === null ? [] : [{ ...at(index, now), label, value: now }])),
    },
    before: known ? { outline: outline(({ before }) => before) } : null,
  };
}
