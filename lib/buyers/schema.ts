import { z } from "zod";

export const BUYER_KINDS = ["strategic", "financial", "management"] as const;
export type BuyerKind = (typeof BUYER_KINDS)[number];

/** How good a source is: A filed or signed, B published by others, C said by somebody. */
export const EVIDENCE_TIERS = ["A", "B", "C"] as const;
export type EvidenceTier = (typeof EVIDENCE_TIERS)[number];

export const FIT_CRITERIA = ["overlap", "capacity", "appetite", "speed", "relationship", "antitrust"] as const;
export type FitCriterion = (typeof FIT_CRITERIA)[number];

export const TIERS = ["priority", "short", "long", "out"] as const;
export type Tier = (typeof TIERS)[number];

/** The outreach board; each later stage means that all before it happened. */
export const OUTREACH = ["identified", "nda", "teaser", "memorandum", "ioi", "loi", "declined"] as const;
export type OutreachStage = (typeof OUTREACH)[number];
/** Stages in which something leaves the holding: they need the chairman's approval first. */
export const LEAVES_HOLDING: readonly OutreachStage[] = ["nda", "teaser", "memorandum"];

const day = z.iso.date({ error: "a day, YYYY-MM-DD" });
const text = (most: number) => z.string().trim().min(1, { error: "some text" }).max(most);
const money = z
  .string()
  .regex(/^-?\d{1,18}(\.\d{1,4})?$/, { error: "an amount in plain currency units" })
  .nullable();

export const buyerFactsSchema = z.strictObject({
  kind: z.enum(BUYER_KINDS),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, { error: "an ISO 3166 code such as DE" })
    .nullable(),
  website: z.url().nullable(),
  sectors: z.array(text(80)).max(12),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, { error: "an ISO 4217 code" })
    .nullable(),
  /** Cash at hand; for a fund what it has not drawn yet. */
  cash: money,
  debt: money,
  ebitda: money,
  /** Companies that it bought in the last 36 months. */
  deals36m: z.int().min(0).max(10_000).nullable(),
  asOf: day,
  source: text(200),
});
export type BuyerFacts = z.infer<typeof buyerFactsSchema>;

export const addBuyerSchema = z.strictObject({ ventureId: z.uuid(), name: text(160), facts: buyerFactsSchema });
export type AddBuyer = z.infer<typeof addBuyerSchema>;

export const claimSchema = z.strictObject({
  ventureId: z.uuid(),
  companyId: z.uuid(),
  criterion: z.enum(FIT_CRITERIA),
  score: z.int().min(0).max(4),
  claim: z.string().trim().min(3, { error: "what is claimed, in a sentence" }).max(600),
  tier: z.enum(EVIDENCE_TIERS),
  source: text(300),
  dated: day,
  /** Id of the claim that the person saw as current; null for none. */
  replaces: z.string().regex(/^\d+$/).nullable(),
});
export type ClaimInput = z.infer<typeof claimSchema>;

export const placeSchema = z.strictObject({
  ventureId: z.uuid(),
  companyId: z.uuid(),
  version: z.int().positive(),
  /** Null gives the choice back to the rule. */
  tier: z.enum(TIERS).nullable(),
  reason: z.string().trim().max(300),
});
export type PlaceInput = z.infer<typeof placeSchema>;

const candidateRead = { ventureId: z.uuid(), companyId: z.uuid(), version: z.int().positive() };
export const archiveBuyerSchema = z.strictObject({
  ...candidateRead,
  reason: z.string().trim().min(3, { error: "why, in a few words" }).max(300),
});
export type ArchiveBuyer = z.infer<typeof archiveBuyerSchema>;
export const restoreBuyerSchema = z.strictObject(candidateRead);
export type RestoreBuyer = z.infer<typeof restoreBuyerSchema>;

export const outreachSchema = z.strictObject({
  ventureId: z.uuid(),
  companyId: z.uuid(),
  version: z.int().positive(),
  stage: z.enum(OUTREACH),
  on: day,
  note: z.string().trim().max(600),
  ownerId: z.uuid().nullable(),
  nextStep: z.string().trim().max(200),
  nextOn: day.nullable(),
});
export type OutreachInput = z.infer<typeof outreachSchema>;

export const askApproachSchema = z.strictObject({
  ventureId: z.uuid(),
  companyIds: z.array(z.uuid()).min(1, { error: "at least one buyer" }).max(30),
  what: z.enum(["nda", "teaser", "memorandum"]),
  rationale: z.string().trim().min(10, { error: "why now, in a sentence or two" }).max(1_200),
});
export type AskApproach = z.infer<typeof askApproachSchema>;

export const ventureToolInput = z.strictObject({
  venture: z.string().min(1).describe("The venture's id or its short name in addresses"),
});

export type BuyerRefusal =
  | "CONFLICT"
  | "ALREADY_LISTED"
  | "PUT_AWAY"
  | "REASON_REQUIRED"
  | "NOT_APPROVED"
  | "DATE_IN_FUTURE"
  | "NO_SUCH_PERSON"
  | "NO_NAME"
  | "GOES_BACK"
  | "DECLINED"
  | "ALREADY_APPROVED";
