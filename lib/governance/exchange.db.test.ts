import { createHmac, randomUUID } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { mintActor } from "@/lib/auth/actor";
import type { Role } from "@/lib/auth/permissions";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import { beginAttempt, endAttempt, giveUp } from "@/lib/growth/mutations/initiatives/outbound";
import { answerGovernance } from "@/lib/integrations/governance-door";
import { writeHandoffFile } from "@/lib/integrations/governance-folder";
import { deliver } from "@/lib/integrations/webhook";
import { type Receiver, startReceiver } from "@/lib/workflows/test-support/receiver";
import { disconnectEngineClient, engineClient } from "@/lib/workflows/transport";
import { readFolder, takeInAnswer, withdrawLearning } from "./mutations/answers";
import { renewAnswerSecret, setDelivery } from "./mutations/delivery";
import { redeliver } from "./mutations/handoffs";
import { handOffExits } from "./mutations/retrospective";
import { stateSignal, withdrawSignal } from "./mutations/signals";
import { watchTriggers } from "./mutations/watch-triggers";
import { listDirectives } from "./queries";
import { findLearnings, hasLearnings } from "./queries/learnings";
import { handoffDocumentSchema } from "./schema/documents";

/** Causes fire once, documents arrive at least once and act once, and what comes back is judged before it is kept. */

const NOW = new Date();
const TODAY = NOW.toISOString().slice(0, 10);
const person = (role: Role) =>
  mintActor({ id: role, ref: `user:${role}`, name: role, role, ventures: "all", sessionId: null, steppedUpAt: null });
const [analyst, admin] = [person("analyst"), person("admin")];

let folder: string;
let count = 0;
const receivers: Receiver[] = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "governance-"));
  Object.assign(env(), { GOVERNANCE_DIR: folder, OUTBOUND_PRIVATE: "1", OUTBOUND_RETRY_MS: 0 });
  await engineClient();
});
afterEach(async () => {
  await Promise.all(receivers.splice(0).map(({ close }) => close()));
  await db.governanceDelivery.deleteMany();
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await disconnectEngineClient();
});

let ventureId: string;
beforeEach(async () => {
  ventureId = await venture({});
});

async function venture(more: { stage?: "active" | "exited"; sector?: string }): Promise<string> {
  count += 1;
  const over = more.stage === "exited";
  const { id } = await db.venture.create({
    data: {
      ...{ slug: `governed-${count}`, name: `Governed ${count}`, sector: "Software", businessModel: "saas" },
      ...{ currency: "EUR", country: "DE", timeZone: "Europe/Berlin", stage: "active", ...more },
      settings: { create: { profile: "balanced", autonomy: "assisted" } },
      stageRecords: {
        create: {
          ...{ ordinal: 1, enteredAt: new Date("2025-01-01T00:00:00Z"), openSubstages: over ? [] : ["40.1"] },
          ...(over ? { endedAt: NOW, outcome: "exited" } : {}),
        },
      },
    },
  });
  return id;
}

const inquiry = { kind: "inquiry" as const, title: "Acme asked whether we sell", source: "letter of its CEO" };
async function fireOne(): Promise<{ signalId: string; handoffId: string; messageId: string }> {
  const stated = await stateSignal(analyst, { ...inquiry, ventureId, sector: null, dated: TODAY }, NOW);
  if (!stated.ok) throw new Error(stated.refusal);
  const handoff = await db.handoff.findFirstOrThrow({ where: { ventureId }, orderBy: { number: "desc" } });
  return { signalId: stated.value.signalId, handoffId: handoff.id, messageId: handoff.messageId };
}

test("a cause fires once: not the next night, not for two that look at once, and again after it was over", async () => {
  const { signalId } = await fireOne();
  const again = await Promise.all([watchTriggers(ventureId, NOW), watchTriggers(ventureId, NOW)]);
  expect(again).toEqual([
    { fired: [], ended: [] },
    { fired: [], ended: [] },
  ]);
  const [directive, ...more] = (await listDirectives(analyst, ventureId)).directives;
  expect(more).toEqual([]);
  expect(directive).toMatchObject({ trigger: "ACTIVE-VENTURE-002", mode: "LEAD", occurrence: 1, endedAt: null });
  const row = await db.handoff.findFirstOrThrow({ where: { ventureId } });
  expect(handoffDocumentSchema.parse(JSON.parse(row.body))).toMatchObject({
    ...{ kind: "directive", boundary: "read-only", id: row.id },
    directive: { causeKey: `inquiry:${signalId}`, title: inquiry.title },
  });
  expect(await withdrawSignal(analyst, signalId, NOW)).toEqual({ ok: true, value: null });
  expect((await db.directive.findFirstOrThrow({ where: { ventureId } })).endedAt).toEqual(NOW);
  await db.governanceSignal.update({ where: { id: signalId }, data: { withdrawnAt: null } });
  const both = await Promise.all([watchTriggers(ventureId, NOW), watchTriggers(ventureId, NOW)]);
  expect(both.flatMap(({ fired }) => fired)).toEqual([`inquiry:${signalId}`]);
  expect((await listDirectives(analyst, ventureId)).directives.map(({ occurrence }) => occurrence)).toEqual([2, 1]);
});

