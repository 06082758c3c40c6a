import type { TaskSpec } from "./agent";

/** What an agent says that has no answer; a question on a memo then stays open for a person. */
export const CANNOT_ANSWER = "The figures do not answer this.";

const BRIEF = `Answer the question of the first line about the venture of the first line, in at most six sentences. Call venture.performance first; call venture.levers when the question is what to do. Say what the figures say, name what they do not say, and propose nothing. If the figures do not answer the question, answer with exactly this sentence and say after it what you can answer: ${CANNOT_ANSWER}`;

const PLAN: TaskSpec["plan"] = [
  { id: "figures", title: "Look up the figures", tool: "venture.performance" },
  { id: "answer", title: "Answer", tool: null },
];

/** Questions of people: in the conversation on the growth page, and on a memo that the agent proposed. */
export const ASK_TASKS: Readonly<Record<"ask" | "answer", TaskSpec>> = {
  ask: { plan: PLAN, artefact: null, brief: BRIEF },
  answer: { plan: PLAN, artefact: null, brief: BRIEF },
};

const EXIT_BRIEF = BRIEF.replace(
  "Call venture.performance first; call venture.levers when the question is what to do.",
  "Call venture.readiness for readiness and what to do next, venture.data-room for due diligence, venture.exit-preparation for criteria, value, buyers and what could send the preparation back, venture.buyers for who may buy and why, venture.optimization-plan for what raises the value most, market.exit-window for timing, and venture.performance for any other metric.",
);

const EXIT_PLAN: TaskSpec["plan"] = [
  { id: "figures", title: "Look up the figures", tool: null },
  { id: "answer", title: "Answer", tool: null },
];

/** The same of the Exit Preparation Advisor: on the exit page, and on a memo that it proposed. */
export const EXIT_ASK_TASKS: Readonly<Record<"ask" | "answer", TaskSpec>> = {
  ask: { plan: EXIT_PLAN, artefact: null, brief: EXIT_BRIEF },
  answer: { plan: EXIT_PLAN, artefact: null, brief: EXIT_BRIEF },
};

const VALUE_BRIEF = BRIEF.replace(
  "Call venture.performance first; call venture.levers when the question is what to do.",
  "Call deals.list for bidders and where they stand, deals.compare-offers for what each offer brings the group and who converts, deals.negotiation for our positions and counters, and closing.status for conditions, signatures and days to the closing.",
);

/** The same of the Value Realization Manager: on the deal page, and on a memo about the sale. */
export const VALUE_ASK_TASKS: Readonly<Record<"ask" | "answer", TaskSpec>> = {
  ask: { plan: EXIT_PLAN, artefact: null, brief: VALUE_BRIEF },
  answer: { plan: EXIT_PLAN, artefact: null, brief: VALUE_BRIEF },
};

const COORDINATOR_BRIEF = BRIEF.replace(
  "Call venture.performance first; call venture.levers when the question is what to do.",
  "Call crew.outputs for what the crew has written, what waits for a decision, which alerts stand and where reports contradict each other, and stage.standing for substages, gates and criteria. What the specialists' data says in detail is theirs to answer.",
);

/** The same of the Active Venture Coordinator: on the stage page, and on a memo that it wrote. */
export const COORDINATOR_ASK_TASKS: Readonly<Record<"ask" | "answer", TaskSpec>> = {
  ask: { plan: EXIT_PLAN, artefact: null, brief: COORDINATOR_BRIEF },
  answer: { plan: EXIT_PLAN, artefact: null, brief: COORDINATOR_BRIEF },
};
