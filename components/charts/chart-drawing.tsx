import type { ReactNode } from "react";
import type { ChartSize, Frame } from "./frame";

type ChartDrawingProps = { frame: Frame; size: ChartSize; summary: string; children: ReactNode };

/** The drawing scales with its column; a wide one scrolls on a phone rather than shrink its words. */
export function ChartDrawing({ frame, size, summary, children }: ChartDrawingProps) {
  return (
    <div className={size === "wide" ? "overflow-x-auto" : undefined}>
      {/* biome-ignore lint/a11y/useSemanticElements: a drawing is no fieldset */}
      <svg
        role="group"
        aria-label={summary}
        viewBox={`0 0 ${frame.width} ${frame.height}`}
        className={size === "wide" ? "block w-full min-w-160 max-w-240" : "block w-full max-w-120"}
        fontFamily="inherit"
      >
        {children}
      </svg>
    </div>
  );
}
