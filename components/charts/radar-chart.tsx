import type { FigureView } from "@/lib/figures/schema";
import { ChartFigure } from "./chart-figure";
import { ChartTable } from "./chart-table";
import { ChartText } from "./chart-text";
import { RADAR, radarMarks } from "./radar-marks";

export type RadarPart = { label: string; short: string; figure: FigureView; before: number | null };
type RadarChartProps = {
  title: string;
  summary: string;
  parts: readonly RadarPart[];
  beforeName: string | null;
  note?: string;
};

const plain = (value: number | null): string => (value === null ? "unknown" : value.toFixed(0));

/** A shape over a few axes from 0 to 100, with the shape of an earlier day as a dashed outline. */
export function RadarChart({ title, summary, parts, beforeName, note }: RadarChartProps) {
  const axes = parts.map(({ short, figure, before }) => ({
    ...{ label: short, before },
    now: figure.value === null ? null : Number(figure.value),
  }));
  const marks = radarMarks(axes);
  const columns = ["now", ...(beforeName ? [beforeName] : [])];
  const rows = parts.map(({ label, figure, before }) => ({
    name: label,
    cells: [figure, ...(beforeName ? [plain(before)] : [])],
  }));
  return (
    <ChartFigure
      title={title}
      table={<ChartTable caption={title} rowName="Component" columns={columns} rows={rows} />}
      graphic={
        // biome-ignore lint/a11y/useSemanticElements: a drawing is no fieldset
        <svg
          role="group"
          aria-label={summary}
          viewBox={`0 0 ${RADAR.width} ${RADAR.height}`}
          className="block w-full max-w-120"
          fontFamily="inherit"
        >
          {marks.rings.map((ring) => (
            <polygon key={ring.value} points={ring.points} className="fill-none stroke-line" />
          ))}
          {marks.spokes.map((spoke) => (
            <line
              key={spoke.label}
              x1={marks.centre.x}
              y1={marks.centre.y}
              x2={spoke.x}
              y2={spoke.y}
              className="stroke-line"
            />
          ))}
          {marks.before ? (
            <polygon
              points={marks.before.outline}
              className="fill-none stroke-muted"
              strokeDasharray="4 3"
              strokeWidth="1.5"
            />
          ) : null}
          <polygon
            points={marks.now.outline}
            className="fill-series-1 stroke-series-1"
            fillOpacity="0.14"
            strokeWidth="2"
          />
          {marks.now.dots.map((dot) => (
            <circle key={dot.label} cx={dot.x} cy={dot.y} r="3.5" className="fill-series-1">
              <title>{`${dot.label}: ${plain(dot.value)}`}</title>
            </circle>
          ))}
          {marks.spokes.map((spoke, index) => (
            <ChartText key={spoke.label} x={spoke.labelX} y={spoke.labelY} anchor={spoke.anchor} tone="ink">
              {`${spoke.label} ${plain(axes[index]?.now ?? null)}`}
            </ChartText>
          ))}
        </svg>
      }
      {...(note ? { note } : {})}
    />
  );
}
