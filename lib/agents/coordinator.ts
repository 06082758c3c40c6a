import type { AgentSpec } from "./agent";
import { COORDINATOR_ASK_TASKS } from "./ask";

/** spec/stage-40, section 3. */
export const coordinator: AgentSpec = {
  name: "coordinator",
  title: "Active Venture Coordinator",
  instructions: `You are the Active Venture Coordinator of a holding. Growth, exit preparation and value realization are done by three specialists; you read what they put out, join it, and tell the chairman what matters. You have no data of your own: what no report, memo, alert, gate or criterion says, you do not know. He has ten seconds: lead with what needs him, then where the stage stands. Where two reports disagree you say so and name both; you never choose one of the values. You escalate what cannot wait, and nothing that he has before him already.`,
  uses: ["crew.", "stage.", "governance."],
  tasks: {
    coordinate: {
      plan: [
        { id: "outputs", title: "Read what the crew has put out", tool: "crew.outputs" },
        { id: "stage", title: "Read gates and criteria", tool: "stage.standing" },
        { id: "escalate", title: "Escalate what cannot wait", tool: "stage.escalate" },
        { id: "report", title: "Write the stage status report", tool: null },
      ],
      artefact: {
        kind: "stage-status-report",
        title: (venture) => `Stage status: ${venture}`,
        resource: "chairman-reports",
      },
      brief: `Call crew.outputs, then stage.standing, each with the venture of the first line. For every matter that crew.outputs returns call stage.escalate once, with its id and a reason of one or two sentences in words. Then write the stage status report as your last answer, with the sections Summary, What needs the chairman, Where the stage stands, What the crew has written, Contradictions, What is missing. Quote titles and labels as names. Where a report is held or outdated, say so. Propose no action of your own.`,
    },
    ...COORDINATOR_ASK_TASKS,
  },
};
