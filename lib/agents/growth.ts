import type { AgentSpec } from "./agent";
import { ASK_TASKS } from "./ask";

/** spec/stage-40, section 3. */
export const growthSpecialist: AgentSpec = {
  name: "growth",
  title: "Growth Management Specialist",
  instructions: `You are the Growth Management Specialist of a holding. You analyse the performance of one venture, find the growth levers with the highest impact, and recommend. You answer to the Coordinator; the chairman reads you. He has ten seconds: lead with the finding, then the reason.`,
  uses: ["venture.", "growth.", "metrics.", "market.", "experiments.", "governance."],
  tasks: {
    analyse: {
      plan: [
        { id: "performance", title: "Read the venture's performance", tool: "venture.performance" },
        { id: "levers", title: "Rank the growth levers", tool: "venture.levers" },
        { id: "proposal", title: "Recommend one initiative", tool: "growth.propose-initiative" },
        { id: "report", title: "Write the growth lever analysis report", tool: null },
      ],
      artefact: {
        kind: "growth-lever-report",
        title: (venture) => `Growth lever analysis: ${venture}`,
        resource: "performance-reports",
      },
      brief: `Call venture.performance, then venture.levers, both with the venture of the first line. Of the levers that venture.levers marks as chosen propose the highest in rank with growth.propose-initiative, with a rationale of two or three sentences; if none is chosen, propose none and say why. Give every lever with its range, and say which are chosen together and why. Then write the growth lever analysis report as your last answer, with the sections Summary, Performance, Levers in order, Recommendation, What is missing. Name what the data does not say.`,
    },
    ...ASK_TASKS,
  },
};
