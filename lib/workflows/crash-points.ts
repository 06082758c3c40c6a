import "server-only";
import { env } from "@/lib/env";

const store = globalThis as typeof globalThis & { __chairmanCrashPoints?: number };

/** Kill tests: the process dies, or freezes, without warning at the n-th boundary it passes. Never in production. */
export function crashPoint(runId: string): void {
  const { CRASH_AT, CRASH_IN, CRASH_WITH, NODE_ENV } = env();
  if (CRASH_AT === undefined || NODE_ENV === "production") return;
  if (CRASH_IN !== undefined && !runId.startsWith(CRASH_IN)) return;
  store.__chairmanCrashPoints = (store.__chairmanCrashPoints ?? 0) + 1;
  if (store.__chairmanCrashPoints === CRASH_AT) process.kill(process.pid, CRASH_WITH);
}
