"use client";

import { type KeyboardEvent, type PointerEvent, useState } from "react";
import { ProofPanel } from "@/components/figures/proof-panel";
import type { FigureView } from "@/lib/figures/schema";
import { ChartText } from "./chart-text";
import type { Frame } from "./frame";
import { Marks } from "./marks";

/** One place on the chart: where it is, what is there, in words, and the figures behind it. */
export type ReaderStop = { x: number; ys: readonly number[]; text: string; figures?: readonly FigureView[] };

const MOVES: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
  PageUp: 12,
  PageDown: -12,
};

/**
 * Values under the pointer, the finger or the arrow keys; Enter or a click opens the proof of the first of them, the
 * table behind the chart those of all. The drawing below it is complete without.
 */
export function ChartReader({ label, frame, stops }: { label: string; frame: Frame; stops: readonly ReaderStop[] }) {
  const [index, setIndex] = useState<number | null>(null);
  const [opened, setOpened] = useState<FigureView | null>(null);
  const last = stops.length - 1;
  const stop = index === null ? undefined : stops[index];
  const provable = stops.some(({ figures }) => figures?.length);
  const open = () => setOpened((stop ?? stops[last])?.figures?.[0] ?? null);

  function onPointerMove(event: PointerEvent<SVGRectElement>) {
    const box = event.currentTarget.ownerSVGElement?.getBoundingClientRect();
    if (!box) return;
    const x = ((event.clientX - box.left) / box.width) * frame.width;
    setIndex(
      stops.reduce((best, { x: at }, i) => (Math.abs(at - x) < Math.abs((stops[best]?.x ?? 0) - x) ? i : best), 0),
    );
  }

  function onKeyDown(event: KeyboardEvent) {
    const step = MOVES[event.key];
    const target = event.key === "Home" ? 0 : event.key === "End" ? last : step ? (index ?? last) + step : null;
    if (event.key === "Escape") setIndex(null);
    if (event.key === "Enter") {
      // Or the key would also press the button that the panel puts the focus on.
      event.preventDefault();
      open();
    }
    if (target === null) return;
    event.preventDefault();
    setIndex(Math.min(last, Math.max(0, target)));
  }

  if (last < 0) return null;
  const right = stop && stop.x > frame.width / 2;
  return (
    <g>
      {stop ? (
        <Marks>
          <line x1={stop.x} x2={stop.x} y1={frame.top - 4} y2={frame.height - frame.bottom} className="stroke-muted" />
          {stop.ys.map((y) => (
            <circle key={y} cx={stop.x} cy={y} r="3.5" className="fill-accent stroke-paper" />
          ))}
          <ChartText x={stop.x + (right ? -6 : 6)} y={frame.top + 2} anchor={right ? "end" : "start"} tone="ink" strong>
            {stop.text}
          </ChartText>
        </Marks>
      ) : null}
      <rect
        width={frame.width}
        height={frame.height}
        fill="transparent"
        className={provable ? "cursor-pointer" : undefined}
        onClick={open}
        role="slider"
        tabIndex={0}
        aria-label={`Read ${label}${provable ? ", Enter opens the proof" : ""}`}
        aria-valuemin={0}
        aria-valuemax={last}
        aria-valuenow={index ?? last}
        aria-valuetext={(stop ?? stops[last])?.text}
        onPointerMove={onPointerMove}
        onPointerLeave={() => setIndex(null)}
        onFocus={() => setIndex((before) => before ?? last)}
        onBlur={() => setIndex(null)}
        onKeyDown={onKeyDown}
      />
      {opened ? <ProofPanel figure={opened} onClose={() => setOpened(null)} /> : null}
    </g>
  );
}
