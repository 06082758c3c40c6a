import "server-only";
import { crewAgent, taskPrompt } from "@/lib/agents/agent";
import { CANNOT_ANSWER } from "@/lib/agents/ask";
import { agentOf, taskOf } from "@/lib/agents/crew";
import { appendChunks } from "@/lib/agents/mutations/chunks";
import { tellEscalations } from "@/lib/agents/mutations/escalations";
import { type Ending, endRun, loadRun, markRunning, recordEnd } from "@/lib/agents/mutations/progress";
import { listExchanges } from "@/lib/agents/queries/conversation";
import { latestRevisions } from "@/lib/agents/queries/figure-standing";
import { STATUS_REPORT } from "@/lib/agents/queries/outputs";
import { type RunInput, runInputSchema, TERMINAL } from "@/lib/agents/queries/runs";
import { quotedFigures, reportBlocks } from "@/lib/agents/report";
import { REFUSED_REASON } from "@/lib/agents/run-stream";
import { db, type Tx } from "@/lib/db";
import { writeAgentAnswer } from "@/lib/decisions/mutations/answers";
import { findMemoContext } from "@/lib/decisions/queries/questions";
import { hasLearnings } from "@/lib/governance/queries/learnings";
import { wakeCycleOf } from "@/lib/growth/mutations/cycle/cycles";
import { logger } from "@/lib/logger";
import { agentActor } from "./agent-actor";
import { recordWrongFigure } from "./breach";
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
  const outcome = await work(scene, begun);
  return runStep("end", ({ now }) => end(scene, begun, outcome, now));
}

type Begun = Awaited<ReturnType<typeof begin>>;

async function begin(runId: string, now: Date) {
  const run = await loadRun(runId);
  const { ventureId, agent, task, status } = run;
  const venture = await db.venture.findUniqueOrThrow({ where: { id: ventureId }, select: { name: true } });
  const label = modelLabel();
  const today = now.toISOString().slice(0, 10);
  const input = runInputSchema.safeParse(run.input).data ?? {};
  const earlier = task === "ask" ? await listExchanges(ventureId, agent, runId) : [];
  const learnings = await hasLearnings(ventureId, agent);
  const memo = task === "answer" && input.memoId ? await findMemoContext(input.memoId) : null;
  const known = {
    ventureId,
    agent,
    task,
    status,
    label,
    today,
    venture: venture.name,
    input,
    earlier,
    learnings,
    memo,
  };
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
  const actor = agentActor(agent, ventureId);
  return newScene({ runId, ventureId, spec, task: taskOf(spec, task), taskName: task, actor, tools, label });
}

async function work(scene: RunScene, begun: Begun): Promise<Outcome> {
  const { spec, task, ventureId } = scene;
  // A run that began before questions existed recorded none.
  const { today, input = {}, earlier = [], learnings = false, memo = null } = begun;
  const agent = crewAgent(spec, durableModel(scene), durableTools(scene), runRuntime().limits().steps + 1);
  const about = memo ? { memo } : {};
  const asked = input.question ? { question: input.question, ...about } : learnings ? { learnings } : {};
  const header = { agent: spec.name, task: begun.task, venture: ventureId, ...asked };
  try {
    await agent.generate({ prompt: taskPrompt(header, today, task.brief, earlier) });
    scene.rethrow();
    if (reportBlocks(scene.text).length > 0) return { status: "succeeded", reason: null };
    return { status: "failed", reason: `The agent ended without ${task.artefact ? "a report" : "an answer"}.` };
  } catch (error) {
    const cause = scene.broken ?? error;
    if (cause instanceof RunEnded) return cause.outcome;
    // The engine's own errors (taken over, cancelled, shutting down) are for the engine.
    if (cause instanceof Error && cause.name.startsWith("DBOS")) throw cause;
    logger.error(cause);
    return { status: "failed", reason: "Something went wrong on our side; the log has the details." };
  }
}

type Written = Pick<Ending, "artefact" | "result"> & { figures: { id: string; revision: number }[] };

/** The last text: a report that is stored as an artefact, or the answer of a question that stays with its run. */
async function written(scene: RunScene, venture: string): Promise<Written> {
  const { artefact: wanted } = scene.task;
  const ids = quotedFigures(scene.text);
  const stored = await latestRevisions(ids);
  const figures = ids.map((id) => ({ id, revision: scene.returned.get(id)?.revision ?? stored.get(id) ?? 1 }));
  const body = { blocks: reportBlocks(scene.text), model: scene.label };
  if (!wanted) return { artefact: null, result: { ...body, text: scene.text.trim(), figures }, figures };
  return { artefact: { kind: wanted.kind, title: wanted.title(venture), body, figures }, figures };
}

const NOTHING_WRITTEN: Written = { artefact: null, figures: [] };

/** What was asked on a memo is answered there, unless the figures have no answer: then it waits for a person. */
async function answerOnMemo(tx: Tx, scene: RunScene, input: RunInput, written: Written, now: Date): Promise<void> {
  const { memoId, questionId } = input;
  const text = scene.text.trim();
  if (!memoId || !questionId || !text || text.startsWith(CANNOT_ANSWER)) return;
  const { actor } = scene;
  await writeAgentAnswer(tx, { memoId, questionId, text, figures: written.figures, by: actor.ref, now });
}

/** Report, last chunk, status and event are one commit. */
async function end(scene: RunScene, begun: Begun, outcome: Outcome, now: Date): Promise<string> {
  const { runId, ventureId, spec } = scene;
  const run = await loadRun(runId);
  if (TERMINAL.includes(run.status)) return run.status;
  const succeeded = outcome.status === "succeeded";
  const { figures, ...text } = succeeded ? await written(scene, begun.venture) : NOTHING_WRITTEN;
  const ending: Ending = { runId, ventureId, agent: spec.name, ...outcome, ...text };
  const { status, reason } = outcome;
  await fencedTransaction(async (tx) => {
    const { artefactId } = await endRun(tx, ending, now);
    if (succeeded) await answerOnMemo(tx, scene, begun.input ?? {}, { figures, ...text }, now);
    if (succeeded && text.artefact?.kind === STATUS_REPORT)
      await tellEscalations(tx, { ventureId, by: scene.actor.ref, escalated: [...scene.escalated.values()] }, now);
    await appendChunks(tx, runId, run.lastSeq, [{ type: "end", step: "end", status, reason, artefactId }], now);
    await recordEnd(tx, ending, artefactId, now);
    if (status === "failed" && reason?.startsWith(REFUSED_REASON)) await recordWrongFigure(tx, ending, now);
    await wakeCycleOf(tx, ventureId, `run:${runId}`);
  });
  return status;
}

defineWorkflow("agentRun", agentRun);
