import "server-only";
import { availableParallelism } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Worker } from "node:worker_threads";
import type { Words } from "./document-words";
import type { Told } from "./words-thread";

/** A document may keep a thread busy for so long and no longer. */
const MOST_MS = 30_000;
const MOST_MEGABYTES = 512;
/** A thread a core, and no more than a few: each may hold half a gigabyte. */
const LANES = Math.min(4, availableParallelism());

export type Read = { ok: true; words: Words | null } | { ok: false; problem: "timeout" | "broken" };
type Lane = { worker: Worker | null; tail: Promise<unknown>; waiting: number };

// Next evaluates modules repeatedly; threads are started once per process.
const store = globalThis as typeof globalThis & { __chairmanWordLanes?: Lane[] };
store.__chairmanWordLanes ??= Array.from({ length: LANES }, () => ({
  worker: null,
  tail: Promise.resolve(),
  waiting: 0,
}));
const lanes = store.__chairmanWordLanes;

function start(): Worker {
  // Asked of Node itself: a bundler would take the thread's file for a part of its bundle.
  const threads = process.getBuiltinModule("node:worker_threads");
  const root = process.cwd();
  const worker = new threads.Worker(path.join(root, "lib/integrations/documents/words-thread.ts"), {
    execArgv: ["--import", pathToFileURL(path.join(root, "scripts/resolve.mjs")).href],
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES },
    // It reads no setting and knows no secret.
    env: {},
    stdout: true,
    stderr: true,
  });
  worker.unref();
  return worker;
}

function ask(lane: Lane, type: string, bytes: Uint8Array): Promise<Read> {
  lane.worker ??= start();
  const { worker } = lane;
  return new Promise((resolve) => {
    const end = (read: Read, usable: boolean) => {
      clearTimeout(timer);
      worker.removeAllListeners("message");
      worker.removeAllListeners("error");
      worker.removeAllListeners("exit");
      if (usable) worker.unref();
      else {
        lane.worker = null;
        worker.on("error", () => undefined);
        void worker.terminate();
      }
      resolve(read);
    };
    const timer = setTimeout(() => end({ ok: false, problem: "timeout" }, false), MOST_MS);
    worker.ref();
    worker.once("message", (told: Told) =>
      end("words" in told ? { ok: true, words: told.words } : { ok: false, problem: "broken" }, true),
    );
    worker.once("error", () => end({ ok: false, problem: "broken" }, false));
    worker.once("exit", () => end({ ok: false, problem: "broken" }, false));
    const own =
      bytes.buffer.byteLength === bytes.byteLength && bytes.buffer instanceof ArrayBuffer ? [bytes.buffer] : [];
    worker.postMessage({ id: 0, type, bytes }, own);
  });
}

/** Reads a document's words in a thread with a limit of time and memory; one that exceeds it ends the thread, not us. The bytes go over to the thread. */
export function readWords(type: string, bytes: Uint8Array): Promise<Read> {
  const [lane] = lanes.toSorted((a, b) => a.waiting - b.waiting);
  if (!lane) return Promise.resolve({ ok: false, problem: "broken" });
  lane.waiting += 1;
  const next = lane.tail
    .then(() => ask(lane, type, bytes))
    .finally(() => {
      lane.waiting -= 1;
    });
  lane.tail = next.catch(() => undefined);
  return next;
}
