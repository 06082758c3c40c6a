import type { LevelName } from "@/components/ui/level";
import type { PreparationView } from "@/lib/stage/queries/exit-overview";
import type { Rollback, RollbackKind } from "@/lib/stage/rules/exit-rollbacks";

export const EXIT_REFUSALS = {
  STAGE_NOT_OPEN: "The venture is not in stage 40.",
  ALREADY_OPEN: "Exit preparation has been started already.",
  NOT_RUNNING: "Exit preparation is not running.",
  NOT_PAUSED: "Exit preparation is not paused.",
  CONFLICT: "Somebody changed it since you read it. Read it again.",
};

export const STATUS_WORDS: Readonly<Record<PreparationView["status"], string>> = {
  running: "running",
  paused: "paused",
  approved: "approved: value realization (40.3) is open",
  returned: "returned to growth",
  cancelled: "cancelled",
};

export const ROLLBACK_LEVELS: Readonly<Record<Rollback["state"], { level: LevelName; word: string }>> = {
  holds: { level: "critical", word: "holds" },
  near: { level: "warning", word: "near" },
  far: { level: "healthy", word: "far" },
  unknown: { level: "unknown", word: "unknown" },
};

export const ROLLBACK_ANSWERS: Readonly<Record<RollbackKind, string>> = {
  "no-buyer": "Then the chairman is asked to return to growth (40.1).",
  "readiness-low": "Then remediation tasks are made.",
  "readiness-stalled": "Then the chairman is asked.",
  "growth-negative": "Then the chairman is asked to return to growth (40.1), and the levers are looked at again.",
  "key-person": "Then a retention plan is made a task, and the chairman is asked whether preparation waits.",
  "market-crash": "Then the chairman is asked to pause.",
};

/** Where each criterion is worked on. */
export const CRITERION_PATHS = { buyers: "buyers", diligence: "data-room", valuation: "valuation" } as const;
