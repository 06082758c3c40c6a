import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { useClock } from "@/lib/clock";
import { db } from "@/lib/db";
import { recordVerdict } from "@/lib/decisions/mutations/verdicts";
import { person } from "@/lib/decisions/test-support/memos";
import { recomputeFigure } from "@/lib/figures/mutations/recompute";
import { openCycle, openDueCycle, orderCycle, wakeCycle } from "@/lib/growth/mutations/cycle/cycles";
import { getLoopStart, listCycles } from "@/lib/growth/queries/cycle/cycles";
import { bump, months, reportMonths } from "@/lib/metrics/test-support/facts";
import { getArtefact } from "@/lib/reports/queries/artefacts";
import { initiateStage40 } from "@/lib/ventures/mutations";
import { launchEngine, stopEngine } from "./engine";
import { growingVenture } from "./test-support/growing-venture";
import "./register";

process.env.BUILT_IN_PACE_MS = "0";
process.env.UNDO_WINDOW_MS = "0";

const ana = person("analyst", "ana");
const grace = person("chairman", "grace");
const DAY = 86_400_000;

/** The application's clock; the engine's own waits are cut short by waking the turn. */
let offset = 0;
const now = () => new Date(Date.now() + offset);
let restore: () => void = () => undefined;
beforeAll(async () => {
  restore = useClock({ now });
  await launchEngine();
});
afterAll(async () => {
  restore();
  await stopEngine();
});

let nudges = 0;
/** Lets days pass and wakes the turn, as its own timer would. */
async function pass(days: number, cycleId: string): Promise<void> {
  offset += days * DAY;
  nudges += 1;
  await db.$transaction((tx) => wakeCycle(tx, cycleId, `test:${nudges}`));
}

async function inGrowth(): Promise<string> {
  const ventureId = await growingVenture();
  await db.stageRecord.create({ data: { ventureId, ordinal: 1, enteredAt: now(), openSubstages: ["40.1", "40.2"] } });
  return ventureId;
}

async function begun(ventureId: string): Promise<string> {
  const outcome = await openCycle(ana, ventureId, now());
  if (!outcome.ok) throw new Error(outcome.refusal);
  return outcome.value.cycleId;
}

const cycleOf = (id: string) => db.growthCycle.findUniqueOrThrow({ where: { id } });
const reaches = (id: string, phase: string) =>
  expect.poll(async () => (await cycleOf(id)).phase, { timeout: 60_000, interval: 50 }).toBe(phase);

async function approveAll(ventureId: string): Promise<number> {
  const memos = await db.memo.findMany({ where: { ventureId, status: "pending" } });
  for (const { id: memoId, version } of memos) {
    const verdict = { verdict: "approved" as const, memoId, version, note: "" };
    expect(await recordVerdict(grace, verdict, now())).toMatchObject({ ok: true });
  }
  return memos.length;
}

const monthName = (ahead: number): string => {
  const at = new Date(Date.now());
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + ahead, 1)).toISOString().slice(0, 7);
};

