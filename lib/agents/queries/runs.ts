import "server-only";
import { z } from "zod";
import { type Actor, maySeeVenture, ventureScope } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";

export const ACTIVE = ["queued", "running", "stopping"] as const;
export const TERMINAL: readonly string[] = ["stopped", "succeeded", "failed"];

/** What a run was asked: nothing for an analysis. */
export const runInputSchema = z.object({
  question: z.string().optional(),
  /** Where the question stands on a memo. */
  memoId: z.string().optional(),
  questionId: z.string().optional(),
});
export type RunInput = z.infer<typeof runInputSchema>;

/** To start the same run again. */
export const findRunInput = async (id: string): Promise<RunInput> => {
  const run = await db.agentRun.findUnique({ where: { id }, select: { input: true } });
  return runInputSchema.safeParse(run?.input).data ?? {};
};

export type RunSummary = {
  id: string;
  ventureId: string;
  agent: string;
  task: string;
  status: "queued" | "running" | "stopping" | "stopped" | "succeeded" | "failed";
  model: string;
  fallback: string | null;
  failure: string | null;
  createdAt: Date;
  finishedAt: Date | null;
  lastSeq: number;
};

const SUMMARY = {
  id: true,
  ventureId: true,
  agent: true,
  task: true,
  status: true,
  model: true,
  fallback: true,
  failure: true,
  createdAt: true,
  finishedAt: true,
  lastSeq: true,
} as const;

export async function getRun(actor: Actor, id: string): Promise<RunSummary> {
  const run = await db.agentRun.findUnique({ where: { id }, select: SUMMARY });
  if (!run || !maySeeVenture(actor, run.ventureId)) throw new AppError("NOT_FOUND");
  return run;
}

/** The latest run of an agent's task, or of one of several, on a venture, whatever became of it. */
export async function findLatestRun(
  actor: Actor,
  { ventureId, agent, task }: { ventureId: string; agent: string; task: string | readonly string[] },
): Promise<RunSummary | null> {
  if (!maySeeVenture(actor, ventureId)) return null;
  return db.agentRun.findFirst({
    where: { ventureId, agent, task: { in: [task].flat() } },
    orderBy: { createdAt: "desc" },
    select: SUMMARY,
  });
}

export async function listRuns(actor: Actor, ventureId: string, take = 20): Promise<RunSummary[]> {
  const where = { AND: [ventureScope(actor), { ventureId }] };
  return db.agentRun.findMany({ where, orderBy: { createdAt: "desc" }, take, select: SUMMARY });
}

export type RunMemo = { id: string; title: string };

/** The memos that the run's proposals became, or that it found open and wrote anew, in the order in which it proposed. */
export async function findRunMemos(actor: Actor, runId: string): Promise<RunMemo[]> {
  const proposals = await db.proposal.findMany({
    where: { AND: [ventureScope(actor), { runId }] },
    include: { memo: { select: { id: true } } },
    orderBy: { createdAt: "asc" },
  });
  const ids = proposals.flatMap(
    ({ memo, policy }) => memo?.id ?? (policy as { revises?: string | null } | null)?.revises ?? [],
  );
  const memos = await db.memo.findMany({ where: { id: { in: ids } }, select: { id: true, title: true } });
  return [...new Set(ids)].flatMap((id) => memos.find((memo) => memo.id === id) ?? []);
}

/** Where a run is read; null for one that is not there or out of sight. */
export async function findRunAddress(actor: Actor, id: string): Promise<string | null> {
  const run = await db.agentRun.findFirst({
    where: { AND: [ventureScope(actor), { id }] },
    select: { ventureId: true },
  });
  const venture = run
    ? await db.venture.findUnique({ where: { id: run.ventureId }, select: { slug: true, archivedAt: true } })
    : null;
  return venture?.archivedAt === null ? `/ventures/${venture.slug}/runs/${id}` : null;
}
