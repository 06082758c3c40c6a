import { z } from "zod";

const LARGEST = 1e100;
export const MOST_VALUES = 2_000;
export const LONGEST_HORIZON = 600;
const MOST_PERIOD = 366;

/** A number, or a decimal as text; read as a number, since these are statistics. */
const value = z
  .union([z.number(), z.string().regex(/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/)], { error: "a finite number" })
  .transform(Number)
  .refine((number) => Math.abs(number) <= LARGEST, "a finite number");

/** Absent and null are the same: other tools print null for a parameter that a model does not have. */
const optional = <T extends z.ZodType>(schema: T) =>
  schema
    .nullish()
    .transform((given) => given ?? undefined)
    .optional();

const seriesOf = (least: number, expected: string) =>
  z.array(value, { error: "a list of numbers" }).min(least, expected).max(MOST_VALUES, `at most ${MOST_VALUES} values`);

const period = z
  .int({ error: "a whole number: values per season" })
  .min(1, "at least 1")
  .max(MOST_PERIOD, `at most ${MOST_PERIOD}`);
const share = z.number({ error: "a fraction between 0 and 1" }).gt(0, "a fraction above 0").lt(1, "a fraction below 1");

export const initialStateSchema = z.strictObject({
  level: optional(value),
  trend: optional(value),
  /** Oldest first: the first belongs to the first value of the series. */
  seasonal: optional(z.array(value)),
});

export const etsChoiceSchema = z.strictObject({
  error: z.enum(["A", "M"], { error: 'the kind of error: "A" or "M"' }),
  trend: z.enum(["N", "A", "M", "Ad", "Md"], {
    error: 'the kind of trend: "N", "A" or "M" ("Ad" and "Md" are damped)',
  }),
  season: z.enum(["N", "A", "M"], { error: 'the kind of season: "N", "A" or "M"' }),
  damped: optional(z.boolean()),
  alpha: optional(value.refine((number) => number >= 0 && number <= 2, "0 to 2")),
  beta: optional(value.refine((number) => number >= 0 && number <= 4, "0 to 4, in innovations form: alpha × beta*")),
  gamma: optional(value.refine((number) => number >= 0 && number <= 2, "0 to 2")),
  phi: optional(value.refine((number) => number > 0 && number <= 1, "above 0, up to 1")),
  initial: optional(initialStateSchema),
});
export type EtsChoice = z.output<typeof etsChoiceSchema>;

export const DEFAULT_LEVELS: readonly number[] = [0.8, 0.95];

export const forecastInputSchema = z.strictObject({
  series: seriesOf(1, "at least one value"),
  /** Values per season: 12 for months of a year; 1 is no season. */
  period: period.default(1),
  horizon: z
    .int({ error: "a whole number of steps" })
    .min(1, "at least 1")
    .max(LONGEST_HORIZON, `at most ${LONGEST_HORIZON}`),
  model: optional(etsChoiceSchema),
  levels: z
    .array(share)
    .min(1, "at least one level")
    .max(20, "at most 20 levels")
    .default([...DEFAULT_LEVELS]),
  /** What the values are counted in, so that the answer holds figures: a currency code, "count", "ratio" … */
  unit: z.string().max(20).optional(),
});
export type ForecastInput = z.output<typeof forecastInputSchema>;

const number = z.number();
const unknown = number.nullable();
const reasons = z.record(z.string(), z.string());

/** One pair of ends for each step; null where no width can be told. */
export const intervalSchema = z.object({ level: number, lower: z.array(unknown), upper: z.array(unknown) });

export const accuracySchema = z.object({
  /** Mean absolute error ÷ that of the seasonal naive forecast (naive without a season) inside the training values. */
  mase: unknown,
  /** By level as text ("0.8"): the part of the values that came which lay inside. */
  coverage: z.record(z.string(), unknown),
  /** Mean absolute error ÷ that of each benchmark at the same origins and steps: below 1 beats it. */
  versusNaive: z.object({ naive: unknown, seasonalNaive: unknown }),
  meanAbsoluteError: unknown,
  origins: z.int(),
  points: z.int(),
});

