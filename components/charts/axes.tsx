import { ChartText } from "./chart-text";
import { type Frame, pixel, plotBottom, plotRight } from "./frame";
import { Marks } from "./marks";

export type Tick = { at: number; text: string };

/** Few lines, no frame: the number stands at the left end of its line. */
export function ValueAxis({ frame, ticks }: { frame: Frame; ticks: readonly Tick[] }) {
  return (
    <Marks>
      {ticks.map((tick) => (
        <g key={tick.text}>
          <line x1={frame.left} x2={plotRight(frame)} y1={pixel(tick.at)} y2={pixel(tick.at)} className="stroke-line" />
          <ChartText x={frame.left - 6} y={pixel(tick.at) + 4} anchor="end">
            {tick.text}
          </ChartText>
        </g>
      ))}
    </Marks>
  );
}

export function TimeAxis({ frame, ticks }: { frame: Frame; ticks: readonly Tick[] }) {
  return (
    <Marks>
      {ticks.map((tick, index) => (
        <ChartText
          key={tick.text}
          x={pixel(tick.at)}
          y={frame.height - 5}
          anchor={index === 0 ? "start" : index === ticks.length - 1 ? "end" : "middle"}
        >
          {tick.text}
        </ChartText>
      ))}
    </Marks>
  );
}

export type Threshold = { value: number; label: string };

/** A thin line with its words. */
export function Thresholds({ frame, marks }: { frame: Frame; marks: readonly (Tick & { value: number })[] }) {
  return (
    <Marks>
      {marks.map((mark) => (
        <g key={mark.value}>
          <line
            x1={frame.left}
            x2={plotRight(frame)}
            y1={pixel(mark.at)}
            y2={pixel(mark.at)}
            strokeDasharray="2 3"
            className="stroke-muted"
          />
          <ChartText x={plotRight(frame)} y={pixel(mark.at) - 3} anchor="end">
            {mark.text}
          </ChartText>
        </g>
      ))}
    </Marks>
  );
}

export function Baseline({ frame, y }: { frame: Frame; y?: number }) {
  const at = pixel(y ?? plotBottom(frame));
  return <line x1={frame.left} x2={plotRight(frame)} y1={at} y2={at} className="stroke-edge" />;
}
