import "server-only";
import { db } from "@/lib/db";

/** Agents that answer questions on their memos; on what the coordinator wrote the specialist does. */
const ANSWERING: readonly string[] = ["growth", "exit", "value"];
/** What the coordinator writes about a sale, and about money of it, the manager of the sale answers. */
const ABOUT_SALE: readonly string[] = ["deal", "payments", "distribution"];

const answererOf = (proposedBy: string, actionClass: string): string | null => {
  const [room = ""] = actionClass.split(".");
  const specialist = ABOUT_SALE.includes(room) ? "value" : room;
  const agent = proposedBy === "agent:coordinator" ? specialist : proposedBy.replace(/^agent:/, "");
  return ANSWERING.find((one) => one === agent) ?? null;
};

type Proposed = { id: string; proposedBy: string; proposal: { actionClass: string } };

/** The first open question of a memo that its agent has not been asked: no run was begun for it. */
export async function findUnasked({ id: memoId, proposedBy, proposal }: Proposed): Promise<string | null> {
  if (answererOf(proposedBy, proposal.actionClass) === null) return null;
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
  const found = await db.memoQuestion.findUnique({
    where: { id: questionId },
    include: { memo: { include: { proposal: true } } },
  });
  if (!found || found.answeredAt) return null;
  const { memoId, question, memo } = found;
  const agent = answererOf(memo.proposedBy, memo.proposal.actionClass);
  return agent ? { memoId, question, ventureId: memo.ventureId, agent } : null;
}
