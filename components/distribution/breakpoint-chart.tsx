import { scaleLinear } from "d3-scale";
import { ChartDrawing } from "@/components/charts/chart-drawing";
import { ChartFigure } from "@/components/charts/chart-figure";
import { ChartTable } from "@/components/charts/chart-table";
import { ChartText } from "@/components/charts/chart-text";
import { pixel } from "@/components/charts/frame";
import { Marks } from "@/components/charts/marks";
import type { BreakpointRow } from "@/lib/distribution/rules/split/curve-points";
import type { FigureView } from "@/lib/figures/schema";
import { formatMoney, plural } from "@/lib/format";
import { named, REASON_WORDS } from "./words";

type BreakpointChartProps = {
  rows: readonly BreakpointRow[];
  names: ReadonlyMap<string, string>;
  figures: Readonly<Record<string, FigureView>>;
  priceCurrency: string;
  /** The price that is split; null while none is said. */
  price: string | null;
};

const WIDTH = 760;
const ROW = 24;
const LEFT = 12;
const RIGHT = 70;

/** The prices at which the split of each further unit changes, in their order; filled where the price is past them. */
export function BreakpointChart({ rows, names, figures, priceCurrency, price }: BreakpointChartProps) {
  const placed = rows.filter((row): row is BreakpointRow & { price: string } => row.price !== null);
  const most = Math.max(1, ...placed.map((row) => Number(row.price)), Number(price ?? 0));
  const x = scaleLinear([0, most], [LEFT, WIDTH - RIGHT]);
  const frame = { width: WIDTH, height: placed.length * ROW + 24, left: LEFT, right: RIGHT, top: 20, bottom: 4 };
  const past = price === null ? 0 : placed.filter((row) => Number(row.price) <= Number(price)).length;
  const title =
    price === null
      ? `The split changes at ${plural(rows.length, "price")}`
      : `The price is past ${past} of ${plural(placed.length, "price")} at which the split changes`;
  const at = price === null ? null : pixel(x(Number(price)));
  const graphic = (
    <ChartDrawing frame={frame} size="wide" summary={title} focusable>
      <Marks>
        {at === null ? null : (
          <>
            <line x1={at} x2={at} y1={16} y2={frame.height} strokeDasharray="2 3" className="stroke-muted" />
            <ChartText x={at} y={11} anchor={at > WIDTH / 2 ? "end" : "start"}>
              {`the price, ${formatMoney(price, priceCurrency)}`}
            </ChartText>
          </>
        )}
        {placed.map((row, index) => (
          <Row
            key={`${row.at}${row.reason}${row.ids[0]}`}
            row={row}
            words={`${named(row.ids, names)} ${REASON_WORDS[row.reason]}, ${formatMoney(row.price, priceCurrency)}`}
            top={20 + index * ROW}
            x={pixel(x(Number(row.price)))}
            reached={price !== null && Number(row.price) <= Number(price)}
          />
        ))}
      </Marks>
    </ChartDrawing>
  );
  const table = (
    <ChartTable
      caption={title}
      rowName="What changes"
      columns={["Headline price", "Classes receive together", "Group’s part of each further unit"]}
      rows={rows.map((row, place) => ({
        name: `${named(row.ids, names, 4)}: ${REASON_WORDS[row.reason]}`,
        cells: [
          figures[`breakpoint.${place}.price`] ?? "below any price",
          figures[`breakpoint.${place}.at`],
          figures[`breakpoint.${place}.group`] ?? "not known",
        ],
      }))}
    />
  );
  return <ChartFigure title={title} graphic={graphic} table={table} />;
}

type RowProps = { row: BreakpointRow; words: string; top: number; x: number; reached: boolean };

function Row({ words, top, x, reached }: RowProps) {
  const right = x > WIDTH * 0.6;
  return (
    <g>
      <line x1={LEFT} x2={x} y1={top + 12} y2={top + 12} className="stroke-line" />
      <circle cx={x} cy={top + 12} r="4" className={reached ? "fill-series-1" : "fill-paper stroke-edge"} />
      <ChartText
        x={right ? x - 9 : x + 9}
        y={top + 16}
        anchor={right ? "end" : "start"}
        tone={reached ? "ink" : "muted"}
      >
        {words}
      </ChartText>
    </g>
  );
}
