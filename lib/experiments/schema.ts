import { z } from "zod";
import { amount, decimal } from "@/lib/metrics/rules/measure";

const fractionBetween = (expected: string) => z.number({ error: expected }).gt(0, expected).lt(1, expected);
const units = z
  .int({ error: "a whole number of units, at least 0" })
  .min(0, "a whole number of units, at least 0")
  .max(1e12);
const sum = decimal("a sum");
const squares = amount("a sum of squares, at least 0");
const finite = (expected: string) => z.number({ error: expected });

const covariate = z.strictObject({
  sum,
  sumSquares: squares,
  sumProduct: decimal("the sum of products with the numerator"),
  denominator: z
    .strictObject({
      sum,
      sumSquares: squares,
      sumProduct: decimal("the sum of products with the pre-period numerator"),
    })
    .optional(),
  cross: z
    .strictObject({
      numeratorPreDenominator: decimal("Σ numerator × pre-period denominator"),
      denominatorPreNumerator: decimal("Σ denominator × pre-period numerator"),
      denominatorPreDenominator: decimal("Σ denominator × pre-period denominator"),
    })
    .optional(),
});

const quantile = z
  .strictObject({
    value: finite("the quantile's estimate"),
    lower: finite("the lower end of its interval"),
    upper: finite("the upper end of its interval"),
    confidence: fractionBetween("the confidence of the interval, between 0 and 1"),
  })
  .refine(({ value, lower }) => lower <= value, { error: "at most the value", path: ["lower"] })
  .refine(({ value, upper }) => upper >= value, { error: "at least the value", path: ["upper"] });

const armShape = z.strictObject({
  n: units,
  sum: sum.optional(),
  sumSquares: squares.optional(),
  successes: units.optional(),
  quantile: quantile.optional(),
  pre: covariate.optional(),
  denominator: z
    .strictObject({ sum, sumSquares: squares, sumProduct: decimal("the sum of products with the numerator") })
    .optional(),
});
type ArmShape = z.infer<typeof armShape>;

function* armProblems(arm: ArmShape): Generator<{ path: string[]; message: string }> {
  const given = [arm.sum, arm.successes, arm.quantile].filter((part) => part !== undefined).length;
  if (given !== 1) yield { path: [], message: "one of sum with sumSquares, successes, or quantile" };
  if (arm.sum !== undefined && arm.sumSquares === undefined)
    yield { path: ["sumSquares"], message: "the sum of squares beside the sum" };
  if (arm.sum === undefined && arm.sumSquares !== undefined) yield { path: ["sum"], message: "the sum" };
  if (arm.successes !== undefined && arm.successes > arm.n)
    yield { path: ["successes"], message: "at most n successes" };
  if (arm.quantile && (arm.pre || arm.denominator))
    yield { path: [arm.pre ? "pre" : "denominator"], message: "nothing beside a quantile" };
  if (!arm.pre) return;
  const { denominator, cross } = arm.pre;
  if (arm.denominator && !denominator)
    yield { path: ["pre", "denominator"], message: "the pre-period denominator of a ratio metric" };
  if (arm.denominator && !cross)
    yield { path: ["pre", "cross"], message: "the cross products of a ratio metric with its pre-period" };
  if (!arm.denominator && (denominator || cross))
    yield { path: ["denominator"], message: "the denominator whose pre-period is given" };
}

export const armSchema = armShape.superRefine((arm, context) => {
  for (const { path, message } of armProblems(arm)) context.addIssue({ code: "custom", path, message });
});
export type ArmInput = z.infer<typeof armSchema>;

const alpha = fractionBetween("a significance level between 0 and 1");
const alternative = z.enum(["two-sided", "greater", "less"], { error: '"two-sided", "greater" or "less"' });
const tuningN = z.number({ error: "units above 0" }).gt(0, "units above 0");
export const DEFAULT_TUNING_N = 5000;

const above0 = z.number({ error: "a number above 0" }).gt(0, "a number above 0");

/** On the difference asked for, or on the rate of each arm. */
export type Prior = { mean: number; variance: number } | { alpha: number; beta: number };

