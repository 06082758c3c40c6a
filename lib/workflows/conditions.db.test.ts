import { startOfMonth, today } from "@internationalized/date";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { db } from "@/lib/db";
import { recordVerdict } from "@/lib/decisions/mutations/verdicts";
import { makeVenture, openMemo, person } from "@/lib/decisions/test-support/memos";
import { applyAndRefresh, importFile } from "@/lib/imports/mutations";
import { analyst, csvFile } from "@/lib/imports/test-support/venture";
import { correctAndRefresh, markAndRefresh } from "@/lib/metrics/mutations";
import { launchEngine, stopEngine } from "./engine";
import "./register";
import { engineClient } from "./transport";

/** A run that waits on a condition looks every six hours by itself; here it looks because the facts changed. */
const grace = person("chairman", "grace");

beforeAll(() => launchEngine());
afterAll(() => stopEngine());

/** The last complete months, newest first. */
const MONTHS = [1, 2, 3].map((before) =>
  startOfMonth(today("UTC")).subtract({ months: before }).toString().slice(0, 7),
);

async function bring(ventureId: string, revenue: number, sourceName = "Finance export"): Promise<void> {
  await bringAll(ventureId, `revenue,${MONTHS[0]},${revenue}\n`, sourceName);
}

let files = 0;

async function bringAll(ventureId: string, lines: string, sourceName = "Finance export"): Promise<void> {
  const now = new Date();
  files += 1;
  const text = `metric,period,value\n${lines}`;
  const file = csvFile(ventureId, "metrics", text, { fileName: `${files}.csv`, asOf: now, sourceName });
  const preview = await importFile(analyst(), file, now);
  if (!preview.ok) throw new Error(preview.refusal);
  expect(await applyAndRefresh(analyst(), preview.value.importId, now)).toMatchObject({ ok: true });
}

const looks = async (memoId: string): Promise<number> =>
  ((await (await engineClient()).listWorkflowSteps(`memo:${memoId}`)) ?? []).filter(({ name }) => name === "look")
    .length;

const approvedOnRevenue = (ventureId: string, atLeast: string) => approvedOn(ventureId, "revenue", atLeast);

async function approvedOn(ventureId: string, metric: string, threshold: string): Promise<string> {
  const now = new Date();
  const memoId = await openMemo(ventureId, {}, now);
  const until = new Date(now.getTime() + 30 * 86_400_000).toISOString().slice(0, 10);
  const conditions = [{ metric, comparator: "at-least" as const, threshold, until }];
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

/** What came out, look after look; a run that begins after the verdict looks twice at once. */
const changes = (looks: readonly unknown[][]) =>
  looks.filter((look, index) => JSON.stringify(look) !== JSON.stringify(looks[index - 1]));
const looksAt = async (memoId: string) =>
  (await db.conditionCheck.findMany({ where: { memoId }, orderBy: { checkedAt: "asc" } })).map(
    ({ value, reason, holds }) => [value && Number(value), reason, holds],
  );
const money = (cash: number, burn: number) =>
  MONTHS.map((month) => `cash,${month},${cash}\nnet_burn,${month},${burn}\n`).join("");

describe("a condition on a metric that is computed", () => {
  test("is measured on fresh figures, each look kept with figure and revision", { timeout: 60_000 }, async () => {
    const ventureId = await makeVenture("assisted", "EUR");
    await bringAll(ventureId, money(9_000, 1_000));
    const memoId = await approvedOn(ventureId, "cash_runway", "12");
    await bringAll(ventureId, money(15_000, 1_000));
    await expect.poll(() => carriedOut(memoId), { timeout: 15_000 }).toBe(1);
    const rows = await db.conditionCheck.findMany({ where: { memoId }, orderBy: { checkedAt: "asc" } });
    expect(changes(rows.map(({ value, holds }) => [Number(value), holds]))).toEqual([
      [9, false],
      [15, true],
    ]);
    // Found true, and true still under the memo's lock.
    expect(rows.filter(({ holds }) => holds)).toHaveLength(2);
    const [first, last] = [rows[0], rows.at(-1)];
    expect(last?.figureId).toBe(first?.figureId);
    expect(last?.revision).toBeGreaterThan(first?.revision ?? 0);
    const figure = await db.figure.findFirstOrThrow({
      where: { id: last?.figureId ?? "", revision: last?.revision ?? 0 },
    });
    expect(figure).toMatchObject({ label: "Cash runway", value: "15", ventureId });
    const events = await db.event.findMany({
      where: { subject: `memo:${memoId}`, type: "memo.conditions-checked" },
      orderBy: { id: "asc" },
    });
    expect(events.map(({ payload }) => JSON.stringify(payload).includes('"holds":true'))).toEqual([false, true]);
  });

  test("a metric that is unknown does not fulfil it; a book of record wakes it", { timeout: 60_000 }, async () => {
    const ventureId = await makeVenture("assisted", "EUR");
    await bring(ventureId, 1_500, "Accounts");
    await bring(ventureId, 900, "Board pack");
    const memoId = await approvedOnRevenue(ventureId, "1000");
    expect(changes(await looksAt(memoId))).toEqual([[null, "contradiction", false]]);
    const source = await db.dataSource.findFirstOrThrow({ where: { ventureId, name: "Accounts" } });
    const mark = { ventureId, metric: "revenue", sourceId: source.id, reason: "Audited" };
    expect(await markAndRefresh(analyst(), mark, new Date())).toMatchObject({ ok: true });
    await expect.poll(() => carriedOut(memoId), { timeout: 15_000 }).toBe(1);
    expect((await looksAt(memoId)).at(-1)).toEqual([1_500, null, true]);
  });

  test("nothing burnt means unlimited", { timeout: 60_000 }, async () => {
    const ventureId = await makeVenture("assisted", "EUR");
    await bringAll(ventureId, money(9_000, -100));
    const memoId = await openMemo(ventureId, {}, new Date());
    const until = today("UTC").add({ days: 20 }).toString();
    const conditions = [{ metric: "cash_runway", comparator: "at-least" as const, threshold: "600", until }];
    await recordVerdict(grace, { verdict: "conditional", memoId, version: 1, note: "", conditions }, new Date());
    await expect.poll(() => carriedOut(memoId), { timeout: 15_000 }).toBe(1);
  });
});
