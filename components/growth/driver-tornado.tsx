import { scaleLinear } from "d3-scale";
import { ChartDrawing } from "@/components/charts/chart-drawing";
import { ChartFigure } from "@/components/charts/chart-figure";
import { ChartTable } from "@/components/charts/chart-table";
import { ChartText } from "@/components/charts/chart-text";
import { pixel } from "@/components/charts/frame";
import { Marks } from "@/components/charts/marks";
import type { FigureView } from "@/lib/figures/schema";
import { formatFigure } from "@/lib/format";

export type TornadoBar = { id: string; label: string; up: FigureView; down: FigureView };

const WIDTH = 480;
const ROW = 40;
const SIDE = 66;

const numberOf = (figure: FigureView): number => Number(figure.value ?? 0);
const signed = (figure: FigureView): string => formatFigure(figure, { signed: true });

/** How far each driver moves the measure, a tenth up and a tenth down, largest first, from a common zero. */
export function DriverTornado({
  title,
  summary,
  bars,
  columns = ["A tenth lower", "A tenth higher"],
  note = "One driver at a time; the others stay as they are. Filled: a tenth higher; outlined: a tenth lower.",
}: {
  title: string;
  summary: string;
  bars: readonly TornadoBar[];
  columns?: readonly string[];
  note?: string;
}) {
  const ends = bars.flatMap(({ up, down }) => [numberOf(up), numberOf(down)]);
  const reach = Math.max(...ends.map(Math.abs), 0) || 1;
  const x = scaleLinear([-reach, reach], [SIDE, WIDTH - SIDE]);
  const frame = { width: WIDTH, height: bars.length * ROW + 8, left: SIDE, right: SIDE, top: 0, bottom: 0 };
  const graphic = (
    <ChartDrawing frame={frame} size="panel" summary={summary}>
      {bars.map((bar, index) => (
        <Row key={bar.id} bar={bar} top={index * ROW} x={x} />
      ))}
    </ChartDrawing>
  );
  const rows = bars.map(({ label, up, down }) => ({ name: label, cells: [signed(down), signed(up)] }));
  return (
    <ChartFigure
      title={title}
      graphic={graphic}
      table={<ChartTable caption={title} rowName="Driver" columns={columns} rows={rows} />}
      note={note}
    />
  );
}

function Row({ bar, top, x }: { bar: TornadoBar; top: number; x: (value: number) => number }) {
  const zero = x(0);
  const one = (figure: FigureView, style: string) => {
    const at = x(numberOf(figure));
    const right = at >= zero;
    return (
      <>
        <rect
          x={pixel(Math.min(zero, at))}
          y={top + 18}
          width={pixel(Math.max(0.5, Math.abs(at - zero)))}
          height="14"
          className={style}
        />
        <ChartText x={pixel(at) + (right ? 6 : -6)} y={top + 29} anchor={right ? "start" : "end"} tone="ink">
          {numberOf(figure) === 0 ? "" : signed(figure)}
        </ChartText>
      </>
    );
  };
  const still = numberOf(bar.up) === 0 && numberOf(bar.down) === 0;
  return (
    <Marks>
      <ChartText x={pixel(zero)} y={top + 13} anchor="middle" tone="muted">
        {still ? `${bar.label}: does not move it` : bar.label}
      </ChartText>
      <line x1={x(0)} x2={x(0)} y1={top + 16} y2={top + 34} className="stroke-edge" />
      {one(bar.down, "fill-paper stroke-series-1")}
      {one(bar.up, "fill-series-1 stroke-series-1")}
    </Marks>
  );
}
