"use client";

import { useCallback, useEffect, useRef } from "react";

const LONGEST_S = 600;

/** Seconds that each page was in view while the window was; told when the reader goes. Null: nobody is told. */
export function useDwell(tellTo: string | null) {
  const seconds = useRef(new Map<number, number>());
  const seen = useRef<{ page: number; since: number } | null>(null);

  const settle = useCallback(() => {
    const current = seen.current;
    if (!current) return;
    const passed = Math.min(LONGEST_S, (Date.now() - current.since) / 1_000);
    seconds.current.set(current.page, (seconds.current.get(current.page) ?? 0) + passed);
    seen.current = { page: current.page, since: Date.now() };
  }, []);
  const tell = useCallback(() => {
    settle();
    const pages = [...seconds.current]
      .map(([page, passed]) => ({ page, seconds: Math.round(passed) }))
      .filter((one) => one.seconds > 0);
    seconds.current.clear();
    if (tellTo && pages.length > 0) navigator.sendBeacon(tellTo, JSON.stringify(pages.slice(0, 100)));
  }, [tellTo, settle]);

  useEffect(() => {
    const onHide = () => {
      if (document.visibilityState === "hidden") {
        tell();
        seen.current = null;
      }
    };
    document.addEventListener("visibilitychange", onHide);
    return () => {
      document.removeEventListener("visibilitychange", onHide);
      tell();
    };
  }, [tell]);

  return useCallback(
    (page: number) => {
      settle();
      seen.current = { page, since: Date.now() };
    },
    [settle],
  );
}
