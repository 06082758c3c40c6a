import "server-only";
import { startRunIn } from "@/lib/agents/mutations/runs";
import { forecastForCycle, measureForCycle } from "@/lib/growth/mutations/cycle/cycle-report";
import {
  advanceCycle,
  beginAnalysis,
  closeCycle,
  readCycleMove,
  stopCycle,
} from "@/lib/growth/mutations/cycle/cycle-steps";
import { CYCLE_TOPIC, openDueCycle } from "@/lib/growth/mutations/cycle/cycles";
import { agentActor } from "./agent-actor";
import { defineWorkflow, lastingStep, receive, runStep } from "./engine";
import { agentStep } from "./pause";
import { modelLabel } from "./run-runtime";

/**
 * One turn of the growth loop: analyse, propose, decide, execute until the review, measure, learn; then the next turn
 * opens. It waits for months, so every message is only a reason to look again at what is stored.
 */
async function growthCycle(cycleId: string): Promise<void> {
  for (;;) {
    const move = await lastingStep("look", ({ now }) => readCycleMove(cycleId, now));
    if (move.kind === "end") return;
    if (move.kind === "wait") await receive(CYCLE_TOPIC, move.seconds);
    else if (move.kind === "stop") await lastingStep("stop", ({ now }) => stopCycle(cycleId, now));
    else await turn(cycleId, move);
  }
}

type Move = Awaited<ReturnType<typeof readCycleMove>>;

/** What moves the turn on: first the work that may be done twice, then the one commit that says it is done. */
async function turn(cycleId: string, move: Move): Promise<void> {
  const by = agentActor("growth", move.ventureId);
  if (move.kind === "analyse") {
    await agentStep("forecast", ({ now }) => forecastForCycle(cycleId, by.ref, now));
    const task = { agent: "growth", task: "analyse", model: modelLabel() };
    await agentStep("analyse", ({ now }) =>
      beginAnalysis(cycleId, now, (tx, ventureId) => startRunIn(tx, by, { ventureId, ...task }, now)),
    );
  } else if (move.kind === "advance") {
    const { to } = move;
    if (to === "learn") await agentStep("measure", ({ now }) => measureForCycle(cycleId, now));
    await agentStep(to, ({ now }) => advanceCycle(cycleId, to, now));
  } else await agentStep("close", ({ now }) => closeCycle(cycleId, by, now));
}

defineWorkflow("growthCycle", growthCycle);

/** Begins with stage 40, in the commit that opens it; the night looks again. */
async function growthLoop(ventureId: string): Promise<boolean> {
  return runStep("open", ({ now }) => openDueCycle(ventureId, now));
}

defineWorkflow("growthLoop", growthLoop);
