import { z } from "zod";
import { day, someWords, words } from "@/lib/deals/schema/deal";

/** In the order in which a closing goes. */
export const GROUPS = [
  "corporate-approvals",
  "regulatory",
  "third-party-consents",
  "financing",
  "employment",
  "tax",
  "escrow-and-funds-flow",
  "deliverables",
  "post-closing",
] as const;
export type Group = (typeof GROUPS)[number];

export const PARTIES = ["buyer", "seller", "company", "counsel", "bank"] as const;
export type Party = (typeof PARTIES)[number];

/** Whom a condition protects. What the law asks for nobody can give up. */
export const BENEFITS = ["ours", "theirs", "both", "law"] as const;
export type Benefit = (typeof BENEFITS)[number];
export const SIDES = ["ours", "theirs"] as const;
export type Side = (typeof SIDES)[number];

export const ITEM_STATES = ["open", "in-progress", "done", "waived", "not-applicable"] as const;
export type ItemState = (typeof ITEM_STATES)[number];
/** What a person sets; "waived" follows from the waivers. */
export const SET_STATES = ["open", "in-progress", "done", "not-applicable"] as const;

export const TEMPLATES = ["share-sale", "asset-sale"] as const;
export type TemplateName = (typeof TEMPLATES)[number];

export const taskSchema = z.strictObject({
  group: z.enum(GROUPS),
  title: someWords(3, 200, "what is to be done, in a few words"),
  party: z.enum(PARTIES),
  /** Who of them; empty is nobody yet. */
  person: words(120),
  dueOn: day.nullable(),
  /** Calendar days that it takes once nothing holds it up; null is not known. */
  days: z.int().min(0).max(1_000).nullable(),
  /** A condition precedent: without it nobody has to close. Null: not a condition. */
  condition: z.enum(BENEFITS).nullable(),
});
export type Task = z.infer<typeof taskSchema>;

export const evidenceSchema = z.strictObject({
  documentId: z.uuid().nullable(),
  note: words(300),
  on: day,
});
export type Evidence = z.infer<typeof evidenceSchema>;

const sizes = z.strictObject({
  /** In US dollars: annual net sales or total assets, whichever is larger, of the ultimate parent. Null is not known. */
  value: z
    .string()
    .regex(/^\d{1,15}(\.\d{1,2})?$/, { error: "an amount in US dollars such as 26800000" })
    .nullable(),
  source: words(200),
});
export const regulatorySchema = z.strictObject({
  /** What the buyer will hold, in US dollars, as valued for the filing; null takes the headline of the agreed offer. */
  transaction: sizes,
  acquirer: sizes,
  target: sizes,
});
export type Regulatory = z.infer<typeof regulatorySchema>;
const NOT_SAID = { value: null, source: "" };
export const NO_SIZES: Regulatory = { transaction: NOT_SAID, acquirer: NOT_SAID, target: NOT_SAID };

const read = { dealId: z.uuid(), version: z.int().positive() };
const item = { itemId: z.uuid(), version: z.int().positive() };

export const openClosingSchema = z.strictObject({ dealId: z.uuid(), template: z.enum(TEMPLATES) });
export type OpenClosing = z.infer<typeof openClosingSchema>;

const after = z.array(z.uuid()).max(40);
export const addItemSchema = z.strictObject({ dealId: z.uuid(), task: taskSchema, after });
export type AddItem = z.infer<typeof addItemSchema>;
export const editItemSchema = z.strictObject({ ...item, task: taskSchema, after });
export type EditItem = z.infer<typeof editItemSchema>;

export const setStatesSchema = z.strictObject({
  dealId: z.uuid(),
  items: z
    .array(z.strictObject({ id: z.uuid(), version: z.int().positive() }))
    .min(1)
    .max(200),
  state: z.enum(SET_STATES),
  evidence: evidenceSchema.nullable(),
});
export type SetStates = z.infer<typeof setStatesSchema>;
export const undoItemSchema = z.strictObject(item);
export type UndoItem = z.infer<typeof undoItemSchema>;

