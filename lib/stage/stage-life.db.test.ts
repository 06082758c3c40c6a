import { afterAll, beforeAll, expect, test } from "vitest";
import { verifyChains } from "@/lib/audit/queries";
import { useClock } from "@/lib/clock";
import { db } from "@/lib/db";
import { recordVerdict } from "@/lib/decisions/mutations/verdicts";
import { person } from "@/lib/decisions/test-support/memos";
import { wakeCycleOf } from "@/lib/growth/mutations/cycle/cycles";
import { dayDate, dayText } from "@/lib/metrics/rules/periods";
import { initiateStage40 } from "@/lib/ventures/mutations";
import { growingVenture } from "@/lib/workflows/test-support/growing-venture";
import { until } from "@/lib/workflows/test-support/workers";
import { disconnectEngineClient, engineClient } from "@/lib/workflows/transport";
import { startExitPreparation, wakeExit } from "./mutations/exit-preparation";
import { overrideCriterion } from "./mutations/overrides";
import { wakeRealization } from "./mutations/realization";
import { stageWorkflowId, wakeStage } from "./mutations/run";
import { orderStage } from "./mutations/run-orders";
import { receiveSignal } from "./mutations/signals";
import { getStateOn } from "./queries/state-on";
import type { CriterionId } from "./schema/run";
import { lifeClock, passDays, restart, setTo, stopLife } from "./test-support/life";

/** Five years of one venture: processes killed, the product deployed anew in the middle, clocks that jump and change. */
const { now } = lifeClock;
const ana = person("analyst", "ana");
// Proof of presence is fresh whenever it is asked for.
const grace = () => person("chairman", "grace", now());

let restore: () => void = () => undefined;
beforeAll(async () => {
  restore = useClock(lifeClock);
  await engineClient();
});
afterAll(async () => {
  await stopLife();
  restore();
  await disconnectEngineClient();
});

let nudges = 0;
/** Durable waits are real time: after a jump everybody is told to look, as their own timers would. */
async function look(ventureId: string): Promise<void> {
  nudges += 1;
  const key = `life:${nudges}`;
  await db.$transaction(async (tx) => {
    await wakeStage(tx, ventureId, key);
    await wakeCycleOf(tx, ventureId, key);
    await wakeRealization(tx, ventureId, key);
    for (const { id } of await tx.exitPreparation.findMany({ where: { ventureId } })) await wakeExit(tx, id, key);
  });
}

const runOf = (ventureId: string) => db.stageRun.findFirstOrThrow({ where: { ventureId } });
const openOf = async (ventureId: string) =>
  (await db.stageRecord.findFirst({ where: { ventureId } }))?.openSubstages.join() ?? null;
const count = (ventureId: string, type: string) => db.event.count({ where: { chain: ventureId, type } });
const closedTurns = (ventureId: string) => db.growthCycle.count({ where: { ventureId, status: "closed" } });
const rounds = (ventureId: string) =>
  db.exitRound.count({ where: { preparation: { ventureId }, closedAt: { not: null } } });

async function decideAll(ventureId: string, verdict: "approved" | "rejected"): Promise<number> {
  const growth = { ventureId, status: "pending" as const, proposal: { agent: "growth" } };
  const memos = await db.memo.findMany({ where: growth, orderBy: { createdAt: "asc" } });
  for (const { id: memoId, version } of memos)
    await recordVerdict(grace(), { verdict, memoId, version, note: "" }, now());
  return memos.length;
}

/** A turn of the growth loop is reviewed, where `killed` by a process that dies of it; the next begins, and its memos are answered. */
async function turnEnds(ventureId: string, turns: number, killed?: 1 | 2): Promise<void> {
  await look(ventureId);
  if (killed) await restart(killed);
  await until(`turn ${turns} is closed`, async () => (await closedTurns(ventureId)) === turns);
  await until("the next one has analysed", async () => {
    const [last] = await db.growthCycle.findMany({ where: { ventureId }, orderBy: { ordinal: "desc" }, take: 1 });
    return last?.ordinal === turns + 1 && last.phase !== "analyse";
  });
  await decideAll(ventureId, "rejected");
}

async function begin(): Promise<string> {
  const ventureId = await growingVenture();
  await db.venture.update({ where: { id: ventureId }, data: { stage: "mature", maturityScore: 95 } });
  const overrides = { strategyReview: "annually", readinessCheck: "quarterly" };
  await db.ventureSettings.update({ where: { ventureId }, data: { overrides } });
  return ventureId;
}