// One object instead of a union of two, so that each failing field is named by its own path.
const priorSchema = z
  .strictObject({
    mean: finite("the prior mean of the difference").optional(),
    variance: z.number({ error: "a variance above 0" }).gt(0, "a variance above 0").optional(),
    alpha: above0.optional(),
    beta: above0.optional(),
  })
  .transform(({ mean, variance, alpha: a, beta: b }, context): Prior => {
    const onRates = a !== undefined || b !== undefined;
    if (onRates && a !== undefined && b !== undefined && mean === undefined && variance === undefined)
      return { alpha: a, beta: b };
    if (!onRates && mean !== undefined && variance !== undefined) return { mean, variance };
    const path = onRates ? [a === undefined ? "alpha" : "beta"] : [mean === undefined ? "mean" : "variance"];
    const message = "{ mean, variance } of the difference, or { alpha, beta } on each rate";
    context.addIssue({ code: "custom", path: onRates && (mean ?? variance) !== undefined ? [] : path, message });
    return z.NEVER;
  });

export const analyzeInput = z.strictObject({
  control: armSchema,
  treatment: armSchema,
  difference: z.enum(["absolute", "relative"], { error: '"absolute" or "relative"' }),
  alternative: alternative.default("two-sided"),
  alpha: alpha.default(0.05),
  method: z
    .enum(["fixed", "sequential", "bayesian"], { error: '"fixed", "sequential" or "bayesian"' })
    .default("fixed"),
  tuningN: tuningN.optional().describe("units of both arms at which the confidence sequence is narrowest; 5,000"),
  prior: priorSchema
    .optional()
    .describe("{ mean, variance } of the difference asked for, or { alpha, beta } on each rate; none is flat"),
  cuped: z.boolean().optional().describe("adjust by the pre-period; by default where both arms have one"),
});
export type AnalyzeInput = z.infer<typeof analyzeInput>;

const measure = z.number().nullable();
const reasons = z.record(z.string(), z.string());
const ends = z.tuple([measure, measure]);

export const analyzeOutput = z.object({
  estimate: measure,
  standardError: measure,
  interval: ends,
  pValue: measure,
  degreesOfFreedom: measure,
  chanceToWin: measure,
  risk: z.object({ control: measure, treatment: measure }).nullable(),
  theta: measure,
  decision: z.enum(["increase", "decrease", "none"]).nullable(),
  reasons,
});

const notNegative = z.number({ error: "a number of at least 0" }).min(0, "a number of at least 0");
export const sampleRatioInput = z.strictObject({
  observed: z.array(units, { error: "a list of counts" }).min(1, "at least one count").max(1000),
  expected: z.array(notNegative, { error: "a list of weights" }).min(1, "at least one weight").max(1000),
});
export type SampleRatioInput = z.infer<typeof sampleRatioInput>;
export const sampleRatioOutput = z.object({
  pValue: measure,
  mismatch: z.boolean().nullable(),
  severity: z.enum(["none", "possible", "severe"]).nullable(),
  reasons,
});

const rate = z.number({ error: "a rate from 0 to 1" }).min(0, "a rate from 0 to 1").max(1, "a rate from 0 to 1");
export type Baseline = { rate: number } | { mean: number; variance: number };

const baselineSchema = z
  .strictObject({ rate: rate.optional(), mean: finite("the mean").optional(), variance: notNegative.optional() })
  .transform(({ rate: p, mean, variance }, context): Baseline => {
    const sampled = mean !== undefined || variance !== undefined;
    if (p !== undefined && !sampled) return { rate: p };
    if (p === undefined && mean !== undefined && variance !== undefined) return { mean, variance };
    const path = p !== undefined ? [] : sampled ? [mean === undefined ? "mean" : "variance"] : ["rate"];
    context.addIssue({ code: "custom", path, message: "{ rate } from 0 to 1, or { mean, variance }" });
    return z.NEVER;
  });

