import { z } from "zod";
import { amount, day, decimal, identifier, share } from "@/lib/metrics/rules/measure";

export const number = decimal("a number");
const money = decimal("an amount of money");
const above = (expected: string) => decimal(expected, (value) => value.gt(0));
/** A yearly rate as a fraction: 0.08 is 8 %; a loss of everything or more is no rate. */
export const rate = decimal("a yearly rate as a fraction above -1, such as 0.08", (value) => value.gt(-1));
const years = amount("years, at least 0");
const shares = amount("a number of shares, at least 0").optional();
const netDebt = decimal("debt less cash, an amount of money").optional();
export const currency = z
  .string()
  .regex(/^[A-Z]{3}$/, "an ISO 4217 code such as USD")
  .optional()
  .describe("the unit of the figures; without it no figures are made");

export const measure = z.number().nullable();
export const reasons = z.record(z.string(), z.string()).optional();

export const MOST_YEARS = 200;
const grown = z.strictObject({
  base: money,
  growth: rate,
  years: z
    .int({ error: "a whole number of years" })
    .min(1, "at least 1 year")
    .max(MOST_YEARS, `at most ${MOST_YEARS} years`),
});
const flows = z
  .array(money, { error: "a list of cash flows, one per year" })
  .min(1, "at least one cash flow")
  .max(MOST_YEARS, `at most ${MOST_YEARS} cash flows`);
const terminal = z
  .strictObject(
    {
      growth: rate.optional(),
      multiple: amount("a multiple of at least 0").optional(),
      metric: money.optional().describe("what the multiple is of; the last cash flow if left out"),
    },
    { error: "{ growth } or { multiple, metric }" },
  )
  .refine(({ growth, multiple }) => (growth === undefined) !== (multiple === undefined), {
    error: "either growth or multiple, not both",
  });

export const dcfInput = z.strictObject({
  freeCashFlows: z.union([flows, grown], { error: "a list of cash flows, or { base, growth, years }" }),
  discountRate: rate,
  timing: z.enum(["end", "mid"], { error: '"end" or "mid" of the year' }),
  terminal,
  netDebt,
  shares,
  currency,
});
export type DcfInput = z.output<typeof dcfInput>;
export const dcfOutput = z.object({
  enterpriseValue: measure,
  presentValueExplicit: measure,
  terminalValue: measure,
  presentValueTerminal: measure,
  impliedGrowth: measure,
  impliedMultiple: measure,
  equityValue: measure,
  perShare: measure,
  schedule: z.array(
    z.object({
      period: z.int(),
      years: z.number(),
      cashFlow: z.number(),
      discountFactor: z.number(),
      presentValue: z.number(),
    }),
  ),
  reasons,
});

export const waccInput = z.strictObject({
  equity: amount("the market value of equity, at least 0"),
  debt: amount("the market value of debt, at least 0"),
  costOfEquity: rate,
  costOfDebt: rate,
  taxRate: share("a tax rate from 0 to 1"),
});
export type WaccInput = z.output<typeof waccInput>;
export const waccOutput = z.object({ wacc: measure, equityWeight: measure, debtWeight: measure, reasons });

const premium = z.union([number, z.strictObject({ name: identifier, rate: number })], {
  error: "a premium as a fraction, or { name, rate }",
});
export const capmInput = z.strictObject({
  riskFree: rate,
  beta: number,
  equityRiskPremium: number,
  premia: z.array(premium, { error: "a list of premia" }).max(50).default([]).describe("size, country, venture"),
});
export type CapmInput = z.output<typeof capmInput>;
export const capmOutput = z.object({ costOfEquity: z.number(), withoutPremia: z.number(), premia: z.number() });

const spent = "an amount of at least 0; what is spent is positive";
export const freeCashFlowInput = z.strictObject({
  ebit: money,
  taxRate: share("a tax rate from 0 to 1"),
  depreciation: amount(),
  capex: amount(spent),
  changeInWorkingCapital: money.describe("an increase is positive and costs cash"),
  currency,
});
export type FreeCashFlowInput = z.output<typeof freeCashFlowInput>;
export const freeCashFlowOutput = z.object({ freeCashFlow: z.number(), taxes: z.number() });

