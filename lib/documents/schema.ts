import { z } from "zod";

/** In the order in which a sale needs them. */
export const DOCUMENT_KINDS = [
  "teaser",
  "nda",
  "loi",
  "counter-offer",
  "board-consent",
  "closing-certificate",
  "funds-flow",
  "distribution-notice",
  "release-letter",
] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

export const KIND_NAMES: Readonly<Record<DocumentKind, string>> = {
  teaser: "Teaser",
  nda: "Confidentiality agreement",
  loi: "Letter of intent",
  "counter-offer": "Counter-offer",
  "board-consent": "Board consent",
  "closing-certificate": "Closing certificate",
  "funds-flow": "Funds-flow memorandum",
  "distribution-notice": "Distribution notice",
  "release-letter": "Release letter",
};

export const kindOfDocument = (given: string): DocumentKind =>
  DOCUMENT_KINDS.find((kind) => kind === given) ?? "counter-offer";

export const DOCUMENT_STATES = ["draft", "approved to send", "sent", "superseded"] as const;
export type DocumentState = (typeof DOCUMENT_STATES)[number];

export const TEMPLATE_LIMITS = { letters: 60_000, lines: 1_500, depth: 4, problems: 20, fileBytes: 2_097_152 } as const;

const version = z.int().positive();

export const writeDocumentSchema = z.strictObject({
  dealId: z.uuid(),
  kind: z.enum(DOCUMENT_KINDS),
  /** The offer whose terms it is written from. */
  offer: z.strictObject({ offerId: z.uuid(), version }).nullable(),
  /** To which holder, or about which tranche: an id of what stands on the page. */
  about: z.string().trim().max(80).nullable(),
});
export type WriteDocument = z.infer<typeof writeDocumentSchema>;

export const rewriteDocumentSchema = z.strictObject({ documentId: z.uuid(), version });
export type RewriteDocument = z.infer<typeof rewriteDocumentSchema>;

export const statePartsSchema = z.strictObject({
  dealId: z.uuid(),
  /** By field; empty takes back what was said. */
  parts: z.record(z.string().max(80), z.string().trim().max(400)),
});
export type StateParts = z.infer<typeof statePartsSchema>;

export const askSendingSchema = z.strictObject({
  documentId: z.uuid(),
  version,
  rationale: z.string().trim().min(10, { error: "why now, in a sentence or two" }).max(1_200),
});
export type AskSending = z.infer<typeof askSendingSchema>;

export const recordSentSchema = z.strictObject({ documentId: z.uuid(), version, on: z.iso.date() });
export type RecordSent = z.infer<typeof recordSentSchema>;

const template = {
  kind: z.enum(DOCUMENT_KINDS),
  fileName: z.string().trim().min(1).max(200),
  /** Of a Word file as base64, of a text as it is. */
  content: z.string().min(1).max(3_000_000),
};
export const previewTemplateSchema = z.strictObject(template);
export const keepTemplateSchema = z.strictObject({
  ...template,
  /** The newest version of the kind that the person saw; 0: none. */
  newest: z.int().min(0),
  note: z.string().trim().max(300),
});
export type PreviewTemplate = z.infer<typeof previewTemplateSchema>;
export type KeepTemplate = z.infer<typeof keepTemplateSchema>;

export const documentFileSchema = z.object({
  documentId: z.uuid(),
  version: z.coerce.number().int().positive(),
  format: z.enum(["docx", "pdf", "csv"]),
});
export const redlineFileSchema = z.object({
  documentId: z.uuid(),
  from: z.coerce.number().int().positive(),
  to: z.coerce.number().int().positive(),
});

export type DocumentRefusal =
  | "CONFLICT"
  | "NO_SUCH_OFFER"
  | "NO_SUCH_SUBJECT"
  | "NO_SUCH_FIELD"
  | "SAME_AS_BEFORE"
  | "MISSING_DATA"
  | "NOT_CLEARED"
  | "ASKED_ALREADY"
  | "DATE_IN_FUTURE"
  | "NOT_A_TEMPLATE"
  | "UNKNOWN_PLACEHOLDERS"
  | "UNSAFE_FILE"
  | "FILE_TOO_LARGE";