export const forecastOutputSchema = z.object({
  model: z.object({
    /** "ETS(A,Ad,N)", "drift" or "naive". */
    name: z.string(),
    method: z.enum(["ets", "drift", "naive"]),
    error: z.enum(["A", "M"]).nullable(),
    trend: z.enum(["N", "A", "M"]).nullable(),
    season: z.enum(["N", "A", "M"]).nullable(),
    damped: z.boolean().nullable(),
    period: z.int(),
    /** Why no model of the family was fitted; null when one was. */
    reason: z.string().nullable(),
    sigma: unknown,
    logLikelihood: unknown,
    aic: unknown,
    aicc: unknown,
    bic: unknown,
    /** The forms that were compared, best first. */
    candidates: z.array(z.object({ name: z.string(), aicc: unknown })),
  }),
  parameters: z.object({
    alpha: unknown,
    beta: unknown,
    gamma: unknown,
    phi: unknown,
    initial: z.object({ level: number, trend: number.optional(), seasonal: z.array(number).optional() }).nullable(),
  }),
  /** One-step forecasts; null where there was nothing to forecast from. */
  fitted: z.array(unknown),
  forecast: z.array(number),
  intervals: z.array(intervalSchema),
  intervalMethod: z.enum(["closed-form", "bootstrap", "none"]),
  accuracy: accuracySchema,
  /** States after each value. */
  states: z
    .object({ level: z.array(number), trend: z.array(number).optional(), seasonal: z.array(number).optional() })
    .nullable(),
  benchmarks: z.object({ naive: z.array(number), seasonalNaive: z.array(number).nullable() }),
  reasons,
});
export type Forecast = z.output<typeof forecastOutputSchema>;

export const ANOMALY_METHODS = ["stl-mad", "mad", "gesd", "grubbs"] as const;

export const anomaliesInputSchema = z.strictObject({
  series: seriesOf(3, "at least three values"),
  period: optional(period),
  method: z.enum(ANOMALY_METHODS, { error: `one of ${ANOMALY_METHODS.join(", ")}` }),
  alpha: share.default(0.05),
  maxOutliers: optional(z.int({ error: "a whole number" }).min(1, "at least 1")),
});
export type AnomaliesInput = z.output<typeof anomaliesInputSchema>;

export const anomaliesOutputSchema = z.object({
  anomalies: z.array(z.object({ index: z.int(), value: number, score: number, expected: number })),
  center: number,
  scale: unknown,
  /** The size that a score must exceed; null with gesd and grubbs, where each step has its own. */
  threshold: unknown,
  steps: z.array(z.object({ statistic: number, critical: number, index: z.int() })).optional(),
  reasons,
});

const window = z.int({ error: "a whole number" }).min(3, "at least 3");
const degree = z.literal([0, 1], { error: "0 or 1" });
const jump = z.int({ error: "a whole number" }).min(1, "at least 1");
const three = <T extends z.ZodType>(each: T) =>
  optional(z.strictObject({ seasonal: optional(each), trend: optional(each), lowPass: optional(each) }));

export const decomposeInputSchema = z.strictObject({
  series: seriesOf(4, "at least two seasons"),
  period: z
    .int({ error: "a whole number: values per season" })
    .min(2, "at least 2")
    .max(MOST_PERIOD, `at most ${MOST_PERIOD}`),
  robust: z.boolean().default(false),
  windows: optional(
    z.strictObject({
      /** "periodic": the same season in every cycle. */
      seasonal: optional(
        z.union([window, z.literal("periodic")], { error: 'a whole number, at least 3, or "periodic"' }),
      ),
      trend: optional(window),
      lowPass: optional(window),
    }),
  ),
  degrees: three(degree),
  jumps: three(jump),
  iterations: optional(
    z.strictObject({
      inner: optional(z.int({ error: "a whole number" }).min(1, "at least 1").max(100, "at most 100")),
      outer: optional(z.int({ error: "a whole number" }).min(0, "at least 0").max(100, "at most 100")),
    }),
  ),
});
export type DecomposeInput = z.output<typeof decomposeInputSchema>;

export const decomposeOutputSchema = z.object({
  trend: z.array(number),
  seasonal: z.array(number),
  remainder: z.array(number),
  weights: z.array(number),
});
