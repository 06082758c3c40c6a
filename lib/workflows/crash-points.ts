import "server-only";
import { env } from "@/lib/env";

/** By the beginning of an id the runs that began so, and what each has passed; and those that stand still. */
type Passages = { passed: Map<string, Map<string, number>>; held: Set<string> };
const store = globalThis as typeof globalThis & { __chairmanCrashPoints?: Passages };

function passages(): Passages {
  store.__chairmanCrashPoints ??= { passed: new Map(), held: new Set() };
  return store.__chairmanCrashPoints;
}

/**
 * Kill tests: at the n-th boundary that a run passes its process dies or freezes without warning, or the run stands still
 * and says so, until its process is killed from outside with all that stand in it. Never in production.
 */
export async function crashPoint(runId: string): Promise<void> {
  const { CRASH_AT, CRASH_WITH, NODE_ENV } = env();
  if (!CRASH_AT || NODE_ENV === "production") return;
  // A run stands still as a whole, whatever it does side by side.
  if (passages().held.has(runId)) await standStill(runId);
  for (const [beginning, boundaries] of Object.entries(CRASH_AT)) {
    if (!runId.startsWith(beginning) || !isReached(beginning, runId, boundaries)) continue;
    if (CRASH_WITH !== "HOLD") process.kill(process.pid, CRASH_WITH);
    else await standStill(runId);
  }
}

/** One boundary: whichever run passes it. Several: each run takes the next of them as its own. */
function isReached(beginning: string, runId: string, boundaries: readonly number[]): boolean {
  const passed = passages().passed.get(beginning) ?? new Map<string, number>();
  passages().passed.set(beginning, passed);
  passed.set(runId, (passed.get(runId) ?? 0) + 1);
  const [only, ...more] = boundaries;
  if (more.length === 0) return [...passed.values()].reduce((sum, count) => sum + count, 0) === only;
  return passed.get(runId) === boundaries[[...passed.keys()].indexOf(runId)];
}

function standStill(runId: string): Promise<never> {
  passages().held.add(runId);
  process.stdout.write(`held ${runId}\n`);
  return new Promise(() => undefined);
}
