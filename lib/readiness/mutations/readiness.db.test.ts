import { expect, test } from "vitest";
import { db } from "@/lib/db";
import { openFigure } from "@/lib/figures/mutations/open";
import { recomputeFigure } from "@/lib/figures/mutations/recompute";
import { listSourceRows } from "@/lib/figures/queries";
import { actor, makeVenture } from "@/lib/metrics/test-support/facts";
import { getReadinessPage } from "../queries/readiness-page";
import { CRITERIA } from "../rules/criteria";
import type { ScoreInput } from "../schema/assessment";
import { keepDay } from "./keep";
import { recordScore, scoreCriterion } from "./scores";
import { addTask, changeTask } from "./tasks";

const NOW = new Date("2026-11-22T12:00:00Z");
const analyst = actor("analyst");
const note = { kind: "note" as const, ref: "" as const, label: "Seen in the file", date: "2026-11-01" };
const scoreOf = (ventureId: string, criterion: string, more: Partial<ScoreInput> = {}): ScoreInput => ({
  ...{ ventureId, criterion, score: 3, rationale: "As the file says", evidence: [note], replaces: null },
  ...more,
});

async function answerAll(ventureId: string, score: number): Promise<void> {
  for (const { id } of CRITERIA) {
    const outcome = await recordScore(analyst, scoreOf(ventureId, id, { score }), NOW);
    expect(outcome.ok || outcome.refusal === "ANSWERED_BY_DATA").toBe(true);
  }
}

test("a full set of answers is a score with its proof, kept for the day and as the metric", async () => {
  const ventureId = await makeVenture();
  await answerAll(ventureId, 4);
  await keepDay(ventureId, analyst.ref, NOW);
  await keepDay(ventureId, analyst.ref, NOW);
  const [day] = await db.readinessDay.findMany({ where: { ventureId } });
  const points = await db.metricPoint.findMany({ where: { ventureId, metric: "exit_readiness", supersededAt: null } });
  // Knowing one metric of six answers "knows its numbers" by data, with 0 of its 10 % of 25 %.
  expect(points.map(({ value }) => value.toNumber())).toEqual([97.5]);
  expect([day?.score?.toNumber(), day?.band, day?.coverage.toNumber()]).toEqual([97.5, "optimal", 1]);
  const events = await db.event.findMany({ where: { chain: ventureId, type: "metric.measured" } });
  expect(events).toHaveLength(1);
  const stored = await db.figure.findFirst({ where: { id: day?.figureId ?? "", ventureId } });
  expect(stored?.value).toBe("97.5");
  expect(await recomputeFigure(analyst, day?.figureId ?? "", NOW)).toMatchObject({ ok: true, value: { same: true } });
  const legal = await db.figure.findFirst({
    where: { ventureId, method: "readiness.criterion@1", label: "Litigation" },
  });
  const rows = await listSourceRows(analyst, legal?.id ?? "");
  expect(rows.rows).toMatchObject([{ cells: ["Litigation", "4", "Seen in the file", "2026-11-01"] }]);
});

test("a red flag gates the band, a withdrawn score takes the total away again", async () => {
  const ventureId = await makeVenture();
  await answerAll(ventureId, 4);
  const given = await db.readinessScore.findFirstOrThrow({
    where: { ventureId, criterion: "ip-title", supersededAt: null },
  });
  const replaces = given.id.toString();
  expect(await scoreCriterion(analyst, scoreOf(ventureId, "ip-title", { score: 0, replaces }), NOW)).toMatchObject({
    ok: true,
  });
  const page = await getReadinessPage(analyst, ventureId, NOW);
  expect([page.band, page.lines.filter(({ gate }) => gate).map(({ criterion }) => criterion.id)]).toEqual([
    "not ready",
    ["ip-title"],
  ]);
  expect(page.actions.find(({ criterion }) => criterion === "ip-title")?.points.value).toBe("5");
});

test("of two who score the same criterion exactly one wins, and the loser is told", async () => {
  const ventureId = await makeVenture();
  const outcomes = await Promise.all(
    [1, 2, 3].map((score) => recordScore(analyst, scoreOf(ventureId, "tax", { score }), NOW)),
  );
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  expect(outcomes.flatMap((one) => (one.ok ? [] : [one.refusal]))).toEqual(["CONFLICT", "CONFLICT"]);
  expect(await db.readinessScore.count({ where: { ventureId, criterion: "tax" } })).toBe(1);
});

