import { setTimeout as sleep } from "node:timers/promises";
import { startRun } from "@/lib/agents/mutations/runs";
import { listChunks } from "@/lib/agents/queries/chunks";
import { quotedFigures } from "@/lib/agents/report";
import { applyChunk, EMPTY_RUN, lastText } from "@/lib/agents/run-stream";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import type { Named } from "@/lib/integrations/model-call";
import { replaceRuntime } from "@/lib/workflows/run-runtime";
import { coordinatorScenarios } from "./coordinator";
import { exitScenarios } from "./exit";
import { growthScenarios } from "./growth";
import { fixedTools, keyOf, type Scenario } from "./scenario";
import type { Played } from "./score";
import { valueScenarios } from "./value";

export const SCENARIOS: readonly Scenario[] = [
  ...growthScenarios,
  ...exitScenarios,
  ...valueScenarios,
  ...coordinatorScenarios,
];

const OVER = ["succeeded", "failed", "stopped"];
const PATIENCE_MS = 20 * 60_000;

async function newVenture(scenario: Scenario): Promise<string> {
  const slug = `eval-${scenario.id.replaceAll("/", "-")}-${crypto.randomUUID().slice(0, 8)}`;
  const place = {
    sector: "Software",
    businessModel: "saas",
    currency: "EUR",
    country: "DE",
    timeZone: "Europe/Berlin",
  };
  const { id } = await db.venture.create({ data: { slug, name: "Meridian", ...place, stage: "active" } });
  await db.datasetVersion.create({
    data: { ventureId: id, dataset: "metric:revenue", version: 1, changedAt: new Date() },
  });
  return id;
}

async function ended(runId: string) {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const run = await db.agentRun.findUniqueOrThrow({ where: { id: runId } });
    if (OVER.includes(run.status)) return run;
    if (performance.now() > until) throw new Error(`Run ${runId} does not end`);
    await sleep(20);
  }
}

/**
 * Plays one scenario as a run like any other: the same agent, tools, grounding, matrix and limits; only what the tools have
 * stored is fixed. `model` null is the built-in analyst. The engine must have been launched.
 */
export async function play(scenario: Scenario, actor: Actor, model: Named | null): Promise<Played> {
  const ventureId = await newVenture(scenario);
  const tools = await fixedTools(scenario, ventureId);
  const restore = replaceRuntime({ provider: () => model, tools: async () => tools });
  try {
    const { agent, task, question } = scenario;
    const input = question ? { input: { question } } : {};
    const { runId } = await startRun(
      actor,
      { ventureId, agent, task, model: model?.label ?? "?", ...input },
      new Date(),
    );
    return await leftBehind(ventureId, await ended(runId));
  } finally {
    restore();
  }
}

type Run = Awaited<ReturnType<typeof ended>>;

async function leftBehind(ventureId: string, run: Run): Promise<Played> {
  const view = (await listChunks(run.id, 0, 100_000)).reduce(applyChunk, EMPTY_RUN).view;
  const text = lastText(view);
  const ids = quotedFigures(text);
  const [figures, alerts, reports] = await Promise.all([
    db.figure.findMany({ where: { id: { in: ids } }, select: { method: true } }),
    db.alert.findMany({ where: { ventureId, kind: "escalation", clearedAt: null }, select: { causeKey: true } }),
    db.artefact.count({ where: { ventureId } }),
  ]);
  return {
    ...{ status: run.status, failure: run.failure, fallback: run.fallback, text, reports },
    cited: figures.map(({ method }) => keyOf(method)),
    calls: view.items.flatMap((item) =>
      item.kind === "tool" ? [{ tool: item.tool, input: item.input, ok: item.outcome?.ok === true }] : [],
    ),
    refusedTools: view.items.flatMap((item) => (item.kind === "refused" && item.subject === "tool" ? [item.text] : [])),
    escalated: alerts.map(({ causeKey }) => causeKey.replace(`escalation:${ventureId}:`, "")),
  };
}
