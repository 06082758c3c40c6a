import { errorSentence } from "@/components/ui/error-sentence";
import type { OcfRefusal } from "@/lib/cap-table/schema";

const REFUSALS: Readonly<Record<OcfRefusal, string>> = {
  UNREADABLE_FILE:
    "The archive is damaged or protected by a password. Nothing was kept; choose the JSON files instead.",
  NO_MANIFEST: "No Open Cap Format manifest among the files, or more than one. Choose all files of one package.",
  FILE_TOO_LARGE: "The package is larger than 50 MB. Nothing was kept.",
  NOT_PREVIEWED: "This import has no preview yet. Upload the files again.",
  ALREADY_APPLIED: "This import was already applied or taken back. Nothing was done twice.",
  ALREADY_IMPORTED: "These files are the cap table already. Nothing was changed.",
  STALE_PREVIEW: "The stored cap table changed after this preview. Upload the files again.",
  NOT_APPLIED: "This import is not applied, so there is nothing to take back.",
  BUILT_UPON: "A later package has replaced this one; take that back first.",
  REASON_REQUIRED: "Say why, so that the record makes sense later.",
  UNKNOWN_CLASS: "The cap table has no preferred class of this name any more. Reload the page.",
  UNKNOWN_SECURITY: "The cap table has no such SAFE or note any more. Reload the page.",
};

export const capTableSentence = (refusal: string): string => errorSentence(refusal, REFUSALS);
