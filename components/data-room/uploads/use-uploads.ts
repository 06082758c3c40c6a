"use client";

import { useRouter } from "next/navigation";
import { useCallback, useEffect, useReducer, useRef } from "react";
import type { Picked } from "./dropped-files";
import { type Sending, sendUpload } from "./send-upload";
import { nextUploads, toBegin, totalsOf } from "./upload-queue";

/** Sends what is added, a few at a time; the page is read anew when all have ended. */
export function useUploads(roomId: string) {
  const router = useRouter();
  const [uploads, dispatch] = useReducer(nextUploads, []);
  const picked = useRef(new Map<number, { file: File; params: Record<string, string> }>());
  const sendings = useRef(new Map<number, Sending>());
  const next = useRef(0);
  const totals = totalsOf(uploads);

  useEffect(() => {
    for (const { id } of toBegin(uploads)) {
      const found = picked.current.get(id);
      if (!found || sendings.current.has(id)) continue;
      dispatch({ type: "begun", id });
      const sending = sendUpload(roomId, found.file, found.params, (bytes) => dispatch({ type: "sent", id, bytes }));
      sendings.current.set(id, sending);
      void sending.answer.then((answer) => {
        sendings.current.delete(id);
        dispatch({ type: "ended", id, ...answer });
      });
    }
  }, [uploads, roomId]);

  useEffect(() => {
    if (!totals.running) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [totals.running]);

  const wasRunning = useRef(false);
  useEffect(() => {
    if (wasRunning.current && !totals.running) router.refresh();
    wasRunning.current = totals.running;
  }, [totals.running, router]);

  const add = useCallback((files: readonly Picked[], more: Record<string, string>) => {
    const added = files.map(({ path, file }) => {
      next.current += 1;
      picked.current.set(next.current, { file, params: { path, ...more } });
      return { id: next.current, path, size: file.size };
    });
    dispatch({ type: "added", files: added });
  }, []);
  const cancel = useCallback((id: number | null) => {
    dispatch({ type: "cancelled", id });
    for (const [key, sending] of sendings.current) if (id === null || key === id) sending.abort();
  }, []);
  const retry = useCallback((id: number | null) => dispatch({ type: "retried", id }), []);
  const clear = useCallback(() => dispatch({ type: "cleared" }), []);
  return { uploads, totals, add, cancel, retry, clear };
}
