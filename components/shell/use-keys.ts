"use client";

import { useEffect, useRef } from "react";
import { matchKeys, nameOfPress } from "./key-sequence";
import { isCovered, isTyping } from "./typing";

export type KeyBindings = Readonly<Record<string, (event: KeyboardEvent) => void>>;

const SEQUENCE_MS = 1_500;

/**
 * Keys of a page: `useKeys({ a: approve, "g i": goToInbox, "mod+k": search })`. They never fire while someone types or a
 * dialog is open; combinations with mod (⌘ or Ctrl) fire while typing too.
 */
export function useKeys(bindings: KeyBindings): void {
  const latest = useRef(bindings);
  latest.current = bindings;
  useEffect(() => {
    let pending: string | null = null;
    let since = 0;
    function onKey(event: KeyboardEvent) {
      if (event.defaultPrevented || event.isComposing) return;
      const mod = event.metaKey || event.ctrlKey;
      const press = nameOfPress({ key: event.key, mod, alt: event.altKey });
      if (!press || ((isTyping(event.target) || isCovered()) && !mod)) return;
      const before = event.timeStamp - since < SEQUENCE_MS ? pending : null;
      const match = matchKeys(Object.keys(latest.current), before, press);
      pending = match.pending;
      since = event.timeStamp;
      if (!match.fire) return;
      event.preventDefault();
      latest.current[match.fire]?.(event);
    }
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}
