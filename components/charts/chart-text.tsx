import type { ReactNode } from "react";

type ChartTextProps = {
  x: number;
  y: number;
  anchor?: "start" | "middle" | "end";
  tone?: "ink" | "muted";
  strong?: boolean;
  children: ReactNode;
};

/** Text in a drawing, with a halo of paper so that it reads over lines. */
export function ChartText({ x, y, anchor = "start", tone = "muted", strong, children }: ChartTextProps) {
  return (
    <text
      x={x}
      y={y}
      textAnchor={anchor}
      fontSize="11"
      fontWeight={strong ? 600 : 400}
      strokeWidth="3"
      strokeLinejoin="round"
      paintOrder="stroke"
      className={`stroke-paper ${tone === "ink" ? "fill-ink" : "fill-muted"} forced-colors:stroke-[Canvas] forced-colors:fill-[CanvasText]`}
    >
      {children}
    </text>
  );
}
