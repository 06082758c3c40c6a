import { afterAll, beforeAll, expect, test } from "vitest";
import { mintActor } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { setDigest } from "@/lib/decisions/mutations/digest";
import { askReading, endReading, giveOpinion } from "@/lib/decisions/mutations/readings";
import { recordVerdict } from "@/lib/decisions/mutations/verdicts";
import { getMemo } from "@/lib/decisions/queries/memo";
import { listAskedReadings } from "@/lib/decisions/queries/readings";
import { makeVenture, openMemo } from "@/lib/decisions/test-support/memos";
import { env } from "@/lib/env";
import { type MailServer, mailServer } from "@/lib/integrations/test-support/mail-server";
import { raiseCause } from "@/lib/stage/mutations/alert-cause";
import { launchEngine, startWorkflow, stopEngine } from "./engine";
import "./register";
import { engineClient } from "./transport";

/** A real mail server, and the durable runs that write to it. */
let post: MailServer;

beforeAll(async () => {
  post = await mailServer();
  env().SMTP_URL = post.url;
  await launchEngine();
});
afterAll(async () => {
  await stopEngine();
  env().SMTP_URL = undefined;
  await post.close();
});

async function account(role: "chairman" | "analyst", name: string) {
  const { id } = await db.user.create({ data: { email: `${name}-${Date.now()}@holding.example`, name, role } });
  return mintActor({ id, ref: `user:${id}`, name, role, ventures: "all", sessionId: null, steppedUpAt: null });
}

const to = (address: string) => post.letters.filter((letter) => letter.includes(`To: ${address}`));
const tick = (id: string) => startWorkflow("digest-tick", id, new Date());
const over = async (id: string) => (await (await engineClient()).retrieveWorkflow(id)).getResult();

test("a digest of memos, readings and alerts goes out by mail once per person and day", {
  timeout: 60_000,
}, async () => {
  const [grace, tomas] = [await account("chairman", "grace"), await account("analyst", "tomas")];
  const now = new Date();
  await setDigest(grace, { frequency: "daily", hour: 0 }, now);
  await setDigest(tomas, { frequency: "off", hour: 0 }, now);
  const ventureId = await makeVenture("assisted", "USD", "digest-venture");
  const memoId = await openMemo(ventureId, { title: "Fund the partner channel" }, now);
  await db.$transaction((tx) =>
    raiseCause(
      tx,
      {
        ...{ causeKey: `data-stale:${ventureId}`, ventureId, kind: "data-stale", severity: "warning" },
        ...{ title: "data is stale", detail: "Nothing came since March." },
      },
      { by: "system:watch", now },
    ),
  );
  await Promise.all(["digest-tick:a", "digest-tick:b"].map(tick));
  await Promise.all(["digest-tick:a", "digest-tick:b"].map(over));
  const { email } = await db.user.findUniqueOrThrow({ where: { id: grace.id } });
  await expect.poll(() => to(email).length, { timeout: 20_000 }).toBe(1);
  await tick("digest-tick:c");
  expect(await over("digest-tick:c")).toBe(0);
  const [letter] = to(email);
  expect(letter).toMatch(/Subject: \w+ \d+ \w+: 1 decision, 1 new alert/);
  expect(letter).toContain("Fund the partner channel");
  expect(letter).toContain(`/inbox/${memoId}`);
  expect(letter).toContain("warning: Venture");
  expect(letter).toContain("every link opens a page that asks you to sign in");
  const { email: analyst } = await db.user.findUniqueOrThrow({ where: { id: tomas.id } });
  expect([to(analyst).length, to(email).length]).toEqual([0, 1]);
  expect(await db.digest.findMany({ where: { userId: grace.id } })).toMatchObject([
    { memos: 1, alerts: 1, sent: true },
  ]);
});

test("a colleague reads and says what they think, and decides nothing", { timeout: 60_000 }, async () => {
  const [ada, linus] = [await account("chairman", "ada"), await account("analyst", "linus")];
  const now = new Date();
  const memoId = await openMemo(await makeVenture(), { title: "Read by somebody" }, now);
  const day = (days: number) => new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10);
  const ask = { memoId, version: 1, readerId: linus.id, dueOn: day(2), note: "Is the cost right?" };
  await expect(askReading(linus, ask, now)).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect(await askReading(ada, { ...ask, readerId: ada.id }, now)).toMatchObject({ refusal: "NOT_A_COLLEAGUE" });
  const asked = await askReading(ada, ask, now);
  if (!asked.ok) throw new Error(asked.refusal);
  const { readingId } = asked.value;
  expect(await askReading(ada, ask, now)).toMatchObject({ refusal: "ASKED_ALREADY" });
  expect(await listAskedReadings(linus, now)).toMatchObject([{ memoId, askedBy: "ada", note: "Is the cost right?" }]);
  const { email } = await db.user.findUniqueOrThrow({ where: { id: linus.id } });
  await expect.poll(() => to(email).length, { timeout: 20_000 }).toBe(1);
  expect(to(email)[0]).toContain(`/inbox/${memoId}`);

  const said = { readingId, version: 1, stance: "against" as const, opinion: "The cost leaves out the training." };
  expect(await giveOpinion(ada, said, now)).toMatchObject({ refusal: "NOT_YOURS" });
  expect(await giveOpinion(linus, said, now)).toMatchObject({ ok: true });
  expect(await giveOpinion(linus, said, now)).toMatchObject({ refusal: "ALREADY_SAID" });
  expect(await endReading(ada, readingId, now)).toMatchObject({ refusal: "ALREADY_SAID" });
  const verdict = { verdict: "approved" as const, memoId, version: 1, note: "" };
  await expect(recordVerdict(linus, verdict, now)).rejects.toMatchObject({ code: "FORBIDDEN" });
  const memo = await getMemo(ada, memoId, now);
  expect(memo).toMatchObject({ status: "pending", version: 1 });
  expect(memo.readings).toMatchObject([{ reader: "linus", stance: "against", opinionVersion: 1, mine: true }]);
  expect(await listAskedReadings(linus, now)).toEqual([]);
  const types = await db.event.findMany({ where: { subject: `memo:${memoId}`, type: { startsWith: "memo." } } });
  expect(types.map(({ type }) => type)).toEqual(expect.arrayContaining(["memo.reading-asked", "memo.opinion-given"]));
});
