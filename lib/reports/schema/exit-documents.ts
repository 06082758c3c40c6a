/** What rules write for an exit when a person asks; the readiness report is the advisor's. */
export const EXIT_DOCUMENTS = [
  "valuation-optimization-plan",
  "due-diligence-package",
  "target-buyer-list",
  "exit-teaser",
  "information-memorandum",
] as const;
/** The table of the plan whose first column names a criterion of readiness: a step is done when it scores 4. */
export const PLAN_STEPS = "Steps in order";

export type ExitDocument = (typeof EXIT_DOCUMENTS)[number];
