import { z } from "zod";
import { DAY_COUNTS } from "../rules/day-count";
import { aboveZero, amount, day, notNegative, rate, reasons } from "./amounts";

const MOST_FLOWS = 5_000;

const cashflow = z.strictObject({ date: day, amount });
const cashflows = z
  .array(cashflow, { error: "a list of { date, amount }, in any order" })
  .min(1, "at least one cash flow")
  .max(MOST_FLOWS);
const flows = z
  .array(amount, { error: "a list of amounts, one for each period" })
  .min(1, "at least one flow")
  .max(MOST_FLOWS);
export const dayCount = z
  .enum(DAY_COUNTS, { error: `one of ${DAY_COUNTS.join(", ")}` })
  .default("ACT/365F")
  .describe("how days become years");

export const xirrInput = z.strictObject({ cashflows, dayCount });
export const irrInput = z.strictObject({ flows });
export const xnpvInput = z.strictObject({ rate, cashflows, dayCount });
export const npvInput = z.strictObject({
  rate,
  flows,
  firstFlowAt: z
    .literal([0, 1], { error: "0 if the first flow is today, 1 if it is a period away (as in spreadsheets)" })
    .describe("the period of the first flow"),
});
export const mirrInput = z.strictObject({ flows, financeRate: rate, reinvestRate: rate });

const gross = z.strictObject({ date: day, amount: notNegative });
export const fundMultiplesInput = z.strictObject({
  calls: z.array(gross, { error: "a list of { date, amount }" }).max(MOST_FLOWS),
  distributions: z.array(gross, { error: "a list of { date, amount }" }).max(MOST_FLOWS),
  nav: gross.optional().describe("as of the end of its day; without one nothing is left"),
  index: z
    .array(z.strictObject({ date: day, level: aboveZero }), { error: "a list of { date, level }" })
    .min(1, "at least one level")
    .max(20_000)
    .optional(),
});

const measure = z.number().nullable();
const solution = { unique: z.boolean(), allRoots: z.array(z.number()), tangentRoot: measure };
const whyNone = z.string().nullable().describe("why there is no single rate; null where there is one");
export const xirrOutput = z.object({ xirr: measure, ...solution, reason: whyNone, reasons });
export const irrOutput = z.object({ irr: measure, ...solution, reason: whyNone, reasons });
export const xnpvOutput = z.object({ xnpv: measure, reasons });
export const npvOutput = z.object({ npv: measure, reasons });
export const mirrOutput = z.object({ mirr: measure, reasons });
export const fundMultiplesOutput = z.object({
  dpi: measure,
  rvpi: measure,
  tvpi: measure,
  moic: measure,
  navRolledForward: measure,
  irr: measure,
  ksPme: measure,
  directAlpha: measure,
  longNickelsPme: z.object({ nav: measure, irr: measure }),
  reasons,
});
