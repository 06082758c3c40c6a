import "server-only";
import { agentOf } from "@/lib/agents/crew";
import { mintActor } from "@/lib/auth/actor";
import { concludeReview, measureReview, readFollowMove } from "@/lib/growth/mutations/initiative-measure";
import { INITIATIVE_TOPIC } from "@/lib/growth/mutations/initiative-row";
import { defineWorkflow, receive, runStep } from "./engine";

/** Who proposes to pause what does not pay: the specialist itself, on its own venture. */
const specialist = (ventureId: string) =>
  mintActor({
    id: "agent:growth",
    ref: "agent:growth",
    name: agentOf("growth").title,
    role: "analyst",
    ventures: [ventureId],
    sessionId: null,
    steppedUpAt: null,
  });

/** Follows one initiative: measures it on each review date, draws the consequence, and waits for the next. */
async function initiative(initiativeId: string): Promise<string> {
  for (;;) {
    const { move, ventureId } = await runStep("look", ({ now }) => readFollowMove(initiativeId, now));
    if (move.kind === "end") return move.status;
    if (move.kind === "wait") await receive(INITIATIVE_TOPIC, move.seconds);
    else if (move.kind === "measure") {
      await runStep("measure", ({ now }) => measureReview(initiativeId, move.reviewOn, now));
    } else {
      await runStep("conclude", ({ now }) => concludeReview(specialist(ventureId), initiativeId, move.reviewOn, now));
    }
  }
}

defineWorkflow("initiative", initiative);
