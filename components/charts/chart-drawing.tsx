import type { CSSProperties, ReactNode } from "react";
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
  /** Stays in view at the left where the drawing has to scroll. */
  axis?: ReactNode;
  children: ReactNode;
};

/** The drawing scales with its column; a wide one scrolls on a phone rather than shrink its words. */
export function ChartDrawing({ frame, size, summary, fromEnd, focusable, axis, children }: ChartDrawingProps) {
  const drawing = (
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
  if (!axis) return drawing;
  return (
    <div className="@container relative">
      {drawing}
      <svg
        aria-hidden="true"
        viewBox={`0 0 ${frame.left} ${frame.height}`}
        className="pointer-events-none absolute top-0 left-0 h-[calc(40rem*var(--tall))] @min-[40rem]:hidden"
        style={{ "--tall": frame.height / frame.width } as CSSProperties}
        fontFamily="inherit"
      >
        <rect width={frame.left} height={frame.height} className="fill-paper" />
        {axis}
      </svg>
    </div>
  );
}
