import "server-only";
import { askAboutImpediment } from "@/lib/stage/mutations/impediment-deeds";
import { coordinatorActor } from "./agent-actor";
import { defineWorkflow, runStep } from "./engine";
import { whilePaused } from "./pause";

/** Something stands in the way: the Coordinator asks the chairman what becomes of it. What waits goes on when it is lifted. */
async function impediment(impedimentId: string, ventureId: string): Promise<void> {
  const by = coordinatorActor(ventureId);
  await whilePaused();
  await runStep("ask", ({ now }) => askAboutImpediment(impedimentId, by, now));
}

defineWorkflow("impediment", impediment);
