/** The body of the thread that reads documents; lib/integrations/documents/read-words.ts starts and ends it. */
import { parentPort } from "node:worker_threads";
import { type Words, wordsOf } from "./document-words";

export type Ask = { id: number; type: string; bytes: Uint8Array };
export type Told = { id: number; words: Words | null } | { id: number; problem: string };

parentPort?.on("message", ({ id, type, bytes }: Ask) => {
  wordsOf(type, bytes).then(
    (words) => parentPort?.postMessage({ id, words } satisfies Told),
    (error: unknown) =>
      parentPort?.postMessage({ id, problem: error instanceof Error ? error.name : "unknown" } satisfies Told),
  );
});
