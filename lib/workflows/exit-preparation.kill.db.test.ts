import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { db } from "@/lib/db";
import { person } from "@/lib/decisions/test-support/memos";
import { dayDate } from "@/lib/metrics/rules/periods";
import { exitWorkflowId, startExitPreparation } from "@/lib/stage/mutations/exit-preparation";
import { growingVenture } from "./test-support/growing-venture";
import { endAll, killHeld, upTo } from "./test-support/hold-each";
import { killAll, startWorker, until } from "./test-support/workers";
import { disconnectEngineClient, engineClient } from "./transport";

/** The first round of exit preparation, its process killed at one boundary after the other. */
const grace = person("chairman", "grace");

beforeAll(async () => {
  await engineClient();
});
afterEach(killAll);
afterAll(disconnectEngineClient);

type Subject = { ventureId: string; id: string };

async function begin(): Promise<{ subject: Subject; run: string }> {
  const ventureId = await growingVenture();
  const now = new Date();
  await db.stageRecord.create({ data: { ventureId, ordinal: 1, enteredAt: now, openSubstages: ["40.1"] } });
  await db.readinessDay.create({
    data: {
      ...{ ventureId, day: dayDate(now.toISOString().slice(0, 10)), score: "95", coverage: "1", band: "ready" },
      ...{ shape: {}, figureId: "0123456789abcdef", revision: 1, keptAt: now },
    },
  });
  const started = await startExitPreparation(grace, ventureId, now);
  if (!started.ok) throw new Error(started.refusal);
  const id = started.value.preparationId;
  return { subject: { ventureId, id }, run: exitWorkflowId(id) };
}

/** The round is judged, and its run waits for the next one. */
async function over({ id }: Subject): Promise<boolean> {
  const steps = (await (await engineClient()).listWorkflowSteps(exitWorkflowId(id))) ?? [];
  return steps.some(({ name }) => name === "DBOS.sleep");
}

/** Everything that the round left behind, without ids and times. */
async function left({ ventureId, id }: Subject) {
  const rounds = await db.exitRound.findMany({ where: { preparationId: id } });
  const memos = await db.memo.findMany({ where: { ventureId }, include: { proposal: true } });
  const subject = exitWorkflowId(id);
  const events = await db.event.findMany({ where: { chain: ventureId, subject }, orderBy: { seq: "asc" } });
  return {
    rounds: rounds.map((round) => [round.round, round.closedAt !== null, round.buyers, round.diligence]),
    memos: memos.map((memo) => [memo.status, memo.version, memo.proposal.actionClass]),
    events: events.map(({ type }) => type),
    runs: await db.agentRun.count({ where: { ventureId, agent: "exit" } }),
  };
}

test("killed in every third state, a round looks, asks, reports and closes exactly once", {
  timeout: 400_000,
}, async () => {
  const held = await killHeld<Subject>({ executor: "exit", boundaries: upTo(37, 3), begin, over });
  expect(held.killed).toBeGreaterThanOrEqual(5);
  expect(held.killed).toBeLessThan(held.subjects.length);
  await endAll(held, "exit", over);
  for (const subject of held.subjects) {
    const found = await left(subject);
    expect(found.memos, held.at(subject)).toEqual([["pending", 1, "exit.approve-exit"]]);
    expect(found.events).toEqual(["exit-preparation.started", "exit-preparation.checked"]);
    expect(found.rounds).toMatchObject([[1, true, { qualified: null }, { readiness: "95" }]]);
    expect(found.runs).toBe(1);
  }
  await startWorker({ executor: "exit" });
  const ventures = held.subjects.map(({ ventureId }) => ventureId);
  const reports = { ventureId: { in: ventures }, kind: "exit-readiness-report" };
  await until(
    "every advisor has written",
    async () => (await db.artefact.count({ where: reports })) >= ventures.length,
  );
  const runs = await db.agentRun.findMany({ where: { ventureId: { in: ventures } }, select: { status: true } });
  expect(new Set(runs.map(({ status }) => status))).toEqual(new Set(["succeeded"]));
});
