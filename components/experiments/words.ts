import type { LevelName } from "@/components/ui/level";
import { ERROR_SENTENCES } from "@/lib/error-sentences";
import { APP_ERROR_CODES, type AppErrorCode } from "@/lib/errors";
import type { Movement, Said } from "@/lib/experiments/rules/ship-rule";
import type { CountFormat, Method, MetricRole } from "@/lib/experiments/schema/design";

export const METHOD_WORDS: Readonly<Record<Method, string>> = {
  fixed: "Fixed horizon",
  sequential: "Sequential",
  bayesian: "Bayesian",
};

export const METHOD_HINTS: Readonly<Record<Method, string>> = {
  fixed: "One look, at the planned size. Nothing is shown before.",
  sequential: "May be read on any day; needs more units for the same certainty.",
  bayesian: "Chance to win and what shipping would risk, on any day.",
};

export const STATUS_WORDS: Readonly<Record<string, string>> = {
  draft: "draft",
  running: "running",
  decided: "decided",
  stopped: "stopped",
};

export const SAID_WORDS: Readonly<Record<Said, { word: string; level: LevelName }>> = {
  ship: { word: "ship", level: "excellent" },
  "do-not-ship": { word: "do not ship", level: "critical" },
  "keep-running": { word: "keep running", level: "unknown" },
  "cannot-tell": { word: "cannot tell", level: "warning" },
};

export const saidWord = (said: string | null): string =>
  said && said in SAID_WORDS ? SAID_WORDS[said as Said].word : "–";

export const MOVEMENT_WORDS: Readonly<Record<Movement, { word: string; level: LevelName }>> = {
  better: { word: "better", level: "healthy" },
  worse: { word: "worse", level: "critical" },
  unclear: { word: "not clear", level: "unknown" },
};

export const GUARD_WORDS: Readonly<Record<Movement, { word: string; level: LevelName }>> = {
  better: { word: "holds", level: "healthy" },
  worse: { word: "broken", level: "critical" },
  unclear: { word: "not yet safe", level: "warning" },
};

export const ROLE_WORDS: Readonly<Record<MetricRole, string>> = {
  primary: "primary",
  goal: "goal",
  guardrail: "guardrail",
  exploration: "exploration",
};

export const FORMAT_WORDS: Readonly<Record<CountFormat, string>> = {
  csv: "CSV: arm totals or daily counts",
  growthbook: "GrowthBook: results of an experiment (JSON)",
  posthog: "PostHog: experiment results (JSON)",
};

export const PLAN_REASONS: Readonly<Record<string, string>> = {
  "effect-out-of-range": "This change would take the rate out of 0 to 100 %.",
  "power-not-above-alpha": "The power has to be above α.",
  "too-many-units": "No venture will have so many units: choose a larger effect.",
  "not-reachable": "No size finds this effect.",
  "zero-denominator": "A relative change needs a baseline other than zero.",
  "zero-variance": "The baseline does not vary.",
};

const SENTENCES: Readonly<Record<string, string>> = {
  CHANGED_SINCE: "Someone changed this experiment since you opened it. Nothing was saved; reload to see how it stands.",
  ALREADY_STARTED: "It has started already; its design is frozen.",
  ALREADY_ENDED: "It has ended already.",
  NAME_TAKEN: "Another experiment of this venture has this name.",
  CANNOT_BE_PLANNED: "No size can be planned for this design.",
  NOT_RUNNING: "Only a running experiment takes counts and decisions.",
  COUNTS_REFUSED: "Nothing was imported; these rows are wrong:",
  SAME_COUNTS: "These are the counts that are stored already, so nothing was changed.",
  REASON_NEEDED: "The pre-set rule says otherwise. Say why you decide against it.",
  NO_SUCH_ARM: "Choose the arm that is shipped.",
};

const isAppError = (code: string): code is AppErrorCode => APP_ERROR_CODES.some((known) => known === code);

export const refusalText = (code: string): string =>
  SENTENCES[code] ?? (isAppError(code) ? ERROR_SENTENCES[code] : ERROR_SENTENCES.INTERNAL);
