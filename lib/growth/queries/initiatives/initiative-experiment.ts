import "server-only";
import type { Tx } from "@/lib/db";
import { findShippedEffect } from "@/lib/experiments/queries";
import type { EffectEstimate, EffectWindow } from "../../rules/initiatives/effect";

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

/** The effect that a shipped experiment of the initiative shows on its metric; null where none does. */
export async function findExperimentEffect(
  tx: Tx,
  initiative: { id: string; experimentId: string | null; metric: string },
  window: EffectWindow | null,
): Promise<EffectEstimate | null> {
  if (window === null) return null;
  const found = await findShippedEffect(tx, initiative);
  return found ? experimentEstimate(found, window) : null;
}
