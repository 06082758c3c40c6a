import "server-only";
import { type Delivered, forReader } from "../run-stream";
import { findPosition, listChunks } from "./chunks";
import { subscribe } from "./run-feed";
import { TERMINAL } from "./runs";

export type ReaderOptions = {
  /** May see the sentences that were refused. */
  seesRefused: boolean;
  heartbeatMs?: number;
  /** Then the connection ends and the browser comes again, so that a revoked session reads no further. */
  lifetimeMs?: number;
};

const BATCH = 200;
const encoder = new TextEncoder();

const event = (delivered: Delivered): string => `id: ${delivered.seq}\ndata: ${JSON.stringify(delivered)}\n\n`;

/**
 * The run's chunks after `after` as server-sent events, from the store first and then as they come. Reads on only when
 * the reader has taken what there is; ends when the run has.
 */
export function runEvents(runId: string, after: number, options: ReaderOptions): ReadableStream<Uint8Array> {
  const { seesRefused, heartbeatMs = 15_000, lifetimeMs = 300_000 } = options;
  const subscription = subscribe(runId);
  const until = performance.now() + lifetimeMs;
  let last = after;
  let closed = false;
  const pull = async (controller: ReadableStreamDefaultController<Uint8Array>) => {
    const silentSince = performance.now();
    while (!closed) {
      const chunks = await listChunks(runId, last, BATCH);
      if (chunks.length > 0) {
        last = chunks.at(-1)?.seq ?? last;
        controller.enqueue(encoder.encode(chunks.map((chunk) => event(forReader(chunk, seesRefused))).join("")));
        return;
      }
      if ((await isOver(runId, last)) || performance.now() >= until) return end(controller);
      const silence = performance.now() - silentSince;
      if (silence >= heartbeatMs) return controller.enqueue(encoder.encode(": still here\n\n"));
      await subscription.next(heartbeatMs - silence);
    }
  };
  const close = () => {
    closed = true;
    subscription.close();
  };
  const end = (controller: ReadableStreamDefaultController<Uint8Array>) => {
    close();
    controller.close();
  };
  const start = (controller: ReadableStreamDefaultController<Uint8Array>) =>
    controller.enqueue(encoder.encode("retry: 1000\n\n"));
  return new ReadableStream({ start, pull, cancel: close }, { highWaterMark: 1 });
}

async function isOver(runId: string, last: number): Promise<boolean> {
  const position = await findPosition(runId);
  return !position || (TERMINAL.includes(position.status) && position.lastSeq <= last);
}
