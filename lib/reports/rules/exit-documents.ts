import type { ReportBlock } from "../schema";
import type { ExitDocument } from "../schema/exit-documents";
import { buyerBlocks } from "./exit/buyer-list";
import { memorandumBlocks, teaserBlocks } from "./exit/drafts";
import type { ExitDocumentFacts } from "./exit/facts";
import { packageBlocks } from "./exit/package";
import { planBlocks } from "./exit/plan";
import { readinessBlocks } from "./exit/readiness";

/** The documents of exit preparation: templates over stored figures. */

const BLOCKS: Readonly<Record<ExitDocument, (facts: ExitDocumentFacts) => ReportBlock[]>> = {
  "exit-readiness-report": readinessBlocks,
  "valuation-optimization-plan": planBlocks,
  "due-diligence-package": packageBlocks,
  "target-buyer-list": buyerBlocks,
  "exit-teaser": teaserBlocks,
  "information-memorandum": memorandumBlocks,
};
const TITLES: Readonly<Record<ExitDocument, (venture: string) => string>> = {
  "exit-readiness-report": (venture) => `Exit readiness: ${venture}`,
  "valuation-optimization-plan": (venture) => `Valuation optimization plan: ${venture}`,
  "due-diligence-package": (venture) => `Due diligence package: ${venture}`,
  "target-buyer-list": (venture) => `Target buyers of ${venture}`,
  "exit-teaser": () => "Teaser, draft",
  "information-memorandum": (venture) => `Information memorandum, draft: ${venture}`,
};

export const exitDocument = (
  kind: ExitDocument,
  facts: ExitDocumentFacts,
): { title: string; blocks: ReportBlock[] } => ({
  title: TITLES[kind](facts.venture),
  blocks: BLOCKS[kind](facts),
});
