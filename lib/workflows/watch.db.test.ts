import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { useClock } from "@/lib/clock";
import { db, pool } from "@/lib/db";
import { recordVerdict } from "@/lib/decisions/mutations/verdicts";
import { makeVenture, openMemo, person } from "@/lib/decisions/test-support/memos";
import { importFile } from "@/lib/imports/mutations";
import { stagingTable } from "@/lib/imports/rules/staging";
import { analyst, csvFile } from "@/lib/imports/test-support/venture";
import { launchEngine, startWorkflow, stopEngine } from "./engine";
import { engineClient } from "./transport";
import { beginWatch, lastNight } from "./watch";
import "./register";

process.env.WATCH = "1";

const NOW = new Date("2026-11-22T12:00:00Z");
const days = (count: number): Date => new Date(NOW.getTime() + count * 86_400_000);
const grace = person("chairman", "grace");
let restore: () => void = () => undefined;

beforeAll(async () => {
  restore = useClock({ now: () => NOW });
  await launchEngine();
});
afterAll(async () => {
  restore();
  await stopEngine();
});

const over = async (id: string): Promise<unknown> => (await engineClient()).retrieveWorkflow(id).getResult();

async function leaveTraces() {
  const [expired, back, put] = [await makeVenture(), await makeVenture(), await makeVenture()];
  const memos = {
    expired: await openMemo(expired, {}, days(-60)),
    back: await openMemo(back, {}, days(-5)),
    put: await openMemo(put, {}, days(-5)),
  };
  const defer = (memoId: string, until: string) =>
    recordVerdict(grace, { verdict: "deferred", memoId, version: 1, until, note: "" }, days(-4));
  expect(await defer(memos.back, "2026-11-22")).toMatchObject({ ok: true });
  expect(await defer(memos.put, "2026-11-24")).toMatchObject({ ok: true });
  await db.rateLimit.create({ data: { key: "account:old", windowStart: days(-2), attempts: 3 } });
  const ventureId = await makeVenture("assisted", "EUR");
  const text = "metric,period,value\nrevenue,2026-01,1000\n";
  const preview = async (fileName: string) => {
    const made = await importFile(analyst(), csvFile(ventureId, "metrics", text, { fileName }), days(-9));
    if (!made.ok) throw new Error(made.refusal);
    return made.value.importId;
  };
  const [left, fresh] = [await preview("left.csv"), await preview("fresh.csv")];
  await db.import.updateMany({ where: { id: { in: [left, fresh] } }, data: { createdAt: days(-9) } });
  const touched = (importId: string, updatedAt: Date) =>
    db.importProgress.upsert({
      where: { importId },
      create: { importId, phase: "done", done: 1, total: 1, updatedAt },
      update: { updatedAt },
    });
  // The progress of a preview is written beside it, so wait until it is there before it is made old.
  await expect
    .poll(() => db.importProgress.count({ where: { importId: { in: [left, fresh] }, phase: "done" } }))
    .toBe(2);
  await touched(left, days(-8));
  await touched(fresh, days(-1));
  return { ...memos, ventureId, left, fresh };
}

const tableExists = async (importId: string): Promise<boolean> => {
  const { rows } = await pool().query(`SELECT to_regclass($1)::text AS name`, [stagingTable(importId)]);
  return rows[0]?.name !== null;
};

describe("the night", () => {
  test("is caught up on at the launch, does every chore, and happens once a day", { timeout: 60_000 }, async () => {
    const made = await leaveTraces();
    const broken = await makeVenture();
    await db.venture.update({ where: { id: broken }, data: { timeZone: "Nowhere/Land" } });
    await beginWatch();
    expect(await over("watch:2026-11-22")).toMatchObject({ failed: 1 });

    const memos = await db.memo.findMany({ where: { id: { in: [made.expired, made.back, made.put] } } });
    const statusOf = (id: string) => memos.find((memo) => memo.id === id)?.status;
    expect([made.expired, made.back, made.put].map(statusOf)).toEqual(["expired", "pending", "deferred"]);
    expect(await db.rateLimit.count({ where: { key: "account:old" } })).toBe(0);
    expect(await db.ventureSnapshot.count({ where: { ventureId: made.ventureId } })).toBe(1);
    expect(await db.eventSeal.count({ where: { day: new Date("2026-11-22T00:00:00Z") } })).toBeGreaterThan(0);
    const imports = await db.import.findMany({
      where: { id: { in: [made.left, made.fresh] } },
      orderBy: { id: "asc" },
    });
    expect(imports.map((row) => row.status)).toEqual(["uploaded", "previewed"]);
    expect([await tableExists(made.left), await tableExists(made.fresh)]).toEqual([false, true]);

    const before = await db.event.count();
    await beginWatch();
    await over("watch:2026-11-22");
    expect(await db.event.count()).toBe(before);
    const runs = await (await engineClient()).listWorkflows({ workflowName: "watch" });
    expect(runs.map((run) => run.workflowID)).toEqual(["watch:2026-11-22"]);
  });

  test("is on the engine's timer, and a tick that comes twice makes one run", { timeout: 30_000 }, async () => {
    const [row] = (await pool().query(`SELECT * FROM dbos.workflow_schedules WHERE schedule_name = 'watch'`)).rows;
    expect(row).toMatchObject({ schedule_name: "watch", workflow_name: "watch-tick", schedule: "15 2 * * *" });
    const due = new Date("2026-11-23T02:15:00Z");
    await startWorkflow("watch-tick", "tick:1", due, null);
    await startWorkflow("watch-tick", "tick:2", due, null);
    await Promise.all([over("tick:1"), over("tick:2")]);
    await over("watch:2026-11-23");
    const runs = await (await engineClient()).listWorkflows({ workflowName: "watch" });
    expect(runs.map((run) => run.workflowID).sort()).toEqual(["watch:2026-11-22", "watch:2026-11-23"]);
  });

  test.each([
    ["2026-11-22T02:14:59Z", "2026-11-21"],
    ["2026-11-22T02:15:00Z", "2026-11-22"],
    ["2026-11-22T23:59:59Z", "2026-11-22"],
    ["2027-01-01T00:00:00Z", "2026-12-31"],
  ])("at %s the last night was that of %s", (now, day) => {
    expect(lastNight(new Date(now))).toBe(day);
  });
});