test("killed between delivery and its record, a receiver that keeps its keys acts once; dead, then delivered again", async () => {
  const receiver = await startReceiver(["ok", "ok", "error", "ok"]);
  receivers.push(receiver);
  const set = await setDelivery(admin, { kind: "webhook", version: 0, url: receiver.url }, NOW);
  const secret = set.ok ? (set.value.secret ?? "") : "";
  const { handoffId, messageId } = await fireOne();
  const attempt = async () => {
    const call = await beginAttempt(messageId, NOW);
    if (!call) throw new Error("It is over");
    return deliver(call, NOW);
  };
  // The process dies here: what was delivered was never written down.
  await attempt();
  await endAttempt(messageId, await attempt(), NOW);
  expect(receiver.received).toHaveLength(2);
  expect(receiver.acted()).toBe(1);
  const [letter] = receiver.received;
  const [, at = "", digest = ""] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(letter?.signature ?? "") ?? [];
  expect(createHmac("sha256", secret).update(`${at}.${letter?.body}`).digest("hex")).toBe(digest);
  expect(letter?.key).toBe(`handoff:${handoffId}`);
  expect(await beginAttempt(messageId, NOW)).toBeNull();

  expect(await redeliver(analyst, handoffId, NOW)).toEqual({ ok: true, value: { resent: 1 } });
  await endAttempt(messageId, await attempt(), NOW);
  await giveUp(messageId, NOW);
  const state = async () => (await listDirectives(analyst, ventureId)).directives[0]?.handoff;
  expect(await state()).toMatchObject({ state: "dead", lastError: "The receiver answered 500" });
  expect(await db.alert.count({ where: { ventureId, kind: "delivery-failed", clearedAt: null } })).toBe(1);
  await redeliver(analyst, handoffId, NOW);
  await endAttempt(messageId, await attempt(), NOW);
  expect(await state()).toMatchObject({ state: "delivered", resent: 2 });
  expect(receiver.acted()).toBe(1);
  expect(await db.alert.count({ where: { ventureId, kind: "delivery-failed", clearedAt: null } })).toBe(0);
});

test("into the folder a document is written whole, and twice is one file", async () => {
  const { messageId, handoffId } = await fireOne();
  const call = await beginAttempt(messageId, NOW);
  const name = call?.file ?? "";
  expect([await writeHandoffFile(name, call?.body ?? ""), await writeHandoffFile(name, call?.body ?? "")]).toEqual([
    { ok: true },
    { ok: true },
  ]);
  expect(await readdir(path.join(folder, "out"))).toEqual([name]);
  const { body } = await db.handoff.findUniqueOrThrow({ where: { id: handoffId } });
  expect(await readFile(path.join(folder, "out", name), "utf8")).toBe(body);
  expect(await writeHandoffFile("../outside.json", "x")).toMatchObject({ ok: false, final: true });
});

const learning = (id: string, more: object = {}) => ({
  ...{ id, statement: "Start the data room a year early.", source: "Arbor review", topics: ["growth"] },
  ...{ confidence: "medium", learntOn: "2026-11-01", ...more },
});
const answer = (inReplyTo: string | null, more: object = {}) => ({
  ...{ schema: "chairman-answer-1", id: `gov-${randomUUID()}`, inReplyTo, issuedAt: NOW.toISOString() },
  ...{ issuedBy: "Governance", status: "accepted", text: "Noted.", learnings: [learning("l1")], ...more },
});
const BY = { ref: "user:analyst", via: "upload", ventures: "all" } as const;

