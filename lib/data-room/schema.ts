import { z } from "zod";

export const DEAL_TYPES = ["share-sale", "asset-sale", "minority-investment"] as const;
export type DealType = (typeof DEAL_TYPES)[number];
export const DEAL_WORDS: Readonly<Record<DealType, string>> = {
  "share-sale": "Sale of all shares",
  "asset-sale": "Sale of assets",
  "minority-investment": "Sale of a minority",
};

export const SEVERITIES = ["critical", "high", "medium", "low"] as const;
export type Severity = (typeof SEVERITIES)[number];

export const SECTION_COUNT = 18;
/** As many as one drop may hold. */
export const MAX_FILES_AT_ONCE = 500;

const line = (most: number) => z.string().trim().min(1, "some text").max(most, `at most ${most} characters`);
const text = (most: number) => z.string().trim().max(most, `at most ${most} characters`);
const version = z.int().positive();
const day = z.iso.date("a day as YYYY-MM-DD");
const section = z.int().min(1).max(SECTION_COUNT);

export const openRoomSchema = z.object({ ventureId: z.uuid(), dealType: z.enum(DEAL_TYPES) });
export type OpenRoom = z.output<typeof openRoomSchema>;

export const uploadSchema = z.object({
  roomId: z.uuid(),
  /** Folders and name, parted by "/". */
  path: z.string().min(1, "a file name").max(1_024, "at most 1,024 characters"),
  /** Where it belongs; left out: by the names of its folders, or unsorted. */
  itemId: z.uuid().optional(),
  /** The next version of this document. */
  documentId: z.uuid().optional(),
});
export type Upload = z.output<typeof uploadSchema>;

const documentRead = { documentId: z.uuid(), version };
const documents = z
  .array(z.object(documentRead))
  .min(1)
  .max(MAX_FILES_AT_ONCE, `at most ${MAX_FILES_AT_ONCE} documents at once`)
  .refine((reads) => new Set(reads.map(({ documentId }) => documentId)).size === reads.length, "each document once");
export const placeSchema = z.object({ documents, itemId: z.uuid().nullable() });
export type Place = z.output<typeof placeSchema>;
export const describeSchema = z.object({ ...documentRead, title: line(200), expiresOn: day.nullable() });
export type Describe = z.output<typeof describeSchema>;
export const removeDocumentsSchema = z.object({ documents, reason: line(300) });
export type RemoveDocuments = z.output<typeof removeDocumentsSchema>;
export const restoreDocumentsSchema = z.object({ documents });
export type RestoreDocuments = z.output<typeof restoreDocumentsSchema>;

/** `because` is null where it is expected again. */
export const absentSchema = z.object({ itemId: z.uuid(), because: line(300).nullable() });
export type Absent = z.output<typeof absentSchema>;
export const addItemSchema = z.object({ roomId: z.uuid(), section, title: line(160), required: z.boolean() });
export type AddItem = z.output<typeof addItemSchema>;
export const sectionOwnerSchema = z.object({ roomId: z.uuid(), section, ownerId: z.uuid().nullable() });
export type SectionOwner = z.output<typeof sectionOwnerSchema>;

export const addRequestsSchema = z.object({
  roomId: z.uuid(),
  source: line(80),
  dueOn: day.nullable(),
  /** One request a line, as lists come; a leading number is cut off. */
  lines: z.string().trim().min(1, "at least one request").max(40_000),
});
export type AddRequests = z.output<typeof addRequestsSchema>;
const requestRead = { requestId: z.uuid(), version };
export const linkRequestSchema = z.object({
  ...requestRead,
  documentIds: z.array(z.uuid()).max(50),
  itemId: z.uuid().nullable(),
});
export type LinkRequest = z.output<typeof linkRequestSchema>;
export const closeRequestSchema = z.object({
  ...requestRead,
  status: z.enum(["open", "answered", "refused"]),
  reason: text(300),
});
export type CloseRequest = z.output<typeof closeRequestSchema>;

export const addFindingSchema = z.object({
  roomId: z.uuid(),
  section,
  documentId: z.uuid().nullable(),
  title: line(160),
  detail: text(2_000),
  severity: z.enum(SEVERITIES),
  /** What it takes off the price, in the venture's currency; null where nobody can say yet. */
  priceEffect: z
    .string()
    .trim()
    .regex(/^\d{1,15}(\.\d{1,4})?$/, "an amount such as 250000")
    .nullable(),
});
export type AddFinding = z.output<typeof addFindingSchema>;
export const settleFindingSchema = z.object({
  findingId: z.uuid(),
  version,
  status: z.enum(["open", "mitigated", "accepted"]),
  resolution: line(1_000),
});
export type SettleFinding = z.output<typeof settleFindingSchema>;

export const freezeSchema = z.object({ roomId: z.uuid(), version, reason: line(300) });
export type Freeze = z.output<typeof freezeSchema>;
export const reopenSchema = z.object({ roomId: z.uuid(), reason: line(300) });
export type Reopen = z.output<typeof reopenSchema>;

export const roomParamsSchema = z.object({ roomId: z.uuid() });
export const versionParamsSchema = z.object({ versionId: z.uuid() });
export const archiveParamsSchema = z.object({ archiveId: z.uuid() });
export const roomTableSchema = z.object({
  roomId: z.uuid(),
  table: z.enum(["index", "documents", "requests", "findings", "questions", "engagement"]),
  format: z.enum(["csv", "xlsx"]),
});
