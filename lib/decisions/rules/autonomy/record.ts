import type { AgentName } from "@/lib/agents/schema";
import type { ActionClass, MemoStatus } from "../../schema";
import { POLICY_ACTOR } from "../policy";
import { isOpen } from "../verdict";

/** What a person, or the policy, made of a proposal. */
export const ANSWERS = ["as-proposed", "amended", "refused", "automatic", "open", "lapsed"] as const;
export type Answer = (typeof ANSWERS)[number];

/** What a measurement said of an initiative that the proposal began. */
export type Later = "improved" | "worsened" | "cannot-tell";

/** One proposal of an agent that became a memo, and what became of it. Moments in milliseconds. */
export type RecordCase = {
  memoId: string;
  ventureId: string;
  agent: AgentName;
  actionClass: ActionClass;
  title: string;
  proposedAt: number;
  answer: Answer;
  /** When it was answered; null while it is open. */
  answeredAt: number | null;
  reversedAt: number | null;
  later: Later | null;
  /** How likely it was said to be right when it was proposed; null where nobody said. */
  probability: number | null;
  /** What auto would have said; null where it was not asked. */
  shadow: "execute" | "ask" | null;
  shadowRule: string | null;
  /** US dollars, as the largest commitment among its options; null where no rate is known. */
  amountUsd: number | null;
};

type Verdict = { verdict: string; optionId: string | null; decidedBy: string };

/** A condition or another option is an amendment: the person did not want what was proposed as it was proposed. */
export function answerOf(status: MemoStatus, recommended: string, verdict: Verdict | null): Answer {
  if (isOpen(status)) return "open";
  if (status === "expired" || status === "withdrawn" || verdict === null) return "lapsed";
  if (verdict.decidedBy === POLICY_ACTOR) return "automatic";
  if (verdict.verdict === "rejected") return "refused";
  return verdict.verdict === "approved" && verdict.optionId === recommended ? "as-proposed" : "amended";
}

/** So long an automatic decision must have stood before it counts as right. */
export const PROBATION_MS = 30 * 86_400_000;

/**
 * Was the proposal right? Yes where it was approved as it was, or stood thirty days as an automatic decision; no where it was
 * amended, refused, reversed, or made things measurably worse. Null while that is open, and where nobody answered.
 */
export function wasRight({ answer, answeredAt, reversedAt, later }: RecordCase, now: number): boolean | null {
  if (answer === "open" || answer === "lapsed") return null;
  if (answer === "amended" || answer === "refused" || reversedAt !== null || later === "worsened") return false;
  if (answer === "automatic" && (answeredAt === null || now - answeredAt < PROBATION_MS)) return null;
  return true;
}

/** When a case became what it is: its reversal, or its answer. */
export const settledAt = ({ answeredAt, reversedAt }: RecordCase): number => reversedAt ?? answeredAt ?? 0;

export type Bin = { from: number; to: number; count: number; stated: number | null; right: number };

export type AgentRecord = {
  agent: AgentName;
  actionClass: ActionClass;
  proposals: number;
  answers: Readonly<Record<Answer, number>>;
  reversed: number;
  later: Readonly<Record<Later, number>>;
  settled: number;
  right: number;
  /** Of what a person answered: what auto would have carried out, how much of it was approved as proposed, what it would have asked. */
  shadow: { wouldExecute: number; agreed: number; wouldAsk: number };
  /** Mean squared distance between what was stated and what came; 0 is perfect, 0.25 a coin. Null without a case. */
  brier: number | null;
  calls: number;
  bins: readonly Bin[];
};

const BINS = [0, 0.2, 0.4, 0.6, 0.8] as const;

const count = <T>(all: readonly T[], holds: (one: T) => boolean): number => all.filter(holds).length;
const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, one) => sum + one, 0) / values.length;

type Call = { stated: number; right: boolean };

export const callsOf = (cases: readonly RecordCase[], now: number): Call[] =>
  cases.flatMap((one) => {
    const right = wasRight(one, now);
    return right === null || one.probability === null ? [] : [{ stated: one.probability, right }];
  });

/** Brier 1950; null without calls. */
export const brierOf = (calls: readonly Call[]): number | null =>
  mean(calls.map(({ stated, right }) => (stated - Number(right)) ** 2));

/** Stated confidence against what came, by fifths; the upper end belongs to the last one only. */
export function reliability(calls: readonly Call[]): Bin[] {
  return BINS.map((from) => {
    const to = Math.round((from + 0.2) * 10) / 10;
    const within = calls.filter(({ stated }) => stated >= from && (stated < to || to === 1));
    const stated = mean(within.map((one) => one.stated));
    return { from, to, count: within.length, stated, right: count(within, ({ right }) => right) };
  });
}

/** What a person answered: approved as it was, amended or refused. */
export const byPerson = ({ answer }: RecordCase): boolean =>
  answer === "as-proposed" || answer === "amended" || answer === "refused";

/** A person did the same as auto would have done by itself. */
export const agrees = ({ answer, reversedAt }: RecordCase): boolean => answer === "as-proposed" && reversedAt === null;

/** The record of one agent with one class of action, counted from its cases. */
export function recordOf(
  agent: AgentName,
  actionClass: ActionClass,
  cases: readonly RecordCase[],
  now: number,
): AgentRecord {
  const calls = callsOf(cases, now);
  const settled = cases.map((one) => wasRight(one, now)).filter((right) => right !== null);
  const answered = cases.filter(byPerson);
  const would = answered.filter(({ shadow }) => shadow === "execute");
  const answers = Object.fromEntries(ANSWERS.map((kind) => [kind, count(cases, ({ answer }) => answer === kind)]));
  const later = (said: Later) => count(cases, (one) => one.later === said);
  return {
    ...{ agent, actionClass, proposals: cases.length },
    answers: answers as Record<Answer, number>,
    reversed: count(cases, ({ reversedAt }) => reversedAt !== null),
    later: { improved: later("improved"), worsened: later("worsened"), "cannot-tell": later("cannot-tell") },
    settled: settled.length,
    right: count(settled, (right) => right),
    shadow: {
      wouldExecute: would.length,
      agreed: count(would, agrees),
      wouldAsk: count(answered, ({ shadow }) => shadow === "ask"),
    },
    ...{ brier: brierOf(calls), calls: calls.length, bins: reliability(calls) },
  };
}

/** How likely a proposal is right, from the record alone: (right + 1) ÷ (settled + 2), Laplace's rule of succession. */
export const statedConfidence = (right: number, settled: number): number => (right + 1) / (settled + 2);
