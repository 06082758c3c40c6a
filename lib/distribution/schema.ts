import { z } from "zod";
import { aboveZero, currency, fraction, notNegative } from "./schema/amounts";

const id = z.string({ error: "the id of the class, a text" }).min(1).max(200);
const name = z.string().optional();
const seniority = z.int({ error: "a whole number; 1 is paid first" }).min(0);

const common = z.strictObject({ id, name, kind: z.literal("common"), shares: notNegative });
const preferred = z.strictObject({
  id,
  name,
  kind: z.literal("preferred"),
  shares: notNegative.describe("as converted"),
  invested: notNegative.optional(),
  multiple: notNegative.default(1),
  preferenceAmount: notNegative.optional().describe("replaces invested × multiple"),
  accruedDividends: notNegative.default(0),
  dividendsOnConversion: z.enum(["forfeited", "kept"]).default("forfeited"),
  participation: z.enum(["none", "full", "capped"], {
    error: '"none", "full" or "capped", as the charter says; it is never guessed',
  }),
  capMultiple: notNegative.optional().describe("× invested, preference and dividends included"),
  capAmount: notNegative.optional(),
  seniority: seniority.default(1),
  convertible: z.boolean().default(true),
});
const exercisable = { id, name, shares: notNegative, strike: notNegative };
const option = z.strictObject({ ...exercisable, kind: z.literal("option") });
const warrant = z.strictObject({ ...exercisable, kind: z.literal("warrant") });
const debt = z.strictObject({
  id,
  name,
  kind: z.literal("debt"),
  claim: notNegative,
  seniority: seniority.default(1),
});
const safe = z.strictObject({
  id,
  name,
  kind: z.literal("safe"),
  purchaseAmount: notNegative,
  shares: notNegative.optional().describe("on conversion; or valuationCap with capitalization"),
  valuationCap: aboveZero.optional(),
  capitalization: aboveZero.optional().describe("liquidity capitalization, shares"),
  seniority: seniority.default(1),
});
const note = z.strictObject({
  id,
  name,
  kind: z.literal("note"),
  principal: notNegative,
  accruedInterest: notNegative.default(0),
  shares: notNegative.optional().describe("on conversion; or conversionPrice"),
  conversionPrice: aboveZero.optional(),
  premium: notNegative.default(0).describe("on a change of control, a fraction of principal: 1 pays principal twice"),
  seniority: seniority.default(1).describe("among debt"),
});

export const shareClassSchema = z.discriminatedUnion("kind", [common, preferred, option, warrant, debt, safe, note], {
  error: 'a class with kind "common", "preferred", "option", "warrant", "debt", "safe" or "note"',
});
export type ShareClass = z.infer<typeof shareClassSchema>;
/** As a caller writes it, before the defaults. */
export type ShareClassInput = z.input<typeof shareClassSchema>;

export const classes = z.array(shareClassSchema, { error: "a list of classes" }).min(1).max(300);
const mandatoryConversion = z
  .strictObject({ majority: fraction.default(0.5) })
  .optional()
  .describe("preferred holders with more than this part of the as-converted preferred votes convert all preferred");

const participantSchema = z.union(
  [
    z.string().min(1),
    z.strictObject({
      id: z.string().min(1),
      class: z.string().nullish().describe("the class held, `id` if left out; null for a participant without equity"),
      fraction: fraction.default(1).describe("part of that class which the participant holds"),
      share: fraction.optional().describe("part of the carve-out pool"),
    }),
  ],
  { error: "the id of a class, or { id, class, fraction, share }" },
);
export type Participant = z.infer<typeof participantSchema>;

const carveOut = z
  .strictObject({
    rate: fraction.optional().describe("of proceeds, before costs"),
    amount: notNegative.optional(),
    participants: z.array(participantSchema).optional(),
  })
  .optional();

export const waterfallInput = z.strictObject({
  proceeds: notNegative,
  classes,
  transactionCosts: notNegative.default(0),
  carveOut,
  mandatoryConversion,
  currency,
});
export type WaterfallInput = z.infer<typeof waterfallInput>;

export const payoffCurveInput = z.strictObject({
  classes,
  exits: z.array(notNegative).max(20_000),
  mandatoryConversion,
  currency,
});
export const breakpointsInput = z.strictObject({
  classes,
  upTo: notNegative.optional(),
  mandatoryConversion,
  currency,
});

const amount = z.union([z.number(), z.string()]).describe("a number, or its text where a number cannot say it exactly");
const reasons = z.record(z.string(), z.string()).optional();
const payouts = z.record(z.string(), amount);

export const waterfallOutput = z.object({
  payouts,
  converted: z.array(z.string()),
  indifferent: z.array(z.string()),
  commonPrice: z.number().nullable(),
  breakdown: z.record(
    z.string(),
    z.object({ preference: amount, participation: amount, conversion: amount, strikeOffset: amount }),
  ),
  carveOut: amount,
  transactionCosts: amount,
  reasons,
});
export const payoffCurveOutput = z.object({
  rows: z.array(z.object({ exit: amount, payouts, converted: z.array(z.string()) })),
});
export const BREAKPOINT_REASONS = ["debt", "preference", "exercise", "cap", "conversion"] as const;
export type BreakpointReason = (typeof BREAKPOINT_REASONS)[number];
export const breakpointsOutput = z.object({
  breakpoints: z.array(z.object({ at: z.number(), reason: z.enum(BREAKPOINT_REASONS), ids: z.array(z.string()) })),
  slopes: z.array(z.object({ from: z.number(), to: z.number().nullable(), shares: z.record(z.string(), z.number()) })),
});