const reason = someWords(5, 500, "why, in a sentence");
export const removeItemSchema = z.strictObject({ ...item, reason });
export type RemoveItem = z.infer<typeof removeItemSchema>;
export const removeDocumentSchema = z.strictObject({ ...read, documentId: z.uuid(), reason });
export type RemoveDocument = z.infer<typeof removeDocumentSchema>;
/** An item or a document that was removed. */
export const restoreRemovedSchema = z.strictObject({ ...read, id: z.uuid() });
export type RestoreRemoved = z.infer<typeof restoreRemovedSchema>;

/** The bidder gave a condition up; we have it in writing. */
export const recordWaiverSchema = z.strictObject({ ...item, reason, on: day });
export type RecordWaiver = z.infer<typeof recordWaiverSchema>;
/** We would give a condition up: the chairman decides. */
export const askWaiverSchema = z.strictObject({ ...item, reason });
export type AskWaiver = z.infer<typeof askWaiverSchema>;

export const keepSizesSchema = z.strictObject({ ...read, regulatory: regulatorySchema });
export type KeepSizes = z.infer<typeof keepSizesSchema>;

export const SIGNATURE_STATES = ["not-sent", "out", "signed", "held", "released"] as const;
export type SignatureState = (typeof SIGNATURE_STATES)[number];
export const addDocumentSchema = z.strictObject({
  ...read,
  title: someWords(3, 160, "the title of the document"),
  signatories: z
    .array(z.strictObject({ signatory: someWords(2, 120, "the name of the signatory"), party: z.enum(PARTIES) }))
    .min(1, { error: "at least one signatory" })
    .max(30),
});
export type AddDocument = z.infer<typeof addDocumentSchema>;
export const moveSignaturesSchema = z.strictObject({
  ...read,
  signatures: z
    .array(z.strictObject({ documentId: z.uuid(), signatory: words(120) }))
    .min(1)
    .max(300),
  to: z.enum(["not-sent", "out", "signed", "held"]),
  on: day,
});
export type MoveSignatures = z.infer<typeof moveSignaturesSchema>;
export const askReleaseSchema = z.strictObject({ ...read, reason });
export type AskRelease = z.infer<typeof askReleaseSchema>;

export const writeStatusSchema = z.strictObject({ dealId: z.uuid() });
export const askSendSchema = z.strictObject({
  dealId: z.uuid(),
  artefactId: z.uuid(),
  recipients: z
    .array(
      z.strictObject({
        name: someWords(2, 120, "the name of the recipient"),
        email: z.email({ error: "an e-mail address" }).max(200),
      }),
    )
    .min(1, { error: "at least one recipient" })
    .max(20),
  message: someWords(10, 1_200, "what is written to them"),
});
export type AskSend = z.infer<typeof askSendSchema>;

export type ClosingRefusal =
  | "CONFLICT"
  | "NOT_THERE_YET"
  | "ALREADY_OPEN"
  | "RELEASED"
  | "CYCLE"
  | "NO_SUCH_ITEM"
  | "DEPENDENCY_OPEN"
  | "DEPENDENT_DONE"
  | "POST_CLOSING"
  | "DATE_IN_FUTURE"
  | "NO_EVIDENCE"
  | "NO_SUCH_DOCUMENT"
  | "NOT_A_CONDITION"
  | "NOT_THEIRS"
  | "NOT_OURS"
  | "BY_LAW"
  | "ALREADY_WAIVED"
  | "NOTHING_TO_UNDO"
  | "NO_SUCH_SIGNATURE"
  | "WRONG_ORDER"
  | "NAMED_TWICE"
  | "CONDITIONS_OPEN"
  | "NOT_HELD"
  | "STALE_REPORT"
  | "REPORT_HELD"
  | "CONDITION_STANDS"
  | "WAITED_FOR"
  | "STILL_HELD";