const comparable = z.strictObject({
  name: identifier,
  multiple: number.nullable(),
  weight: amount("a weight of at least 0").optional(),
  date: day.nullish(),
  exclude: z.union([z.boolean(), z.string().min(1)], { error: "true, or the reason as text" }).nullish(),
});
export const MULTIPLE_KINDS = ["trading", "precedent"] as const;
export const OUTLIER_RULES = ["none", "mad3"] as const;
export const multiplesInput = z
  .strictObject({
    kind: z.enum(MULTIPLE_KINDS, { error: '"trading" or "precedent"' }),
    comparables: z.array(comparable, { error: "a list of { name, multiple }" }).max(5_000),
    metric: money,
    outliers: z.enum(OUTLIER_RULES, { error: '"none" or "mad3"' }),
    asOf: day.optional(),
    staleAfterDays: amount("days, at least 0").optional(),
    netDebt,
    shares,
    currency,
  })
  .refine(({ asOf, staleAfterDays }) => staleAfterDays === undefined || asOf !== undefined, {
    error: "the day from which staleAfterDays counts",
    path: ["asOf"],
  });
export type MultiplesInput = z.output<typeof multiplesInput>;
export const multiplesOutput = z.object({
  used: z.array(z.string()),
  excluded: z.array(z.object({ name: z.string(), why: z.string() })),
  median: measure,
  q1: measure,
  q3: measure,
  mean: measure,
  weightedMean: measure,
  impliedEnterpriseValue: measure,
  impliedRange: z.object({ low: z.number(), high: z.number() }).nullable(),
  impliedEquityValue: measure,
  perShare: measure,
  reasons,
});

export const ventureCapitalInput = z
  .strictObject({
    exitValue: amount("the value at the exit, at least 0"),
    targetReturn: rate.optional(),
    targetMultiple: above("a multiple above 0").optional(),
    years,
    investment: above("an amount above 0"),
    existingShares: shares,
    laterDilution: z
      .array(
        decimal("a fraction of at least 0 and below 1", (value) => value.gte(0) && value.lt(1)),
        { error: "a list of fractions, one per later round" },
      )
      .max(50)
      .default([]),
    currency,
  })
  .refine(({ targetReturn, targetMultiple }) => (targetReturn === undefined) !== (targetMultiple === undefined), {
    error: "either targetReturn or targetMultiple",
    path: ["targetReturn"],
  });
export type VentureCapitalInput = z.output<typeof ventureCapitalInput>;
export const ventureCapitalOutput = z.object({
  postMoney: measure,
  preMoney: measure,
  requiredOwnership: measure,
  finalOwnership: measure,
  retention: z.number(),
  newShares: measure,
  pricePerShare: measure,
  reasons,
});

const scenario = z.strictObject({
  name: identifier,
  probability: share("a probability from 0 to 1"),
  value: money.optional().describe("today"),
  exitValue: money.optional().describe("at the exit; discounted with rate over years"),
  years: years.optional(),
  rate: rate.optional(),
});
export const firstChicagoInput = z.strictObject({
  scenarios: z.array(scenario, { error: "a list of scenarios" }).min(1, "at least one scenario").max(100),
  currency,
});
export type FirstChicagoInput = z.output<typeof firstChicagoInput>;
export const firstChicagoOutput = z.object({
  value: z.number(),
  scenarios: z.array(
    z.object({ name: z.string(), probability: z.number(), presentValue: z.number(), contribution: z.number() }),
  ),
});

const rangeRow = z
  .strictObject({ method: identifier, low: money.nullable(), high: money.nullable() })
  .refine(({ low, high }) => low === null || high === null || low.lte(high), {
    error: "at least as much as low",
    path: ["high"],
  });
export const footballFieldInput = z.strictObject({
  ranges: z.array(rangeRow, { error: "a list of { method, low, high }" }).max(200),
  currency,
});
export type FootballFieldInput = z.output<typeof footballFieldInput>;
export const footballFieldOutput = z.object({
  overlap: z.object({ low: z.number(), high: z.number() }).nullable(),
  low: measure,
  high: measure,
  reasons,
});

const tornadoDriver = z.strictObject({
  name: identifier,
  values: z.array(number, { error: "the result at each value of the driver" }).min(1, "at least one value").max(100),
});
export const tornadoInput = z.strictObject({
  base: number,
  drivers: z.array(tornadoDriver, { error: "a list of { name, values }" }).max(1_000),
});
export type TornadoInput = z.output<typeof tornadoInput>;
export const tornadoOutput = z.object({
  rows: z.array(z.object({ name: z.string(), deltas: z.array(z.number()), swing: z.number() })),
});
