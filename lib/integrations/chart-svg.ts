import { scaleLinear } from "d3-scale";
import { line } from "d3-shape";
import { formatDay } from "@/lib/format";
import type { DocumentChart } from "@/lib/reports/rules/document";
import { pointText } from "./document-text";

const WIDTH = 480;
const HEIGHT = 150;
const BOX = { left: 52, right: 70, top: 8, bottom: 20 };
const INK = "#1f2328";
const MUTED = "#5c6066";
const LINE = "#dedcd6";
const SERIES = "#1f4a8a";

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);

const label = (x: number, y: number, text: string, anchor: "start" | "middle" | "end", fill = MUTED): string =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" font-size="8" fill="${fill}" text-anchor="${anchor}">${escaped(text)}</text>`;

type Known = { index: number; value: number };

/** The same manners as on screen (no frame, few ticks, a label at the line's end, gaps for unknown), for paper. Null without a value. */
export function chartSvg(chart: DocumentChart): string | null {
  const known = chart.points.flatMap(({ value }, index): Known[] =>
    value === null ? [] : [{ index, value: Number(value) }],
  );
  const last = known.at(-1);
  const [first, end] = [chart.points[0], chart.points.at(-1)];
  if (!last || !first || !end) return null;
  const low = Math.min(0, ...known.map(({ value }) => value));
  const high = Math.max(0, ...known.map(({ value }) => value));
  const x = scaleLinear([0, Math.max(1, chart.points.length - 1)], [BOX.left, WIDTH - BOX.right]);
  const y = scaleLinear([low, high === low ? low + 1 : high], [HEIGHT - BOX.bottom, BOX.top]).nice(3);
  const draw = line<{ value: string | null }>()
    .defined(({ value }) => value !== null)
    .x((_, index) => x(index))
    .y(({ value }) => y(Number(value)))
    .digits(2);
  const ticks = y.ticks(3).map((tick) => {
    const at = y(tick).toFixed(1);
    const rule = `<line x1="${BOX.left}" x2="${WIDTH - BOX.right}" y1="${at}" y2="${at}" stroke="${LINE}" stroke-width="0.6"/>`;
    return rule + label(BOX.left - 5, y(tick) + 3, pointText(String(tick), chart.unit), "end");
  });
  const month = (text: string) => formatDay(`${text.slice(0, 7)}-01`, "month");
  const lone = known.filter(({ index }) => !known.some((other) => Math.abs(other.index - index) === 1));
  const dots = [...lone, last].map(
    ({ index, value }) => `<circle cx="${x(index).toFixed(1)}" cy="${y(value).toFixed(1)}" r="2" fill="${SERIES}"/>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">`,
    ...ticks,
    `<path d="${draw([...chart.points]) ?? ""}" fill="none" stroke="${SERIES}" stroke-width="1.4"/>`,
    ...dots,
    label(x(last.index) + 6, y(last.value) + 3, pointText(String(last.value), chart.unit), "start", INK),
    label(BOX.left, HEIGHT - 6, month(first.month), "start"),
    label(WIDTH - BOX.right, HEIGHT - 6, month(end.month), "end"),
    "</svg>",
  ].join("");
}
