import { z } from "zod";
import {
  aboveZero,
  amount,
  belowOne,
  chargedRate,
  currency,
  day,
  entryId,
  notNegative,
  reasons,
  years,
} from "@/lib/distribution/schema/amounts";
import { dayCount } from "@/lib/distribution/schema/returns";

const discount = belowOne.optional().describe("0.2 is 20 % off the price of the round");
const cap = aboveZero.optional();

export const NOTE_METHODS = ["pre-money", "percent-ownership", "dollars-invested"] as const;
const safe = z.strictObject({
  id: entryId,
  amount: aboveZero,
  cap,
  discount,
  kind: z.enum(["post-money", "pre-money", "discount-only"], {
    error: '"post-money", "pre-money" or "discount-only"',
  }),
});
const note = z.strictObject({
  id: entryId,
  principal: aboveZero,
  accruedInterest: notNegative.default(0),
  cap,
  discount,
  method: z.enum(NOTE_METHODS, { error: `one of ${NOTE_METHODS.join(", ")}, as the term sheet says` }),
});

export const safeConversionInput = z.strictObject({
  round: z.strictObject({
    newMoney: notNegative,
    preMoney: aboveZero.optional(),
    pricePerShare: aboveZero.optional(),
    poolIncrease: notNegative.optional().describe("shares"),
    poolTarget: belowOne.optional().describe("unissued pool after the round, as a fraction of all shares"),
  }),
  capitalization: z.strictObject({
    common: notNegative.describe("all stock outstanding, as converted"),
    options: notNegative.default(0).describe("outstanding and promised"),
    unissuedPool: notNegative.default(0).describe("before the round"),
  }),
  safes: z.array(safe, { error: "a list of SAFEs" }).max(300).default([]),
  notes: z.array(note, { error: "a list of notes" }).max(300).default([]),
  currency,
});
export type SafeConversionInput = z.infer<typeof safeConversionInput>;
export const safeConversionOutput = z.object({
  pricePerShare: z.number(),
  companyCapitalization: z.number(),
  securities: z.record(z.string(), z.object({ conversionPrice: z.number(), shares: z.number() })),
  newShares: z.number(),
  poolIncrease: z.number(),
  totalShares: z.number(),
  ownership: z.record(z.string(), z.number()),
  reasons,
});

export const antiDilutionInput = z.strictObject({
  kind: z.enum(["broad-based", "narrow-based", "full-ratchet"], {
    error: '"broad-based", "narrow-based" or "full-ratchet"',
  }),
  conversionPrice: aboveZero.describe("before the issue"),
  outstanding: notNegative.describe("shares as converted that the charter counts; not the unissued pool"),
  newShares: notNegative,
  newPrice: notNegative,
});
export type AntiDilutionInput = z.infer<typeof antiDilutionInput>;
const measure = z.number().nullable();
export const antiDilutionOutput = z.object({ adjustedPrice: measure, ratio: measure, reasons });

export const treasuryMethodInput = z.strictObject({
  price: notNegative.describe("of the deal, per share"),
  instruments: z
    .array(z.strictObject({ id: entryId, shares: notNegative, strike: notNegative }), {
      error: "a list of { id, shares, strike }",
    })
    .max(5_000)
    .superRefine((instruments, context) => {
      const seen = new Set<string>();
      for (const [index, { id }] of instruments.entries()) {
        if (seen.has(id)) context.addIssue({ code: "custom", path: [index, "id"], message: "an id of its own" });
        seen.add(id);
      }
    }),
});
export const treasuryMethodOutput = z.object({
  dilutedShares: z.number(),
  perInstrument: z.record(z.string(), z.object({ netShares: z.number(), repurchased: z.number() })),
  reasons,
});

export const COMPOUNDINGS = ["simple", "annual", "semi-annual", "quarterly", "monthly", "daily"] as const;
export const accrueInput = z.strictObject({
  kind: z.enum(["dividend", "interest"], { error: '"dividend" or "interest"' }),
  base: notNegative.describe("price × shares, or principal"),
  rate: chargedRate,
  compounding: z.enum(COMPOUNDINGS, { error: `one of ${COMPOUNDINGS.join(", ")}` }),
  dayCount,
  from: day.optional(),
  to: day.optional(),
  years: years.optional().describe("instead of from and to"),
  declared: z
    .boolean({ error: "true or false" })
    .optional()
    .describe("for a dividend that is not cumulative only; false accrues nothing"),
  endFee: notNegative.optional().describe("of a loan, an amount"),
  changeOfControlMultiple: amount
    .refine((value) => Number(value) >= 1, { error: "a multiple of at least 1" })
    .optional()
    .describe("of principal, interest once; 2 pays principal twice"),
  currency,
});
export type AccrueInput = z.infer<typeof accrueInput>;
export const accrueOutput = z.object({ accrued: measure, claim: measure, reasons });
