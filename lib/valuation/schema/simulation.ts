import { z } from "zod";
import { identifier } from "@/lib/metrics/rules/measure";
import { MOST_YEARS, measure, reasons } from "./methods";

const LARGEST = 1e30;
/** A number, or a decimal as text; read as a number, since these are statistics. */
const value = z
  .union([z.number(), z.string().regex(/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/)], { error: "a finite number" })
  .transform(Number)
  .refine((number) => Math.abs(number) <= LARGEST, "a finite number");
const notNegative = value.refine((number) => number >= 0, "a number of at least 0");
const probability = value.refine((number) => number >= 0 && number <= 1, "a probability from 0 to 1");

const name = identifier;
const spread = { standardDeviation: notNegative.optional(), sd: notNegative.optional() };
const ends = { low: value.optional(), high: value.optional(), min: value.optional(), max: value.optional() };
type Ends = { low?: number; high?: number; min?: number; max?: number };

const oneOf = (a: number | undefined, b: number | undefined) => (a === undefined) !== (b === undefined);
const hasEnds = ({ low, high, min, max }: Ends) => oneOf(low, min) && oneOf(high, max);
const ENDS_EXPECTED = "low and high (or min and max)";
const endsOf = ({ low, high, min, max }: Ends) => ({ low: low ?? min ?? 0, high: high ?? max ?? 0 });

const fixed = z.strictObject({ name, distribution: z.literal("fixed"), value });
const normal = z
  .strictObject({ name, distribution: z.literal("normal"), mean: value, ...spread })
  .refine(({ standardDeviation, sd }) => oneOf(standardDeviation, sd), {
    error: "the standard deviation, at least 0",
    path: ["standardDeviation"],
  })
  .transform(({ standardDeviation, sd, ...rest }) => ({ ...rest, deviation: standardDeviation ?? sd ?? 0 }));
const lognormal = z
  .strictObject({
    name,
    distribution: z.literal("lognormal"),
    mean: value.optional().describe("of the value itself"),
    ...spread,
    mu: value.optional().describe("mean of its logarithm"),
    sigma: notNegative.optional().describe("standard deviation of its logarithm"),
  })
  .superRefine(({ mean, standardDeviation, sd, mu, sigma }, context) => {
    const own = mean !== undefined && oneOf(standardDeviation, sd) && mu === undefined && sigma === undefined;
    const logs =
      mu !== undefined && sigma !== undefined && mean === undefined && (standardDeviation ?? sd) === undefined;
    if (!own && !logs)
      context.addIssue({
        code: "custom",
        message: "mean and standardDeviation of the value, or mu and sigma of its log",
      });
    if (own && mean <= 0) context.addIssue({ code: "custom", path: ["mean"], message: "a mean above 0" });
  })
  .transform(({ name: called, distribution, mean, standardDeviation, sd, mu, sigma }) => {
    const relative = (standardDeviation ?? sd ?? 0) / (mean ?? 1);
    const variance = Math.log1p(relative * relative);
    const drift = Math.log(mean ?? 1) - variance / 2;
    return { name: called, distribution, mu: mu ?? drift, sigma: sigma ?? Math.sqrt(variance) };
  });
const triangular = z
  .strictObject({ name, distribution: z.literal("triangular"), mode: value, ...ends })
  .refine(hasEnds, ENDS_EXPECTED)
  .transform((given) => ({ name: given.name, distribution: given.distribution, mode: given.mode, ...endsOf(given) }))
  .refine(({ low, mode, high }) => low <= mode && mode <= high, { error: "low ≤ mode ≤ high", path: ["mode"] });
const uniform = z
  .strictObject({ name, distribution: z.literal("uniform"), ...ends })
  .refine(hasEnds, ENDS_EXPECTED)
  .transform((given) => ({ name: given.name, distribution: given.distribution, ...endsOf(given) }))
  .refine(({ low, high }) => low <= high, { error: "at least as much as low", path: ["high"] });
