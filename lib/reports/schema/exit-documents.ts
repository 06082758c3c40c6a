/** What rules write for an exit when a person asks; the advisor writes versions of the readiness report as well. */
export const EXIT_DOCUMENTS = [
  "exit-readiness-report",
  "valuation-optimization-plan",
  "due-diligence-package",
  "target-buyer-list",
  "exit-teaser",
  "information-memorandum",
] as const;
export type ExitDocument = (typeof EXIT_DOCUMENTS)[number];
