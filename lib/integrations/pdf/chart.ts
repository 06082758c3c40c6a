import { scaleLinear } from "d3-scale";
import { line } from "d3-shape";
import { formatDay } from "@/lib/format";
import type { DocumentChart } from "@/lib/reports/rules/document";
import { pointText } from "../document-text";
import type { Drawing } from "./flow";

const WIDTH = 483;
const HEIGHT = 150;
const BOX = { left: 52, right: 70, top: 8, bottom: 20 };

type Known = { index: number; month: string; value: number; text: string };
const month = (text: string): string => formatDay(`${text.slice(0, 7)}-01`, "month");

const knownOf = (chart: DocumentChart): Known[] =>
  chart.points.flatMap(({ month: of, value }, index): Known[] =>
    value === null ? [] : [{ index, month: of, value: Number(value), text: pointText(value, chart.unit) }],
  );

/** What the chart shows, for those who cannot see it. */
export function chartWords(chart: DocumentChart): string {
  const known = knownOf(chart);
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last) return `${chart.title}: nothing is known in this period.`;
  const low = known.reduce((a, b) => (b.value < a.value ? b : a));
  const high = known.reduce((a, b) => (b.value > a.value ? b : a));
  const unknown = chart.points.length - known.length;
  return [
    `Line chart: ${chart.title}, from ${first.text} in ${month(first.month)} to ${last.text} in ${month(last.month)};`,
    `lowest ${low.text} in ${month(low.month)}, highest ${high.text} in ${month(high.month)}.`,
    ...(unknown > 0 ? [`${unknown} of ${chart.points.length} months are unknown.`] : []),
  ].join(" ");
}

/** The same manners as on screen (no frame, few ticks, a label at the line's end, gaps for unknown), for paper. Null without a value. */
export function chartDrawing(chart: DocumentChart, height: number = HEIGHT): Drawing | null {
  const known = knownOf(chart);
  const last = known.at(-1);
  const [first, end] = [chart.points[0], chart.points.at(-1)];
  if (!last || !first || !end) return null;
  const low = Math.min(0, ...known.map(({ value }) => value));
  const high = Math.max(0, ...known.map(({ value }) => value));
  const x = scaleLinear([0, Math.max(1, chart.points.length - 1)], [BOX.left, WIDTH - BOX.right]);
  const y = scaleLinear([low, high === low ? low + 1 : high], [height - BOX.bottom, BOX.top]).nice(3);
  const draw = line<{ value: string | null }>()
    .defined(({ value }) => value !== null)
    .x((_, index) => x(index))
    .y(({ value }) => y(Number(value)))
    .digits(2);
  const ticks = y.ticks(3);
  const lone = known.filter(({ index }) => !known.some((other) => Math.abs(other.index - index) === 1));
  const label = (at: number, down: number, text: string, anchor: "start" | "end", muted = true) => ({
    ...{ x: at, y: down, text, anchor, muted },
  });
  return {
    ...{ width: WIDTH, height, path: draw([...chart.points]) ?? "" },
    rules: ticks.map((tick) => ({ x1: BOX.left, x2: WIDTH - BOX.right, y: y(tick) })),
    dots: [...lone, last].map(({ index, value }) => ({ x: x(index), y: y(value) })),
    labels: [
      ...ticks.map((tick) => label(BOX.left - 5, y(tick) + 3, pointText(String(tick), chart.unit), "end")),
      label(x(last.index) + 6, y(last.value) + 3, last.text, "start", false),
      label(BOX.left, height - 6, month(first.month), "start"),
      label(WIDTH - BOX.right, height - 6, month(end.month), "end"),
    ],
  };
}
