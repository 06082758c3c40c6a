import { afterAll, beforeAll, expect, test } from "vitest";
import { db } from "@/lib/db";
import { saveFigures } from "@/lib/figures/mutations";
import { figureReference } from "@/lib/figures/schema";
import { actor } from "@/lib/metrics/test-support/facts";
import { storeArtefact } from "@/lib/reports/mutations/artefacts";
import { explainContradictions } from "@/lib/reports/mutations/contradictions";
import { getArtefact, getDocument, listArtefacts } from "@/lib/reports/queries/artefacts";
import "@/lib/workflows/agent-run";
import { beginDueCoordination } from "@/lib/workflows/coordination";
import { launchEngine, stopEngine } from "@/lib/workflows/engine";
import { growingVenture } from "@/lib/workflows/test-support/growing-venture";
import { figureOf } from "@/lib/workflows/test-support/run-stage";
import { startRun } from "./mutations/runs";
import { getTrace } from "./queries/trace";

process.env.BUILT_IN_PACE_MS = "0";
beforeAll(() => launchEngine());
afterAll(() => stopEngine());

const analyst = actor("analyst");
const NOW = new Date();

/** A report that says growth, as the venture's data had it when it was written. */
async function writeReport(ventureId: string, kind: string, value: string, minute: number): Promise<string> {
  const at = new Date(NOW.getTime() + minute * 60_000);
  const figure = figureOf(ventureId, "growth_rate", value, "ratio");
  const blocks = [
    { kind: "heading", level: 2, text: "Performance" },
    { kind: "paragraph", text: `It grows by ${figureReference(figure.id)}.` },
  ];
  return db.$transaction(async (tx) => {
    const figures = await saveFigures(tx, ventureId, [figure], at);
    const body = { blocks, model: "rules" };
    return (await storeArtefact(tx, { ventureId, runId: null, kind, title: kind, body, figures }, at)).id;
  });
}

async function coordinated(ventureId: string): Promise<string> {
  const { runId } = await startRun(analyst, { ventureId, agent: "coordinator", task: "coordinate", model: "?" }, NOW);
  await expect
    .poll(async () => (await db.agentRun.findUniqueOrThrow({ where: { id: runId } })).status, { timeout: 30_000 })
    .toMatch(/^(succeeded|failed|stopped)$/);
  return runId;
}
const standing = (ventureId: string, kind: string) =>
  db.alert.findMany({ where: { ventureId, kind, clearedAt: null }, select: { title: true, detail: true } });

test("reports that contradict each other are held, escalated, and released once the difference is explained", async () => {
  const ventureId = await growingVenture();
  const older = await writeReport(ventureId, "growth-lever-report", "0.24", 0);
  expect(await standing(ventureId, "artefact-contradiction")).toEqual([]);
  expect((await getDocument(analyst, older)).kind).toBe("growth-lever-report");
  const newer = await writeReport(ventureId, "exit-readiness-report", "0.22", 1);

  const [alert, ...others] = await standing(ventureId, "artefact-contradiction");
  expect(others).toEqual([]);
  expect(alert?.title).toBe("Reports contradict each other: Exit readiness report, Growth lever analysis report");
  for (const id of [older, newer]) await expect(getDocument(analyst, id)).rejects.toThrow("CONFLICT");
  const listed = await listArtefacts(analyst, { ventureId }, 10);
  expect(listed.map(({ held }) => held)).toEqual([true, true]);
  const { contradictions } = await getArtefact(analyst, older);
  expect(contradictions).toMatchObject([
    {
      ...{ label: "growth_rate", explanation: null },
      sides: [
        { id: newer, value: "0.22", under: "Performance", current: true },
        { id: older, value: "0.24", under: "Performance", current: false },
      ],
    },
  ]);

  const runId = await coordinated(ventureId);
  expect(await db.agentRun.findUniqueOrThrow({ where: { id: runId } })).toMatchObject({ failure: null });
  expect(await standing(ventureId, "escalation")).toMatchObject([
    { title: "Escalated: reports contradict each other: Exit readiness report, Growth lever analysis report" },
  ]);
  const report = await db.artefact.findFirstOrThrow({ where: { runId } });
  // Neither of two values is the right one for whoever only reads what others wrote.
  expect(report.figures).toEqual([]);
  expect(report.kind).toBe("stage-status-report");
  expect(JSON.stringify(report.body)).toContain(
    "[[name:Exit readiness report]] and [[name:Growth lever analysis report]]",
  );

  const said = { ventureId, keys: contradictions.map(({ key }) => key), reason: "One counts users, the other revenue" };
  expect(await explainContradictions(analyst, said, NOW)).toMatchObject({ ok: true });
  expect(await standing(ventureId, "artefact-contradiction")).toEqual([]);
  expect(JSON.stringify(await getDocument(analyst, older))).toContain("One counts users, the other revenue");
  await coordinated(ventureId);
  expect(await standing(ventureId, "escalation")).toEqual([]);

  // Another value is another contradiction: what was explained is not this.
  await writeReport(ventureId, "exit-readiness-report", "0.2", 2);
  await expect(getDocument(analyst, older)).rejects.toThrow("CONFLICT");
  await writeReport(ventureId, "growth-lever-report", "0.2", 3);
  // Now it is the Coordinator's own report that is behind.
  expect(await standing(ventureId, "artefact-contradiction")).toMatchObject([
    {
      title: "Reports contradict each other: Exit readiness report, Growth lever analysis report, Stage status report",
    },
  ]);
  await coordinated(ventureId);
  expect(await standing(ventureId, "artefact-contradiction")).toEqual([]);
});

