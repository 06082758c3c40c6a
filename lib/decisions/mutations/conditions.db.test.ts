import { startOfMonth, today } from "@internationalized/date";
import { afterAll, expect, test } from "vitest";
import { db } from "@/lib/db";
import { months, reportMonths } from "@/lib/metrics/test-support/facts";
import { disconnectEngineClient } from "@/lib/workflows/transport";
import { makeVenture, openMemo } from "../test-support/memos";
import { carryOut, readNextMove } from "./execution";

afterAll(disconnectEngineClient);

const step = (key: string) => ({ key, now: new Date() });

/** A memo that was approved on condition of twelve months of runway, at a venture with so much cash. No run looks at it. */
async function conditional(cash: number): Promise<{ ventureId: string; memoId: string }> {
  const ventureId = await makeVenture("assisted", "EUR");
  const from = startOfMonth(today("UTC")).subtract({ months: 4 }).toString().slice(0, 7);
  await reportMonths(
    ventureId,
    "cash",
    months(from, 4, () => cash),
  );
  await reportMonths(
    ventureId,
    "net_burn",
    months(from, 4, () => 1_000),
  );
  const memoId = await openMemo(ventureId, {}, new Date());
  await db.memo.update({ where: { id: memoId }, data: { status: "conditional" } });
  const until = today("UTC").add({ days: 20 }).toString();
  const conditions = [{ metric: "cash_runway", comparator: "at-least", threshold: "12", until }];
  const verdict = { memoId, version: 1, verdict: "conditional", note: "", optionId: "start", conditions };
  await db.verdict.create({ data: { ...verdict, decidedBy: "user:grace", decidedAt: new Date() } });
  return { ventureId, memoId };
}

const looksAt = async (memoId: string) =>
  (await db.conditionCheck.findMany({ where: { memoId }, orderBy: { checkedAt: "asc" } })).map(
    ({ step: by, value, holds }) => [by, Number(value), holds],
  );

test("facts that change between the look and the act suspend it at that moment", async () => {
  const { ventureId, memoId } = await conditional(15_000);
  expect(await readNextMove(memoId, step("look"))).toEqual({ kind: "execute", version: 1 });
  await db.metricPoint.updateMany({ where: { ventureId, metric: "cash" }, data: { value: 5_000 } });
  const moved = { ventureId, dataset: "metric:cash" };
  await db.datasetVersion.updateMany({ where: moved, data: { version: { increment: 1 } } });
  expect(await carryOut(memoId, 1, step("act"))).toEqual({ done: false, initiativeId: null });
  expect(await readNextMove(memoId, step("again"))).toMatchObject({ kind: "wait" });
  expect(await looksAt(memoId)).toEqual([
    ["look", 15, true],
    ["act", 5, false],
    ["again", 5, false],
  ]);
  expect(await db.initiative.count({ where: { memoId } })).toBe(0);
});

test("a step that is done again finds its look, and the act happens once", async () => {
  const { memoId } = await conditional(15_000);
  for (let time = 0; time < 3; time += 1) {
    expect(await readNextMove(memoId, step("look"))).toEqual({ kind: "execute", version: 1 });
  }
  const acts = await Promise.all(Array.from({ length: 5 }, (_, index) => carryOut(memoId, 1, step(`act ${index}`))));
  expect(new Set(acts.map(({ initiativeId }) => initiativeId)).size).toBe(1);
  expect((await looksAt(memoId)).filter(([by]) => by === "look")).toEqual([["look", 15, true]]);
  expect(await db.initiative.count({ where: { memoId } })).toBe(1);
  const events = { subject: `memo:${memoId}`, type: "memo.conditions-checked" };
  expect(await db.event.count({ where: events })).toBe(1);
});
