import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { db } from "@/lib/db";
import { advanceDeal } from "@/lib/deals/mutations/stages";
import { bidder, NOW, sellingVenture } from "@/lib/deals/test-support/sale";
import { person } from "@/lib/decisions/test-support/memos";
import { beginDueRealization, realizationWorkflowId } from "@/lib/stage/mutations/realization";
import { endAll, killHeld, upTo } from "./test-support/hold-each";
import { killAll } from "./test-support/workers";
import { disconnectEngineClient, engineClient } from "./transport";

/** A sale whose only bidder drops out, its process killed at one boundary after the other. */
const ana = person("analyst", "ana");

beforeAll(async () => {
  await engineClient();
});
afterEach(killAll);
afterAll(disconnectEngineClient);

type Subject = { ventureId: string; id: string };

async function begin(): Promise<{ subject: Subject; run: string }> {
  const ventureId = await sellingVenture();
  const dealId = await bidder(ventureId, "Nordwerk AG");
  const out = { to: "fallen-through" as const, on: "2026-12-31", reason: "No financing", facts: {} };
  const moved = await advanceDeal(ana, { dealId, version: 2, ...out }, NOW);
  if (!moved.ok) throw new Error(moved.refusal);
  await beginDueRealization(ventureId, NOW);
  const { id } = await db.realization.findFirstOrThrow({ where: { ventureId } });
  return { subject: { ventureId, id }, run: realizationWorkflowId(id) };
}

/** The run has ended. */
async function over({ id }: Subject): Promise<boolean> {
  const run = await (await engineClient()).getWorkflow(realizationWorkflowId(id));
  return run?.status === "SUCCESS";
}

/** Everything that the drop-out left behind, without ids and times. */
async function left({ ventureId, id }: Subject) {
  const moves = await db.realizationMove.findMany({ where: { realizationId: id } });
  const subject = realizationWorkflowId(id);
  const events = await db.event.findMany({ where: { chain: ventureId, subject }, orderBy: { seq: "asc" } });
  const record = await db.stageRecord.findFirstOrThrow({ where: { ventureId } });
  return {
    moves: moves.map(({ kind }) => kind),
    events: events.map(({ type }) => type),
    open: record.openSubstages,
    preparations: await db.exitPreparation.count({ where: { ventureId } }),
    alerts: await db.alert.count({ where: { ventureId, kind: "bidder-fell" } }),
  };
}

test("killed at every boundary, a drop-out takes the venture back to preparation exactly once", {
  timeout: 400_000,
}, async () => {
  const held = await killHeld<Subject>({ executor: "sale", boundaries: upTo(14), begin, over });
  expect(held.killed).toBeGreaterThanOrEqual(3);
  expect(held.killed).toBeLessThan(held.subjects.length);
  await endAll(held, "sale", over);
  for (const subject of held.subjects) {
    expect(await left(subject), held.at(subject)).toEqual({
      moves: ["fallen"],
      events: ["started", "returned", "bidder-fell"].map((what) => `value-realization.${what}`),
      ...{ open: ["40.2"], preparations: 1, alerts: 1 },
    });
  }
});