test("its trace says of each step what it took, what went in and what came out, to whoever may see the venture", async () => {
  const ventureId = await growingVenture();
  const trace = await getTrace(analyst, await coordinated(ventureId));
  expect(trace.head).toMatchObject({
    agent: "coordinator",
    task: "coordinate",
    status: "succeeded",
    model: "built-in analyst",
  });
  expect(trace.steps.map(({ name }) => name)).toEqual([
    ...["begin", "model:1", "tool:1.1", "model:2", "tool:2.1", "model:3", "end"],
  ]);
  const tools = trace.steps.filter(({ kind }) => kind === "tool");
  expect(tools.map(({ tool }) => [tool?.name, tool?.input])).toEqual([
    ["crew.outputs", { venture: ventureId }],
    ["stage.standing", { venture: ventureId }],
  ]);
  for (const { tool, seconds } of tools) {
    expect(tool?.output).toMatchObject({ ok: true });
    expect(seconds).toBeGreaterThanOrEqual(0);
  }
  const models = trace.steps.filter(({ kind }) => kind === "model");
  const tokens = models.reduce((sum, { took }) => sum + (took?.tokensIn ?? 0), 0);
  expect(tokens).toBeGreaterThan(0);
  expect(tokens).toBe(trace.tokensIn);
  expect(trace.artefact?.kind).toBe("stage-status-report");
  await expect(getTrace(actor("analyst", []), trace.head.id)).rejects.toThrow("NOT_FOUND");
});

test("while the stage runs it looks once a week by itself", async () => {
  const ventureId = await growingVenture();
  const runs = () => db.agentRun.count({ where: { ventureId, agent: "coordinator" } });
  await beginDueCoordination(ventureId, NOW);
  expect(await runs()).toBe(0);
  const stage = { ventureId, ordinal: 1, status: "running", door: "chairman", startedAt: NOW, startedBy: "user:c" };
  await db.stageRun.create({ data: stage });
  await beginDueCoordination(ventureId, NOW);
  await beginDueCoordination(ventureId, NOW);
  expect(await runs()).toBe(1);
  await expect
    .poll(() => db.agentRun.count({ where: { ventureId, status: "succeeded" } }), { timeout: 30_000 })
    .toBe(1);
  await beginDueCoordination(ventureId, new Date(NOW.getTime() + 6 * 86_400_000));
  expect(await runs()).toBe(1);
  await beginDueCoordination(ventureId, new Date(NOW.getTime() + 7 * 86_400_000 + 60_000));
  expect(await runs()).toBe(2);
});
