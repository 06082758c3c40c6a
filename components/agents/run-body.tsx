"use client";

import { useMemo } from "react";
import type { FigureView } from "@/components/figures/figure-value";
import { reportBlocks } from "@/lib/agents/report";
import { lastText, type RunView } from "@/lib/agents/run-stream";
import { ReportText } from "./report-text";
import { useRevealed } from "./use-revealed";

/** The words of the agent as they come. The latest passage only: the report is the last of them. */
export function RunBody({ view, live }: { view: RunView; live: boolean }) {
  const text = useRevealed(lastText(view), live);
  const figures = useMemo<Record<string, FigureView>>(() => ({ ...view.figures }), [view.figures]);
  if (!text) return null;
  return (
    <section aria-label="What the agent writes" aria-busy={live}>
      <ReportText blocks={reportBlocks(text)} figures={figures} />
    </section>
  );
}
