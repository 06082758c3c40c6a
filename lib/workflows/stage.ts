import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { handOffExits } from "@/lib/governance/mutations/retrospective";
import { logger } from "@/lib/logger";
import { issueCertificate } from "@/lib/stage/mutations/certificate";
import { proposePreparation } from "@/lib/stage/mutations/preparation-proposal";
import { STAGE_TOPIC } from "@/lib/stage/mutations/run";
import {
  beginGrowth,
  leaveStage,
  noteCriteria,
  noteStage,
  readStageMove,
  stopStage,
} from "@/lib/stage/mutations/run-steps";
import { openWaiting } from "@/lib/stage/mutations/signals";
import { coordinatorActor } from "./agent-actor";
import { defineWorkflow, lastingStep, receive } from "./engine";
import { agentStep } from "./pause";

/**
 * Stage 40 of a venture from its entry gate to its certificate, as one run: `stage40:<venture>:<n>`. Growth, preparation
 * and sale are runs of their own; this one joins them by the facts. It waits for years, so every message is only a reason
 * to look again at what is stored.
 */
async function stage40(runId: string): Promise<void> {
  for (;;) {
    const move = await lastingStep("look", ({ now }) => readStageMove(runId, now));
    if (move.kind === "end") return;
    if (move.kind === "wait") await receive(STAGE_TOPIC, move.seconds);
    else await takeStageMove(runId, move);
  }
}

type Move = Awaited<ReturnType<typeof readStageMove>>;

/** One move as one step; told twice, it finds what it did. */
export async function takeStageMove(runId: string, move: Move): Promise<void> {
  const by = coordinatorActor(move.ventureId);
  if (move.kind === "open") await agentStep("open", ({ now }) => openWaiting(runId, by, now));
  else if (move.kind === "grow") await agentStep("grow", ({ now }) => beginGrowth(runId, by, now));
  else if (move.kind === "note") await lastingStep("note", ({ now }) => noteStage(runId, now));
  else if (move.kind === "criteria") await lastingStep("criteria", ({ now }) => noteCriteria(runId, now));
  else if (move.kind === "prepare") await agentStep("prepare", ({ now }) => proposePreparation(runId, by, now));
  else if (move.kind === "certify") await agentStep("certify", ({ now }) => issueCertificate(runId, by, now));
  else if (move.kind === "exit") await agentStep("exit", ({ now }) => leave(runId, by, now));
  else await lastingStep("stop", ({ now }) => stopStage(runId, now));
}

/** The venture leaves, and its story is handed over to governance; what fails there is made good by night. */
async function leave(runId: string, by: Actor, now: Date): Promise<void> {
  await leaveStage(runId, by, now);
  await handOffExits(now).catch((error: unknown) => logger.error({ err: error }, "An exit was not handed over"));
}

defineWorkflow("stage40", stage40);