describe("an answer", () => {
  test("is kept once however often it comes, and never with another content under the same id", async () => {
    const { handoffId } = await fireOne();
    const document = answer(handoffId);
    const text = JSON.stringify(document);
    const came = await Promise.all([
      takeInAnswer(BY, text, NOW),
      takeInAnswer(BY, JSON.stringify(document, null, 4), NOW),
    ]);
    expect(came.map((one) => one.ok && one.value.fresh).sort()).toEqual([false, true]);
    expect(await db.governanceAnswer.count({ where: { documentId: document.id } })).toBe(1);
    expect(await db.learning.count({ where: { ventureId } })).toBe(1);
    const other = await takeInAnswer(BY, JSON.stringify({ ...document, text: "Otherwise." }), NOW);
    expect(other).toMatchObject({ ok: false, refusal: "ANOTHER_CONTENT" });
    const [told] = (await listDirectives(analyst, ventureId)).directives;
    expect(told?.answers).toMatchObject([{ issuedBy: "Governance", status: "accepted", text: "Noted." }]);
  });

  test.each<[string, string, string]>([
    ["that is no JSON", "{", "NOT_JSON"],
    ["of another shape", '{"schema":"chairman-answer-1","run":"x"}', "NOT_VALID"],
    ["to a handoff that there is not", JSON.stringify(answer(randomUUID())), "UNKNOWN_HANDOFF"],
  ])("%s is refused and leaves nothing", async (_what, text, refusal) => {
    const before = await db.governanceAnswer.count();
    expect(await takeInAnswer(BY, text, NOW)).toMatchObject({ ok: false, refusal });
    expect(await db.governanceAnswer.count()).toBe(before);
  });

  test("by route needs the signature; without a secret the door is shut", async () => {
    const text = JSON.stringify(answer(null, { learnings: [] }));
    const post = (signature: string) =>
      answerGovernance(
        new Request("http://127.0.0.1/x", {
          method: "POST",
          body: text,
          headers: { "x-chairman-signature": signature },
        }),
      );
    const signed = (secret: string) => {
      const at = Math.floor(Date.now() / 1_000);
      return `t=${at},v1=${createHmac("sha256", secret).update(`${at}.${text}`).digest("hex")}`;
    };
    expect((await post(signed("whsec_guess"))).status).toBe(401);
    const made = await renewAnswerSecret(admin, 0, NOW);
    const secret = made.ok ? made.value.secret : "";
    expect((await post(signed("whsec_guess"))).status).toBe(401);
    expect((await post("")).status).toBe(401);
    expect((await post(signed(secret))).status).toBe(201);
    expect((await post(signed(secret))).status).toBe(200);
  });

  test("in the folder is taken in once, and a bad one is put aside", async () => {
    await mkdir(path.join(folder, "in"), { recursive: true });
    await writeFile(path.join(folder, "in", "a.json"), JSON.stringify(answer(null)));
    await writeFile(path.join(folder, "in", "b.json"), "{");
    expect(await readFolder(NOW)).toEqual({ taken: 1, known: 0, refused: 1 });
    expect(await readFolder(NOW)).toEqual({ taken: 0, known: 0, refused: 0 });
    expect((await readdir(path.join(folder, "in"))).sort()).toEqual(["refused", "taken"]);
  });
});

test("an exit is handed over once, and what it taught is given to other ventures until it is set aside", async () => {
  const exited = await venture({ stage: "exited" });
  await handOffExits(NOW);
  expect(await handOffExits(NOW)).toBe(0);
  const handoff = await db.handoff.findFirstOrThrow({ where: { ventureId: exited } });
  expect(handoffDocumentSchema.parse(JSON.parse(handoff.body))).toMatchObject({
    ...{ kind: "retrospective", stage: { outcome: "exited", ordinal: 1, profile: "balanced" } },
  });
  const learnings = [learning("fits", { sector: "software" }), learning("other", { sector: "Robotics" })];
  await takeInAnswer(BY, JSON.stringify(answer(handoff.id, { learnings })), NOW);
  const mine = await db.learning.findFirstOrThrow({ where: { ventureId: exited, externalId: "fits" } });
  const given = await findLearnings(analyst, ventureId, "growth");
  expect(given?.[0]).toMatchObject({ ref: `L-${mine.number}`, source: "Arbor review" });
  expect(given?.some(({ ref }) => ref === `L-${mine.number + 1}`)).toBe(false);
  expect(await findLearnings(analyst, exited, "growth")).not.toContainEqual(
    expect.objectContaining({ ref: `L-${mine.number}` }),
  );
  expect(await hasLearnings(ventureId, "growth")).toBe(true);
  expect(await hasLearnings(ventureId, "coordinator")).toBe(false);
  expect(await withdrawLearning(analyst, { learningId: mine.id, reason: "It was a special case" }, NOW)).toMatchObject({
    ok: true,
  });
  expect(await findLearnings(analyst, ventureId, "growth")).not.toContainEqual(
    expect.objectContaining({ ref: `L-${mine.number}` }),
  );
  await db.learning.updateMany({ data: { withdrawnAt: NOW } });
});