const discrete = z
  .strictObject({
    name,
    distribution: z.literal("discrete"),
    values: z.array(value).min(1, "at least one value").max(1_000),
    probabilities: z.array(probability, { error: "one probability per value" }),
  })
  .refine(({ values, probabilities }) => values.length === probabilities.length, {
    error: "one probability per value",
    path: ["probabilities"],
  })
  .refine(({ probabilities }) => Math.abs(probabilities.reduce((a, b) => a + b, 0) - 1) <= 1e-9, {
    error: "probabilities that sum to 1",
    path: ["probabilities"],
  });

export const DISTRIBUTIONS = ["fixed", "normal", "lognormal", "triangular", "uniform", "discrete"] as const;
export const driverSchema = z.discriminatedUnion(
  "distribution",
  [fixed, normal, lognormal, triangular, uniform, discrete],
  { error: `a driver with a distribution: ${DISTRIBUTIONS.join(", ")}` },
);
export type SimulationDriver = z.output<typeof driverSchema>;

/** A number, the name of a driver, or arithmetic over them. */
const term = z.union([z.number(), z.string().min(1).max(2_000)], { error: "a number, or arithmetic over drivers" });
export type Term = z.output<typeof term>;
const dcfModel = z.strictObject({
  kind: z.literal("dcf"),
  freeCashFlows: z.union(
    [
      z.array(term).min(1, "at least one cash flow").max(MOST_YEARS),
      z.strictObject({ base: term, growth: term, years: z.int().min(1, "at least 1 year").max(MOST_YEARS) }),
    ],
    { error: "a list of cash flows, or { base, growth, years }" },
  ),
  discountRate: term,
  timing: z.enum(["end", "mid"], { error: '"end" or "mid" of the year' }),
  terminal: z
    .strictObject(
      { growth: term.optional(), multiple: term.optional(), metric: term.optional() },
      { error: "{ growth } or { multiple, metric }" },
    )
    .refine(({ growth, multiple }) => (growth === undefined) !== (multiple === undefined), {
      error: "either growth or multiple, not both",
    }),
  netDebt: term.optional(),
});
const multipleModel = z.strictObject({
  kind: z.literal("multiple"),
  metric: term,
  multiple: term,
  netDebt: term.optional(),
});
const expressionModel = z.strictObject({
  kind: z.literal("expression"),
  expression: term,
  rejectWhen: z.string().min(1).max(2_000).optional().describe('such as "growth >= rate"'),
});
const kinds = z.discriminatedUnion("kind", [dcfModel, multipleModel, expressionModel], {
  error: 'arithmetic over the drivers as text, or a model of kind "dcf", "multiple" or "expression"',
});
export const modelSchema = z.union([z.string().min(1).max(2_000), kinds]);
export type SimulationModel = z.output<typeof modelSchema>;

export const USUAL_DRAWS = 10_000;
export const MOST_DRAWS = 1_000_000;
export const simulateInput = z.strictObject({
  drivers: z.array(driverSchema, { error: "a list of drivers" }).min(1, "at least one driver").max(50),
  correlation: z
    .array(
      z.array(
        value.refine((number) => Math.abs(number) <= 1, "a correlation from -1 to 1"),
        { error: "a row of correlations" },
      ),
      { error: "a matrix of correlations, one row per driver" },
    )
    .optional()
    .describe("matrix in the order of the drivers"),
  model: modelSchema,
  draws: z
    .int({ error: "a whole number of draws" })
    .min(1, "at least 1 draw")
    .max(MOST_DRAWS, `at most ${MOST_DRAWS} draws`),
  seed: z.union([z.number(), z.string().min(1).max(200)], { error: "a number or text; the same gives the same" }),
});
export type SimulateInput = z.output<typeof simulateInput>;
export const PERCENTILES = [5, 10, 25, 50, 75, 90, 95] as const;
export const simulateOutput = z.object({
  percentiles: z.record(z.string(), measure),
  mean: measure,
  standardDeviation: measure,
  standardError: measure.describe("of the median"),
  rejectedShare: z.number(),
  draws: z.int(),
  accepted: z.int(),
  reasons,
});
