import { z } from "zod";
import { Exact } from "@/lib/money";
import type { Design, MetricDesign } from "../schema/design";
import { type Count, type CountProblem, type ReadCounts, wholeProblems } from "./counts";
import { primaryOf } from "./design";
import { findNamed } from "./read-csv";

const failed = (problem: string): ReadCounts => ({ counts: [], problems: [{ row: null, problem }], through: null });
const decimal = (value: number): string => new Exact(value).toFixed();

// PostHog: the answer of an ExperimentQuery (baseline and variant_results), alone or in "results"; other members are ignored.
const posthogStats = z.object({
  key: z.string(),
  number_of_samples: z.int().nonnegative(),
  sum: z.number(),
  sum_squares: z.number(),
  denominator_sum: z.number().nullish(),
  denominator_sum_squares: z.number().nullish(),
  numerator_denominator_sum_product: z.number().nullish(),
});
const posthogAnswer = z.object({
  metric: z.object({ name: z.string().nullish(), uuid: z.string().nullish() }).nullish(),
  baseline: posthogStats,
  variant_results: z.array(posthogStats).min(1),
});
type PosthogStats = z.infer<typeof posthogStats>;

function posthogSums({ sum, sum_squares, ...rest }: PosthogStats, metric: MetricDesign): Count["sums"] {
  if (metric.kind === "rate") return { successes: decimal(sum) };
  const own = { sum: decimal(sum), sumSquares: decimal(sum_squares) };
  if (metric.kind === "mean") return own;
  const denominator = {
    sum: decimal(rest.denominator_sum ?? 0),
    sumSquares: decimal(rest.denominator_sum_squares ?? 0),
    sumProduct: decimal(rest.numerator_denominator_sum_product ?? 0),
  };
  return { ...own, denominator };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

/** One answer of PostHog, or a list of them, one per metric in the order of the design where they carry no name. */
export function readPosthogCounts(text: string, design: Design): ReadCounts {
  const json = parseJson(text);
  const list = (Array.isArray(json) ? json : [json]).map((one) =>
    one !== null && typeof one === "object" && "results" in one ? (one as { results: unknown }).results : one,
  );
  const answers = z.array(posthogAnswer).min(1).safeParse(list);
  if (!answers.success)
    return failed("not an experiment result of PostHog: it has baseline and variant_results with number_of_samples");
  const counts: Count[] = [];
  const problems: CountProblem[] = [];
  const ordered = [primaryOf(design), ...design.metrics.filter(({ role }) => role !== "primary")];
  for (const [index, answer] of answers.data.entries()) {
    const said = answer.metric?.name ?? answer.metric?.uuid;
    const metric = said ? findNamed(design.metrics, said) : ordered[index];
    if (!metric) {
      problems.push({ row: index + 1, problem: `no metric "${said ?? index + 1}" in the design` });
      continue;
    }
    for (const stats of [answer.baseline, ...answer.variant_results]) {
      const arm = findNamed(design.arms, stats.key);
      if (!arm) problems.push({ row: index + 1, problem: `no arm "${stats.key}" in the design` });
      else
        counts.push({
          ...{ arm: arm.key, metric: metric.key, day: null, units: stats.number_of_samples },
          sums: posthogSums(stats, metric),
        });
    }
  }
  return { counts, problems: [...problems, ...wholeProblems(counts, design)], through: null };
}

// GrowthBook: GET /api/v1/experiments/{id}/results.
const growthbookVariation = z.object({
  variationId: z.string(),
  variationName: z.string().nullish(),
  users: z.int().nonnegative(),
  analyses: z
    .array(
      z.object({
        numerator: z.number(),
        denominator: z.number().nullish(),
        mean: z.number().nullish(),
        stddev: z.number().nullish(),
      }),
    )
    .min(1),
});
const growthbookAnswer = z.object({
  result: z.object({
    dateUpdated: z.string().nullish(),
    results: z
      .array(
        z.object({
          dimension: z.string().nullish(),
          metrics: z.array(
            z.object({
              metricId: z.string(),
              metricName: z.string().nullish(),
              variations: z.array(growthbookVariation),
            }),
          ),
        }),
      )
      .min(1),
  }),
});
type GrowthbookVariation = z.infer<typeof growthbookVariation>;

function growthbookSums({ users, analyses }: GrowthbookVariation, metric: MetricDesign): Count["sums"] | string {
  const [analysis] = analyses;
  if (!analysis) return "no analysis";
  if (metric.kind === "ratio") return "GrowthBook exports no products of a ratio metric; send its sums as CSV";
  if (metric.kind === "rate") return { successes: decimal(analysis.numerator) };
  if (analysis.stddev === null || analysis.stddev === undefined)
    return "no stddev, which the sum of squares is made from";
  // stddev² = (Σx² − (Σx)² ÷ n) ÷ (n − 1)
  const sum = new Exact(analysis.numerator);
  const squares = new Exact(analysis.stddev).pow(2).times(Math.max(users - 1, 0));
  const sumSquares = users > 0 ? squares.plus(sum.pow(2).div(users)) : squares;
  return { sum: sum.toFixed(), sumSquares: sumSquares.toSignificantDigits(25).toFixed() };
}

/** The results of an experiment as GrowthBook's API gives them; the whole, not one of its dimensions. */
export function readGrowthbookCounts(text: string, design: Design): ReadCounts {
  const answer = growthbookAnswer.safeParse(parseJson(text));
  if (!answer.success)
    return failed("not an experiment result of GrowthBook: it has result.results with metrics and variations");
  const { result } = answer.data;
  const whole = result.results.find(({ dimension }) => !dimension) ?? result.results[0];
  const counts: Count[] = [];
  const problems: CountProblem[] = [];
  for (const [index, given] of (whole?.metrics ?? []).entries()) {
    const row = index + 1;
    const metric = findNamed(design.metrics, given.metricId) ?? findNamed(design.metrics, given.metricName ?? "");
    // Metrics that the design does not speak of are not evidence here.
    if (!metric) continue;
    for (const [position, variation] of given.variations.entries()) {
      const named =
        findNamed(design.arms, variation.variationId) ?? findNamed(design.arms, variation.variationName ?? "");
      const arm = named ?? (variation.variationId === String(position) ? design.arms[position] : undefined);
      const sums = growthbookSums(variation, metric);
      if (!arm)
        problems.push({ row, problem: `no arm "${variation.variationName ?? variation.variationId}" in the design` });
      else if (typeof sums === "string") problems.push({ row, problem: `${metric.name}: ${sums}` });
      else counts.push({ arm: arm.key, metric: metric.key, day: null, units: variation.users, sums });
    }
  }
  const day = /^\d{4}-\d{2}-\d{2}/.exec(result.dateUpdated ?? "")?.[0] ?? null;
  return { counts, problems: [...problems, ...wholeProblems(counts, design)], through: day };
}
