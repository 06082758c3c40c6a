import "server-only";
import { REALIZATION_TOPIC } from "@/lib/stage/mutations/realization";
import {
  askAboutSale,
  askForBackups,
  enterPhase,
  finishRealization,
  readRealizationMove,
  stopRealization,
  takeFallen,
} from "@/lib/stage/mutations/realization-steps";
import { agentActor, coordinatorActor } from "./agent-actor";
import { reviewAfterMemo } from "./deal-review";
import { defineWorkflow, lastingStep, receive } from "./engine";
import { agentStep } from "./pause";

/**
 * Value realization (40.3): from the approved exit to the last cent of the contingent tail. It follows the facts of deals,
 * closing and ledger, forth and back, for up to years, so every message is only a reason to look again at what is stored.
 */
async function valueRealization(realizationId: string): Promise<void> {
  for (;;) {
    const move = await lastingStep("look", ({ now }) => readRealizationMove(realizationId, now));
    if (move.kind === "end") return;
    if (move.kind === "wait") await receive(REALIZATION_TOPIC, move.seconds);
    else if (move.kind === "stop") await lastingStep("stop", ({ now }) => stopRealization(realizationId, now));
    else await follow(realizationId, move);
  }
}

type Move = Awaited<ReturnType<typeof readRealizationMove>>;

async function follow(realizationId: string, move: Move): Promise<void> {
  const { ventureId } = move;
  if (move.kind === "fallen") {
    const fallen = await lastingStep("fallen", ({ now }) =>
      takeFallen(realizationId, move.dealId, { key: `${realizationId}:${move.cause}`, now }),
    );
    if (fallen?.backup.kind !== "candidates") return;
    await agentStep("backups", ({ now }) => askForBackups(agentActor("exit", ventureId), ventureId, fallen, now));
  } else if (move.kind === "ask") {
    const by = coordinatorActor(ventureId);
    await agentStep("ask", ({ now }) => askAboutSale(realizationId, move.rollback, by, now));
  } else if (move.kind === "phase") {
    await lastingStep("phase", ({ now }) => enterPhase(realizationId, move.to, now));
    await agentStep("review", ({ now }) => reviewAfterMemo(agentActor("value", ventureId), ventureId, now));
  } else await lastingStep("finish", ({ now }) => finishRealization(realizationId, now));
}

defineWorkflow("valueRealization", valueRealization);