test.each<[string, Partial<ScoreInput>, string]>([
  ["litigation", { evidence: [] }, "NO_EVIDENCE"],
  ["litigation", { evidence: [{ ...note, date: "2026-11-23" }] }, "EVIDENCE_IN_FUTURE"],
  [
    "litigation",
    { evidence: [{ kind: "figure", ref: "0123456789abcdef", label: "x", date: "2026-11-01" }] },
    "NO_SUCH_EVIDENCE",
  ],
  ["litigation", { replaces: "1" }, "CONFLICT"],
  ["key-metrics", {}, "ANSWERED_BY_DATA"],
])("%s with %j is refused: %s", async (criterion, more, refusal) => {
  const ventureId = await makeVenture();
  expect(await recordScore(analyst, scoreOf(ventureId, criterion, more), NOW)).toMatchObject({ ok: false, refusal });
  expect(await db.readinessScore.count({ where: { ventureId } })).toBe(0);
});

test("a venture out of sight can neither be scored nor given a task", async () => {
  const ventureId = await makeVenture();
  const stranger = actor("analyst", []);
  await expect(recordScore(stranger, scoreOf(ventureId, "tax"), NOW)).rejects.toMatchObject({ code: "NOT_FOUND" });
  const task = { ventureId, criterion: "tax", title: "Ask the adviser", ownerId: null, dueOn: null };
  await expect(addTask(stranger, task, NOW)).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("a task changes for the one who read it last, and can be reopened", async () => {
  const ventureId = await makeVenture();
  const added = await addTask(
    analyst,
    { ventureId, criterion: "tax", title: "Ask the adviser", ownerId: null, dueOn: "2026-11-20" },
    NOW,
  );
  const taskId = added.ok ? added.value.id : "";
  const change = { taskId, title: "Ask the adviser", ownerId: null, dueOn: "2026-11-20" };
  expect((await getReadinessPage(analyst, ventureId, NOW)).tasks).toMatchObject([{ overdue: true, status: "open" }]);
  expect(await changeTask(analyst, { ...change, version: 1, status: "done" }, NOW)).toMatchObject({ ok: true });
  expect(await changeTask(analyst, { ...change, version: 1, status: "dropped" }, NOW)).toMatchObject({
    refusal: "CONFLICT",
  });
  expect(await changeTask(analyst, { ...change, version: 2, status: "open" }, NOW)).toMatchObject({ ok: true });
  const types = await db.event.findMany({ where: { subject: `readiness-task:${taskId}` }, orderBy: { seq: "asc" } });
  expect(types.map(({ type }) => type)).toEqual([
    "readiness.task-added",
    "readiness.task-done",
    "readiness.task-reopened",
  ]);
});

test("what changed since a quarter ago says why, and what each change did to the total", async () => {
  const ventureId = await makeVenture();
  const then = new Date("2026-08-14T12:00:00Z");
  const rows = CRITERIA.map(({ id }) => ({ ...scoreOf(ventureId, id), scoredBy: analyst.ref, scoredAt: then }));
  await db.readinessScore.createMany({ data: rows.map(({ replaces: _none, ...row }) => row) });
  await keepDay(ventureId, analyst.ref, then);
  const figure = await db.figure.findFirstOrThrow({ where: { ventureId, method: "readiness.score@1" } });
  const cited = { kind: "figure" as const, ref: figure.id, label: "Exit readiness", date: "2026-11-20" };
  for (const [criterion, score] of [
    ["ip-title", 4],
    ["tax", 1],
  ] as const) {
    const given = await db.readinessScore.findFirstOrThrow({ where: { ventureId, criterion, supersededAt: null } });
    const more = { score, replaces: given.id.toString(), evidence: [cited] };
    await recordScore(analyst, scoreOf(ventureId, criterion, more), NOW);
  }
  const { quarter, lines } = await getReadinessPage(analyst, ventureId, NOW);
  expect(quarter?.day).toBe("2026-08-14");
  // Weights: 25 % of the 20 % of legal, one step of four; 10 % of the 30 % of financial, two steps.
  expect(quarter?.changes.map(({ criterion, cause, points }) => [criterion, cause, Number(points.value)])).toEqual([
    ["tax", "person", -1.5],
    ["ip-title", "person", 1.25],
  ]);
  const shown = lines.find(({ criterion }) => criterion.id === "tax")?.given?.cited;
  expect(shown).toMatchObject([{ document: null, figure: { id: figure.id } }]);
  const [first] = quarter?.changes ?? [];
  await openFigure(analyst, first?.points.id ?? "", first?.points.ask ?? { of: "", args: {} }, NOW);
  expect(await recomputeFigure(analyst, first?.points.id ?? "", NOW)).toMatchObject({
    ok: true,
    value: { same: true },
  });
});
