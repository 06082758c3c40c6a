import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { db, type Prisma, type Tx } from "@/lib/db";
import { type Cause, raiseCause } from "@/lib/stage/mutations/alert-cause";
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

export type Refusal = { runId: string; ventureId: string; agent: string; task: string; tool: string; reason: string };

/**
 * An agent reached for something outside its row or its policy: somebody should look at why. One alert for agent and tool
 * while it stands, however many runs try; every run that does is an event of its own.
 */
export async function raiseRefusal(tx: Tx, refusal: Refusal, now: Date): Promise<void> {
  const { runId, ventureId, agent, task, tool, reason } = refusal;
  const subject = `run:${runId}`;
  const payload = { task, tool, reason };
  const cause: Cause = {
    ...{ causeKey: `agent-refused:${ventureId}:${agent}:${tool}`, ventureId, kind: "agent-refused" },
    ...{ severity: "warning", title: `The ${agent} agent was refused ${tool}` },
    detail: `It called ${tool} in its task “${task}”. ${reason} The call was not carried out.`,
  };
  await raiseCause(tx, cause, { by: `agent:${agent}`, now });
  const known = await tx.event.findFirst({ where: { subject, type: "agent.refused", payload: { equals: payload } } });
  if (!known)
    await recordEvent(tx, { ventureId, type: "agent.refused", actor: `agent:${agent}`, subject, payload, at: now });
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
