import "server-only";
import { type Actor, ventureScope } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { namesOf } from "@/lib/decisions/queries/people";
import { BUILT_IN } from "@/lib/workflows/run-runtime";
import { listRecordedSteps } from "@/lib/workflows/run-steps";
import { runWorkflowId } from "../mutations/runs";
import { forReader, readableReason } from "../run-stream";
import { type Trace, traceOf } from "../trace";
import { listChunks } from "./chunks";
import { getRun, runInputSchema } from "./runs";

export type RunHead = {
  id: string;
  ventureId: string;
  agent: string;
  task: string;
  status: string;
  model: string;
  startedBy: string;
  createdAt: string;
  /** Of work, from begin to end. */
  seconds: number | null;
  steps: number;
  tokens: number;
  costMicros: string;
};

const HEAD = {
  ...{ id: true, ventureId: true, agent: true, task: true, status: true, model: true, fallback: true, startedBy: true },
  ...{
    createdAt: true,
    startedAt: true,
    finishedAt: true,
    steps: true,
    tokensIn: true,
    tokensOut: true,
    costMicros: true,
  },
} as const;

async function headsOf(where: object, take: number): Promise<RunHead[]> {
  const rows = await db.agentRun.findMany({ where, orderBy: { createdAt: "desc" }, take, select: HEAD });
  const nameOf = await namesOf(
    db,
    rows.map(({ startedBy }) => startedBy),
  );
  return rows.map(({ tokensIn, tokensOut, costMicros, startedAt, finishedAt, createdAt, fallback, model, ...row }) => ({
    ...row,
    ...{ startedBy: nameOf(row.startedBy), createdAt: createdAt.toISOString(), costMicros: costMicros.toString() },
    model: fallback && model !== BUILT_IN ? `${model}, then ${BUILT_IN}` : model,
    ...{ tokens: tokensIn + tokensOut },
    seconds: startedAt && finishedAt ? (finishedAt.getTime() - startedAt.getTime()) / 1_000 : null,
  }));
}

/** The runs at a venture, newest first. */
export const listRunHeads = (actor: Actor, ventureId: string, take: number): Promise<RunHead[]> =>
  headsOf({ AND: [ventureScope(actor), { ventureId }] }, take);

export type RunTrace = Trace & {
  head: RunHead;
  tokensIn: number;
  tokensOut: number;
  question: string | null;
  failure: string | null;
  artefact: { id: string; kind: string; title: string } | null;
};

const ALL = 100_000;

/** Everything that a run did. The words of a refused sentence are shown to the analyst alone. */
export async function getTrace(actor: Actor, runId: string): Promise<RunTrace> {
  const run = await getRun(actor, runId);
  const seesRefused = actor.role === "analyst";
  const [[head], chunks, recorded, row] = await Promise.all([
    headsOf({ id: run.id }, 1),
    listChunks(run.id, 0, ALL),
    listRecordedSteps(runWorkflowId(run.id)),
    db.agentRun.findUniqueOrThrow({
      where: { id: run.id },
      select: {
        input: true,
        tokensIn: true,
        tokensOut: true,
        artefacts: { select: { id: true, kind: true, title: true } },
      },
    }),
  ]);
  if (!head) throw new Error("The run was there a moment ago");
  const shown = chunks.map((chunk) => forReader(chunk, seesRefused));
  return {
    ...traceOf(shown, recorded, run.model, BUILT_IN),
    ...{ head, tokensIn: row.tokensIn, tokensOut: row.tokensOut, artefact: row.artefacts[0] ?? null },
    question: runInputSchema.safeParse(row.input).data?.question ?? null,
    failure: readableReason(run.failure, seesRefused),
  };
}
