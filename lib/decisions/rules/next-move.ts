import type { MemoStatus } from "../schema";
import { isOpen } from "./verdict";

export type RunFacts = {
  status: MemoStatus;
  version: number;
  expiresAt: Date;
  decidedAt: Date | null;
  /** The action of this version was carried out. */
  done: boolean;
  /** Do the conditions of a conditional approval hold by stored values? Null when there are none. */
  conditionsHold: boolean | null;
  /** What was carried out is held, because a condition did not hold. */
  held: boolean;
  /** The end of the last day for which the conditions are asked. */
  conditionsUntil: Date | null;
  /** A question that the agent whose memo it is has not been asked yet. */
  openQuestion: string | null;
  /** How long a verdict can be taken back. */
  undoMs: number;
};

export type Move =
  | { kind: "wait"; seconds: number }
  | { kind: "ask"; questionId: string }
  | { kind: "expire"; version: number }
  | { kind: "lapse"; version: number }
  | { kind: "execute"; version: number }
  | { kind: "suspend"; version: number }
  | { kind: "resume"; version: number }
  | { kind: "end"; status: MemoStatus };

/** Nothing of these can be taken back. */
const OVER: readonly MemoStatus[] = ["expired", "withdrawn", "reversed"];
const CHECK_AGAIN_SECONDS = 6 * 3_600;
const secondsTo = (moment: Date, now: Date): number =>
  Math.max(1, Math.ceil((moment.getTime() - now.getTime()) / 1_000));

/**
 * What the memo's run does next, from the stored facts alone: messages only wake it up. After the decision it stays for
 * the time in which the verdict can be taken back, because then the memo is open again and waits for another one.
 */
export function nextMove(facts: RunFacts, now: Date): Move {
  const { status, version } = facts;
  if (isOpen(status)) {
    if (facts.expiresAt <= now) return { kind: "expire", version };
    if (facts.openQuestion) return { kind: "ask", questionId: facts.openQuestion };
    return { kind: "wait", seconds: secondsTo(facts.expiresAt, now) };
  }
  // Without a verdict there is nothing to carry out, whatever the status says.
  if (facts.decidedAt === null) return { kind: "end", status };
  if (status === "approved" && !facts.done) return { kind: "execute", version };
  if (status === "conditional" && !facts.done) {
    if (facts.conditionsHold) return { kind: "execute", version };
    if (facts.conditionsUntil && facts.conditionsUntil <= now) return { kind: "lapse", version };
    const patience = facts.conditionsUntil ? secondsTo(facts.conditionsUntil, now) : CHECK_AGAIN_SECONDS;
    return { kind: "wait", seconds: Math.min(patience, CHECK_AGAIN_SECONDS) };
  }
  if (status === "conditional" && facts.conditionsUntil) return watched(facts, facts.conditionsUntil, now);
  return afterwards(facts, now);
}

/**
 * An approval on conditions that was carried out: through its last day it is held the moment that a condition does not
 * hold, and goes on when all do again. One that is held at the end lapses, and stays held.
 */
function watched(facts: RunFacts, until: Date, now: Date): Move {
  const { version, held, conditionsHold } = facts;
  if (until <= now) return held ? { kind: "lapse", version } : afterwards(facts, now);
  if (conditionsHold === false && !held) return { kind: "suspend", version };
  if (conditionsHold === true && held) return { kind: "resume", version };
  return { kind: "wait", seconds: Math.min(secondsTo(until, now), CHECK_AGAIN_SECONDS) };
}

function afterwards({ status, decidedAt, undoMs }: RunFacts, now: Date): Move {
  const open = decidedAt !== null && !OVER.includes(status);
  const until = !open ? now : new Date(decidedAt.getTime() + undoMs);
  return until > now ? { kind: "wait", seconds: secondsTo(until, now) } : { kind: "end", status };
}
