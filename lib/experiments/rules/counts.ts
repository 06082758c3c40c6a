import { z } from "zod";
import { canonicalJson } from "@/lib/figures/rules";
import { Exact } from "@/lib/money";
import { type ArmInput, armSchema } from "../schema";
import type { Design, MetricDesign } from "../schema/design";
import { readArm } from "./arms";

const decimalText = z.string();
type SumTree = { [name: string]: string | SumTree };
const sumTree: z.ZodType<SumTree> = z.lazy(() => z.record(z.string(), z.union([decimalText, sumTree])));

/** Units and sums of one arm and metric, in all or on a day; sums as decimal text, named as experiments.analyze takes them. */
export const countSchema = z.strictObject({
  arm: z.string(),
  metric: z.string(),
  day: z.iso.date().nullable(),
  units: z.int().nonnegative(),
  sums: z.record(z.string(), z.union([decimalText, sumTree])),
});
export type Count = z.infer<typeof countSchema>;

export type CountProblem = { row: number | null; problem: string };
export type ReadCounts = { counts: Count[]; problems: CountProblem[]; through: string | null };

function addTrees(a: SumTree, b: SumTree): SumTree {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return Object.fromEntries(
    [...names].map((name) => {
      const [left, right] = [a[name], b[name]];
      if (typeof left === "object" || typeof right === "object")
        return [name, addTrees(typeof left === "object" ? left : {}, typeof right === "object" ? right : {})];
      return [name, new Exact(left ?? 0).plus(right ?? 0).toFixed()];
    }),
  );
}

/** The days of an arm and metric added up; null where nothing was counted. */
export function totalOf(
  counts: readonly Count[],
  arm: string,
  metric: string,
): { units: number; sums: SumTree } | null {
  const own = counts.filter((count) => count.arm === arm && count.metric === metric);
  if (own.length === 0) return null;
  return own.reduce<{ units: number; sums: SumTree }>(
    (total, { units, sums }) => ({ units: total.units + units, sums: addTrees(total.sums, sums) }),
    { units: 0, sums: {} },
  );
}

/** As experiments.analyze takes it; null where it is not counted, or its sums do not fit. */
export function armInputOf(counts: readonly Count[], arm: string, metric: string): ArmInput | null {
  const total = totalOf(counts, arm, metric);
  if (!total) return null;
  const { successes, ...rest } = total.sums;
  const own = successes === undefined ? rest : { ...rest, successes: Number(successes) };
  const parsed = armSchema.safeParse({ n: total.units, ...own });
  return parsed.success ? parsed.data : null;
}

const fits = ({ kind }: MetricDesign, arm: ArmInput): boolean =>
  kind === "rate"
    ? arm.successes !== undefined && !arm.denominator
    : kind === "ratio"
      ? arm.denominator !== undefined
      : arm.sum !== undefined && !arm.denominator;

const WANTED = {
  rate: "n and successes",
  mean: "n, sum and sum_squares",
  ratio: "n, sum, sum_squares and the sums of the denominator",
} as const;

function totalProblem(counts: readonly Count[], arm: string, metric: MetricDesign): string | null {
  const total = totalOf(counts, arm, metric.key);
  if (!total) return null;
  const where = `${metric.name}, ${arm}`;
  const input = armInputOf(counts, arm, metric.key);
  if (!input || !fits(metric, input))
    return `${where}: a ${metric.kind} needs ${WANTED[metric.kind]} that fit each other`;
  const read = readArm(input, where, input.pre !== undefined);
  return read.ok ? null : (read.problems ?? []).map(({ path, expected }) => `${path}: ${expected}`).join("; ");
}

/** What is wrong with the counts as a whole: nothing of the primary metric, arms that disagree on units, sums that cannot be. */
export function* wholeProblems(counts: readonly Count[], design: Design): Generator<CountProblem> {
  const whole = (problem: string): CountProblem => ({ row: null, problem });
  for (const arm of design.arms.filter(({ weight }) => weight > 0))
    for (const metric of design.metrics) {
      const total = totalOf(counts, arm.key, metric.key);
      if (!total && metric.role === "primary") yield whole(`${metric.name} is missing for ${arm.name}`);
      const problem = totalProblem(counts, arm.key, metric);
      if (problem) yield whole(problem);
    }
  const seen = new Set<string>();
  for (const { arm, metric, day } of counts) {
    const key = canonicalJson([arm, metric, day]);
    if (seen.has(key)) yield whole(`${metric}, ${arm}${day ? `, ${day}` : ""} is given twice`);
    seen.add(key);
  }
  if (counts.some(({ day }) => day === null) && counts.some(({ day }) => day !== null))
    yield whole("some rows have a day and others none: send days or totals");
}

/** The last day counted, where the counts say days. */
export const lastDay = (counts: readonly Count[]): string | null =>
  counts.reduce<string | null>((last, { day }) => (day !== null && (last === null || day > last) ? day : last), null);

/** Equal counts have equal text, whatever the order of their rows. */
export const countsText = (counts: readonly Count[]): string =>
  canonicalJson(counts.map((count) => canonicalJson(count)).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
