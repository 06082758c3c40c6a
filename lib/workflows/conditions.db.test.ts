import { afterAll, beforeAll, expect, test } from "vitest";
import { db } from "@/lib/db";
import { recordVerdict } from "@/lib/decisions/mutations/verdicts";
import { makeVenture, openMemo, person } from "@/lib/decisions/test-support/memos";
import { applyAndRefresh, importFile } from "@/lib/imports/mutations";
import { analyst, csvFile } from "@/lib/imports/test-support/venture";
import { correctAndRefresh } from "@/lib/metrics/mutations";
import { launchEngine, stopEngine } from "./engine";
import "./register";
import { engineClient } from "./transport";

/** A run that waits on a condition looks every six hours by itself; here it looks because the facts changed. */
const grace = person("chairman", "grace");

beforeAll(() => launchEngine());
afterAll(() => stopEngine());

async function bring(ventureId: string, revenue: number): Promise<void> {
  const now = new Date();
  const text = `metric,period,value\nrevenue,2026-01,${revenue}\n`;
  const file = csvFile(ventureId, "metrics", text, { fileName: `${revenue}.csv`, asOf: now });
  const preview = await importFile(analyst(), file, now);
  if (!preview.ok) throw new Error(preview.refusal);
  expect(await applyAndRefresh(analyst(), preview.value.importId, now)).toMatchObject({ ok: true });
}

const looks = async (memoId: string): Promise<number> =>
  ((await (await engineClient()).listWorkflowSteps(`memo:${memoId}`)) ?? []).filter(({ name }) => name === "look")
    .length;

async function approvedOnRevenue(ventureId: string, atLeast: string): Promise<string> {
  const now = new Date();
  const memoId = await openMemo(ventureId, {}, now);
  const until = new Date(now.getTime() + 30 * 86_400_000).toISOString().slice(0, 10);
  const conditions = [{ metric: "revenue", comparator: "at-least" as const, threshold: atLeast, until }];
  const given = { verdict: "conditional" as const, memoId, version: 1, note: "", conditions };
  expect(await recordVerdict(grace, given, now)).toMatchObject({ ok: true });
  // One look as the run begins, one for the verdict: after it the run waits.
  await expect.poll(() => looks(memoId), { timeout: 15_000 }).toBe(2);
  return memoId;
}

const carriedOut = (memoId: string) => db.initiative.count({ where: { memoId } });

test("an import that makes a condition true has the decision carried out at once", { timeout: 60_000 }, async () => {
  const ventureId = await makeVenture("assisted", "EUR");
  await bring(ventureId, 900);
  const memoId = await approvedOnRevenue(ventureId, "1000");
  await bring(ventureId, 950);
  await expect.poll(() => looks(memoId), { timeout: 15_000 }).toBe(3);
  expect(await carriedOut(memoId), "not yet true").toBe(0);
  await bring(ventureId, 1_100);
  await expect.poll(() => carriedOut(memoId), { timeout: 15_000 }).toBe(1);
});

test("so does a correction, and another venture's facts wake nobody", { timeout: 60_000 }, async () => {
  const [ventureId, other] = [await makeVenture("assisted", "EUR"), await makeVenture("assisted", "EUR")];
  await bring(ventureId, 900);
  const memoId = await approvedOnRevenue(ventureId, "1000");
  await bring(other, 5_000);
  const point = await db.metricPoint.findFirstOrThrow({ where: { ventureId, metric: "revenue", supersededAt: null } });
  const correction = { ventureId, pointId: point.id.toString(), value: "1200", reason: "A late invoice was booked" };
  expect(await correctAndRefresh(analyst(), correction, new Date())).toMatchObject({ ok: true });
  await expect.poll(() => carriedOut(memoId), { timeout: 15_000 }).toBe(1);
  // Woken once, by its own venture: the look that found the condition true, and the one after the act.
  await expect.poll(() => looks(memoId), { timeout: 15_000 }).toBe(4);
});
