/** What a refusal means to the person who reads it. */
export const DOCUMENT_SENTENCES: Readonly<Record<string, string>> = {
  CONFLICT: "A newer version was written meanwhile. The page shows what stands now; look and try again.",
  NO_SUCH_OFFER: "That offer is not one of this bidder’s.",
  NO_SUCH_SUBJECT: "That holder or tranche is not one of this sale’s. Choose the offer first.",
  NO_SUCH_FIELD: "That is not something a person states; it comes from the terms or the records.",
  SAME_AS_BEFORE: "It would say the same as the newest version, so nothing was written.",
  ASKED_ALREADY: "A memo about this letter waits for the chairman already, and takes comments. One is enough.",
  MISSING_DATA: "Something is still missing, and a document with holes is not sent:",
  NOT_CLEARED: "The chairman has not let this version be sent.",
  DATE_IN_FUTURE: "That day lies in the future.",
  NOT_A_TEMPLATE: "A template is a Word file (.docx) or a text (.txt, .md).",
  UNKNOWN_PLACEHOLDERS: "The template asks for what it cannot have:",
  UNSAFE_FILE:
    "The file was refused: it is broken or not what it says, or holds macros, embedded files or links that load by themselves.",
  FILE_TOO_LARGE: "The file is too large: at most 2 MB, a text at most 60,000 letters.",
  FORBIDDEN_BY_POLICY: "The policy does not allow this to be asked.",
  INVALID_INPUT: "That was not taken; expected was:",
};

/** Refusals whose sentence goes on with what is named. */
export const NAMING: readonly string[] = ["MISSING_DATA", "UNKNOWN_PLACEHOLDERS", "INVALID_INPUT"];
