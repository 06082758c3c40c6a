import "server-only";
import { startRunIn } from "@/lib/agents/mutations/runs";
import { EXIT_TOPIC } from "@/lib/stage/mutations/exit-preparation";
import { judgeRound, keepBranch, readExitMove, stopExit } from "@/lib/stage/mutations/exit-rounds";
import { EXIT_BRANCHES } from "@/lib/stage/schema/exit";
import { agentActor, coordinatorActor } from "./agent-actor";
import { defineWorkflow, lastingStep, receive, runStep } from "./engine";
import { agentStep, whilePaused } from "./pause";
import { modelLabel } from "./run-runtime";

/**
 * Exit preparation (40.2), beside growth: at the profile's frequency the three branches look side by side, then the round
 * is judged. It lasts for months, so every message is only a reason to look again at what is stored.
 */
async function exitPreparation(preparationId: string): Promise<void> {
  for (;;) {
    const move = await lastingStep("look", ({ now }) => readExitMove(preparationId, now));
    if (move.kind === "end") return;
    if (move.kind === "wait") await receive(EXIT_TOPIC, move.seconds);
    else if (move.kind === "stop") await lastingStep("stop", ({ now }) => stopExit(preparationId, now));
    else await round(preparationId, move.round, move.ventureId);
  }
}

/** The branches begin in one order, so that a run that is taken up again knows their steps; none waits for another. */
async function round(preparationId: string, number: number, ventureId: string): Promise<void> {
  await whilePaused();
  const looks = await Promise.allSettled(
    EXIT_BRANCHES.map((branch) => runStep(branch, ({ now }) => keepBranch(preparationId, number, branch, now))),
  );
  for (const look of looks) if (look.status === "rejected") throw look.reason;
  const advisor = agentActor("exit", ventureId);
  const by = { advisor, coordinator: coordinatorActor(ventureId) };
  const run = { ventureId, agent: "exit", task: "prepare", model: modelLabel() };
  await agentStep("judge", ({ now }) =>
    judgeRound(preparationId, number, by, (tx) => startRunIn(tx, advisor, run, now), now),
  );
}

defineWorkflow("exitPreparation", exitPreparation);
