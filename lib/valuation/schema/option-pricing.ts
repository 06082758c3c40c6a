import { z } from "zod";
import { shareClassSchema } from "@/lib/distribution/schema";
import { currency, measure, reasons } from "./methods";

const LARGEST = 1e24;
const value = (expected: string, fits: (number: number) => boolean) =>
  z
    .union([z.number(), z.string().regex(/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/)], { error: expected })
    .transform(Number)
    .refine((number) => Math.abs(number) <= LARGEST && fits(number), expected);
const notNegative = (expected: string) => value(expected, (number) => number >= 0);
const rate = value("a continuous yearly rate as a fraction from -1 to 1", (number) => Math.abs(number) <= 1);

export const optionPricingInput = z
  .strictObject({
    classes: z.array(shareClassSchema, { error: "a list of classes" }).min(1, "at least one class").max(300),
    equityValue: notNegative("the value of all classes together, at least 0").optional(),
    solveFor: z
      .strictObject({
        class: z.string({ error: "the id of a class" }).min(1),
        pricePerShare: value("a price above 0", (number) => number > 0),
      })
      .optional(),
    volatility: value("a yearly volatility as a fraction from 0 to 10", (number) => number >= 0 && number <= 10),
    years: value("years from 0 to 100", (number) => number >= 0 && number <= 100),
    riskFree: rate,
    dividendYield: rate.default(0),
    currency,
  })
  .refine(({ equityValue, solveFor }) => (equityValue === undefined) !== (solveFor === undefined), {
    error: "either equityValue or solveFor",
    path: ["equityValue"],
  });
export type OptionPricingInput = z.output<typeof optionPricingInput>;
export const optionPricingOutput = z.object({
  equityValue: measure,
  classes: z.record(z.string(), z.object({ value: measure, perShare: measure })),
  tranches: z.array(
    z.object({ from: z.number(), to: measure, value: measure, shares: z.record(z.string(), z.number()) }),
  ),
  reasons,
});
