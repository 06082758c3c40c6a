import { parseDate } from "@internationalized/date";
import { Exact } from "@/lib/money";
import type { ExitStatus } from "../schema/exit";

/** How often the profile has readiness checked. */
export const CHECKS = { weekly: { weeks: 1 }, monthly: { months: 1 }, quarterly: { months: 3 } } as const;
export type CheckFrequency = keyof typeof CHECKS;

export const nextCheck = (day: string, frequency: CheckFrequency): string =>
  parseDate(day).add(CHECKS[frequency]).toString();

export type RunFacts = {
  status: ExitStatus;
  /** 40.2 of the venture is open. */
  open: boolean;
  round: number;
  /** The newest round is judged and closed; true before the first one. */
  closed: boolean;
  /** When the day of the next check begins at the venture. */
  checkAt: Date;
};

export type ExitMove =
  | { kind: "end" }
  | { kind: "stop" }
  | { kind: "wait"; seconds: number }
  /** Look at the three branches side by side, then judge. */
  | { kind: "round"; round: number };

/** Messages wake the run; should one be lost, it looks by itself. */
const LOOK_AGAIN_SECONDS = 86_400;

/** What the run of 40.2 does next, from stored facts alone. */
export function nextExitMove({ status, open, round, closed, checkAt }: RunFacts, now: Date): ExitMove {
  if (status !== "running" && status !== "paused") return { kind: "end" };
  if (!open) return { kind: "stop" };
  if (status === "paused") return { kind: "wait", seconds: LOOK_AGAIN_SECONDS };
  if (!closed) return { kind: "round", round };
  if (checkAt <= now) return { kind: "round", round: round + 1 };
  const seconds = Math.ceil((checkAt.getTime() - now.getTime()) / 1_000);
  return { kind: "wait", seconds: Math.max(1, Math.min(LOOK_AGAIN_SECONDS, seconds)) };
}

/** Readiness has to fall so far below the target before reaching it again is another cause. */
const HYSTERESIS = 2;

/**
 * Which time the target is reached, counted from 1: 0 before the first. `values` are readiness by round, oldest first;
 * unknown changes nothing. `reached` says whether it stands now.
 */
export function episode(
  values: readonly (string | null)[],
  target: number,
  hysteresis = HYSTERESIS,
): { count: number; reached: boolean } {
  let [count, reached] = [0, false];
  for (const value of values) {
    if (value === null) continue;
    if (!reached && new Exact(value).gte(target)) [count, reached] = [count + 1, true];
    else if (reached && new Exact(value).lt(target - hysteresis)) reached = false;
  }
  return { count, reached };
}
