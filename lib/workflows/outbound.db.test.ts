import { createHmac, randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { encryptSecret } from "@/lib/auth/secrets";
import { db } from "@/lib/db";
import { carryOut } from "@/lib/decisions/mutations/execution";
import { recordVerdict, undoVerdict } from "@/lib/decisions/mutations/verdicts";
import type { StartInitiative } from "@/lib/decisions/schema";
import { makeVenture, openMemo, person, proposalFor, reportRevenue } from "@/lib/decisions/test-support/memos";
import { addEndpoint, closeEndpoint } from "@/lib/growth/mutations/initiatives/endpoints";
import { sendAgain } from "@/lib/growth/mutations/initiatives/outbound";
import { announcementBody, MOST_ATTEMPTS } from "@/lib/growth/rules/initiatives/initiative-outbound";
import { endAll, killHeld, upTo } from "./test-support/hold-each";
import { type Behaviour, type Receiver, startReceiver } from "./test-support/receiver";
import { kill, killAll, startWorker, until } from "./test-support/workers";
import { disconnectEngineClient, engineClient } from "./transport";

/**
 * An approved memo names an address; real worker processes send to a receiver on this machine that answers wrongly, not at
 * all, or drops the line, and are killed at every boundary. Whatever happens, a receiver that keeps its keys acts once.
 */
const grace = person("chairman", "grace");
const SECRET = "whsec_for-tests";
const open: Receiver[] = [];

beforeAll(async () => {
  await engineClient();
});
afterEach(async () => {
  await Promise.all(open.splice(0).map(({ close }) => close()));
});
afterAll(disconnectEngineClient);

async function endpointFor(ventureId: string, url: string): Promise<string> {
  const id = randomUUID();
  const made = { createdBy: "user:admin", createdAt: new Date(), updatedAt: new Date() };
  const secret = encryptSecret("outbound", id, SECRET);
  await db.outboundEndpoint.create({ data: { id, ventureId, name: "Tracker", url, secret, ...made } });
  return id;
}

/** A memo whose approval tells the receiver. */
async function scene(...behaviours: Behaviour[]) {
  const receiver = await startReceiver(behaviours);
  open.push(receiver);
  const ventureId = await makeVenture("auto");
  await reportRevenue(ventureId, 500_000);
  const endpointId = await endpointFor(ventureId, receiver.url);
  const proposal = await proposalFor(ventureId);
  const action = proposal.content.options[0]?.action as StartInitiative;
  action.outbound = [{ endpointId, name: "Tracker", url: receiver.url }];
  const memoId = await openMemo(ventureId, { content: proposal.content }, new Date());
  return { receiver, ventureId, memoId, endpointId, action };
}

const approve = (memoId: string) =>
  recordVerdict(grace, { verdict: "approved", memoId, version: 1, note: "" }, new Date());

const initiativeOf = (memoId: string) => db.initiative.findUnique({ where: { memoId } });
async function messageOf(memoId: string) {
  const initiative = await initiativeOf(memoId);
  return initiative && db.outboxMessage.findFirst({ where: { subject: `initiative:${initiative.id}` } });
}
async function settled(memoId: string): Promise<boolean> {
  const message = await messageOf(memoId);
  if (!message) return false;
  const status = await (await engineClient()).retrieveWorkflow(`outbound:${message.id}`).getStatus();
  return status?.status === "SUCCESS";
}

test("however small and however autonomous: what is sent outside asks the chairman", async () => {
  const { memoId } = await scene("ok");
  const memo = await db.memo.findUniqueOrThrow({ where: { id: memoId }, include: { proposal: true } });
  expect(memo.status).toBe("pending");
  expect(memo.proposal.policy).toMatchObject({ outcome: "ask", rule: "sent-outside" });
});

test("after the approval exactly what the memo shows is sent once, signed", { timeout: 60_000 }, async () => {
  const { receiver, memoId, ventureId, action } = await scene("ok");
  expect(receiver.received).toEqual([]);
  onTestFinished(killAll);
  await startWorker({ executor: "calm" });
  await approve(memoId);
  await until("it is settled", () => settled(memoId));
  const { name } = await db.venture.findUniqueOrThrow({ where: { id: ventureId } });
  const [letter, ...more] = receiver.received;
  expect(more).toEqual([]);
  expect(letter?.body).toBe(announcementBody(name, action));
  const [, at = "", digest = ""] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(letter?.signature ?? "") ?? [];
  expect(createHmac("sha256", SECRET).update(`${at}.${letter?.body}`).digest("hex")).toBe(digest);
  const message = await messageOf(memoId);
  expect(message).toMatchObject({ attempts: 1, lastError: null, abandonedAt: null });
  expect(message?.deliveredAt).not.toBeNull();
  expect(letter?.key).toBe(message?.key);
  expect(await db.event.count({ where: { chain: ventureId, type: "outbound.delivered" } })).toBe(1);
});

describe("a receiver that fails", { timeout: 60_000 }, () => {
  // One process for them all.
  beforeAll(async () => void (await startWorker({ executor: "patient" })));
  afterAll(killAll);

  test.each<[string, Behaviour[], number]>([
    ["answers 500 twice", ["error", "error", "ok"], 3],
    ["says nothing", ["hang", "ok"], 2],
    ["drops the line", ["reset", "ok"], 2],
    ["sends elsewhere, where nobody follows", ["redirect", "ok"], 2],
  ])("that %s is told again under the same key, and acts once", async (_case, behaviours, requests) => {
    const { receiver, memoId } = await scene(...behaviours);
    await approve(memoId);
    await until("it is settled", () => settled(memoId));
    expect(receiver.received).toHaveLength(requests);
    expect(new Set(receiver.received.map(({ key }) => key)).size).toBe(1);
    expect(receiver.received.every(({ path }) => path === "/hook")).toBe(true);
    expect(receiver.acted()).toBe(1);
    expect(await messageOf(memoId)).toMatchObject({ attempts: requests, lastError: null });
  });

  test("for ever is given up on, with an alert that says why", async () => {
    const { receiver, memoId, ventureId } = await scene("error");
    await approve(memoId);
    await until("it is settled", () => settled(memoId));
    expect(receiver.received).toHaveLength(MOST_ATTEMPTS);
    const message = await messageOf(memoId);
    expect(message).toMatchObject({ deliveredAt: null, lastError: "The receiver answered 500" });
    expect(await db.alert.findFirst({ where: { ventureId, kind: "delivery-failed" } })).toMatchObject({
      clearedAt: null,
    });
    expect(await db.event.count({ where: { chain: ventureId, type: "outbound.given-up" } })).toBe(1);
    receiver.behave("ok");
    const { id = "" } = message ?? {};
    expect(await sendAgain(person("analyst"), id, new Date())).toMatchObject({ ok: true });
    await until("it is delivered", async () => (await messageOf(memoId))?.deliveredAt);
    expect(new Set(receiver.received.map(({ key }) => key)).size).toBe(1);
    expect(receiver.acted()).toBe(1);
    expect(await db.alert.count({ where: { ventureId, kind: "delivery-failed", clearedAt: null } })).toBe(0);
    expect(await sendAgain(person("analyst"), id, new Date())).toMatchObject({ refusal: "DELIVERED" });
  });
});

describe("killed", () => {
  afterEach(killAll);

  test("at each boundary of the delivery, the receiver acts once", { timeout: 300_000 }, async () => {
    type Told = Awaited<ReturnType<typeof scene>>;
    const over = ({ memoId }: Told) => settled(memoId);
    const begin = async () => ({ subject: await scene("ok"), run: "outbound:" });
    const held = await killHeld<Told>({
      executor: "mortal",
      boundaries: upTo(14),
      begin,
      proceed: async ({ memoId }) => void (await approve(memoId)),
      over,
    });
    // look, send, look: four boundaries each; under load it may look once more.
    expect(held.killed).toBeGreaterThanOrEqual(upTo(12).length);
    await endAll(held, "mortal", over);
    for (const { receiver, ventureId } of held.subjects) {
      // Delivered is written before the step is recorded as done, so a repeated step sends nothing again.
      expect(receiver.received).toHaveLength(1);
      expect(receiver.acted()).toBe(1);
      expect(await db.event.count({ where: { chain: ventureId, type: "outbound.delivered" } })).toBe(1);
    }
  });

  test("while the receiver is silent, the next process tells it again under the same key", {
    timeout: 60_000,
  }, async () => {
    const { receiver, memoId } = await scene("hang", "ok");
    const doomed = await startWorker({ executor: "caller" });
    await approve(memoId);
    await until("the receiver was called", async () => receiver.received.length > 0);
    await kill(doomed);
    await startWorker({ executor: "caller" });
    await until("it is settled", () => settled(memoId));
    expect(new Set(receiver.received.map(({ key }) => key)).size).toBe(1);
    expect(receiver.acted()).toBe(1);
    expect(await messageOf(memoId)).toMatchObject({ attempts: receiver.received.length });
  });
});

describe("not sent", { timeout: 60_000 }, () => {
  afterEach(killAll);

  test("while the decision can be taken back, and not at all when it is", async () => {
    const { receiver, memoId } = await scene("ok");
    await approve(memoId);
    await carryOut(memoId, 1, { key: "here", now: new Date() });
    expect((await messageOf(memoId))?.nextAt.getTime()).toBeGreaterThan(Date.now() + 30_000);
    expect(await undoVerdict(grace, { memoId, version: 1 }, new Date())).toMatchObject({
      ok: true,
      value: { reversed: true },
    });
    expect(await initiativeOf(memoId)).toMatchObject({ status: "stopped" });
    await startWorker({ executor: "late" });
    await until("the run saw it", () => settled(memoId));
    expect(receiver.received).toEqual([]);
    const message = await messageOf(memoId);
    expect(message).toMatchObject({ attempts: 0, deliveredAt: null, withdrawn: true });
    expect(await sendAgain(person("analyst"), message?.id ?? "", new Date())).toMatchObject({ refusal: "TAKEN_BACK" });
  });

  test("to an address that was closed after the approval", async () => {
    const { receiver, memoId, endpointId } = await scene("ok");
    await approve(memoId);
    const admin = person("admin", "root");
    expect(await closeEndpoint(admin, { endpointId, version: 1 }, new Date())).toEqual({ ok: true, value: null });
    expect(await closeEndpoint(admin, { endpointId, version: 1 }, new Date())).toMatchObject({ refusal: "CONFLICT" });
    await startWorker({ executor: "late" });
    await until("the run saw it", () => settled(memoId));
    expect(receiver.received).toEqual([]);
  });
});

test("an admin names a public address and sees its secret once; another role may not, and no private address is kept", async () => {
  const admin = person("admin", "root");
  const input = { kind: "webhook" as const, ventureId: null, name: "Tracker", url: "https://tracker.example.org/hook" };
  const made = await addEndpoint(admin, input, new Date());
  expect(made).toMatchObject({ ok: true });
  const row = await db.outboundEndpoint.findFirstOrThrow({ where: { url: input.url } });
  expect(made.ok && row.secret.includes(made.value.secret ?? row.secret)).toBe(false);
  await expect(addEndpoint(person("analyst"), input, new Date())).rejects.toMatchObject({ code: "FORBIDDEN" });
  const local = { ...input, url: "http://127.0.0.1:9/hook" };
  expect(await addEndpoint(admin, local, new Date())).toMatchObject({ ok: false, refusal: "NOT_PUBLIC" });
  await db.outboundEndpoint.updateMany({ data: { disabledAt: new Date() } });
});
