/** What rules write for an exit when a person asks; the readiness report is the advisor's. */
export const EXIT_DOCUMENTS = [
  "due-diligence-package",
  "target-buyer-list",
  "exit-teaser",
  "information-memorandum",
] as const;
export type ExitDocument = (typeof EXIT_DOCUMENTS)[number];
