import { scaleLinear } from "d3-scale";
import { line } from "d3-shape";
import { extentOf, pixel } from "./frame";

const WIDTH = 72;
const HEIGHT = 18;

/** The shape of the last months, no scale; a gap is unknown. */
export function Sparkline({ values, label }: { values: readonly (number | null)[]; label: string }) {
  const extent = extentOf(values);
  const x = scaleLinear([0, Math.max(1, values.length - 1)], [1, WIDTH - 4]);
  const y = scaleLinear(extent ?? [0, 1], [HEIGHT - 2, 2]);
  const path = line<number | null>()
    .defined((value) => value !== null)
    .x((_, index) => pixel(x(index)))
    .y((value) => pixel(y(value ?? 0)))
    .digits(1)([...values]);
  const last = values.findLastIndex((value) => value !== null);
  const end = values[last];
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width={WIDTH}
      height={HEIGHT}
      role="img"
      aria-label={label}
      className="inline-block align-middle"
    >
      {path ? <path d={path} fill="none" strokeWidth="1.25" className="stroke-muted" /> : null}
      {end == null ? null : <circle cx={pixel(x(last))} cy={pixel(y(end))} r="2" className="fill-ink" />}
    </svg>
  );
}
