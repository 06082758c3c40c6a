import { afterAll, expect, test } from "vitest";
import { db } from "@/lib/db";
import { getFrame } from "@/lib/reports/queries/frame";
import { disconnectEngineClient } from "@/lib/workflows/transport";
import { listInbox } from "../queries/inbox";
import { getMemo } from "../queries/memo";
import type { VerdictInput } from "../schema";
import { makeVenture, NOON, openMemo, person } from "../test-support/memos";
import { carryOut, expireMemos, readNextMove } from "./execution";
import { recordVerdict, undoVerdict } from "./verdicts";

afterAll(disconnectEngineClient);

const [grace, ada, alan] = ["grace", "ada", "alan"].map((name) => person("chairman", name)) as [
  ReturnType<typeof person>,
  ReturnType<typeof person>,
  ReturnType<typeof person>,
];
const approve = (memoId: string, version: number): VerdictInput => ({ verdict: "approved", memoId, version, note: "" });
const step = { key: "test/1", now: NOON };
const eventsOf = async (memoId: string) =>
  (await db.event.findMany({ where: { subject: `memo:${memoId}` }, orderBy: { id: "asc" } })).map(({ type }) => type);

/** A memo about more than the policy lets one person commit, at a venture where that needs two. */
async function twoNeeded(): Promise<string> {
  const ventureId = await makeVenture();
  const overrides = { secondPerson: "large commitments" };
  await db.ventureSettings.update({ where: { ventureId }, data: { overrides } });
  return openMemo(ventureId);
}

test("one approval waits, a second one decides, and the effect comes once", async () => {
  const memoId = await twoNeeded();
  const first = await recordVerdict(grace, approve(memoId, 1), NOON);
  expect(first).toMatchObject({ ok: true, value: { status: "confirming", version: 2, repeated: false } });
  expect(await recordVerdict(grace, approve(memoId, 1), NOON)).toMatchObject({ ok: true, value: { repeated: true } });
  expect(await recordVerdict(grace, approve(memoId, 2), NOON)).toEqual({ ok: false, refusal: "OWN_APPROVAL" });
  expect(await carryOut(memoId, 2, step)).toMatchObject({ done: false });
  expect(await readNextMove(memoId, step)).toMatchObject({ kind: "wait" });

  // Two seconds at once: one decides, the other is told who did.
  const answers = await Promise.all([ada, alan].map((who) => recordVerdict(who, approve(memoId, 2), NOON)));
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  expect(answers.find(({ ok }) => !ok)).toMatchObject({ refusal: "CONFLICT" });
  const done = await Promise.all(Array.from({ length: 6 }, () => carryOut(memoId, 2, step)));
  expect(new Set(done.map(({ initiativeId }) => initiativeId)).size).toBe(1);
  expect(await db.initiative.count({ where: { memoId } })).toBe(1);
  expect(await db.effect.count({ where: { subject: `memo:${memoId}` } })).toBe(1);
  expect(await eventsOf(memoId)).toEqual(["memo.proposed", "memo.first-approved", "memo.approved"]);
  const decided = await db.event.findFirstOrThrow({ where: { subject: `memo:${memoId}`, type: "memo.approved" } });
  expect(decided.payload).toMatchObject({ first: "user:grace", version: 2 });
});

test("the first one's inbox lets it go, the second one's has it", async () => {
  const memoId = await twoNeeded();
  const before = (await getFrame(grace, NOON)).waiting;
  await recordVerdict(grace, approve(memoId, 1), NOON);
  const [own, other] = [await listInbox(grace, NOON), await listInbox(ada, NOON)];
  expect(own.withSecond.map(({ id }) => id)).toContain(memoId);
  expect(own.waiting.map(({ id }) => id)).not.toContain(memoId);
  expect(other.waiting.find(({ id }) => id === memoId)).toMatchObject({ status: "confirming", firstBy: "grace" });
  expect((await getFrame(grace, NOON)).waiting).toBe(before - 1);
  expect((await getMemo(grace, memoId, NOON)).may).toMatchObject({ decide: false, undoUntil: expect.any(String) });
  expect(await getMemo(ada, memoId, NOON)).toMatchObject({
    may: { decide: true, undoUntil: null },
    first: { by: "grace", own: false },
    second: { rule: "large-commitment" },
  });
});

test("a setting that is loosened later does not free what was proposed before", async () => {
  const memoId = await twoNeeded();
  const { ventureId } = await db.memo.findUniqueOrThrow({ where: { id: memoId } });
  await db.ventureSettings.update({ where: { ventureId }, data: { overrides: {} } });
  expect(await recordVerdict(grace, approve(memoId, 1), NOON)).toMatchObject({ value: { status: "confirming" } });
});

test("taken back before the second one, or expired: nothing is carried out", async () => {
  const memoId = await twoNeeded();
  await recordVerdict(grace, approve(memoId, 1), NOON);
  const later = new Date(NOON.getTime() + 3 * 86_400_000);
  expect(await undoVerdict(ada, { memoId, version: 2 }, later)).toEqual({ ok: false, refusal: "NOT_YOURS" });
  expect(await undoVerdict(grace, { memoId, version: 2 }, later)).toMatchObject({ ok: true, value: { version: 3 } });
  expect(await recordVerdict(ada, approve(memoId, 2), later)).toMatchObject({ ok: false, refusal: "CONFLICT" });
  expect(await recordVerdict(ada, approve(memoId, 3), later)).toMatchObject({ value: { status: "confirming" } });

  const over = new Date(NOON.getTime() + 22 * 86_400_000);
  expect(await recordVerdict(grace, approve(memoId, 4), over)).toEqual({ ok: false, refusal: "EXPIRED" });
  expect(await expireMemos(over)).toBeGreaterThan(0);
  expect(await carryOut(memoId, 4, step)).toMatchObject({ done: false });
  expect(await db.initiative.count({ where: { memoId } })).toBe(0);
  expect((await eventsOf(memoId)).slice(2)).toEqual(["memo.reopened", "memo.first-approved", "memo.expired"]);
});

test("the second one confirms the first one's conditions", async () => {
  const memoId = await twoNeeded();
  const conditions = [{ metric: "revenue", comparator: "at-least" as const, threshold: "6", until: "2026-12-01" }];
  const first = { verdict: "conditional" as const, memoId, version: 1, note: "", conditions };
  expect(await recordVerdict(grace, first, NOON)).toMatchObject({ value: { status: "confirming" } });
  const second = await recordVerdict(ada, approve(memoId, 2), NOON);
  expect(second).toMatchObject({ ok: true, value: { status: "conditional", version: 2 } });
  expect(await recordVerdict(ada, approve(memoId, 2), NOON)).toMatchObject({ ok: true, value: { repeated: true } });
  const given = await db.verdict.findFirstOrThrow({ where: { memoId, version: 2 } });
  expect(given).toMatchObject({ verdict: "conditional", conditions });
});
