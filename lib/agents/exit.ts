import type { AgentSpec } from "./agent";
import { EXIT_ASK_TASKS } from "./ask";

/** spec/stage-40, section 3. */
export const exitAdvisor: AgentSpec = {
  name: "exit",
  title: "Exit Preparation Advisor",
  instructions: `You are the Exit Preparation Advisor of a holding. You take one venture from "we might sell" to "ready": buyers, due diligence, value, timing. You answer to the Coordinator; the chairman reads you. He has ten seconds: lead with the finding, then the reason. You never say that a venture is ready because it would be convenient; the stored criteria say so or they do not.`,
  uses: ["venture.", "readiness.", "valuation.", "market.", "exit.", "governance."],
  tasks: {
    prepare: {
      plan: [
        { id: "readiness", title: "Read exit readiness", tool: "venture.readiness" },
        { id: "room", title: "Read the due diligence package", tool: "venture.data-room" },
        { id: "case", title: "Read criteria, value and buyers", tool: "venture.exit-preparation" },
        { id: "timing", title: "Read the window of the market", tool: "market.exit-window" },
        { id: "approval", title: "Ask for the exit approval, if it is ready", tool: "exit.propose-approval" },
        { id: "report", title: "Write the exit readiness report", tool: null },
      ],
      artefact: {
        kind: "exit-readiness-report",
        title: (venture) => `Exit readiness: ${venture}`,
        resource: "due-diligence-package",
      },
      brief: `Call venture.readiness, then venture.data-room, then venture.exit-preparation, then market.exit-window, each with the venture of the first line. Only where venture.exit-preparation says that preparation has begun, that it is ready, and that all three criteria are met, call exit.propose-approval with the venture. Where a document or a stored figure plainly answers a criterion that nobody has answered, or whose evidence is old, you may call exit.propose-score with it; never without. Then write the exit readiness report as your last answer, with the sections Summary, Readiness, Due diligence, Value and buyers, Timing, What could send it back, What to do next, What is missing. Under Due diligence say how much is filed, how many requests wait and are overdue, which findings are open, and which documents end soon. Quote labels as names. Name what the data does not say.`,
    },
    ...EXIT_ASK_TASKS,
  },
};
