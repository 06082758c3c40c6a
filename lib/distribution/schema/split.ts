import { z } from "zod";

const words = (least: number, most: number, expected: string) =>
  z.string().trim().min(least, expected).max(most, expected);

/** A headline price in plain units of its currency. */
export const priceInput = z
  .string()
  .trim()
  .regex(/^\d{1,15}(\.\d{1,4})?$/, "an amount above 0, such as 12500000")
  .refine((text) => /[1-9]/.test(text), "an amount above 0, such as 12500000");
const money = z
  .string()
  .trim()
  .regex(/^\d{1,15}(\.\d{1,4})?$/, "an amount of at least 0");
const ratio = z
  .string()
  .trim()
  .regex(/^(0(\.\d{1,6})?|1(\.0{1,6})?)$/, "a fraction from 0 to 1, such as 0.26375");

/** Which terms a price is split by: a version of an offer, or null for a price for all shares with nothing taken off. */
export const offerChoiceSchema = z.strictObject({ offerId: z.uuid(), version: z.int().positive() }).nullable();
export type OfferChoice = z.output<typeof offerChoiceSchema>;

/** Of which payments a rate is kept: all of them, the closing alone, or what escrow, holdback and earn-out release. */
export const WITHHELD_ON = ["all", "closing", "later"] as const;

/** Tax that is kept of a holder's part, and the office that it is owed to. */
export const withholdingRateSchema = z.strictObject({
  holderId: words(1, 200, "a holder of the cap table"),
  /** Of what this class pays alone: wages of options, interest of a note. Null: of all that the holder receives. */
  classId: words(1, 200, "a class of the cap table").nullable().default(null),
  on: z.enum(WITHHELD_ON).default("all"),
  ratio,
  office: words(2, 200, "the office that it is owed to"),
});
export type WithholdingRate = z.output<typeof withholdingRateSchema>;

export const FINANCING_KINDS = ["financing", "deposit"] as const;
/** What the buyer does not pay from its own cash at closing, in the currency of the cap table. */
export const financingSchema = z.strictObject({
  kind: z.enum(FINANCING_KINDS),
  name: words(2, 120, "who pays it"),
  amount: money,
});
export type Financing = z.output<typeof financingSchema>;

/** A split as it is kept: its terms, the price where it is another one than offered, and who keeps what tax. */
export const splitPlanSchema = z.strictObject({
  offer: offerChoiceSchema,
  price: priceInput.nullable(),
  withholdings: z.array(withholdingRateSchema).max(500).default([]),
  financing: z.array(financingSchema).max(20).default([]),
});
export type SplitPlan = z.output<typeof splitPlanSchema>;

export const keepSplitSchema = z.strictObject({
  ventureId: z.uuid(),
  /** The newest version that the person saw; 0 before the first. */
  version: z.int().min(0),
  plan: splitPlanSchema,
  reason: words(3, 500, "why it is kept"),
});
export type KeepSplit = z.output<typeof keepSplitSchema>;
export const writeFundsFlowSchema = z.strictObject({ ventureId: z.uuid() });

export const REACHES = ["closing", "all"] as const;
/** At closing, or if escrow, holdback, note and earn-outs are all paid. */
export type Reach = (typeof REACHES)[number];

/** The data set of kept splits. */
export const SPLIT_PLAN = "distribution-plan";
export const FUNDS_FLOW = "funds-flow-statement";
