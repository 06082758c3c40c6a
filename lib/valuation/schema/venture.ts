import { z } from "zod";
import { seriesKeySchema } from "@/lib/market/schema/series";
import { day } from "@/lib/metrics/rules/measure";
import { OUTLIER_RULES } from "./methods";

const decimal = z
  .string()
  .trim()
  .regex(/^-?\d{1,15}(\.\d{1,12})?$/, "a decimal number such as 1234.56");
const inRange = (low: number, high: number, expected: string) =>
  decimal.refine((text) => Number(text) >= low && Number(text) <= high, expected);
const money = decimal;
const positive = inRange(0, 1e15, "an amount of at least 0");
const rate = inRange(-0.5, 2, "a yearly rate as a fraction from -0.5 to 2");
const share = inRange(0, 1, "a fraction from 0 to 1");
const below1 = inRange(0, 0.99, "a fraction from 0 to 0.99");
const spread = inRange(0, 0.5, "a fraction from 0 to 0.5");
const years = inRange(0, 15, "years from 0 to 15");
const multiple = inRange(0, 1000, "a multiple from 0 to 1000");

/** Every method says where its inputs come from and of which day they are; one that is not used stays as it was. */
const sourced = {
  used: z.boolean(),
  source: z.string().trim().min(1, "where these inputs come from").max(300),
  asOf: day,
};

export const dcfInputsSchema = z.strictObject({
  ...sourced,
  freeCashFlows: z.array(money).min(1, "at least one year").max(15, "at most 15 years"),
  ...{ riskFree: rate, beta: inRange(-5, 5, "a beta from -5 to 5"), equityRiskPremium: rate, premium: rate },
  ...{ debtShare: share, costOfDebt: rate, taxRate: share },
  growth: rate,
  ...{ multiple, metric: positive },
  spread,
});
const compared = {
  ...sourced,
  metricName: z.string().trim().min(1, "what the multiple is of").max(80),
  metric: money,
  outliers: z.enum(OUTLIER_RULES),
};
export const tradingInputsSchema = z.strictObject(compared);
export const precedentInputsSchema = z.strictObject({
  ...compared,
  staleAfterDays: inRange(1, 10_000, "days from 1 to 10000"),
  /** The market series by whose move since its day each multiple is carried to today; empty: none is. */
  index: z
    .union([z.literal(""), seriesKeySchema])
    .default("")
    .describe("the key of a market series, or nothing"),
});
export const ventureCapitalInputsSchema = z.strictObject({
  ...sourced,
  ...{ exitValue: positive, years, targetReturn: rate },
  investment: inRange(1, 1e15, "an amount of at least 1"),
  laterDilution: z.array(below1).max(10),
  spread,
});
export const firstChicagoInputsSchema = z.strictObject({
  ...sourced,
  scenarios: z
    .array(
      z.strictObject({
        name: z.string().trim().min(1).max(60),
        ...{ probability: share, exitValue: positive, years, rate },
      }),
    )
    .min(2, "at least two scenarios")
    .max(6)
    .refine(
      (rows) => Math.abs(rows.reduce((sum, { probability }) => sum + Number(probability), 0) - 1) <= 1e-9,
      "probabilities that sum to 1",
    ),
  spread,
});
export const recentRoundInputsSchema = z.strictObject({
  ...sourced,
  classId: z.string().max(200),
  pricePerShare: positive,
  volatility: inRange(0, 5, "a yearly volatility from 0 to 5"),
  ...{ years, riskFree: rate },
  spread,
});

export const METHOD_KEYS = ["dcf", "trading", "precedents", "ventureCapital", "firstChicago", "recentRound"] as const;
export type MethodKey = (typeof METHOD_KEYS)[number];
export const METHOD_NAMES: Readonly<Record<MethodKey, string>> = {
  dcf: "Discounted cash flow",
  trading: "Trading comparables",
  precedents: "Precedent transactions",
  ventureCapital: "Venture capital method",
  firstChicago: "First Chicago",
  recentRound: "Recent round",
};

export const methodInputsSchema = z.strictObject({
  dcf: dcfInputsSchema,
  trading: tradingInputsSchema,
  precedents: precedentInputsSchema,
  ventureCapital: ventureCapitalInputsSchema,
  firstChicago: firstChicagoInputsSchema,
  recentRound: recentRoundInputsSchema,
});

export const bridgeInputsSchema = z.strictObject({
  source: sourced.source,
  asOf: day,
  cash: positive,
  debt: positive.describe("without notes and debt that stand on the cap table"),
  costsRate: spread.describe("transaction costs, of the equity value"),
});

const correlation = z.number().min(-1).max(1);
/** Order of the correlation matrix. */
export const SIMULATED = ["discount rate", "growth", "multiple", "cash flows"] as const;
export const simulationInputsSchema = z.strictObject({
  source: sourced.source,
  seed: z.string().min(1).max(60),
  rateDeviation: spread,
  growthDeviation: spread,
  multipleDeviation: spread.describe("relative"),
  flowDeviation: spread.describe("relative"),
  correlation: z.array(z.array(correlation).length(SIMULATED.length)).length(SIMULATED.length),
});

export const valuationInputsSchema = z.strictObject({
  methods: methodInputsSchema,
  bridge: bridgeInputsSchema,
  simulation: simulationInputsSchema,
});
export type ValuationInputs = z.infer<typeof valuationInputsSchema>;
export type MethodInputs = ValuationInputs["methods"];

const REASON = z.string().trim().min(3, "why, in a few words").max(300);
export const keepValuationSchema = z.strictObject({
  ventureId: z.uuid(),
  /** The version on the person's screen; 0 before the first. */
  version: z.int().nonnegative(),
  reason: REASON,
  inputs: valuationInputsSchema,
});
export type KeepValuation = z.infer<typeof keepValuationSchema>;
export const VALUATION_REFUSALS = ["STALE_VALUATION", "NO_METHOD", "CONTRADICTION"] as const;
export type ValuationRefusal = (typeof VALUATION_REFUSALS)[number];

export const VALUATION_DRAWS = 10_000;
export const VALUATION = "valuation";
export const VALUATION_REPORT = "valuation-report";
export const valuationReportSchema = z.strictObject({ ventureId: z.uuid() });

export const ventureValuationInput = z.strictObject({
  venture: z.string({ error: "the venture's slug or id" }).min(1, "the venture's slug or id"),
});
export const ventureValuationOutput = z.object({
  venture: z.object({ id: z.string(), slug: z.string(), name: z.string(), currency: z.string() }),
  version: z.int(),
  asOf: z.string(),
  reason: z.string().nullable(),
  movedSince: z.boolean(),
  methods: z.array(z.object({ method: z.enum(METHOD_KEYS), used: z.boolean(), source: z.string(), asOf: z.string() })),
  excluded: z.array(z.object({ method: z.enum(METHOD_KEYS), name: z.string(), why: z.string() })),
  /** By part: "equity", "dcf.central", "group". */
  figures: z.record(z.string(), z.object({ figure: z.string(), label: z.string(), value: z.string().nullable() })),
});
