import { errorSentence } from "@/components/ui/error-sentence";

const SENTENCES: Readonly<Record<string, string>> = {
  NOTHING_DISTRIBUTED: "Nothing has been distributed in this currency yet.",
  NOTHING_NEW: "Every statement says what stands now. Nothing was frozen.",
  REASON_NEEDED: "A holder has a statement that says something else. Say why it is corrected.",
  NO_SUCH_LOT: "This lot is not among those that were sold. The page shows what stands now.",
  NO_STATEMENT: "Freeze the statements first.",
  CONFLICT: "Somebody changed this while you were at it. The page shows what stands now; look and try again.",
  IN_THE_PAST: "That day is over. Choose today or a later one.",
  REVOKED: "This access was taken back. To open it again the chairman decides anew.",
  EXPIRED: "The last day is over. To open it again the chairman decides anew.",
  OFFLINE: "No answer came. Nothing may have happened; look at the page before you try again.",
};
export const recordSentence = (code: string): string => errorSentence(code, SENTENCES);

/** "anna@example.com, ben@example.com" as addresses. */
export const addressesOf = (text: string): string[] => [
  ...new Set(
    text
      .split(/[\s,;]+/)
      .map((one) => one.trim().toLowerCase())
      .filter(Boolean),
  ),
];

export const DEED_WORDS: Readonly<Record<string, string>> = {
  entered: "came in",
  opened: "opened it",
  downloaded: "downloaded it",
};
