"use client";

import { useEffect, useRef, useState } from "react";

const PAUSE_MS = 1_000;

/** At most one announcement a second, always the latest. */
export function useAnnouncement(latest: string): string {
  const [said, setSaid] = useState("");
  const since = useRef(0);
  useEffect(() => {
    if (latest === said) return;
    const wait = Math.max(0, since.current + PAUSE_MS - performance.now());
    const timer = setTimeout(() => {
      since.current = performance.now();
      setSaid(latest);
    }, wait);
    return () => clearTimeout(timer);
  }, [latest, said]);
  return said;
}
