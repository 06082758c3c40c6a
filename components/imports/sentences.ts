import { ERROR_SENTENCES } from "@/lib/error-sentences";
import type { AppErrorCode, FieldProblem } from "@/lib/errors";
import type { ImportKind, ImportRefusal } from "@/lib/imports/schema";

/** What happened, what was kept, what to do. */
const REFUSALS: Readonly<Record<ImportRefusal, string>> = {
  EMPTY_FILE: "The file has no rows. Nothing was kept; choose another file.",
  FILE_TOO_LARGE: "The file is larger than 50 MB. Split it by period or by kind and upload the parts.",
  NOT_A_TABLE: "No rows and columns were found. Export the sheet as CSV (UTF-8) or XLSX and upload that.",
  UNREADABLE_FILE:
    "The file is damaged, protected by a password, or of an old format. Save it again as XLSX or CSV and upload that.",
  TOO_MANY_ROWS: "More than a million rows. Split the file by period and upload the parts.",
  CELL_TOO_LARGE: "A cell holds more text than any spreadsheet can; often a quotation mark is never closed.",
  MAPPING_INCOMPLETE: "Some columns or questions are still open; each is named here.",
  NOT_PREVIEWED: "This import has no preview yet. Check the columns first.",
  ALREADY_APPLIED: "This import was already applied or taken back. Nothing was done twice.",
  NOT_APPLIED: "This import is not applied, so there is nothing to take back.",
  STALE_PREVIEW:
    "The stored data changed after this preview. Nothing was written; preview again to see what would change now.",
  BUILT_UPON: "Later work builds upon this import, so it cannot be taken back yet.",
  NOT_TAKEN: "The file does not fit what stands. Nothing was written; each point is named here.",
  SERVER_FAILED: "The server gave no rows. Nothing was kept.",
  NO_ROWS: "The tool answered, but with no rows that could be read as a table.",
  REASON_REQUIRED: "Say why, so that the record makes sense later.",
};

export function refusalSentence(refusal: string): string {
  const known: Readonly<Record<string, string>> = { ...ERROR_SENTENCES, ...REFUSALS };
  return known[refusal] ?? ERROR_SENTENCES["INTERNAL" satisfies AppErrorCode];
}

export const problemSentences = (problems: readonly FieldProblem[] | undefined): string[] =>
  (problems ?? []).map(({ expected }) => `Needed: ${expected}.`);

export const KIND_LABELS: Readonly<Record<ImportKind, string>> = {
  metrics: "Metrics",
  customers: "Customers",
  subscriptions: "Subscriptions",
  invoices: "Invoices",
  rates: "Exchange rates",
  buyers: "Buyers",
  comparables: "Comparables and precedents",
  offers: "Offers",
  checklist: "Closing checklist",
};

export const kindLabel = (kind: string): string =>
  kind === "cap_table" ? "Cap table" : (KIND_LABELS[kind as ImportKind] ?? kind);

export const STATUS_WORDS: Readonly<Record<string, string>> = {
  uploaded: "columns to check",
  previewed: "ready to apply",
  applying: "being applied",
  applied: "applied",
  failed: "failed",
  undone: "taken back",
};
