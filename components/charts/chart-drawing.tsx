import type { ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";
import type { ChartSize, Frame } from "./frame";

type ChartDrawingProps = {
  frame: Frame;
  size: ChartSize;
  summary: string;
  /** What matters is at the right end: where a wide drawing has to scroll, it begins there. */
  fromEnd?: boolean;
  /** Nothing in it takes the focus, so the drawing itself does: it could not be scrolled by keyboard otherwise. */
  focusable?: boolean;
  children: ReactNode;
};

/** The drawing scales with its column; a wide one scrolls on a phone rather than shrink its words. */
export function ChartDrawing({ frame, size, summary, fromEnd, focusable, children }: ChartDrawingProps) {
  return (
    <div
      tabIndex={size === "wide" && focusable ? 0 : undefined}
      className={classNames(
        size === "wide" && "overflow-x-auto",
        size === "wide" && fromEnd && "flex flex-row-reverse",
      )}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: a drawing is no fieldset */}
      <svg
        role="group"
        aria-label={summary}
        viewBox={`0 0 ${frame.width} ${frame.height}`}
        className={size === "wide" ? "mr-auto block w-full min-w-160 max-w-240" : "block w-full max-w-120"}
        fontFamily="inherit"
      >
        {children}
      </svg>
    </div>
  );
}