describe("a turn of the growth loop", () => {
  test("analyses, waits for the answers, measures at the review, reports what was forecast and what came, turns on", {
    timeout: 240_000,
  }, async () => {
    const ventureId = await inGrowth();
    const cycleId = await begun(ventureId);
    await reaches(cycleId, "decide");
    const opened = await cycleOf(cycleId);
    expect(opened).toMatchObject({ attempts: 1, status: "running" });
    expect(await db.agentRun.findUniqueOrThrow({ where: { id: opened.runId ?? "" } })).toMatchObject({
      status: "succeeded",
      startedBy: "agent:growth",
    });
    const noted = opened.forecasts as { metric: string; recordId?: string; reason?: string }[];
    expect(noted.filter(({ recordId }) => recordId).map(({ metric }) => metric)).toEqual(
      expect.arrayContaining(["revenue", "mrr", "customers"]),
    );
    expect((await listCycles(ana, ventureId))[0]).toMatchObject({ ordinal: 1, openMemos: expect.any(Number) });

    expect(await approveAll(ventureId)).toBeGreaterThan(0);
    await reaches(cycleId, "execute");
    await expect.poll(() => db.initiative.count({ where: { ventureId } }), { timeout: 60_000 }).toBeGreaterThan(0);
    await db.initiative.updateMany({ where: { ventureId }, data: { status: "running", startedOn: opened.openedOn } });

    // Three months come and go, each reported; the review is due.
    await reportMonths(
      ventureId,
      "revenue",
      months(monthName(0), 3, () => 100_000),
      "Accounts",
      "EUR",
    );
    await bump(ventureId, "metric:revenue");
    await pass(100, cycleId);
    await reaches(cycleId, "closed");

    const closed = await cycleOf(cycleId);
    const report = await getArtefact(ana, closed.artefactId ?? "");
    expect(report).toMatchObject({ kind: "growth-cycle-report", version: 1 });
    const text = JSON.stringify(report.blocks);
    expect(text).toContain("What was forecast at the opening, and what came");
    expect(text).toContain("approved");
    // Revenue never moved, so no forecast of it had a width to call higher or lower in.
    expect(text).toContain("No call of higher or not has come yet.");
    const quoted = [...text.matchAll(/\[\[fig:([0-9a-f]{16})\]\]/g)].map((match) => match[1] ?? "");
    expect(quoted.length).toBeGreaterThan(5);
    for (const id of quoted) expect(report.figures[id], id).toBeDefined();
    expect(await db.initiativeMeasurement.count({ where: { ventureId, reviewOn: closed.reviewOn } })).toBeGreaterThan(
      0,
    );

    const cycles = await listCycles(grace, ventureId);
    expect(cycles.map(({ ordinal, status }) => [ordinal, status])).toEqual([
      [2, "running"],
      [1, "closed"],
    ]);
    const error = await db.figure.findFirstOrThrow({ where: { ventureId, method: { startsWith: "growth.cycle." } } });
    expect(await recomputeFigure(ana, error.id, now())).toMatchObject({ ok: true, value: { same: true } });
    const events = await db.event.findMany({
      where: { chain: ventureId, subject: `growth-cycle:${cycleId}` },
      orderBy: { seq: "asc" },
      select: { type: true },
    });
    expect(events.map(({ type }) => type.replace("growth-cycle.", ""))).toEqual([
      ...["opened", "analysis-begun", "advanced", "advanced", "advanced", "advanced", "closed"],
    ]);
  });

  test("of ten that open it at once one does; without 40.1 there is none", async () => {
    const ventureId = await inGrowth();
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => openCycle(ana, ventureId, now())));
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
    const refused = outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.refusal]));
    expect(new Set(refused)).toEqual(new Set(["ALREADY_OPEN"]));
    const outside = await growingVenture();
    expect(await openCycle(ana, outside, now())).toEqual({ ok: false, refusal: "GROWTH_NOT_OPEN" });
    await expect(openCycle({ ...ana, ventures: [] }, ventureId, now())).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("the first turn opens with stage 40 by itself, once; what was cancelled or is manual waits for a person", async () => {
    const ventureId = await growingVenture();
    await db.venture.update({ where: { id: ventureId }, data: { stage: "mature" } });
    expect(await initiateStage40(grace, ventureId, { overrideReason: "It is ready" })).toMatchObject({ ok: true });
    await expect.poll(() => db.growthCycle.count({ where: { ventureId } }), { timeout: 60_000 }).toBe(1);
    expect(await openDueCycle(ventureId, now())).toBe(false);
    const [cycle] = await listCycles(grace, ventureId);
    const { id: cycleId = "" } = cycle ?? {};
    await expect
      .poll(async () => (await cycleOf(cycleId)).phase, { timeout: 60_000, interval: 50 })
      .not.toBe("analyse");
    const { version } = await cycleOf(cycleId);
    expect(await orderCycle(grace, { cycleId, version, order: "cancel" }, now())).toMatchObject({ ok: true });
    expect(await openDueCycle(ventureId, now())).toBe(false);
    await db.growthCycle.deleteMany({ where: { ventureId } });
    await db.ventureSettings.update({ where: { ventureId }, data: { autonomy: "manual" } });
    expect(await openDueCycle(ventureId, now())).toBe(false);
  });

  test("a venture that was taken over has a week to settle in, then its first turn opens by itself", async () => {
    const ventureId = await growingVenture();
    const ago = (days: number) => new Date(now().getTime() - days * DAY);
    await db.stageRecord.create({ data: { ventureId, ordinal: 1, enteredAt: ago(400), openSubstages: ["40.1"] } });
    await db.venture.update({ where: { id: ventureId }, data: { createdAt: ago(3) } });
    expect(await getLoopStart(ana, ventureId, now())).toMatchObject({ by: "itself", settling: true });
    expect(await openDueCycle(ventureId, now())).toBe(false);
    await db.venture.update({ where: { id: ventureId }, data: { createdAt: ago(8) } });
    expect(await openDueCycle(ventureId, now())).toBe(true);
    expect(await getLoopStart(ana, ventureId, now())).toEqual({ by: "person", because: "open" });
    await db.stageRecord.updateMany({ where: { ventureId }, data: { endedAt: now() } });
  });

  test("only the chairman pauses, resumes and cancels; an order on an old version is a conflict", async () => {
    const ventureId = await inGrowth();
    const cycleId = await begun(ventureId);
    const order = (order: "pause" | "resume" | "cancel" | "review", version: number, who = grace) =>
      orderCycle(who, { cycleId, version, order }, now());
    await expect(order("pause", 1, ana)).rejects.toMatchObject({ code: "FORBIDDEN" });
    const both = await Promise.allSettled([order("pause", 1), order("cancel", 1)]);
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(both.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "CONFLICT" } });
    const { status } = await cycleOf(cycleId);
    expect(["paused", "cancelled"]).toContain(status);
  });

  test("a paused turn waits though its review is due; resumed it goes on; brought forward it is reviewed", {
    timeout: 60_000,
  }, async () => {
    const ventureId = await inGrowth();
    const cycleId = await begun(ventureId);
    await reaches(cycleId, "decide");
    expect(await orderCycle(grace, { cycleId, version: 1, order: "pause" }, now())).toMatchObject({ ok: true });
    await pass(2, cycleId);
    expect(await orderCycle(ana, { cycleId, version: 2, order: "review" }, now())).toEqual({
      ok: false,
      refusal: "NOT_RUNNING",
    });
    expect(await cycleOf(cycleId)).toMatchObject({ phase: "decide", status: "paused" });
    expect(await orderCycle(grace, { cycleId, version: 2, order: "resume" }, now())).toMatchObject({ ok: true });
    expect(await orderCycle(ana, { cycleId, version: 3, order: "review" }, now())).toMatchObject({ ok: true });
    await reaches(cycleId, "closed");
    const text = JSON.stringify((await getArtefact(ana, (await cycleOf(cycleId)).artefactId ?? ""))?.blocks);
    expect(text).toContain("not answered");
  });

  test("when 40.1 ends the turn ends without a review, and no other follows", async () => {
    const ventureId = await inGrowth();
    const cycleId = await begun(ventureId);
    await reaches(cycleId, "decide");
    await db.stageRecord.updateMany({ where: { ventureId }, data: { openSubstages: ["40.3"] } });
    await pass(0, cycleId);
    await reaches(cycleId, "closed");
    expect(await listCycles(ana, ventureId)).toMatchObject([{ status: "closed", artefactId: null }]);
  });
});
