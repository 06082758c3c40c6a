import { scaleBand, scaleLinear } from "d3-scale";
import { Baseline } from "./axes";
import { type BridgeItem, bridgeSteps } from "./bridge-steps";
import { ChartDrawing } from "./chart-drawing";
import { ChartFigure } from "./chart-figure";
import { ChartReader } from "./chart-reader";
import { ChartTable } from "./chart-table";
import { ChartText } from "./chart-text";
import { type ChartSize, frameOf, pixel, plotBottom } from "./frame";
import { Marks } from "./marks";

type BridgeChartProps = {
  title: string;
  summary: string;
  items: readonly BridgeItem[];
  size?: ChartSize;
  note?: string;
  download?: string;
};

const FILLS = { total: "fill-series-6", gain: "fill-healthy", loss: "fill-critical" } as const;

/** From one total to the next, change by change. A loss is below its line and carries a minus, not only a colour. */
export function BridgeChart({ title, summary, items, size = "wide", note, download }: BridgeChartProps) {
  const frame = { ...frameOf(size), left: 2, right: 4, top: 24, bottom: 34 };
  const steps = bridgeSteps(items);
  const y = scaleLinear(
    [Math.min(0, ...steps.flatMap((s) => [s.from, s.to])), Math.max(0, ...steps.flatMap((s) => [s.from, s.to])) || 1],
    [plotBottom(frame), frame.top],
  );
  const x = scaleBand(
    steps.map((step) => step.label),
    [frame.left, frame.width - frame.right],
  ).paddingInner(0.28);
  const graphic = (
    <ChartDrawing frame={frame} size={size} summary={summary}>
      {steps.map((step, index) => {
        const left = x(step.label) ?? 0;
        const top = y(Math.max(step.from, step.to));
        const next = steps[index + 1];
        return (
          <Marks key={step.label}>
            <rect
              x={pixel(left)}
              y={pixel(top)}
              width={pixel(x.bandwidth())}
              height={pixel(Math.max(1, y(Math.min(step.from, step.to)) - top))}
              className={FILLS[step.kind]}
            />
            {next ? (
              <line
                x1={pixel(left + x.bandwidth())}
                x2={pixel(x(next.label) ?? 0)}
                y1={pixel(y(step.to))}
                y2={pixel(y(step.to))}
                className="stroke-edge"
              />
            ) : null}
            <ChartText
              x={pixel(left + x.bandwidth() / 2)}
              y={pixel(top) - 5}
              anchor="middle"
              tone="ink"
              strong={step.kind === "total"}
            >
              {step.text}
            </ChartText>
            <ChartText x={pixel(left + x.bandwidth() / 2)} y={frame.height - 16} anchor="middle">
              {step.label}
            </ChartText>
          </Marks>
        );
      })}
      <Baseline frame={frame} y={y(0)} />
      <ChartReader
        label={title}
        frame={frame}
        stops={steps.map((step, index) => ({
          x: pixel((x(step.label) ?? 0) + x.bandwidth() / 2),
          ys: [pixel(y(step.to))],
          text: `${step.label}: ${step.text}`,
          figures: items[index]?.figure ? [items[index].figure] : [],
        }))}
      />
    </ChartDrawing>
  );
  const rows = items.map((item) => ({ name: item.label, cells: [item.figure ?? item.text] }));
  return (
    <ChartFigure
      title={title}
      graphic={graphic}
      table={<ChartTable caption={title} rowName="Step" columns={["Amount"]} rows={rows} />}
      note={note}
      download={download}
    />
  );
}
