import { errorSentence } from "@/components/ui/error-sentence";

/** What a person reads for a refusal of a data room. */
const SENTENCES: Readonly<Record<string, string>> = {
  FROZEN: "The room is frozen: nothing in it can change until it is opened again.",
  FILE_TOO_LARGE: "This file is larger than the room takes.",
  CUT_SHORT: "The file arrived cut short. Try again.",
  GONE: "This document is no longer there.",
  NAME_UNSAFE: "The name holds signs that lead elsewhere on some computers. Rename the file and send it again.",
  NAME_HIDDEN_CHARACTERS: "The name holds signs that cannot be seen or turn the reading order. Rename the file.",
  NAME_RESERVED: "The name is a device's name on Windows. Rename the file.",
  NAME_TOO_LONG: "The name or its folders are too long.",
  TYPE_NOT_ALLOWED: "Files of this kind are not taken: they could run something when they are opened.",
  NOT_WHAT_IT_SAYS: "The file is not what its name says.",
  ACTIVE_CONTENT: "This is a web page or a drawing with script, whatever its name says.",
  EMPTY_FILE: "The file is empty.",
  PDF_ACTIVE: "This PDF runs a script or a program when it is opened. Print it into a new PDF and send that.",
  PDF_BROKEN: "This PDF is cut off or damaged.",
  IMAGE_TOO_LARGE: "This picture would unpack to more than any screen shows.",
  IMAGE_BROKEN: "This picture is damaged.",
  XML_ENTITIES: "This document declares entities that could read other files. Save it anew from its program.",
  ARCHIVE_BOMB: "This archive would unpack to far more than it should.",
  ARCHIVE_NESTED: "This archive holds another archive. Send its files one by one.",
  ARCHIVE_UNSAFE_NAMES: "This archive holds names that lead outside its folder.",
  ARCHIVE_BROKEN: "This archive is damaged.",
  EMPTY_ROOM: "There is nothing in the room yet.",
  NOT_FROZEN: "The room is not frozen.",
  NOTHING_LINKED: "Link the document that answers it first.",
  REASON_NEEDED: "Say why.",
  TOO_PRECISE: "The amount has more decimals than the currency.",
  ALREADY_APPROVED: "These terms are approved already.",
  NOT_APPROVED: "The chairman has not approved this group yet.",
  REVOKED: "Access was taken back.",
  EXPIRED: "Access has ended.",
  IN_THE_PAST: "The last day is over already. Choose a later one.",
  NAME_TAKEN: "There is a group of this name already.",
  NO_NDA: "Write the confidentiality text first: guests agree to it before they see anything.",
  WRONG_STATE: "The question has moved on since. Reload to see where it is.",
  OWN_DRAFT: "Somebody else than its writer approves an answer.",
  FORBIDDEN_BY_POLICY: "The policy forbids this.",
};

export const refusalText = (refusal: string): string => errorSentence(refusal, SENTENCES);

export const STANDING_WORDS = {
  there: { level: "healthy", word: "there" },
  absent: { level: "healthy", word: "none, with reason" },
  expired: { level: "warning", word: "expired" },
  missing: { level: "critical", word: "missing" },
  optional: { level: "unknown", word: "if any" },
} as const;

export const SEVERITY_WORDS = {
  critical: { level: "critical", word: "critical" },
  high: { level: "warning", word: "high" },
  medium: { level: "warning", word: "medium" },
  low: { level: "unknown", word: "low" },
} as const;

export const DEED_WORDS: Readonly<Record<string, string>> = {
  opened: "opened",
  downloaded: "downloaded",
  read: "read",
  asked: "asked about it",
};

export const dwellText = (seconds: number): string =>
  seconds < 60 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;

export function sizeText(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1_000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

const TYPE_NAMES: readonly (readonly [RegExp, string])[] = [
  [/pdf$/, "PDF"],
  [/wordprocessing|word\.document/, "Word"],
  [/spreadsheet|excel/, "Excel"],
  [/presentation/, "PowerPoint"],
  [/^image/, "Picture"],
  [/cfb$/, "Office 97"],
  [/rfc822$/, "E-mail"],
  [/zip$/, "Archive"],
  [/csv$/, "CSV"],
];
export const typeText = (type: string): string => TYPE_NAMES.find(([pattern]) => pattern.test(type))?.[1] ?? "Text";
