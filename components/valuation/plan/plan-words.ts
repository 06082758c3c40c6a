import type { LevelName } from "@/components/ui/level";
import type { StepState } from "@/lib/valuation/rules/optimization/plan-days";

export const STATE_LEVEL: Readonly<Record<StepState, LevelName>> = {
  reached: "healthy",
  late: "critical",
  "under way": "warning",
  "to come": "unknown",
};

export const PLAN_SENTENCES: Readonly<Record<string, string>> = {
  STALE_PLAN: "Somebody kept another version while you were at it. The page shows it now; look and try again.",
  NO_VALUATION: "Keep a valuation first: without one nothing says what a step is worth.",
  UNKNOWN_LEVER: "One of the levers is not known any more. Reload the page.",
  ROUND_ORDER: "The order runs in a circle: one step would wait for itself.",
};
