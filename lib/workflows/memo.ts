import "server-only";
import { startAnswer } from "@/lib/agents/mutations/runs";
import { mintActor } from "@/lib/auth/actor";
import { carryOut, expireMemo, readNextMove, turnHold } from "@/lib/decisions/mutations/execution";
import { MEMO_TOPIC } from "@/lib/decisions/mutations/memo-row";
import { findQuestion } from "@/lib/decisions/queries/questions";
import type { MemoStatus } from "@/lib/decisions/schema";
import { defineWorkflow, lastingStep, receive } from "./engine";
import { modelLabel } from "./run-runtime";

/** The agent whose memo it is answers a question from the figures, in a run of its own; a person may answer as well. */
async function askAgent(questionId: string, now: Date): Promise<{ runId: string | null }> {
  const asked = await findQuestion(questionId);
  if (!asked) return { runId: null };
  const { memoId, question, ventureId, agent } = asked;
  const actor = mintActor({
    ...{ id: `agent:${agent}`, ref: "system:memo", name: agent, role: "analyst" as const, ventures: [ventureId] },
    ...{ sessionId: null, steppedUpAt: null },
  });
  const input = { question, memoId, questionId };
  return startAnswer(actor, { ventureId, agent, model: modelLabel(), input }, now);
}

/**
 * Waits for the verdict, carries the decision out once, and stays until it can no longer be taken back. Every message is
 * only a reason to look again: what happens next is read from the memo.
 */
async function memo(memoId: string): Promise<MemoStatus> {
  for (;;) {
    const move = await lastingStep("look", (step) => readNextMove(memoId, step));
    if (move.kind === "end") return move.status;
    if (move.kind === "ask") await lastingStep("ask the agent", ({ now }) => askAgent(move.questionId, now));
    else if (move.kind === "wait") await receive(MEMO_TOPIC, move.seconds);
    else if (move.kind === "execute") await lastingStep("carry out", (step) => carryOut(memoId, move.version, step));
    else if (move.kind === "suspend" || move.kind === "resume") {
      const to = move.kind;
      await lastingStep(to, (step) => turnHold(memoId, move.version, to, step));
    } else {
      const why = move.kind;
      await lastingStep(why, ({ now }) => expireMemo(memoId, move.version, why, now));
    }
  }
}

defineWorkflow("memo", memo);
