import { parseDate } from "@internationalized/date";
import { z } from "zod";
import type { AutonomyLevel } from "@/lib/ventures/schema";

export const CYCLE_PHASES = ["analyse", "decide", "execute", "measure", "learn", "closed"] as const;
export type CyclePhase = (typeof CYCLE_PHASES)[number];
export type CycleStatus = "running" | "paused" | "closed" | "cancelled";

/** How often the profile has a venture's strategy reviewed, in months. */
export const REVIEW_MONTHS = { monthly: 1, quarterly: 3, "semi-annually": 6, annually: 12 } as const;
export type ReviewFrequency = keyof typeof REVIEW_MONTHS;
export const reviewFrequencySchema = z.enum(["monthly", "quarterly", "semi-annually", "annually"]);

/** The day of the review, counted from the opening (YYYY-MM-DD); the month's last day where it has no such day. */
export const reviewDay = (openedOn: string, frequency: ReviewFrequency): string =>
  parseDate(openedOn).add({ months: REVIEW_MONTHS[frequency] }).toString();

export type CycleFacts = {
  status: CycleStatus;
  phase: CyclePhase;
  /** 40.1 is open: the loop goes on, also while 40.2 runs. */
  growthOpen: boolean;
  /** The analysis of this cycle; null before it was begun. */
  run: { state: "active" | "succeeded" | "failed"; endedAt: Date | null } | null;
  attempts: number;
  /** Proposals of the analysis that nobody has answered. */
  openMemos: number;
  /** When the day of the review begins at the venture. */
  reviewAt: Date;
};

export type CycleMove =
  | { kind: "wait"; seconds: number }
  /** Begin the analysis, once more where it failed. */
  | { kind: "analyse" }
  | { kind: "advance"; to: "decide" | "execute" | "measure" | "learn" }
  | { kind: "close" }
  /** 40.1 has ended: no review, no next cycle. */
  | { kind: "stop" }
  | { kind: "end" };

export type LoopFacts = {
  growthOpen: boolean;
  autonomy: AutonomyLevel;
  /** The day it came into this system, where it was in stage 40 before; null where the stage began here. */
  takenOverOn: string | null;
  today: string;
  /** How the newest turn since the stage began stands; null without any. */
  last: CycleStatus | null;
};

/** A venture that is taken over first brings its data, its profile and its autonomy. */
const SETTLING_DAYS = 7;

/** When the first turn of the loop opens by itself, or why it waits for a person. */
export type LoopStart =
  | { by: "itself"; on: string; settling: boolean }
  | { by: "person"; because: "growth-closed" | "open" | "manual" | "cancelled" };

/**
 * At manual autonomy the chairman begins everything; a loop that was cancelled stays so; a venture that was taken over in
 * the middle of the stage has a week to settle in.
 */
export function loopStart({ growthOpen, autonomy, takenOverOn, today, last }: LoopFacts): LoopStart {
  if (!growthOpen) return { by: "person", because: "growth-closed" };
  if (last === "running" || last === "paused") return { by: "person", because: "open" };
  if (last === "cancelled") return { by: "person", because: "cancelled" };
  if (autonomy === "manual") return { by: "person", because: "manual" };
  if (takenOverOn === null) return { by: "itself", on: today, settling: false };
  const settled = parseDate(takenOverOn).add({ days: SETTLING_DAYS }).toString();
  return { by: "itself", on: settled > today ? settled : today, settling: settled > today };
}

export function opensByItself(facts: LoopFacts): boolean {
  const start = loopStart(facts);
  return start.by === "itself" && start.on <= facts.today;
}

export const MOST_ATTEMPTS = 3;
const RETRY_AFTER_MS = 3_600_000;
/** Messages wake the loop; should one be lost, it looks by itself. */
const LOOK_AGAIN_SECONDS = 21_600;
const LOOK_AT_RUN_SECONDS = 60;

const waitUntil = (moment: Date, now: Date, most: number): CycleMove => ({
  kind: "wait",
  seconds: Math.max(1, Math.min(most, Math.ceil((moment.getTime() - now.getTime()) / 1_000))),
});

/** What the loop does next, from stored facts alone. A review that is due cuts short whatever is still waited for. */
export function nextCycleMove(facts: CycleFacts, now: Date): CycleMove {
  const { status, phase } = facts;
  if (status === "closed" || status === "cancelled") return { kind: "end" };
  if (!facts.growthOpen) return { kind: "stop" };
  if (status === "paused") return { kind: "wait", seconds: LOOK_AGAIN_SECONDS };
  if (phase === "learn") return { kind: "close" };
  if (phase === "measure") return { kind: "advance", to: "learn" };
  if (facts.reviewAt <= now && facts.run?.state !== "active") return { kind: "advance", to: "measure" };
  if (phase === "analyse") return whileAnalysing(facts, now);
  if (phase === "decide" && facts.openMemos === 0) return { kind: "advance", to: "execute" };
  return waitUntil(facts.reviewAt, now, LOOK_AGAIN_SECONDS);
}

function whileAnalysing({ run, attempts }: CycleFacts, now: Date): CycleMove {
  if (run === null) return { kind: "analyse" };
  if (run.state === "active") return { kind: "wait", seconds: LOOK_AT_RUN_SECONDS };
  if (run.state === "succeeded" || attempts >= MOST_ATTEMPTS) return { kind: "advance", to: "decide" };
  const again = new Date((run.endedAt ?? now).getTime() + RETRY_AFTER_MS);
  return again <= now ? { kind: "analyse" } : waitUntil(again, now, RETRY_AFTER_MS / 1_000);
}
