import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { db } from "@/lib/db";
import { recordVerdict } from "@/lib/decisions/mutations/verdicts";
import { person } from "@/lib/decisions/test-support/memos";
import { openCycle } from "@/lib/growth/mutations/cycle/cycles";
import { growingVenture } from "./test-support/growing-venture";
import { isDead, killAll, startWorker, until } from "./test-support/workers";
import { disconnectEngineClient, engineClient } from "./transport";

/** A turn of the growth loop whose process is killed again and again, at another boundary each time. */
const ana = person("analyst", "ana");
const grace = person("chairman", "grace");
const NEVER = 600_000;

beforeAll(async () => {
  await engineClient();
});
afterEach(killAll);
afterAll(disconnectEngineClient);

const cycleOf = (id: string) => db.growthCycle.findUniqueOrThrow({ where: { id } });

/** Kills one process after the other at rising boundaries of the turn until it stands where it should. */
async function killedUntil(cycleId: string, first: number, stands: () => Promise<boolean>): Promise<number> {
  let kills = 0;
  for (let boundary = first; !(await stands()); boundary += 4) {
    const doomed = await startWorker({
      ...{ executor: "loop", crashAt: boundary, crashIn: `growth-cycle:${cycleId}`, deadMs: NEVER },
    });
    await until("its worker died, or it stands there", async () => isDead(doomed) || (await stands()), 90_000);
    if (isDead(doomed)) kills += 1;
    await killAll();
  }
  return kills;
}

const eventsOf = async (ventureId: string, cycleId: string) =>
  (
    await db.event.findMany({
      where: { chain: ventureId, subject: `growth-cycle:${cycleId}` },
      orderBy: { seq: "asc" },
      select: { type: true },
    })
  ).map(({ type }) => type.replace("growth-cycle.", ""));

test("killed again and again, a turn analyses once, forecasts once, reports once and opens one next turn", {
  timeout: 400_000,
}, async () => {
  const ventureId = await growingVenture();
  await db.stageRecord.create({
    data: { ventureId, ordinal: 1, enteredAt: new Date("2026-01-01"), openSubstages: ["40.1"] },
  });
  const opened = await openCycle(ana, ventureId, new Date());
  if (!opened.ok) throw new Error(opened.refusal);
  const { cycleId } = opened.value;

  const decides = async () => (await cycleOf(cycleId)).phase === "decide";
  expect(await killedUntil(cycleId, 2, decides)).toBeGreaterThanOrEqual(3);
  expect(await db.agentRun.count({ where: { ventureId } })).toBe(1);
  const forecasts = await db.forecastRecord.groupBy({ by: ["metric"], where: { ventureId }, _count: true });
  expect(forecasts.length).toBeGreaterThan(2);
  for (const { _count } of forecasts) expect(_count).toBe(1);
  expect(await eventsOf(ventureId, cycleId)).toEqual(["opened", "analysis-begun", "advanced"]);

  const memo = await db.memo.findFirstOrThrow({ where: { ventureId } });
  const verdict = { verdict: "rejected" as const, memoId: memo.id, version: memo.version, note: "" };
  expect(await recordVerdict(grace, verdict, new Date())).toMatchObject({ ok: true });
  // The review is due.
  const days = { openedOn: new Date("2026-01-05"), reviewOn: new Date("2026-04-05") };
  await db.growthCycle.update({ where: { id: cycleId }, data: days });
  const closes = async () => (await cycleOf(cycleId)).phase === "closed";
  expect(await killedUntil(cycleId, 3, closes)).toBeGreaterThanOrEqual(2);

  expect(await db.artefact.count({ where: { ventureId, kind: "growth-cycle-report" } })).toBe(1);
  const cycles = await db.growthCycle.findMany({ where: { ventureId }, orderBy: { ordinal: "asc" } });
  expect(cycles.map(({ ordinal, status }) => [ordinal, status])).toEqual([
    [1, "closed"],
    [2, "running"],
  ]);
  const said = await eventsOf(ventureId, cycleId);
  expect(said.slice(3).filter((type) => type !== "advanced")).toEqual(["closed"]);
  expect(said.filter((type) => type === "advanced").length).toBeLessThanOrEqual(4);
});
