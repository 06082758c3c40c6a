import { ok, type Result } from "@/lib/errors";
import { contradicts } from "@/lib/metrics/rules/measure";
import type { SampleRatioInput } from "../schema";
import { chiSquaredAbove } from "./distributions";

/** Below this the split is broken and no result may be read. */
export const MISMATCH_BELOW = 0.001;
export const POSSIBLE_BELOW = 0.01;

export const SAMPLE_RATIO_CONVENTIONS = {
  test: "chi-squared on the counts against the weights, without continuity correction",
  zeroWeights: "arms of weight 0 are left out, with their degree of freedom",
  mismatch: `p < ${MISMATCH_BELOW}`,
  severity: `severe: p < ${MISMATCH_BELOW}; possible: p < ${POSSIBLE_BELOW}; none otherwise`,
} as const;

export type SampleRatio = {
  pValue: number | null;
  mismatch: boolean | null;
  severity: "none" | "possible" | "severe" | null;
  reasons: Record<string, string>;
};

const unknown = (reason: string): SampleRatio => ({
  ...{ pValue: null, mismatch: null, severity: null },
  reasons: { pValue: reason, mismatch: reason, severity: reason },
});

/** Whether units fell on the arms as the weights say. */
export function sampleRatio({ observed, expected }: SampleRatioInput): Result<SampleRatio, "CONTRADICTION"> {
  if (observed.length !== expected.length) return contradicts("expected", `${observed.length} weights, one per count`);
  const arms = observed.flatMap((count, i) => ((expected[i] ?? 0) > 0 ? [{ count, weight: expected[i] ?? 0 }] : []));
  const weights = arms.reduce((total, { weight }) => total + weight, 0);
  if (weights <= 0) return contradicts("expected", "at least one weight above 0");
  const total = arms.reduce((units, { count }) => units + count, 0);
  if (arms.length < 2) return ok(unknown("one-arm"));
  if (total === 0) return ok(unknown("no-units"));
  const statistic = arms.reduce((sum, { count, weight }) => {
    const expectation = (total * weight) / weights;
    return sum + (count - expectation) ** 2 / expectation;
  }, 0);
  const pValue = chiSquaredAbove(statistic, arms.length - 1);
  const severity = pValue < MISMATCH_BELOW ? "severe" : pValue < POSSIBLE_BELOW ? "possible" : "none";
  return ok({ pValue, mismatch: pValue < MISMATCH_BELOW, severity, reasons: {} });
}

/** Units in arms that should have had none. */
export const strayUnits = ({ observed, expected }: SampleRatioInput): number =>
  observed.reduce((units, count, i) => units + (expected[i] === 0 ? count : 0), 0);
