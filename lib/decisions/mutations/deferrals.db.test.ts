import { expect, test } from "vitest";
import { db } from "@/lib/db";
import { listInbox } from "../queries/inbox";
import { makeVenture, NOON, openMemo, person } from "../test-support/memos";
import { returnDeferred } from "./deferrals";
import { recordVerdict } from "./verdicts";

const grace = person("chairman", "grace");
const days = (count: number): Date => new Date(NOON.getTime() + count * 86_400_000);
const UNTIL = "2026-11-25";

async function deferred(asked: boolean): Promise<string> {
  const memoId = await openMemo(await makeVenture());
  const ask = { verdict: "question" as const, memoId, version: 1, question: "Who leads it?" };
  if (asked) expect(await recordVerdict(grace, ask, NOON)).toMatchObject({ ok: true });
  const defer = { verdict: "deferred" as const, memoId, version: asked ? 2 : 1, until: UNTIL, note: "" };
  expect(await recordVerdict(grace, defer, NOON)).toMatchObject({ ok: true });
  return memoId;
}

test("on its day a deferred memo is open again in its version, once; with an open question it waits for the answer", async () => {
  const [plain, asked] = [await deferred(false), await deferred(true)];
  expect(await returnDeferred(days(2))).toBe(0);
  const [first, second] = await Promise.all([returnDeferred(days(3)), returnDeferred(days(3))]);
  expect(first + second).toBe(2);
  expect(await returnDeferred(days(4))).toBe(0);
  const memo = (id: string) => db.memo.findUniqueOrThrow({ where: { id } });
  expect(await memo(plain)).toMatchObject({ status: "pending", version: 2, deferredUntil: null });
  expect(await memo(asked)).toMatchObject({ status: "question", version: 3, deferredUntil: null });
  const events = await db.event.findMany({ where: { type: "memo.returned" } });
  expect(events.map(({ subject }) => subject).sort()).toEqual([`memo:${plain}`, `memo:${asked}`].sort());
  const inbox = await listInbox(grace, days(4));
  expect(inbox.waiting.map(({ id }) => id)).toEqual(expect.arrayContaining([plain, asked]));
  const approve = { verdict: "approved" as const, memoId: plain, version: 2, note: "" };
  expect(await recordVerdict(grace, approve, days(4))).toMatchObject({ ok: true });
});
