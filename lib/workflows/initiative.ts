import "server-only";
import { concludeReview, measureReview, readFollowMove } from "@/lib/growth/mutations/initiatives/initiative-measure";
import { INITIATIVE_TOPIC } from "@/lib/growth/mutations/initiatives/initiative-row";
import { agentActor } from "./agent-actor";
import { defineWorkflow, lastingStep, receive } from "./engine";
import { agentStep } from "./pause";

/** Follows one initiative: measures it on each review date, draws the consequence, and waits for the next. */
async function initiative(initiativeId: string): Promise<string> {
  for (;;) {
    const { move, ventureId } = await lastingStep("look", ({ now }) => readFollowMove(initiativeId, now));
    if (move.kind === "end") return move.status;
    if (move.kind === "wait") await receive(INITIATIVE_TOPIC, move.seconds);
    else if (move.kind === "measure") {
      await lastingStep("measure", ({ now }) => measureReview(initiativeId, move.reviewOn, now));
    } else {
      await agentStep("conclude", ({ now }) =>
        concludeReview(agentActor("growth", ventureId), initiativeId, move.reviewOn, now),
      );
    }
  }
}

defineWorkflow("initiative", initiative);
