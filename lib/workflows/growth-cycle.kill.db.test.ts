import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { db } from "@/lib/db";
import { recordVerdict } from "@/lib/decisions/mutations/verdicts";
import { person } from "@/lib/decisions/test-support/memos";
import { openCycle } from "@/lib/growth/mutations/cycle/cycles";
import { growingVenture } from "./test-support/growing-venture";
import { endAll, killHeld, upTo } from "./test-support/hold-each";
import { killAll } from "./test-support/workers";
import { disconnectEngineClient, engineClient } from "./transport";

/** A turn of the growth loop whose process is killed again and again, at another boundary each time. */
const ana = person("analyst", "ana");
const grace = person("chairman", "grace");

beforeAll(async () => {
  await engineClient();
});
afterEach(killAll);
afterAll(disconnectEngineClient);

const cycleOf = (id: string) => db.growthCycle.findUniqueOrThrow({ where: { id } });

const eventsOf = async (ventureId: string, cycleId: string) =>
  (
    await db.event.findMany({
      where: { chain: ventureId, subject: `growth-cycle:${cycleId}` },
      orderBy: { seq: "asc" },
      select: { type: true },
    })
  ).map(({ type }) => type.replace("growth-cycle.", ""));

type Turn = { ventureId: string; cycleId: string };

async function begin(): Promise<{ subject: Turn; run: string }> {
  const ventureId = await growingVenture();
  await db.stageRecord.create({
    data: { ventureId, ordinal: 1, enteredAt: new Date("2026-01-01"), openSubstages: ["40.1"] },
  });
  const opened = await openCycle(ana, ventureId, new Date());
  if (!opened.ok) throw new Error(opened.refusal);
  const { cycleId } = opened.value;
  return { subject: { ventureId, cycleId }, run: `growth-cycle:${cycleId}` };
}

const decides = async ({ cycleId }: Turn) => (await cycleOf(cycleId)).phase === "decide";
const closes = async ({ cycleId }: Turn) => (await cycleOf(cycleId)).phase === "closed";

async function expectAnalysed({ ventureId, cycleId }: Turn, at: string): Promise<void> {
  expect(await db.agentRun.count({ where: { ventureId } }), at).toBe(1);
  const forecasts = await db.forecastRecord.groupBy({ by: ["metric"], where: { ventureId }, _count: true });
  expect(forecasts.length, at).toBeGreaterThan(2);
  for (const { _count } of forecasts) expect(_count, at).toBe(1);
  expect(await eventsOf(ventureId, cycleId), at).toEqual(["opened", "analysis-begun", "advanced"]);
}

/** Its memo is answered, and its review is due. */
async function moveOn({ ventureId, cycleId }: Turn): Promise<void> {
  const memo = await db.memo.findFirstOrThrow({ where: { ventureId } });
  const verdict = { verdict: "rejected" as const, memoId: memo.id, version: memo.version, note: "" };
  expect(await recordVerdict(grace, verdict, new Date())).toMatchObject({ ok: true });
  const days = { openedOn: new Date("2026-01-05"), reviewOn: new Date("2026-04-05") };
  await db.growthCycle.update({ where: { id: cycleId }, data: days });
}

async function expectClosed({ ventureId, cycleId }: Turn, at: string): Promise<void> {
  expect(await db.artefact.count({ where: { ventureId, kind: "growth-cycle-report" } }), at).toBe(1);
  const cycles = await db.growthCycle.findMany({ where: { ventureId }, orderBy: { ordinal: "asc" } });
  const standings = cycles.map(({ ordinal, status }) => [ordinal, status]);
  expect(standings, at).toEqual([
    [1, "closed"],
    [2, "running"],
  ]);
  const said = (await eventsOf(ventureId, cycleId)).slice(3);
  expect(
    said.filter((type) => type !== "advanced"),
    at,
  ).toEqual(["closed"]);
  expect(said.filter((type) => type === "advanced").length, at).toBeLessThanOrEqual(4);
}

test("killed at one boundary after the other, a turn analyses once, forecasts once, reports once and opens one next turn", {
  timeout: 400_000,
}, async () => {
  const analysing = await killHeld<Turn>({ executor: "loop", boundaries: upTo(24), begin, over: decides });
  expect(analysing.killed).toBeGreaterThanOrEqual(6);
  await endAll(analysing, "loop", decides);
  for (const turn of analysing.subjects) await expectAnalysed(turn, analysing.at(turn));

  const { subjects } = analysing;
  for (const turn of subjects) await moveOn(turn);
  const waiting = [...subjects];
  const next = async () => {
    const subject = waiting.shift() as Turn;
    return { subject, run: `growth-cycle:${subject.cycleId}` };
  };
  // A run that is taken up passes two boundaries of each step that is done.
  const boundaries = subjects.map((_, index) => 9 + 3 * index);
  const closing = await killHeld<Turn>({ executor: "loop", boundaries, begin: next, over: closes });
  expect(closing.killed).toBeGreaterThanOrEqual(4);
  await endAll(closing, "loop", closes);
  for (const turn of subjects) await expectClosed(turn, closing.at(turn));
});
