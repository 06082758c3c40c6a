import { startOfMonth, today } from "@internationalized/date";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { db } from "@/lib/db";
import { recordOffer, reviseOffer } from "@/lib/deals/mutations/offers";
import { plainTerms } from "@/lib/deals/test-support/offers";
import { bidder, sellingVenture } from "@/lib/deals/test-support/sale";
import { reverseDecision } from "@/lib/decisions/mutations/reversal";
import { recordVerdict } from "@/lib/decisions/mutations/verdicts";
import { getMemo } from "@/lib/decisions/queries/memo";
import { makeVenture, openMemo, person } from "@/lib/decisions/test-support/memos";
import { moveTo } from "@/lib/growth/mutations/initiatives/initiative-plan";
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
    // Found true, true still under the memo's lock, and watched from then on.
    expect(rows.filter(({ holds }) => holds).length).toBeGreaterThanOrEqual(2);
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

/** For each time that it was suspended, whether it is still. */
const held = async (memoId: string) =>
  (await db.approvalSuspension.findMany({ where: { memoId }, orderBy: { ordinal: "asc" } })).map(
    ({ resumedAt }) => resumedAt === null,
  );

async function approvedAfterCarrying(ventureId: string): Promise<string> {
  const memoId = await openMemo(ventureId, {}, new Date());
  const until = today("UTC").add({ days: 20 }).toString();
  const conditions = [{ metric: "cash_runway", comparator: "at-least" as const, threshold: "12", until }];
  await recordVerdict(grace, { verdict: "conditional", memoId, version: 1, note: "", conditions }, new Date());
  await expect.poll(() => carriedOut(memoId), { timeout: 15_000 }).toBe(1);
  return memoId;
}

const terms = plainTerms({ escrow: "0.08", escrowMonths: 12 });

async function saleWithOffer() {
  const ventureId = await sellingVenture();
  const dealId = await bidder(ventureId, "Nordwerk AG");
  const said = { dated: today("UTC").toString(), source: "Letter", note: "" };
  const made = await recordOffer(analyst(), { dealId, kind: "bid", title: "First bid", terms, ...said }, new Date());
  if (!made.ok) throw new Error(made.refusal);
  return { ventureId, dealId, offerId: made.value.offerId };
}

describe("an approval that enforces its conditions after it was carried out", () => {
  const status = async (memoId: string) => (await db.initiative.findUniqueOrThrow({ where: { memoId } })).status;

  test("is suspended by the import that makes one false, and goes on by the next", { timeout: 60_000 }, async () => {
    const ventureId = await makeVenture("assisted", "EUR");
    await bringAll(ventureId, money(15_000, 1_000));
    const memoId = await approvedAfterCarrying(ventureId);
    const owner = await db.user.create({ data: { email: `o${Date.now()}@x.example`, name: "Olga", role: "analyst" } });
    const made = await db.initiative.update({ where: { memoId }, data: { ownerId: owner.id } });
    const start = (version: number) =>
      moveTo(analyst(), { initiativeId: made.id, version, to: "running", reason: "" }, new Date());
    await bringAll(ventureId, money(8_000, 1_000));
    await expect.poll(() => held(memoId), { timeout: 15_000 }).toEqual([true]);
    // Nobody begins what is suspended, and everybody is told.
    expect(await start(made.version)).toMatchObject({ refusal: "SUSPENDED" });
    const [alert] = await db.alert.findMany({ where: { causeKey: `approval-suspended:${memoId}`, clearedAt: null } });
    expect(alert?.detail).toMatch(/^Cash runway at least 12.* until .*: it is 8/);
    expect(await getMemo(grace, memoId, new Date())).toMatchObject({ status: "conditional", suspension: {} });

    await bringAll(ventureId, money(14_000, 1_000));
    await expect.poll(() => held(memoId), { timeout: 15_000 }).toEqual([false]);
    expect(await start(made.version)).toMatchObject({ ok: true });
    await bringAll(ventureId, money(7_000, 1_000));
    await expect.poll(() => status(memoId), { timeout: 15_000 }).toBe("paused");
    // Taken back while it is held: undone once, as it was done.
    const reversed = await reverseDecision(grace, { memoId, version: 1, reason: "Another plan" }, new Date());
    expect(reversed).toMatchObject({ ok: true });
    await expect.poll(() => status(memoId), { timeout: 15_000 }).toBe("stopped");
    expect(await held(memoId)).toEqual([false, false]);
    expect(await db.alert.count({ where: { causeKey: `approval-suspended:${memoId}`, clearedAt: null } })).toBe(0);
  });

  test("hangs on the escrow of the offer in hand, and is suspended by a new version of it", {
    timeout: 60_000,
  }, async () => {
    const { ventureId, dealId, offerId } = await saleWithOffer();
    const memoId = await openMemo(ventureId, {}, new Date());
    const until = today("UTC").add({ days: 20 }).toString();
    const conditions = [{ metric: "offer_escrow", comparator: "at-most" as const, threshold: "0.1", until }];
    await recordVerdict(grace, { verdict: "conditional", memoId, version: 1, note: "", conditions }, new Date());
    await expect.poll(() => carriedOut(memoId), { timeout: 15_000 }).toBe(1);
    const said = { offerId, version: 1, dated: today("UTC").toString(), source: "A letter", note: "" };
    const revised = await reviseOffer(grace, { ...said, terms: { ...terms, escrow: "0.12" } }, new Date());
    expect(revised).toMatchObject({ ok: true });
    await expect.poll(() => held(memoId), { timeout: 15_000 }).toEqual([true]);
    const [look] = await db.conditionCheck.findMany({ where: { memoId }, orderBy: { checkedAt: "desc" } });
    expect(look).toMatchObject({ value: "0.12", holds: false });
    const figure = await db.figure.findFirstOrThrow({
      where: { id: look?.figureId ?? "", revision: look?.revision ?? 0 },
    });
    expect(JSON.stringify(figure.sources)).toContain(`bids:${dealId}`);
  });
});
