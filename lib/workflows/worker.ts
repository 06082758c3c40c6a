/** A process that only executes: `node --import ./scripts/resolve.mjs lib/workflows/worker.ts`. Several share one database. */
import { flushCompileCache } from "node:module";
import { disconnect } from "@/lib/db";
import { beginDigest } from "./digest";
import { launchEngine, stopEngine } from "./engine";
import "./register";
import { beginWatch } from "./watch";
import { beginWeekly } from "./weekly-report";

process.env.ROLE ??= "worker";
await launchEngine();
await beginWatch();
await beginWeekly();
await beginDigest();
process.stdout.write("ready\n");
// For the next start, even if this process is killed.
flushCompileCache();

// The heartbeat does not keep a process alive; this does.
const alive = setInterval(() => undefined, 60_000);

async function stop(): Promise<void> {
  clearInterval(alive);
  await stopEngine();
  await disconnect();
  process.exit(0);
}

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void stop());
