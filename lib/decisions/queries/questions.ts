import "server-only";
import { db } from "@/lib/db";

/** Agents that answer questions on their memos. */
const ANSWERING: readonly string[] = ["growth"];

type Proposed = { id: string; proposedBy: string };

/** The first open question of a memo that its agent has not been asked: no run was begun for it. */
export async function findUnasked({ id: memoId, proposedBy }: Proposed): Promise<string | null> {
  if (!ANSWERING.some((agent) => proposedBy === `agent:${agent}`)) return null;
  const questions = await db.memoQuestion.findMany({
    where: { memoId, answeredAt: null },
    orderBy: { askedAt: "asc" },
    select: { id: true },
  });
  for (const { id } of questions) {
    const asked = { task: "answer", input: { path: ["questionId"], equals: id } };
    if ((await db.agentRun.count({ where: asked })) === 0) return id;
  }
  return null;
}

export type OpenQuestion = { memoId: string; question: string; ventureId: string; agent: string };

export async function findQuestion(questionId: string): Promise<OpenQuestion | null> {
  const found = await db.memoQuestion.findUnique({ where: { id: questionId }, include: { memo: true } });
  if (!found || found.answeredAt) return null;
  const { memoId, question, memo } = found;
  return { memoId, question, ventureId: memo.ventureId, agent: memo.proposedBy.replace(/^agent:/, "") };
}