export const powerInput = z.strictObject({
  baseline: baselineSchema,
  effect: finite("the true effect").optional(),
  effectType: z.enum(["relative", "absolute"], { error: '"relative" or "absolute"' }),
  n: z.number({ error: "units above 0" }).gt(0, "units above 0").optional().describe("all arms together"),
  power: rate.optional(),
  allocation: z
    .array(notNegative, { error: "a list of shares, control first" })
    .min(2, "a share for each arm, control first")
    .max(100)
    .default([0.5, 0.5]),
  alpha: alpha.default(0.05),
  alternative: alternative.default("two-sided"),
  variance: z.enum(["unpooled", "pooled"], { error: '"unpooled" or "pooled"' }).default("unpooled"),
  sequential: z.boolean().optional(),
  tuningN: tuningN.optional(),
});
export type PowerInput = z.infer<typeof powerInput>;
export const powerOutput = z.object({ effect: measure, n: measure, power: measure, reasons });

const sample = z
  .strictObject({ successes: units, n: units })
  .refine(({ successes, n }) => successes <= n, { error: "at most n successes", path: ["successes"] });
export type Sample = z.infer<typeof sample>;
export const ONE_RATE_METHODS = ["wilson", "clopper-pearson", "agresti-coull", "jeffreys", "wald"] as const;
export const TWO_RATE_METHODS = ["wald", "newcombe", "agresti-caffo", "katz-log"] as const;
export const proportionIntervalInput = z.strictObject({
  successes: units,
  n: units,
  confidence: fractionBetween("a confidence between 0 and 1").default(0.95),
  method: z.enum([...ONE_RATE_METHODS, "newcombe", "agresti-caffo", "katz-log"], {
    error: `one of ${[...ONE_RATE_METHODS, "newcombe", "agresti-caffo", "katz-log"].join(", ")}`,
  }),
  versus: sample.optional(),
});
export type ProportionIntervalInput = z.infer<typeof proportionIntervalInput>;
export const proportionIntervalOutput = z.object({ estimate: measure, interval: ends, reasons });

export const proportionTestInput = z.strictObject({
  samples: z.array(sample, { error: "a list of { successes, n }" }).min(1, "at least one sample").max(1000),
  null: rate.optional(),
  method: z.enum(["exact", "z", "chi-squared"], { error: '"exact", "z" or "chi-squared"' }),
  alternative: alternative.default("two-sided"),
});
export type ProportionTestInput = z.infer<typeof proportionTestInput>;
export const proportionTestOutput = z.object({
  statistic: measure,
  degreesOfFreedom: measure,
  pValue: measure,
  reasons,
});

export const adjustInput = z.strictObject({
  pValues: z.array(rate.nullable(), { error: "a list of p-values from 0 to 1, null where there is none" }).max(100_000),
  method: z.enum(["bonferroni", "holm", "benjamini-hochberg"], {
    error: '"bonferroni", "holm" or "benjamini-hochberg"',
  }),
});
export const adjustOutput = z.object({ adjusted: z.array(measure), reasons });

const figureRow = z.object({ key: z.string(), figure: z.string(), label: z.string(), value: z.string().nullable() });
export const ventureExperimentsInput = z.strictObject({
  venture: z.string({ error: "the venture's slug or id" }).min(1, "the venture's slug or id"),
});
export const ventureExperimentsOutput = z.object({
  venture: z.object({ id: z.string(), slug: z.string(), name: z.string() }),
  experiments: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      method: z.enum(["fixed", "sequential", "bayesian"]),
      status: z.enum(["draft", "running", "decided", "stopped"]),
      initiativeId: z.string().nullable(),
      primaryMetric: z.string(),
      startedOn: z.string().nullable(),
      plannedEnd: z.string().nullable(),
      through: z.string().nullable(),
      hidden: z.enum(["no-data", "sample-ratio", "not-reached"]).nullable(),
      verdict: z.object({
        said: z.enum(["ship", "do-not-ship", "keep-running", "cannot-tell"]),
        arm: z.string().nullable(),
        why: z.string(),
      }),
      decision: z.string().nullable(),
      overridden: z.boolean().nullable(),
      figures: z.array(figureRow),
    }),
  ),
});
