import "server-only";
import { crewAgent, taskPrompt } from "@/lib/agents/agent";
import { agentOf, taskOf } from "@/lib/agents/crew";
import type { ArtefactContent } from "@/lib/agents/mutations/artefacts";
import { appendChunks } from "@/lib/agents/mutations/chunks";
import { type Ending, endRun, loadRun, markRunning, recordEnd } from "@/lib/agents/mutations/progress";
import { latestRevisions } from "@/lib/agents/queries/figure-standing";
import { TERMINAL } from "@/lib/agents/queries/runs";
import { quotedFigures, reportBlocks } from "@/lib/agents/report";
import { mintActor } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { wakeCycleOf } from "@/lib/growth/mutations/cycles";
import { logger } from "@/lib/logger";
import { defineWorkflow, runStep } from "./engine";
import { fencedTransaction } from "./fence";
import { modelLabel, runRuntime } from "./run-runtime";
import { newScene, type RunScene } from "./run-scene";
import { durableTools } from "./run-tools";
import { durableModel, type Outcome, RunEnded } from "./run-turn";
import { StepWriter } from "./run-writer";

/** One task of one agent. The order of steps: begin, then model and tool calls as the agent makes them, then end. */
export async function agentRun(runId: string): Promise<string> {
  const begun = await runStep("begin", ({ now }) => begin(runId, now));
  if (begun.over) return begun.status;
  const scene = sceneOf(runId, begun, await runRuntime().tools());
  const outcome = await work(scene, begun.today);
  return runStep("end", ({ now }) => end(scene, begun.venture, outcome, now));
}

type Begun = Awaited<ReturnType<typeof begin>>;

async function begin(runId: string, now: Date) {
  const run = await loadRun(runId);
  const { ventureId, agent, task, status } = run;
  const venture = await db.venture.findUniqueOrThrow({ where: { id: ventureId }, select: { name: true } });
  const label = modelLabel();
  const today = now.toISOString().slice(0, 10);
  const known = { ventureId, agent, task, status, label, today, venture: venture.name };
  if (TERMINAL.includes(status)) return { ...known, over: true };
  const { plan } = taskOf(agentOf(agent), task);
  const writer = await StepWriter.open(runId, "begin");
  await writer.write({ type: "start", agent, task, model: label, plan: [...plan] });
  await writer.finish();
  await fencedTransaction((tx) => markRunning(tx, runId, label, now));
  return { ...known, over: false };
}

function sceneOf(runId: string, { agent, task, ventureId, label }: Begun, tools: RunScene["tools"]): RunScene {
  const spec = agentOf(agent);
  const actor = mintActor({
    id: `agent:${agent}`,
    ref: `agent:${agent}`,
    name: spec.title,
    role: "analyst",
    ventures: [ventureId],
    sessionId: null,
    steppedUpAt: null,
  });
  return newScene({ runId, ventureId, spec, task: taskOf(spec, task), actor, tools, label });
}

async function work(scene: RunScene, today: string): Promise<Outcome> {
  const { spec, task, ventureId } = scene;
  const taskName = Object.keys(spec.tasks).find((name) => spec.tasks[name] === task) ?? "";
  const agent = crewAgent(spec, durableModel(scene), durableTools(scene), runRuntime().limits().steps + 1);
  const header = { agent: spec.name, task: taskName, venture: ventureId };
  try {
    await agent.generate({ prompt: taskPrompt(header, today, task.brief) });
    scene.rethrow();
    if (reportBlocks(scene.text).length > 0) return { status: "succeeded", reason: null };
    return { status: "failed", reason: "The agent ended without a report." };
  } catch (error) {
    const cause = scene.broken ?? error;
    if (cause instanceof RunEnded) return cause.outcome;
    // The engine's own errors (taken over, cancelled, shutting down) are for the engine.
    if (cause instanceof Error && cause.name.startsWith("DBOS")) throw cause;
    logger.error(cause);
    return { status: "failed", reason: "Something went wrong on our side; the log has the details." };
  }
}

async function artefactOf(scene: RunScene, venture: string): Promise<ArtefactContent> {
  const { kind, title } = scene.task.artefact;
  const ids = quotedFigures(scene.text);
  const stored = await latestRevisions(ids);
  const figures = ids.map((id) => ({ id, revision: scene.returned.get(id)?.revision ?? stored.get(id) ?? 1 }));
  return { kind, title: title(venture), body: { blocks: reportBlocks(scene.text), model: scene.label }, figures };
}

/** Report, last chunk, status and event are one commit. */
async function end(scene: RunScene, venture: string, outcome: Outcome, now: Date): Promise<string> {
  const { runId, ventureId, spec } = scene;
  const run = await loadRun(runId);
  if (TERMINAL.includes(run.status)) return run.status;
  const artefact = outcome.status === "succeeded" ? await artefactOf(scene, venture) : null;
  const ending: Ending = { runId, ventureId, agent: spec.name, ...outcome, artefact };
  const { status, reason } = outcome;
  await fencedTransaction(async (tx) => {
    const { artefactId } = await endRun(tx, ending, now);
    await appendChunks(tx, runId, run.lastSeq, [{ type: "end", step: "end", status, reason, artefactId }], now);
    await recordEnd(tx, ending, artefactId, now);
    await wakeCycleOf(tx, ventureId, `run:${runId}`);
  });
  return status;
}

defineWorkflow("agentRun", agentRun);
