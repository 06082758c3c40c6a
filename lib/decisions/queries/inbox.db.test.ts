import { afterAll, expect, test } from "vitest";
import { mintActor } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { saveFigures } from "@/lib/figures/mutations";
import { disconnectEngineClient } from "@/lib/workflows/transport";
import { carryOut } from "../mutations/execution";
import { answerQuestion, keepMemosFresh, noteSeen, refreshMemo, withdrawMemo } from "../mutations/revisions";
import { recordVerdict } from "../mutations/verdicts";
import { costFigure, growthAgent, makeVenture, NOON, openMemo, person } from "../test-support/memos";
import { listInbox } from "./inbox";
import { getMemo } from "./memo";

afterAll(disconnectEngineClient);

const userId = "01900000-0000-7000-8000-0000000000aa";
const grace = mintActor({ ...person("chairman"), id: userId, ref: `user:${userId}` });
const analyst = person("analyst", "ada");

test("the inbox is ordered by urgency, says why, and keeps what was deferred apart until its day", async () => {
  const late = await openMemo(await makeVenture(), { expiresInDays: 30 });
  const soon = await openMemo(await makeVenture(), { expiresInDays: 1 });
  const put = await openMemo(await makeVenture(), { expiresInDays: 20 });
  await recordVerdict(grace, { verdict: "deferred", memoId: put, version: 1, until: "2026-12-01", note: "" }, NOON);
  const inbox = await listInbox(grace, NOON);
  expect(inbox.waiting.map((item) => item.id)).toEqual([soon, late]);
  expect(inbox.waiting[0]?.urgency.reasons[0]).toBe("due in 2 days");
  expect(inbox.deferred.map((item) => item.id)).toEqual([put]);
  const later = await listInbox(grace, new Date("2026-12-01T00:00:00Z"));
  expect(later.waiting.map((item) => item.id)).toContain(put);
});

test("nobody sees a memo of a venture that is not theirs", async () => {
  const memoId = await openMemo(await makeVenture());
  const stranger = { ...grace, ventures: [] };
  expect((await listInbox(stranger, NOON)).waiting).toEqual([]);
  await expect(getMemo(stranger, memoId, NOON)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(listInbox(person("admin"), NOON)).rejects.toMatchObject({ code: "FORBIDDEN" });
});

test("a memo shows what changed since the version that was last on the screen", async () => {
  const ventureId = await makeVenture();
  const memoId = await openMemo(ventureId);
  await noteSeen(grace, { memoId, version: 1 }, NOON);
  expect((await getMemo(grace, memoId, NOON)).changes).toBeNull();
  await openMemo(ventureId, { dedupeKey: `again:${ventureId}`, title: "Start a smaller programme" });
  const { changes, versions } = await getMemo(grace, memoId, NOON);
  expect(changes).toMatchObject({ since: 1, list: [{ part: "Title", after: "Start a smaller programme" }] });
  expect(versions.map((version) => version.version)).toEqual([1, 2]);
});

test("a question is answered as the next version", async () => {
  const memoId = await openMemo(await makeVenture());
  await recordVerdict(grace, { verdict: "question", memoId, version: 1, question: "Who leads it?" }, NOON);
  const asked = await getMemo(analyst, memoId, NOON);
  expect(asked).toMatchObject({ status: "question", version: 2, may: { decide: false, answer: true } });
  const questionId = asked.questions[0]?.id ?? "";
  const answer = { memoId, version: 2, questionId, answer: "The head of customer success." };
  expect(await answerQuestion(analyst, answer, NOON)).toEqual({ ok: true, value: { version: 3 } });
  expect(await answerQuestion(analyst, answer, NOON)).toMatchObject({ ok: false, refusal: "CONFLICT" });
  const answered = await getMemo(grace, memoId, NOON);
  expect(answered).toMatchObject({ status: "pending", questions: [{ answer: "The head of customer success." }] });
});

test("a stale memo says so, and cannot be refreshed while a figure cannot be computed again", async () => {
  const ventureId = await makeVenture();
  const memoId = await openMemo(ventureId);
  await db.datasetVersion.create({
    data: { ventureId, dataset: "metric:operating_expenses", version: 2, changedAt: NOON },
  });
  const stale = await getMemo(grace, memoId, NOON);
  expect(stale.stale).toMatchObject([
    { reason: "The stored values of operating expenses changed after it was computed" },
  ]);
  expect(Object.values(stale.figures)[0]?.stale).toBe(
    "The stored values of operating expenses changed after it was computed",
  );
  expect(await refreshMemo(grace, { memoId, version: 1 }, NOON)).toMatchObject({
    ok: false,
    refusal: "NOT_RECOMPUTED",
  });
  expect(await keepMemosFresh(analyst, ventureId, NOON)).toEqual({ refreshed: 0 });
  await db.$transaction((tx) => saveFigures(tx, ventureId, [costFigure(ventureId, "60000", 2)], NOON));
  // By itself, and once; who has read the version before has to read this one before approving it.
  expect(await keepMemosFresh(analyst, ventureId, NOON)).toEqual({ refreshed: 1 });
  expect(await keepMemosFresh(analyst, ventureId, NOON)).toEqual({ refreshed: 0 });
  expect(await recordVerdict(grace, { verdict: "approved", memoId, version: 1, note: "" }, NOON)).toMatchObject({
    refusal: "CONFLICT",
  });
  const fresh = await getMemo(grace, memoId, NOON);
  expect(fresh.stale).toEqual([]);
  expect(fresh.content.options[0]?.action).toMatchObject({ budgetMinor: "6000000" });
  // What is at stake and what auto would have said go with the figures.
  expect([stale.stake?.amountMinor, fresh.stake?.amountMinor]).toEqual(["4200000", "6000000"]);
  expect([stale.record?.shadow?.rule, fresh.record?.shadow?.rule]).toEqual(["budget-unknown", "above-amount"]);
  expect(await recordVerdict(grace, { verdict: "approved", memoId, version: 2, note: "" }, NOON)).toMatchObject({
    ok: true,
  });
});

test("what was decided and what came of it stands on the memo and in the record", async () => {
  const memoId = await openMemo(await makeVenture());
  await recordVerdict(grace, { verdict: "approved", memoId, version: 1, note: "Go." }, NOON);
  await carryOut(memoId, 1, { key: "test/1", now: NOON });
  const memo = await getMemo(grace, memoId, new Date(NOON.getTime() + 1_000));
  expect(memo).toMatchObject({ status: "approved", outcome: { status: "planned" }, verdicts: [{ note: "Go." }] });
  expect(memo.may).toMatchObject({ decide: false, undoUntil: "2026-11-22T12:01:00.000Z" });
  expect(memo.record).toMatchObject({
    record: { agent: "growth", actionClass: "growth.start-initiative" },
    stated: { probability: expect.any(Number), settled: expect.any(Number) },
    shadow: { outcome: "ask", rule: "budget-unknown" },
  });
  expect(memo.record?.record.answers["as-proposed"]).toBeGreaterThan(0);
});

test("a withdrawn memo leaves the desk", async () => {
  const memoId = await openMemo(await makeVenture());
  const read = { memoId, version: 1, reason: "The data were wrong." };
  await expect(withdrawMemo(grace, read, NOON)).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect(await withdrawMemo(growthAgent, read, NOON)).toEqual({ ok: true, value: null });
  expect(await withdrawMemo(growthAgent, read, NOON)).toMatchObject({ ok: false, refusal: "CLOSED" });
});
