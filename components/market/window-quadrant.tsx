import { ChartDrawing } from "@/components/charts/chart-drawing";
import { ChartFigure } from "@/components/charts/chart-figure";
import { ChartTable } from "@/components/charts/chart-table";
import { ChartText } from "@/components/charts/chart-text";
import { pixel } from "@/components/charts/frame";
import { Marks } from "@/components/charts/marks";
import type { FigureView } from "@/lib/figures/schema";

type WindowQuadrantProps = {
  score: number | null;
  readiness: number | null;
  target: number;
  openFrom: number;
  figures: Readonly<Record<string, FigureView>>;
};

const FRAME = { width: 400, height: 300, left: 34, right: 10, top: 20, bottom: 34 };
const LEAST_READINESS = 40;

const xAt = (score: number) => FRAME.left + ((score + 1) / 2) * (FRAME.width - FRAME.left - FRAME.right);
const yAt = (readiness: number) => {
  const share = (Math.max(LEAST_READINESS, readiness) - LEAST_READINESS) / (100 - LEAST_READINESS);
  return FRAME.height - FRAME.bottom - share * (FRAME.height - FRAME.bottom - FRAME.top);
};

function findingOf(score: number | null, readiness: number | null, target: number): string {
  if (score === null || readiness === null) return "Market and readiness: not both known";
  const market = score >= 0 ? "a market above its middle" : "a market below its middle";
  return readiness >= target ? `Ready, in ${market}` : `Not ready yet, in ${market}`;
}

/** Outside against inside: the market's score across, readiness up, with the lines at which the answer changes. */
export function WindowQuadrant({ score, readiness, target, openFrom, figures }: WindowQuadrantProps) {
  const title = findingOf(score, readiness, target);
  const cell = (part: string) => figures[part] ?? "unknown";
  const table = (
    <ChartTable
      caption={title}
      rowName="Side"
      columns={["Now"]}
      rows={[
        { name: "Market score", cells: [cell("score")] },
        { name: "Exit readiness", cells: [cell("own.readiness")] },
        { name: "Cash runway", cells: [cell("own.runway")] },
      ]}
    />
  );
  const graphic = (
    <ChartDrawing frame={FRAME} size="panel" summary={`${title}. Market score across, exit readiness up.`}>
      <Marks>
        <Field target={target} openFrom={openFrom} />
        {score === null || readiness === null ? null : (
          <circle
            cx={pixel(xAt(score))}
            cy={pixel(yAt(readiness))}
            r="6"
            className="fill-accent stroke-paper"
            strokeWidth="2"
          />
        )}
      </Marks>
    </ChartDrawing>
  );
  const note = "Readiness below 40 stands at the foot. Runway and the worth of waiting decide with it.";
  return <ChartFigure title={title} graphic={graphic} table={table} note={note} />;
}

const CORNERS = [
  { x: -0.97, y: 98, anchor: "start", text: "ready, market against it" },
  { x: 0.97, y: 98, anchor: "end", text: "ready, market for it" },
  { x: -0.97, y: 42, anchor: "start", text: "build" },
  { x: 0.97, y: 42, anchor: "end", text: "get ready" },
] as const;

function Field({ target, openFrom }: { target: number; openFrom: number }) {
  const [left, right, top, bottom] = [xAt(-1), xAt(1), yAt(100), yAt(LEAST_READINESS)];
  return (
    <>
      <rect x={left} y={top} width={right - left} height={bottom - top} className="fill-none stroke-line" />
      <rect
        x={pixel(xAt(-openFrom))}
        y={top}
        width={pixel(xAt(openFrom) - xAt(-openFrom))}
        height={bottom - top}
        className="fill-wash"
      />
      <line
        x1={left}
        x2={right}
        y1={pixel(yAt(target))}
        y2={pixel(yAt(target))}
        strokeDasharray="2 3"
        className="stroke-muted"
      />
      <line x1={pixel(xAt(0))} x2={pixel(xAt(0))} y1={top} y2={bottom} className="stroke-edge" />
      {CORNERS.map(({ x, y, anchor, text }) => (
        <ChartText key={text} x={pixel(xAt(x))} y={pixel(yAt(y)) + (y > 50 ? 8 : 0)} anchor={anchor}>
          {text}
        </ChartText>
      ))}
      <ChartText x={left - 4} y={pixel(yAt(target)) + 4} anchor="end">
        {target}
      </ChartText>
      <ChartText x={left} y={FRAME.height - 18}>
        −1
      </ChartText>
      <ChartText x={pixel(xAt(0))} y={FRAME.height - 18} anchor="middle">
        market score
      </ChartText>
      <ChartText x={right} y={FRAME.height - 18} anchor="end">
        +1
      </ChartText>
      <ChartText x={left} y={top - 6}>
        exit readiness
      </ChartText>
    </>
  );
}
