import { z } from "zod";
import { classes } from "../schema";
import { amount, currency, day, fraction, notNegative, rate, reasons, stated, statedOrNull, years } from "./amounts";

export const contingentInput = z.strictObject({
  classes,
  releases: z
    .array(
      z.strictObject({
        date: day.optional(),
        amount: notNegative,
        label: z.string({ error: "what the release is called, a text" }).max(200),
      }),
      { error: "a list of { date, amount, label }" },
    )
    .min(1, "at least one release")
    .max(1_000),
  currency,
});
const payouts = z.record(z.string(), stated);
export const contingentOutput = z.object({
  releases: z.array(
    z.object({
      date: z.string().optional(),
      label: z.string(),
      amount: stated,
      payouts,
      converted: z.array(z.string()),
      soFar: stated.describe("all consideration up to and with this release"),
    }),
  ),
  payouts: z.array(payouts).describe("the payouts of each release, in the order given"),
  totals: payouts,
});

export const earnOutInput = z.strictObject({
  terms: z.strictObject({
    threshold: amount.describe("of the metric; below it nothing is paid"),
    amountAtThreshold: notNegative,
    ratePerUnit: notNegative.describe("for each unit of the metric above the threshold"),
    cap: notNegative.nullable().describe("the most that is paid; null for none"),
  }),
  outcomes: z
    .array(z.strictObject({ metric: amount, probability: fraction.optional() }), {
      error: "a list of { metric, probability }",
    })
    .min(1, "at least one outcome")
    .max(10_000),
  discountRate: rate.optional(),
  years: years.optional().describe("until it is paid"),
  currency,
});
export const earnOutOutput = z.object({
  payouts: z.array(stated),
  expected: z.number().nullable(),
  presentValue: z.number().nullable(),
  reasons,
});

export const purchasePriceInput = z.strictObject({
  enterpriseValue: notNegative.describe("cash-free and debt-free"),
  cash: notNegative.default(0),
  debt: notNegative.default(0).describe("with debt-like items"),
  workingCapital: z
    .strictObject({
      peg: amount,
      actual: amount,
      collar: notNegative.default(0).describe("on either side of the peg"),
      outside: z
        .enum(["edge", "zero"], { error: '"edge" (what exceeds the collar) or "zero" (everything from the peg on)' })
        .default("edge")
        .describe("what is paid beyond the collar"),
    })
    .optional(),
  transactionCosts: notNegative.default(0),
  escrow: z
    .strictObject({ rate: fraction.optional().describe("of the equity proceeds"), amount: notNegative.optional() })
    .optional(),
  currency,
});
export const purchasePriceOutput = z.object({
  workingCapitalAdjustment: stated,
  equityProceeds: stated,
  atClosing: statedOrNull,
  withheld: statedOrNull,
  reasons,
});
