"use client";

import { useEffect, useState } from "react";
import type { Progress } from "@/lib/imports/schema";

const EVERY_MS = 400;

/** Asks how far the import is for as long as `running`. A route handler answers, because server actions wait for each other. */
export function useProgress(importId: string, running: boolean): Progress | null {
  const [progress, setProgress] = useState<Progress | null>(null);
  useEffect(() => {
    if (!running) {
      setProgress(null);
      return;
    }
    let stopped = false;
    const ask = async () => {
      const answer = await fetch(`/api/imports/${importId}/progress`).catch(() => null);
      if (!stopped && answer?.ok) setProgress((await answer.json()) as Progress | null);
    };
    const timer = setInterval(ask, EVERY_MS);
    void ask();
    return () => {
      stopped = true;
      clearInterval(timer);
    };
  }, [importId, running]);
  return progress;
}
