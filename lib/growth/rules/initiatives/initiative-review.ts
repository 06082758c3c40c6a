import { parseDate } from "@internationalized/date";
import type { Decimal } from "decimal.js";
import type { InitiativeStatus } from "../../schema/initiatives";
import { REVIEW_MONTHS, type ReviewFrequency } from "../cycle/cycle";

export const reviewMonthsOf = (frequency: string): number => REVIEW_MONTHS[frequency as ReviewFrequency] ?? 3;

const plusMonths = (day: string, months: number): string => parseDate(day).add({ months }).toString();

/** The first review date after `today`, counted in whole steps from the one that was due. */
export function nextReview(reviewOn: string, months: number, today: string): string {
  for (let step = 1; ; step += 1) {
    const next = plusMonths(reviewOn, step * months);
    if (next > today) return next;
  }
}

/** Whole months between two days. */
export function monthsSince(from: string, to: string): number {
  for (let months = 0; ; months += 1) if (plusMonths(from, months + 1) > to) return months;
}

/** What has ended goes on being measured so long, because effects come late. */
const MONTHS_AFTER_END = 12;
const LEAST_RETURN = 1;
const MONTHS_UNTIL_RETURN = 6;
export const FAILURES_TO_ESCALATE = 3;

/** Its return is known, below 1×, and it has had six months (specification, section 4). */
export function returnTooLow(facts: {
  status: InitiativeStatus;
  startedOn: string | null;
  reviewOn: string;
  roi: Decimal | null;
}): boolean {
  const { status, startedOn, reviewOn, roi } = facts;
  if (status !== "running" || startedOn === null || roi === null) return false;
  return roi.lt(LEAST_RETURN) && monthsSince(startedOn, reviewOn) >= MONTHS_UNTIL_RETURN;
}

export type Outcome = {
  initiativeId: string;
  /** The day by which it is ordered: of its newest measurement. */
  on: string;
  verdict: "improved" | "worsened" | "cannot-tell";
  roi: Decimal | null;
  /** Its return was below 1× after six months. */
  lowReturn: boolean;
  /** It is stopped or done. */
  ended: boolean;
};

/** It failed when its return stayed too low, it made things worse, or it ended below 1×; “cannot tell” is no failure. */
export const hasFailed = ({ verdict, roi, lowReturn, ended }: Outcome): boolean =>
  lowReturn || verdict === "worsened" || (ended && verdict === "improved" && roi?.lt(LEAST_RETURN) === true);

const hasWorked = (outcome: Outcome): boolean => outcome.verdict === "improved" && !hasFailed(outcome);

/** The newest failures up to the last one that worked, newest first; what cannot be told neither counts nor breaks the row. */
export function failuresInARow(outcomes: readonly Outcome[]): Outcome[] {
  const newestFirst = [...outcomes].sort((a, b) => (a.on < b.on ? 1 : a.on > b.on ? -1 : 0));
  const end = newestFirst.findIndex(hasWorked);
  return (end === -1 ? newestFirst : newestFirst.slice(0, end)).filter(hasFailed);
}

export type FollowFacts = {
  status: InitiativeStatus;
  startedOn: string | null;
  endedOn: string | null;
  reviewOn: string;
  /** Today at the venture, and when the day of the review begins there. */
  today: string;
  reviewAt: Date;
  /** A measurement that nobody has drawn the consequence of. */
  open: { reviewOn: string } | null;
};

export type FollowMove =
  | { kind: "wait"; seconds: number }
  | { kind: "measure"; reviewOn: string }
  | { kind: "conclude"; reviewOn: string }
  | { kind: "end"; status: InitiativeStatus };

const LOOK_AGAIN_SECONDS = 86_400;

/** What the run that follows an initiative does next, from stored facts alone. */
export function nextFollowMove(facts: FollowFacts, now: Date): FollowMove {
  const { status, endedOn, reviewOn, today, reviewAt, open } = facts;
  if (open) return { kind: "conclude", reviewOn: open.reviewOn };
  if (status === "stopped" && facts.startedOn === null) return { kind: "end", status };
  if (endedOn !== null && reviewOn > plusMonths(endedOn, MONTHS_AFTER_END)) return { kind: "end", status };
  if (reviewOn <= today) return { kind: "measure", reviewOn };
  const seconds = Math.ceil((reviewAt.getTime() - now.getTime()) / 1_000);
  return { kind: "wait", seconds: Math.max(1, Math.min(LOOK_AGAIN_SECONDS, seconds)) };
}
