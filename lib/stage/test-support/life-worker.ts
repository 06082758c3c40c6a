/**
 * A process that executes runs by a clock that its test sets (LIFE_CLOCK: milliseconds ahead, in a file), and that may be
 * a later version of the product (LIFE_BODY=2): the body of the stage's run then takes one step more in every turn.
 */
import { readFileSync } from "node:fs";
import { useClock as setClock } from "@/lib/clock";
import { STAGE_TOPIC } from "@/lib/stage/mutations/run";
import { readStageMove } from "@/lib/stage/mutations/run-steps";
import { defineWorkflow, patched, receive, runStep } from "@/lib/workflows/engine";
import "@/lib/workflows/register";
import { takeStageMove } from "@/lib/workflows/stage";

const file = process.env.LIFE_CLOCK ?? "";
setClock({ now: () => new Date(Date.now() + Number(readFileSync(file, "utf8"))) });

async function later(runId: string): Promise<void> {
  for (;;) {
    if (await patched("second version")) await runStep("greet", () => Promise.resolve("second version"));
    const move = await runStep("look", ({ now }) => readStageMove(runId, now));
    if (move.kind === "end") return;
    if (move.kind === "wait") await receive(STAGE_TOPIC, move.seconds);
    else await takeStageMove(runId, move);
  }
}

if (process.env.LIFE_BODY === "2") defineWorkflow("stage40", later);
await import("@/lib/workflows/worker");
