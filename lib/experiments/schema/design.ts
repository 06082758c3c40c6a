import { z } from "zod";

const text = (most: number, expected: string) =>
  z.string({ error: expected }).trim().min(1, expected).max(most, expected);
const key = z
  .string({ error: "a short key" })
  .trim()
  .regex(/^[\w.:-]{1,60}$/, "letters, digits, - _ . : only, at most 60");
const fraction = (expected: string) => z.number({ error: expected }).gt(0, expected).lt(1, expected);
const above0 = (expected: string) => z.number({ error: expected }).gt(0, expected);
const notNegative = (expected: string) => z.number({ error: expected }).min(0, expected);

export const METHODS = ["fixed", "sequential", "bayesian"] as const;
export type Method = (typeof METHODS)[number];
export const METRIC_KINDS = ["rate", "mean", "ratio"] as const;
export const METRIC_ROLES = ["primary", "goal", "guardrail", "exploration"] as const;
export type MetricRole = (typeof METRIC_ROLES)[number];

export const armDesignSchema = z.strictObject({
  key,
  name: text(80, "the arm's name"),
  weight: notNegative("a weight of at least 0"),
});
export type ArmDesign = z.infer<typeof armDesignSchema>;

export const metricDesignSchema = z.strictObject({
  key,
  name: text(80, "the metric's name"),
  kind: z.enum(METRIC_KINDS, { error: "rate, mean or ratio" }),
  role: z.enum(METRIC_ROLES, { error: "primary, goal, guardrail or exploration" }),
  better: z.enum(["up", "down"], { error: "up or down" }).default("up"),
  /** What a guardrail may lose, on the scale of the difference. */
  margin: notNegative("a margin of at least 0").default(0),
});
export type MetricDesign = z.infer<typeof metricDesignSchema>;

const baseline = z.union(
  [
    z.strictObject({ rate: fraction("a rate between 0 and 1") }),
    z.strictObject({ mean: z.number({ error: "the mean" }), variance: above0("a variance above 0") }),
  ],
  { error: "a rate, or a mean with its variance" },
);

const designShape = z.strictObject({
  unit: text(40, "what is counted: visitors, accounts, …"),
  /** The control first. */
  arms: z.array(armDesignSchema).min(2, "a control and at least one treatment").max(8),
  metrics: z.array(metricDesignSchema).min(1, "a primary metric").max(20),
  difference: z.enum(["relative", "absolute"]).default("relative"),
  alpha: fraction("between 0 and 1").default(0.05),
  power: fraction("between 0 and 1").default(0.8),
  /** The smallest change of the primary metric that would matter, on the scale of the difference. */
  minimalEffect: above0("an effect above 0"),
  baseline,
  trafficPerDay: z.int({ error: "whole units a day" }).gt(0, "at least 1 a day").nullable().default(null),
  cuped: z.boolean().default(false),
  prior: z
    .strictObject({ mean: z.number(), variance: above0("a variance above 0") })
    .nullable()
    .default(null),
  /** The pre-set ship rule: a Bayesian test ships at this chance to win and below this risk. */
  rule: z
    .strictObject({
      chanceToWin: fraction("between 0 and 1").default(0.95),
      maxRisk: notNegative("at least 0").default(0.005),
    })
    .prefault({}),
});

type Shape = z.infer<typeof designShape>;

function* designProblems({
  arms,
  metrics,
  baseline: base,
}: Shape): Generator<{ path: (string | number)[]; message: string }> {
  const twice = (keys: readonly string[]) => keys.findIndex((one, index) => keys.indexOf(one) !== index);
  const arm = twice(arms.map((one) => one.key));
  if (arm >= 0) yield { path: ["arms", arm, "key"], message: "a key of its own" };
  const metric = twice(metrics.map((one) => one.key));
  if (metric >= 0) yield { path: ["metrics", metric, "key"], message: "a key of its own" };
  if (metrics.filter(({ role }) => role === "primary").length !== 1)
    yield { path: ["metrics"], message: "exactly one primary metric" };
  if ((arms[0]?.weight ?? 0) === 0) yield { path: ["arms", 0, "weight"], message: "a weight above 0 for the control" };
  if (!arms.slice(1).some(({ weight }) => weight > 0))
    yield { path: ["arms", 1, "weight"], message: "a treatment with a weight above 0" };
  const primary = metrics.find(({ role }) => role === "primary");
  if (primary?.kind === "rate" && !("rate" in base)) yield { path: ["baseline", "rate"], message: "the rate today" };
  if (primary && primary.kind !== "rate" && "rate" in base)
    yield { path: ["baseline", "mean"], message: "the mean today, and its variance" };
}

export const designSchema = designShape.superRefine((design, context) => {
  for (const { path, message } of designProblems(design)) context.addIssue({ code: "custom", path, message });
});
export type Design = z.infer<typeof designSchema>;

const experimentId = z.uuid();
const version = z.int().positive();
const reason = text(500, "a reason of a few words");

export const draftSchema = z.strictObject({
  ventureId: z.uuid(),
  /** Another version of this draft; a new one without it. */
  experimentId: experimentId.nullable().default(null),
  version: version.nullable().default(null),
  name: text(120, "a name"),
  hypothesis: text(1000, "what is expected, and why"),
  initiativeId: z.uuid().nullable().default(null),
  method: z.enum(METHODS),
  design: designSchema,
});
export type Draft = z.infer<typeof draftSchema>;

export const startSchema = z.strictObject({ experimentId, version });
export const stopSchema = z.strictObject({ experimentId, version, reason });

export const FORMATS = ["csv", "growthbook", "posthog"] as const;
export type CountFormat = (typeof FORMATS)[number];

/** What a text looks like by its first sign and the words only one of them uses; null where it does not say. */
export function formatOf(text: string): CountFormat | null {
  if (text.trim() === "") return null;
  if (!/^\s*[[{]/.test(text)) return "csv";
  if (text.includes('"variant_results"')) return "posthog";
  return text.includes('"variationId"') ? "growthbook" : null;
}

export const COUNTS_LIMIT = 900_000;
export const countsSchema = z.strictObject({
  experimentId,
  format: z.enum(FORMATS),
  fileName: z.string().max(200).default(""),
  text: z
    .string()
    .min(1, "the counts")
    .max(COUNTS_LIMIT, `at most ${COUNTS_LIMIT} characters: send totals instead of days`),
  /** The last day that the counts hold, where they do not say so themselves. */
  through: z.iso.date().nullable().default(null),
});
export type CountsInput = z.infer<typeof countsSchema>;
export const importSchema = countsSchema.extend({
  /** The revision that the person saw in the preview. */
  onRevision: z.int().nonnegative(),
});
export type ImportInput = z.infer<typeof importSchema>;

export const decideSchema = z.strictObject({
  experimentId,
  version,
  /** The state of the counts that was read. */
  dataRevision: z.int().nonnegative(),
  decision: z.enum(["ship", "do-not-ship"]),
  arm: key.nullable().default(null),
  reason: z.string().trim().max(500).default(""),
});
export type DecideInput = z.infer<typeof decideSchema>;
