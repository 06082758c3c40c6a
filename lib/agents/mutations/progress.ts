import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { db, type Prisma, type Tx } from "@/lib/db";
import type { Spent } from "../limits";
import { type ArtefactContent, storeArtefact } from "./artefacts";

/** What a run's own workflow writes about it. Call inside `fencedTransaction`. */

export async function markRunning(tx: Tx, runId: string, model: string, now: Date): Promise<void> {
  await tx.agentRun.updateMany({ where: { id: runId, status: "queued" }, data: { status: "running" } });
  await tx.agentRun.updateMany({ where: { id: runId, startedAt: null }, data: { startedAt: now, model } });
}

/** Totals, not increments: safe to repeat. */
export async function noteSpent(tx: Tx, runId: string, spent: Spent, fallback: string | null): Promise<void> {
  const { steps, tokensIn, tokensOut, costMicros } = spent;
  const data = { steps, tokensIn, tokensOut, costMicros: BigInt(costMicros), ...(fallback ? { fallback } : {}) };
  await tx.agentRun.update({ where: { id: runId }, data });
}

export type Refusal = { runId: string; ventureId: string; agent: string; tool: string; reason: string };

/** An agent reached for something outside its row or its policy: somebody should look at why. */
export async function raiseRefusal(tx: Tx, refusal: Refusal, now: Date): Promise<void> {
  const { runId, ventureId, agent, tool, reason } = refusal;
  const { count } = await tx.alert.createMany({
    data: [
      {
        ventureId,
        kind: "agent-refused",
        severity: "warning",
        causeKey: `agent-refused:${runId}:${tool}`,
        title: `The ${agent} agent was refused ${tool}`,
        detail: reason,
        raisedAt: now,
      },
    ],
    skipDuplicates: true,
  });
  if (count === 0) return;
  await recordEvent(tx, {
    ventureId,
    type: "agent.refused",
    actor: `agent:${agent}`,
    subject: `run:${runId}`,
    payload: { tool, reason },
    at: now,
  });
}

export type Ending = {
  runId: string;
  ventureId: string;
  agent: string;
  status: "succeeded" | "failed" | "stopped";
  reason: string | null;
  artefact: ArtefactContent | null;
  /** The answer of a question. */
  result?: Prisma.InputJsonObject | null;
};

/** Stores the report as the next version of its kind and closes the run; the second call finds what the first did. */
export async function endRun(tx: Tx, ending: Ending, now: Date): Promise<{ artefactId: string | null }> {
  const { runId, status, reason } = ending;
  const { ventureId } = ending;
  const result = ending.result ? { result: ending.result } : {};
  const artefactId = ending.artefact
    ? (await storeArtefact(tx, { ventureId, runId, ...ending.artefact }, now)).id
    : null;
  await tx.agentRun.update({ where: { id: runId }, data: { status, failure: reason, finishedAt: now, ...result } });
  return { artefactId };
}

export const recordEnd = (
  tx: Tx,
  { runId, ventureId, agent, status, reason }: Ending,
  artefactId: string | null,
  now: Date,
) =>
  recordEvent(tx, {
    ventureId,
    type: `run.${status}`,
    actor: `agent:${agent}`,
    subject: `run:${runId}`,
    payload: { reason, artefactId },
    at: now,
  });

/** What a workflow needs to know of its run. */
export async function loadRun(runId: string) {
  return db.agentRun.findUniqueOrThrow({
    where: { id: runId },
    select: {
      id: true,
      ventureId: true,
      agent: true,
      task: true,
      status: true,
      lastSeq: true,
      startedBy: true,
      input: true,
    },
  });
}
