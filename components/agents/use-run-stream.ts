"use client";

import { useEffect, useState } from "react";
import { applyChunk, type Delivered, EMPTY_RUN, type RunState, type RunView } from "@/lib/agents/run-stream";

export type Connection = "connecting" | "live" | "broken" | "over";
export type RunStream = { view: RunView; connection: Connection };

const OVER: readonly string[] = ["succeeded", "failed", "stopped"];
const LONGEST_WAIT_MS = 8_000;

/** Follows a run from wherever this reader left off, through reloads of the server and losses of the line. */
export function useRunStream(runId: string | null): RunStream {
  // What is held belongs to one run: in the moment another one is asked for, the old run's end is not the new one's.
  const [held, setHeld] = useState<{ runId: string | null; state: RunState }>({ runId, state: EMPTY_RUN });
  const [connection, setConnection] = useState<Connection>("connecting");
  useEffect(() => {
    setConnection("connecting");
    return runId ? follow(runId, (state) => setHeld({ runId, state }), setConnection) : undefined;
  }, [runId]);
  return { view: (held.runId === runId ? held.state : EMPTY_RUN).view, connection };
}

function follow(runId: string, show: (state: RunState) => void, say: (connection: Connection) => void): () => void {
  let state = EMPTY_RUN;
  let source: EventSource | null = null;
  let wait = 500;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let frame = 0;
  const close = () => {
    source?.close();
    source = null;
    clearTimeout(timer);
  };
  const onMessage = ({ data }: MessageEvent<string>) => {
    state = applyChunk(state, JSON.parse(data) as Delivered);
    wait = 500;
    // Many chunks, one drawing.
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      show(state);
    });
    if (!OVER.includes(state.view.status)) return;
    close();
    say("over");
  };
  const onError = () => {
    if (OVER.includes(state.view.status)) return;
    say("broken");
    // The browser tries again by itself, unless the server answered with something else than a stream.
    if (source?.readyState !== EventSource.CLOSED) return;
    timer = setTimeout(open, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  };
  function open() {
    close();
    if (OVER.includes(state.view.status)) return;
    source = new EventSource(`/api/runs/${runId}/stream?after=${state.seq}`);
    source.onopen = () => say("live");
    source.onmessage = onMessage;
    source.onerror = onError;
  }
  window.addEventListener("online", open);
  open();
  return () => {
    window.removeEventListener("online", open);
    cancelAnimationFrame(frame);
    close();
  };
}
