import type { LevelName } from "@/components/ui/level";
import type { ItemState, SignatureState } from "@/lib/closing/schema";

export const CLOSING_SENTENCES: Readonly<Record<string, string>> = {
  CONFLICT: "Somebody changed this while you were at it. The page shows what stands now; look and try again.",
  NOT_THERE_YET: "A checklist begins once the definitive agreement is approved.",
  ALREADY_OPEN: "This deal has a checklist already.",
  RELEASED: "The signatures are released; what was before closing stays as it was.",
  CYCLE: "That would be a circle, so nothing in it could ever begin:",
  NO_SUCH_ITEM: "An item is not there any more. The page shows what is.",
  DEPENDENCY_OPEN: "It waits for something that is still open:",
  DEPENDENT_DONE: "Something that waited for it is done already. Open that first:",
  POST_CLOSING: "What comes after closing cannot hold up what has to be there before:",
  DATE_IN_FUTURE: "That day lies in the future.",
  NO_EVIDENCE: "A condition is settled on evidence. Name a document or write a note for:",
  NO_SUCH_DOCUMENT: "That document is not in the venture’s data room.",
  NOT_A_CONDITION: "Only a condition is waived. Anything else is set to not applicable.",
  NOT_THEIRS: "This condition does not protect the buyer.",
  NOT_OURS: "This condition does not protect us.",
  BY_LAW: "The law asks for this; nobody can waive it.",
  ALREADY_WAIVED: "It is settled or waived already.",
  NOTHING_TO_UNDO: "There is nothing to take back.",
  NO_SUCH_SIGNATURE: "A signature is not there any more. The page shows what is.",
  WRONG_ORDER: "A packet goes out, comes back signed, and is held: one step at a time.",
  NAMED_TWICE: "There is a document of that title, or a signatory is named twice.",
  CONDITIONS_OPEN: "Conditions are open, so nothing is released:",
  NOT_HELD: "Signatures are not held yet:",
  CONDITION_STANDS:
    "A condition is not removed: it is settled on evidence, set to not applicable on evidence, or waived.",
  WAITED_FOR: "Something waits for it. Change that first:",
  STILL_HELD: "One of its signatures is held. Give it back first.",
  REPORT_HELD:
    "It says something else than another report, or than its figures say now. Write it anew first, or explain it.",
  STALE_REPORT: "There is a newer status update. Send that one.",
  FORBIDDEN_BY_POLICY: "The policy does not allow this to be asked.",
  OFFLINE: "No answer came. Nothing may have happened; look at the page before you try again.",
};
const NAMING = [
  "CYCLE",
  "DEPENDENCY_OPEN",
  "DEPENDENT_DONE",
  "POST_CLOSING",
  "NO_EVIDENCE",
  "CONDITIONS_OPEN",
  "NOT_HELD",
  "WAITED_FOR",
];
export const namesProblems = (code: string): boolean => NAMING.includes(code);

export const ITEM_LEVELS: Readonly<Record<ItemState, LevelName>> = {
  ...{ open: "unknown", "in-progress": "warning", done: "healthy", waived: "healthy", "not-applicable": "unknown" },
};
export const SIGNATURE_LEVELS: Readonly<Record<SignatureState, LevelName>> = {
  ...{ "not-sent": "unknown", out: "warning", signed: "warning", held: "healthy", released: "excellent" },
};
