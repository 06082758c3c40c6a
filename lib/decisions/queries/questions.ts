import "server-only";
import { db } from "@/lib/db";
import { memoContentSchema } from "../schema";

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

type Made = { id: string; inputs: unknown };
const inputsOf = ({ inputs }: Made): string[] =>
  Object.values(inputs as Record<string, { figure?: string }>).flatMap(({ figure }) => figure ?? []);

/** What the memo says that a question is about: its figures by the names that it gives them, and what those are made of. */
export async function findMemoContext(memoId: string) {
  const memo = await db.memo.findUnique({ where: { id: memoId }, select: { title: true, content: true } });
  if (!memo) return null;
  const { recommendation, options, quotes } = memoContentSchema.parse(memo.content);
  const select = { id: true, label: true, value: true, inputs: true } as const;
  const rows = await db.figure.findMany({
    where: { OR: quotes.map(({ id, revision }) => ({ id, revision })) },
    select,
  });
  const called = new Map(
    options.flatMap(({ consequences }) => consequences.map(({ figure, label }) => [figure, label])),
  );
  const ids = [...new Set([...called.keys(), ...quotes.map(({ id }) => id)])];
  const figures = ids.flatMap((id) => {
    const row = rows.find((one) => one.id === id);
    if (!row) return [];
    return [{ id, label: called.get(id) ?? row.label, known: row.value !== null, from: inputsOf(row) }];
  });
  const parts = await db.figure.findMany({
    where: { id: { in: figures.flatMap(({ from }) => from) }, NOT: { value: null } },
    orderBy: { revision: "desc" },
    distinct: ["id"],
    select: { id: true, label: true },
  });
  return { title: memo.title, recommendation, figures, parts };
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
