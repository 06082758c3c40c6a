import { z } from "zod";

/** In the order in which a sale goes; every stage before "complete" can end as fallen through. */
export const DEAL_STAGES = [
  "not-started",
  "negotiating",
  "loi",
  "due-diligence",
  "definitive-agreement",
  "closing",
  "complete",
  "fallen-through",
] as const;
export type DealStage = (typeof DEAL_STAGES)[number];

export const ADVISER_ROLES = ["banker", "counsel", "accountant", "tax", "escrow agent", "other"] as const;

export const day = z.iso.date({ error: "a day, YYYY-MM-DD" });
export const words = (most: number) => z.string().trim().max(most);
export const someWords = (least: number, most: number, expected: string) =>
  z.string().trim().min(least, { error: expected }).max(most);

const advisers = z
  .array(z.strictObject({ role: z.enum(ADVISER_ROLES), name: someWords(1, 120, "the name of the adviser") }))
  .max(12);

/** What is known of a deal beside its terms; empty or null is not known. */
export const dealFactsSchema = z.strictObject({
  ownerId: z.uuid().nullable(),
  contact: words(160),
  nextStep: words(200),
  nextOn: day.nullable(),
  ourAdvisers: advisers,
  theirAdvisers: advisers,
  /** Until when we negotiate with nobody else. */
  exclusiveUntil: day.nullable(),
  loiSignedOn: day.nullable(),
  diligenceEndsOn: day.nullable(),
  diligenceDoneOn: day.nullable(),
  agreementSignedOn: day.nullable(),
  /** When closing is expected. */
  closesOn: day.nullable(),
  closedOn: day.nullable(),
  agreedOffer: z.strictObject({ offerId: z.uuid(), version: z.int().positive() }).nullable(),
  /** When each stage is expected to begin. */
  expected: z.partialRecord(z.enum(DEAL_STAGES), day),
});
export type DealFacts = z.infer<typeof dealFactsSchema>;

export const NO_FACTS: DealFacts = {
  ...{ ownerId: null, contact: "", nextStep: "", nextOn: null, ourAdvisers: [], theirAdvisers: [] },
  ...{ exclusiveUntil: null, loiSignedOn: null, diligenceEndsOn: null, diligenceDoneOn: null },
  ...{ agreementSignedOn: null, closesOn: null, closedOn: null, agreedOffer: null, expected: {} },
};

export const openDealSchema = z.strictObject({
  ventureId: z.uuid(),
  /** A company of the target list, or null for a bidder by hand. */
  companyId: z.uuid().nullable(),
  bidder: words(160),
});
export type OpenDeal = z.infer<typeof openDealSchema>;

const read = { dealId: z.uuid(), version: z.int().positive() };

export const keepFactsSchema = z.strictObject({ ...read, facts: dealFactsSchema });
export type KeepFacts = z.infer<typeof keepFactsSchema>;

export const advanceDealSchema = z.strictObject({
  ...read,
  to: z.enum(DEAL_STAGES),
  on: day,
  reason: words(600),
  /** What is filled in with it. */
  facts: dealFactsSchema.partial(),
});
export type AdvanceDeal = z.infer<typeof advanceDealSchema>;

export const undoStepSchema = z.strictObject(read);
export type UndoStep = z.infer<typeof undoStepSchema>;

/** Asks the chairman for what binds: the letter of intent, or the definitive agreement. */
export const askSignatureSchema = z.strictObject({
  ...read,
  to: z.enum(["loi", "definitive-agreement"]),
  rationale: someWords(10, 1_200, "why now, in a sentence or two"),
  facts: dealFactsSchema.partial(),
});
export type AskSignature = z.infer<typeof askSignatureSchema>;

export const assumptionsSchema = z.strictObject({
  /** What money later is worth less by, a year. */
  discountRatio: z.string().regex(/^0?(\.\d{1,6})?$|^0$/, { error: "a rate from 0 to below 1, such as 0.12" }),
  /** The day on which present values are stated. */
  valuedOn: day,
});
export type Assumptions = z.infer<typeof assumptionsSchema>;

export const setAssumptionsSchema = z.strictObject({
  ventureId: z.uuid(),
  version: z.int().positive(),
  assumptions: assumptionsSchema,
});
export type SetAssumptions = z.infer<typeof setAssumptionsSchema>;

export type DealRefusal =
  | "CONFLICT"
  | "EXIT_NOT_APPROVED"
  | "NO_BIDDER"
  | "ALREADY_BIDDING"
  | "NO_SUCH_PERSON"
  | "NO_SUCH_OFFER"
  | "NOT_ALLOWED"
  | "FIELDS_MISSING"
  | "EXCLUSIVE_ELSEWHERE"
  | "CHAIRMAN_DECIDES"
  | "CLOSING_OPEN"
  | "DATE_IN_FUTURE"
  | "OVER"
  | "CANNOT_UNDO"
  | "SAME_TERMS"
  | "NOT_CLEARED"
  | "ASKED_ALREADY"
  | "TERMS_CONTRADICT";