test("a life of five years in stage 40, from the trigger to the certificate", { timeout: 400_000 }, async () => {
  // Noon at the venture, in winter time.
  setTo("2027-01-04T11:00:00Z");
  const ventureId = await begin();
  const { slug } = await db.venture.findUniqueOrThrow({ where: { id: ventureId } });
  const signal = { key: "life:trigger", venture: slug, trigger: "venture-mature" as const };
  expect(await receiveSignal(ana, signal, "api", now())).toMatchObject({ value: { outcome: "waiting" } });
  await restart(1);
  expect(await initiateStage40(grace(), ventureId, { overrideReason: "The board is ready" })).toMatchObject({
    ok: true,
  });
  // The process dies while the stage opens and growth begins.
  await restart(1);
  await until(
    "growth has begun and analysed",
    async () => (await db.growthCycle.findFirst({ where: { ventureId } }))?.phase === "decide",
  );
  expect(await decideAll(ventureId, "approved")).toBeGreaterThan(0);
  await until("a strategy is carried out", () => db.initiative.findFirst({ where: { ventureId } }));

  // The first year, across both changes of the clock; the process dies while the turn is reviewed.
  setTo("2028-01-05T11:00:00Z");
  await turnEnds(ventureId, 1, 1);
  // A clock that is set right again goes back; nothing happens twice.
  passDays(-0.25);
  await look(ventureId);

  // The second year begins with a deploy: another version of the product takes over what the killed one left.
  await restart(2);
  setTo("2029-01-08T11:00:00Z");
  await turnEnds(ventureId, 2);

  // Preparation begins beside growth, on the day before the clocks change; readiness stays low for now.
  setTo("2029-03-24T22:30:00Z");
  const started = await startExitPreparation(grace(), ventureId, now());
  expect(started).toMatchObject({ ok: true });
  await until("the first round is judged", async () => (await rounds(ventureId)) === 1);
  const [first] = await db.exitPreparation.findMany({ where: { ventureId } });
  expect(dayText(first?.nextCheckOn ?? now())).toBe("2029-06-24");
  // 22:30 UTC of the day before the check is half past midnight at the venture, in summer time.
  setTo("2029-06-23T22:30:00Z");
  await look(ventureId);
  await until("the second round is judged", async () => (await rounds(ventureId)) === 2);

  // The chairman pauses the whole; months pass and nothing moves.
  const { id: runId, version } = await runOf(ventureId);
  const reason = "Waiting for the audit of the year";
  expect(await orderStage(grace(), { runId, version, order: "pause", reason }, now())).toMatchObject({ ok: true });
  setTo("2029-12-03T11:00:00Z");
  await look(ventureId);
  await stopLife();
  await restart(2);
  await until("everybody has looked", async () => {
    const waits = await (await engineClient()).listWorkflows({ workflowIDs: [stageWorkflowId(ventureId, 1)] });
    return waits[0]?.status === "PENDING";
  });
  expect(await rounds(ventureId)).toBe(2);
  const paused = await runOf(ventureId);
  expect(await orderStage(grace(), { runId, version: paused.version, order: "resume" }, now())).toMatchObject({
    ok: true,
  });
  await until("the third round is judged", async () => (await rounds(ventureId)) === 3);

  // Readiness reaches its target: the Coordinator asks, the chairman approves.
  const scored = { score: "95", coverage: "1", band: "ready", shape: {}, figureId: "0123456789abcdef", revision: 1 };
  // Kept for a day that stays the newest, whatever the checks keep on their way.
  await db.readinessDay.create({ data: { ventureId, day: dayDate("2099-12-31"), ...scored, keptAt: now() } });
  setTo("2030-03-05T11:00:00Z");
  await turnEnds(ventureId, 3, 2);
  const approval = await until("the exit is asked for", () =>
    db.memo.findFirst({ where: { ventureId, status: "pending", proposal: { actionClass: "exit.approve-exit" } } }),
  );
  await restart(2);
  const verdict = { verdict: "approved" as const, memoId: approval.id, version: approval.version, note: "" };
  expect(await recordVerdict(grace(), verdict, now())).toMatchObject({ ok: true });
  await until("the sale is open", async () => (await openOf(ventureId)) === "40.1,40.3");

  // Growth goes on beside the sale; the fifth year.
  setTo("2031-03-06T11:00:00Z");
  await turnEnds(ventureId, 4);
  await stopLife();
  for (const id of ["exit.growth-optimized", "exit.executed", "exit.value-captured"] as const satisfies CriterionId[])
    await overrideCriterion(grace(), { ventureId, criterion: id, reason: "Counsel's binder says so" }, now());
  setTo("2031-12-19T11:00:00Z");
  await look(ventureId);
  await restart(2);
  await until("the venture has exited", async () => (await runOf(ventureId)).status === "exited");
  await until("the run is over", async () => {
    const [run] = await (await engineClient()).listWorkflows({ workflowIDs: [stageWorkflowId(ventureId, 1)] });
    return run?.status === "SUCCESS";
  });

  const once = ["stage.triggered", "stage.initiated", "stage.certified", "venture.exited", "value-realization.started"];
  for (const type of once) expect(await count(ventureId, type), type).toBe(1);
  expect(await count(ventureId, "growth-cycle.opened")).toBe(5);
  expect(await db.stageCertificate.count({ where: { ventureId } })).toBe(1);
  const steps = (await (await engineClient()).listWorkflowSteps(stageWorkflowId(ventureId, 1))) ?? [];
  expect(steps.filter(({ name }) => name === "greet").length).toBeGreaterThan(2);
  expect(steps.findIndex(({ name }) => name === "greet")).toBeGreaterThan(
    steps.findIndex(({ name }) => name === "grow"),
  );
  const moves = await db.stageMove.findMany({ where: { runId }, orderBy: { ordinal: "asc" } });
  expect(moves.map(({ ordinal }) => ordinal)).toEqual(moves.map((_, index) => index + 1));
  expect(moves.filter(({ kind }) => kind === "asked")).toHaveLength(1);
  const days = await db.exitRound.findMany({ where: { preparation: { ventureId } }, orderBy: { round: "asc" } });
  expect(new Set(days.map(({ checkedOn }) => dayText(checkedOn))).size).toBe(days.length);
  expect((await verifyChains()).firstBreak).toBeNull();

  const on = async (day: string) => {
    const { stage, open, paused: held } = await getStateOn(ana, ventureId, day, now());
    return { stage, open: open.join(), held };
  };
  expect(await on("2027-01-03")).toEqual({ stage: "mature", open: "", held: false });
  expect(await on("2028-06-01")).toEqual({ stage: "active", open: "40.1", held: false });
  expect(await on("2029-09-01")).toEqual({ stage: "active", open: "40.1,40.2", held: true });
  expect(await on("2031-01-01")).toEqual({ stage: "active", open: "40.1,40.3", held: false });
  expect(await on("2031-12-31")).toEqual({ stage: "exited", open: "", held: false });
});
