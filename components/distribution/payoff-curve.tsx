import { scaleLinear } from "d3-scale";
import { Baseline, TimeAxis, ValueAxis } from "@/components/charts/axes";
import { ChartDrawing } from "@/components/charts/chart-drawing";
import { ChartFigure } from "@/components/charts/chart-figure";
import { ChartReader } from "@/components/charts/chart-reader";
import { ChartTable } from "@/components/charts/chart-table";
import { ChartText } from "@/components/charts/chart-text";
import { frameOf, pixel, plotBottom, plotRight } from "@/components/charts/frame";
import { Marks } from "@/components/charts/marks";
import { labelHeights } from "@/components/charts/trend-marks";
import type { PayoffPicture } from "@/lib/distribution/rules/split/curve-points";
import type { FigureView } from "@/lib/figures/schema";
import { formatMoney } from "@/lib/format";

type PayoffCurveProps = {
  picture: PayoffPicture;
  figures: Readonly<Record<string, FigureView>>;
  currency: string;
  priceCurrency: string;
  /** The price that is split; null while none is said. */
  price: string | null;
  title: string;
  download: string;
};

const STROKES = [1, 2, 3, 4, 5, 6].map((one) => `stroke-series-${one}`);

type Scale = (value: number) => number;

const pathOf = (points: PayoffPicture["points"], index: number, x: Scale, y: Scale): string =>
  points
    .map(({ price, amounts }, place) => {
      const at = `${pixel(x(Number(price)))},${pixel(y(Number(amounts[index] ?? 0)))}`;
      return `${place === 0 ? "M" : "L"}${at}`;
    })
    .join("");

/** What each class receives over headline prices, all other terms standing: straight from one breakpoint to the next. */
export function PayoffCurve({ picture, figures, currency, priceCurrency, price, title, download }: PayoffCurveProps) {
  const { series, points } = picture;
  const frame = frameOf("wide");
  const x = scaleLinear(
    [Number(points[0]?.price ?? 0), Number(points.at(-1)?.price ?? 1)],
    [frame.left + 4, plotRight(frame)],
  );
  const most = Math.max(1, ...points.flatMap(({ amounts }) => amounts.map(Number)));
  const y = scaleLinear([0, most * 1.05], [plotBottom(frame), frame.top]);
  const priceText = (value: string | number) => formatMoney(value, priceCurrency);
  const lines = series.map((one, index) => ({
    ...{ ...one, path: pathOf(points, index, x, y) },
    end: { x: plotRight(frame), y: pixel(y(Number(points.at(-1)?.amounts[index] ?? 0))) },
  }));
  const heights = labelHeights(lines.map(({ end }) => end));
  const stops = points.map((point, place) => ({
    x: pixel(x(Number(point.price))),
    ys: point.amounts.map((amount) => pixel(y(Number(amount)))),
    text: `${priceText(point.price)}: ${series.map(({ name }, index) => `${name} ${formatMoney(point.amounts[index] ?? null, currency)}`).join(", ")}`,
    figures: series.flatMap((_, index) => figures[`curve.${place}.${index}`] ?? []),
  }));
  const at = price === null ? null : pixel(x(Number(price)));
  const graphic = (
    <ChartDrawing frame={frame} size="wide" summary={title}>
      <ValueAxis
        frame={frame}
        ticks={y.ticks(4).map((value) => ({ at: y(value), text: formatMoney(value, currency) }))}
      />
      <Baseline frame={frame} />
      <TimeAxis frame={frame} ticks={x.ticks(5).map((value) => ({ at: x(value), text: priceText(value) }))} />
      <Marks>
        {at === null ? null : (
          <line x1={at} x2={at} y1={frame.top} y2={plotBottom(frame)} strokeDasharray="2 3" className="stroke-muted" />
        )}
        {lines.map((one, index) => (
          <g key={one.key}>
            <path d={one.path} fill="none" strokeWidth="1.75" className={STROKES[index % 6]} />
            <ChartText x={one.end.x + 6} y={(heights[index] ?? one.end.y) + 4} tone="ink">
              {one.name.length > 14 ? `${one.name.slice(0, 13)}…` : one.name}
            </ChartText>
          </g>
        ))}
      </Marks>
      <ChartReader label={title} frame={frame} stops={stops} />
    </ChartDrawing>
  );
  const table = (
    <ChartTable
      caption={title}
      rowName={`Headline price (${priceCurrency})`}
      columns={series.map(({ name }) => name)}
      rows={points.map((point, place) => ({
        name: `${priceText(point.price)}${point.knot ? " · split changes" : ""}`,
        cells: series.map((_, index) => figures[`curve.${place}.${index}`]),
      }))}
    />
  );
  const note = "Of the headline price with all other terms as they are, if escrow, note and earn-outs are all paid.";
  return <ChartFigure title={title} graphic={graphic} table={table} note={note} download={download} />;
}
