import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import type { Tx } from "@/lib/db";
import { isOpen } from "../rules/verdict";
import { type MemoContent, MOST_QUOTES, type Quote } from "../schema";
import { asJson, lockMemo, wakeMemoRun, writeVersion } from "./memo-row";

export type AgentAnswer = {
  memoId: string;
  questionId: string;
  /** May quote figures as [[fig:…]]. */
  text: string;
  figures: readonly Quote[];
  by: string;
  now: Date;
};

function withQuotes(content: MemoContent, figures: readonly Quote[]): MemoContent {
  const known = new Set(content.quotes.map(({ id }) => id));
  const added = figures.filter(({ id }) => !known.has(id));
  return { ...content, quotes: [...content.quotes, ...added].slice(0, MOST_QUOTES) };
}

/**
 * The agent's answer to a question on its memo: the memo goes on as its next version, with the figures that the answer
 * quotes among its own. A question that a person answered meanwhile keeps that answer; a closed memo keeps its version.
 */
export async function writeAgentAnswer(tx: Tx, answer: AgentAnswer): Promise<boolean> {
  const { memoId, questionId, text, figures, by, now } = answer;
  const memo = await lockMemo(tx, memoId);
  const { count } = await tx.memoQuestion.updateMany({
    where: { id: questionId, memoId, answeredAt: null },
    data: { answer: { text }, answeredBy: by, answeredAt: now },
  });
  if (count !== 1 || !isOpen(memo.status)) return false;
  const open = await tx.memoQuestion.count({ where: { memoId, answeredAt: null } });
  const status =
    open > 0 ? ("question" as const) : memo.status === "deferred" ? ("deferred" as const) : ("pending" as const);
  const content = withQuotes(memo.content, figures);
  const { deferredUntil } = memo;
  const reason = "A question was answered";
  const version = await writeVersion(tx, memo, { status, content, deferredUntil, reason, writtenBy: by, now });
  await wakeMemoRun(tx, memoId, `${memo.version}:answered:${questionId}`);
  await recordEvent(tx, {
    ventureId: memo.ventureId,
    type: "memo.answered",
    actor: by,
    subject: `memo:${memoId}`,
    payload: asJson({ version, questionId, quotes: figures }),
    at: now,
  });
  return true;
}
