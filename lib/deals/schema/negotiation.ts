import { z } from "zod";
import { day, someWords, words } from "./deal";
import { offerTermsSchema, type TermKey } from "./terms";

/** Terms that an issue can be about as a number: our position and our fallback are then values of that term. */
export const ISSUE_TERMS = [
  ...(["price", "stock", "rollover", "vendorNote", "escrow", "escrowMonths", "holdback", "holdbackMonths"] as const),
  ...(["peg", "collar", "costs", "carveOut", "indemnityCap", "indemnityBasket", "exclusivityDays"] as const),
] as const satisfies readonly TermKey[];
export type IssueTerm = (typeof ISSUE_TERMS)[number];

export const ISSUE_STATES = ["open", "agreed", "dropped"] as const;
const COUNTED: readonly string[] = ["escrowMonths", "holdbackMonths", "exclusivityDays"];

/** A value of a term as it is stored: months and days are numbers, everything else is decimal text. */
export const termValue = (term: IssueTerm, value: string): string | number =>
  COUNTED.includes(term) ? Number(value) : value;

export const issueSchema = z
  .strictObject({
    id: z.uuid(),
    title: someWords(2, 160, "what it is about"),
    term: z.enum(ISSUE_TERMS).nullable(),
    /** A value of the term where there is one, otherwise words. */
    position: words(300),
    fallback: words(300),
    ownerId: z.uuid().nullable(),
    state: z.enum(ISSUE_STATES),
  })
  .superRefine(({ term, position, fallback }, context) => {
    if (term === null) return;
    for (const [key, value] of Object.entries({ position, fallback })) {
      if (value === "" || offerTermsSchema.shape[term].safeParse(termValue(term, value)).success) continue;
      context.addIssue({ code: "custom", path: [key], message: "a value of that term" });
    }
  });
export type Issue = z.infer<typeof issueSchema>;

const amount = z
  .string()
  .regex(/^\d{1,15}(\.\d{1,4})?$/, { error: "an amount in plain currency units" })
  .nullable();

export const negotiationSchema = z.strictObject({
  /** The least that has to be worth to the group today, in the venture's currency; null: what the alternative is worth. */
  reservation: amount,
  reservationReason: words(300),
  /** What we do if there is no agreement: hold the venture, or sell it to another bidder. */
  alternative: z.union([z.literal("hold"), z.uuid()]),
  /** The highest headline that we think the bidder would pay, in the currency of its offer. */
  ceiling: amount,
  ceilingReason: words(300),
  issues: z.array(issueSchema).max(40),
});
export type NegotiationBody = z.infer<typeof negotiationSchema>;

export const NOTHING_SAID: NegotiationBody = {
  ...{ reservation: null, reservationReason: "", alternative: "hold", ceiling: null, ceilingReason: "", issues: [] },
};

export const keepNegotiationSchema = z.strictObject({
  dealId: z.uuid(),
  /** 0: nothing was kept before. */
  version: z.int().min(0),
  body: negotiationSchema,
});
export type KeepNegotiation = z.infer<typeof keepNegotiationSchema>;

export const concessionSchema = z.strictObject({
  dealId: z.uuid(),
  side: z.enum(["us", "them"]),
  issue: someWords(2, 160, "what it was about"),
  what: someWords(2, 400, "what was given"),
  on: day,
});
export type ConcessionInput = z.infer<typeof concessionSchema>;

const counter = { offerId: z.uuid(), version: z.int().positive() };
export const askCounterSchema = z.strictObject({
  ...counter,
  rationale: someWords(10, 1_200, "why now, in a sentence or two"),
});
export type AskCounter = z.infer<typeof askCounterSchema>;
export const recordSentSchema = z.strictObject({ ...counter, on: day });
export type RecordSent = z.infer<typeof recordSentSchema>;
