"use client";

import { Progress } from "@/components/ui/progress";
import type { Phase } from "@/lib/imports/schema";
import { useProgress } from "./use-progress";

const LABELS: Readonly<Record<Phase, string>> = {
  reading: "Reading the file",
  staging: "Reading the file",
  comparing: "Comparing with the stored data",
  applying: "Writing",
  done: "Finishing",
  failed: "Stopped",
};

/** The bar while an action runs, and one polite announcement per phase. */
export function RunningProgress({ importId, running }: { importId: string; running: boolean }) {
  const progress = useProgress(importId, running);
  const label = progress ? LABELS[progress.phase] : "Starting";
  const count = (value: number) => value.toLocaleString("en-GB");
  const text = !progress
    ? ""
    : progress.total > 0
      ? `${count(progress.done)} of ${count(progress.total)} rows`
      : `${count(progress.done)} rows`;
  return (
    <div aria-live="polite">
      {running ? (
        <Progress label={label} done={progress?.done ?? 0} total={progress?.total || null} text={text} />
      ) : null}
    </div>
  );
}
