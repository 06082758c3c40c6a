import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { db } from "@/lib/db";
import { moveTo } from "@/lib/growth/mutations/initiatives/initiative-plan";
import { beginInitiative, makePerson, reportRevenueWithStep, rowOf } from "@/lib/growth/test-support/initiatives";
import { makeVenture } from "@/lib/metrics/test-support/facts";
import { endAll, killHeld, upTo } from "./test-support/hold-each";
import { kill, killAll, startWorker, until } from "./test-support/workers";
import { disconnectEngineClient, engineClient } from "./transport";

/**
 * The run that follows an initiative: on a review date it measures, draws the consequence, and waits for the next. Killed
 * with SIGKILL at each boundary it leaves what an undisturbed one leaves: one measurement, one proposal, one memo.
 */
beforeAll(async () => {
  await engineClient();
});
afterEach(killAll);
afterAll(disconnectEngineClient);

/** One whose review was due a week ago, and whose revenue fell by 200 a month since it began. */
async function dueInitiative() {
  const ventureId = await makeVenture();
  await db.ventureSettings.create({ data: { ventureId, profile: "balanced", autonomy: "assisted" } });
  await reportRevenueWithStep(ventureId, 1_000, -200, "2026-03");
  const { id } = await beginInitiative({ lever: "growth:revenue", targetValue: null }, ventureId);
  const [startedOn, reviewOn] = [new Date("2026-02-10T00:00:00Z"), new Date("2026-11-15T00:00:00Z")];
  const owner = await makePerson("analyst");
  const data = { status: "running" as const, startedOn, startsOn: startedOn, reviewOn, ownerId: owner.id };
  await db.initiative.update({ where: { id }, data });
  const spend = { initiativeId: id, kind: "spent" as const, amountMinor: 50_000n, currency: "EUR", what: "Agency" };
  await db.initiativeSpend.create({
    data: { ...spend, spentOn: startedOn, entryKey: randomUUID(), recordedBy: owner.actor.ref, recordedAt: startedOn },
  });
  return { id, ventureId, owner };
}

const stepsOf = async (id: string): Promise<string[]> => {
  const { runKey } = await rowOf(id);
  return ((await (await engineClient()).listWorkflowSteps(runKey ?? "")) ?? []).map((step) => step.name);
};
const waits = async (id: string): Promise<boolean> => (await stepsOf(id)).includes("DBOS.sleep");

/** Everything that the review left behind, without ids and times. */
async function leftBehind(id: string, ventureId: string) {
  const measurements = await db.initiativeMeasurement.findMany({ where: { initiativeId: id } });
  const proposals = await db.proposal.findMany({
    where: { ventureId },
    include: { memo: { include: { versions: true } } },
  });
  const events = await db.event.findMany({ where: { chain: ventureId }, orderBy: { seq: "asc" } });
  const figures = await db.figure.findMany({ where: { ventureId, method: { startsWith: "growth.initiative." } } });
  const plans = await db.artefact.findMany({ where: { ventureId }, orderBy: { version: "asc" } });
  const { version, reviewOn } = await rowOf(id);
  return {
    ...{ version, reviewOn },
    measurements: measurements.map(({ verdict, consequence, monthsMeasured }) => [
      verdict,
      consequence,
      monthsMeasured,
    ]),
    proposals: proposals.map(({ actionClass, memo }) => [actionClass, memo?.status, memo?.versions.length]),
    events: events.map(({ seq, type, actor }) => [seq, type, actor]),
    figures: figures.map(({ method, revision, value }) => `${method} ${revision} ${value}`).sort(),
    plans: plans.map((plan) => plan.version),
  };
}

test("killed at each boundary, a review is measured once and asked about once", { timeout: 600_000 }, async () => {
  const calm = await dueInitiative();
  const worker = await startWorker({ executor: "calm" });
  await until("it waits for the next review", () => waits(calm.id));
  await kill(worker);
  const expected = await leftBehind(calm.id, calm.ventureId);
  expect(expected).toMatchObject({
    measurements: [["worsened", "pause", 8]],
    proposals: [["growth.pause-initiative", "pending", 1]],
  });
  // Whole quarters from the date that was due, the first that is still to come.
  expect(expected.reviewOn.getUTCDate()).toBe(15);
  expect(expected.reviewOn.getTime()).toBeGreaterThan(Date.now());
  expect(await stepsOf(calm.id)).toEqual(["look", "measure", "look", "conclude", "look", "DBOS.sleep"]);
  const over = ({ id }: { id: string }) => waits(id);
  const held = await killHeld({
    executor: "mortal",
    boundaries: upTo(22),
    begin: async () => {
      const { id, ventureId } = await dueInitiative();
      return { subject: { id, ventureId }, run: `initiative:${id}` };
    },
    over,
  });
  // Five steps of four boundaries each, and the one before the wait.
  expect(held.killed).toBe(upTo(21).length);
  await endAll(held, "mortal", over);
  for (const subject of held.subjects)
    expect(await leftBehind(subject.id, subject.ventureId), held.at(subject)).toEqual(expected);
});

test("what ended before it began is followed no longer, and one that ends wakes its run", {
  timeout: 60_000,
}, async () => {
  const { id, owner } = await dueInitiative();
  const chairman = await makePerson("chairman");
  await db.initiative.update({
    where: { id },
    data: { status: "planned", startedOn: null, reviewOn: new Date("2036-01-01") },
  });
  await startWorker({ executor: "follower" });
  await until("it waits", () => waits(id));
  const { version, runKey } = await rowOf(id);
  expect(owner.id).not.toBe(chairman.id);
  const stop = { initiativeId: id, version, to: "stopped" as const, reason: "Not now" };
  expect(await moveTo(chairman.actor, stop, new Date())).toMatchObject({ ok: true });
  await until("its run is over", async () => {
    const status = await (await engineClient()).retrieveWorkflow(runKey ?? "").getStatus();
    return status?.status === "SUCCESS";
  });
  expect(await db.initiativeMeasurement.count({ where: { initiativeId: id } })).toBe(0);
});
