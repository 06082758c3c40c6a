import "server-only";
import type { Tx } from "@/lib/db";
import type { EffectEstimate, EffectWindow } from "../rules/effect";

/** What a finished experiment says about its goal metric: a relative change, with its interval. */
export type ExperimentEffect = { estimate: number; low: number; high: number; confidence: number; name: string };

const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;

/** A relative change of the metric, as an effect per month on the months since the start. */
export function experimentEstimate(found: ExperimentEffect, window: EffectWindow): EffectEstimate {
  const actual = mean(window.after);
  const gained = (change: number) => actual - actual / (1 + change);
  return {
    method: "experiment",
    estimate: gained(found.estimate),
    low: gained(found.low),
    high: gained(found.high),
    confidence: found.confidence,
    months: window.after.length,
    basis: `experiment “${found.name}”`,
    counterfactual: window.after.map((value, index) => ({
      ...{ month: window.months[index] ?? "", actual: value, expected: value / (1 + found.estimate) },
      low: value / (1 + found.high),
      high: value / (1 + found.low),
    })),
  };
}

/** The effect that the experiment linked to an initiative shows; null where none is linked or it is not decided. */
export async function findExperimentEffect(
  _tx: Tx,
  initiative: { experimentId: string | null },
  window: EffectWindow | null,
): Promise<EffectEstimate | null> {
  if (initiative.experimentId === null || window === null) return null;
  return null;
}
