"use client";

import { useEffect, useRef, useState } from "react";
import { nextReveal } from "./words";

const TICK_MS = 35;

/** The text by words as it comes. What was there at first sight, and everything with reduced motion, is there at once. */
export function useRevealed(text: string, live: boolean): string {
  const first = useRef(text.length);
  const [shown, setShown] = useState(first.current);
  const still = typeof window !== "undefined" && window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const at = live && !still ? Math.min(shown, text.length) : text.length;
  useEffect(() => {
    if (at >= text.length) return;
    const timer = setTimeout(() => setShown(nextReveal(text, at)), TICK_MS);
    return () => clearTimeout(timer);
  }, [text, at]);
  return text.slice(0, at);
}
