import { afterAll, describe, expect, test } from "vitest";
import { db } from "@/lib/db";
import { saveFigures } from "@/lib/figures/mutations";
import { disconnectEngineClient } from "@/lib/workflows/transport";
import type { VerdictInput } from "../schema";
import { costFigure, growthAgent, makeVenture, NOON, openMemo, person, proposalFor } from "../test-support/memos";
import { carryOut, expireMemos } from "./execution";
import { recordProposal } from "./proposals";
import { recordVerdict, undoVerdict } from "./verdicts";

afterAll(disconnectEngineClient);

const grace = person("chairman", "grace");
const ada = person("chairman", "ada");
const approve = (memoId: string, version = 1): VerdictInput => ({ verdict: "approved", memoId, version, note: "" });
const reject = (memoId: string, version = 1): VerdictInput => ({ verdict: "rejected", memoId, version, note: "" });
const step = { key: "test/1", now: NOON };

const eventsOf = async (memoId: string) =>
  (await db.event.findMany({ where: { subject: `memo:${memoId}` }, orderBy: { id: "asc" } })).map(
    (event) => event.type,
  );

test("a hundred approvals at once give one verdict, one answer and one effect", async () => {
  const memoId = await openMemo(await makeVenture());
  const answers = await Promise.all(Array.from({ length: 100 }, () => recordVerdict(grace, approve(memoId), NOON)));
  const said = answers.map((answer) => answer.ok && { ...answer.value, repeated: null });
  expect(new Set(said.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(answers.filter((answer) => answer.ok && !answer.value.repeated)).toHaveLength(1);
  const done = await Promise.all(Array.from({ length: 20 }, () => carryOut(memoId, 1, step)));
  expect(new Set(done.map((each) => each.initiativeId)).size).toBe(1);
  expect(await db.initiative.count({ where: { memoId } })).toBe(1);
  expect(await db.effect.count({ where: { subject: `memo:${memoId}` } })).toBe(1);
  expect(await eventsOf(memoId)).toEqual(["memo.proposed", "memo.approved"]);
});

test("approve against reject has one winner, and the other is told who won", async () => {
  const memoId = await openMemo(await makeVenture());
  const answers = await Promise.all([
    recordVerdict(grace, approve(memoId), NOON),
    recordVerdict(ada, reject(memoId), NOON),
  ]);
  expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
  const lost = answers.find((answer) => !answer.ok);
  const winner = answers[0]?.ok ? "grace" : "ada";
  expect(lost).toMatchObject({ ok: false, refusal: "CONFLICT" });
  expect(lost && !lost.ok && lost.problems).toContainEqual({ path: "by", expected: winner });
  expect(await db.verdict.count({ where: { memoId } })).toBe(1);
});

test("two people who approve the same version: the second is told that it is decided", async () => {
  const memoId = await openMemo(await makeVenture());
  expect(await recordVerdict(grace, approve(memoId), NOON)).toMatchObject({ ok: true });
  expect(await recordVerdict(ada, approve(memoId), NOON)).toMatchObject({ ok: false, refusal: "CONFLICT" });
});

describe("what was not read is not decided", () => {
  test("a memo that changed since is not approved unseen", async () => {
    const ventureId = await makeVenture();
    const memoId = await openMemo(ventureId);
    expect(await openMemo(ventureId, { dedupeKey: `again:${ventureId}`, title: "Start a smaller programme" })).toBe(
      memoId,
    );
    expect(await recordVerdict(grace, approve(memoId, 1), NOON)).toMatchObject({ ok: false, refusal: "CONFLICT" });
    expect(await recordVerdict(grace, approve(memoId, 2), NOON)).toMatchObject({ ok: true });
  });

  test("a quoted figure that was computed anew with another value makes the memo stale", async () => {
    const ventureId = await makeVenture();
    const memoId = await openMemo(ventureId);
    await db.$transaction((tx) => saveFigures(tx, ventureId, [costFigure(ventureId, "58000", 2)], NOON));
    expect(await recordVerdict(grace, approve(memoId), NOON)).toEqual({
      ok: false,
      refusal: "STALE",
      problems: [{ path: "quotes", expected: "Cost of the retention programme" }],
    });
    expect(await recordVerdict(grace, reject(memoId), NOON)).toMatchObject({ ok: true });
  });

  test("changed source rows make it stale until the figure is computed again to the same value", async () => {
    const ventureId = await makeVenture();
    const memoId = await openMemo(ventureId);
    const dataset = { ventureId, dataset: "metric:operating_expenses", version: 2, changedAt: NOON };
    await db.datasetVersion.create({ data: dataset });
    expect(await recordVerdict(grace, approve(memoId), NOON)).toMatchObject({ ok: false, refusal: "STALE" });
    await db.$transaction((tx) => saveFigures(tx, ventureId, [costFigure(ventureId, "42000", 2)], NOON));
    expect(await recordVerdict(grace, approve(memoId), NOON)).toMatchObject({ ok: true });
  });
});

test("an analyst cannot decide, and what one may not see does not exist", async () => {
  const memoId = await openMemo(await makeVenture());
  await expect(recordVerdict(person("analyst"), approve(memoId), NOON)).rejects.toMatchObject({ code: "FORBIDDEN" });
  const elsewhere = { ...person("chairman", "eve"), ventures: [] };
  await expect(recordVerdict(elsewhere, approve(memoId), NOON)).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("nobody decides their own proposal, whatever their role is now", async () => {
  const ventureId = await makeVenture();
  const drafted = await recordProposal(person("analyst", "grace"), await proposalFor(ventureId, { agent: null }), NOON);
  if (!drafted.ok) throw new Error(drafted.refusal);
  const { memoId } = drafted.value;
  expect(await recordVerdict(grace, approve(memoId), NOON)).toMatchObject({ ok: false, refusal: "OWN_PROPOSAL" });
  expect(await recordVerdict(ada, approve(memoId), NOON)).toMatchObject({ ok: true });
});

test("an expired memo cannot be decided, and the sweep closes it once", async () => {
  const memoId = await openMemo(await makeVenture(), { expiresInDays: 1 });
  const later = new Date(NOON.getTime() + 86_400_000);
  expect(await recordVerdict(grace, approve(memoId), later)).toMatchObject({ ok: false, refusal: "EXPIRED" });
  expect(await expireMemos(later)).toBeGreaterThan(0);
  expect(await db.memo.findUniqueOrThrow({ where: { id: memoId } })).toMatchObject({ status: "expired" });
  expect(await eventsOf(memoId)).toEqual(["memo.proposed", "memo.expired"]);
});

test("what cannot be undone needs the second factor", async () => {
  const memoId = await openMemo(await makeVenture());
  await db.memo.update({ where: { id: memoId }, data: { reversible: false } });
  await expect(recordVerdict(grace, approve(memoId), NOON)).rejects.toMatchObject({ code: "STEP_UP_REQUIRED" });
  const proven = person("chairman", "grace", NOON);
  expect(await recordVerdict(proven, approve(memoId), NOON)).toMatchObject({ ok: true, value: { undoUntil: null } });
});

test("a question and a deferral go on as the next version, and the old one can no longer be approved", async () => {
  const memoId = await openMemo(await makeVenture());
  const ask: VerdictInput = { verdict: "question", memoId, version: 1, question: "Who leads it?" };
  expect(await recordVerdict(grace, ask, NOON)).toMatchObject({ ok: true, value: { status: "question", version: 2 } });
  expect(await recordVerdict(grace, ask, NOON)).toMatchObject({ ok: true, value: { version: 2, repeated: true } });
  expect(await recordVerdict(ada, approve(memoId, 1), NOON)).toMatchObject({ ok: false, refusal: "CONFLICT" });
  const defer: VerdictInput = { verdict: "deferred", memoId, version: 2, until: "2026-12-01", note: "" };
  expect(await recordVerdict(grace, defer, NOON)).toMatchObject({
    ok: true,
    value: { status: "deferred", version: 3 },
  });
  expect(await recordVerdict(grace, approve(memoId, 3), NOON)).toMatchObject({ ok: true });
  expect(await eventsOf(memoId)).toEqual(["memo.proposed", "memo.questioned", "memo.deferred", "memo.approved"]);
});

describe("taking a verdict back", () => {
  test("before it was carried out: nothing happens any more", async () => {
    const memoId = await openMemo(await makeVenture());
    await recordVerdict(grace, approve(memoId), NOON);
    const soon = new Date(NOON.getTime() + 30_000);
    expect(await undoVerdict(grace, { memoId, version: 1 }, soon)).toEqual({
      ok: true,
      value: { version: 2, reversed: false },
    });
    expect(await carryOut(memoId, 1, step)).toEqual({ done: false, initiativeId: null });
    expect(await db.initiative.count({ where: { memoId } })).toBe(0);
  });

  test("afterwards: the initiative is stopped, and a new approval starts it again", async () => {
    const memoId = await openMemo(await makeVenture());
    await recordVerdict(grace, approve(memoId), NOON);
    await carryOut(memoId, 1, step);
    const soon = new Date(NOON.getTime() + 30_000);
    expect(await undoVerdict(grace, { memoId, version: 1 }, soon)).toMatchObject({
      ok: true,
      value: { reversed: true },
    });
    expect(await db.initiative.findUniqueOrThrow({ where: { memoId } })).toMatchObject({ status: "stopped" });
    await recordVerdict(grace, approve(memoId, 2), soon);
    await carryOut(memoId, 2, step);
    expect(await db.initiative.findUniqueOrThrow({ where: { memoId } })).toMatchObject({ status: "planned" });
  });

  test.each([
    ["someone else", ada, 30_000, "NOT_YOURS"],
    ["after a minute", grace, 60_001, "TOO_LATE"],
  ])("%s is refused", async (_who, who, after, refusal) => {
    const memoId = await openMemo(await makeVenture());
    await recordVerdict(grace, approve(memoId), NOON);
    const at = new Date(NOON.getTime() + after);
    expect(await undoVerdict(who, { memoId, version: 1 }, at)).toEqual({ ok: false, refusal });
  });
});

test("the agent's own proposal is one proposal, however often it is made", async () => {
  const ventureId = await makeVenture();
  const proposal = await proposalFor(ventureId);
  const answers = await Promise.all(Array.from({ length: 8 }, () => recordProposal(growthAgent, proposal, NOON)));
  expect(new Set(answers.map((answer) => answer.ok && answer.value.memoId)).size).toBe(1);
  expect(await db.memo.count({ where: { ventureId } })).toBe(1);
});
