import { spawnSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { mintActor } from "@/lib/auth/actor";
import { clock } from "@/lib/clock";
import { db, pool } from "@/lib/db";
import { openMemo, person } from "@/lib/decisions/test-support/memos";
import { signingKey } from "@/lib/integrations/certificate-key";
import { handleTrigger } from "@/lib/integrations/stage-trigger";
import { months, reportMonths } from "@/lib/metrics/test-support/facts";
import { initiateStage40 } from "@/lib/ventures/mutations";
import { disconnectEngineClient, engineClient } from "@/lib/workflows/transport";
import { issueCertificate } from "./mutations/certificate";
import { takeHandOver } from "./mutations/hand-over";
import { undoHandOver } from "./mutations/hand-over-undo";
import { overrideCriterion, takeBackOverride } from "./mutations/overrides";
import { lookAtStage, stageWorkflowId } from "./mutations/run";
import { orderStage } from "./mutations/run-orders";
import { beginGrowth, leaveStage, noteCriteria, noteStage, readStageMove, stopStage } from "./mutations/run-steps";
import { openWaiting, receiveSignal } from "./mutations/signals";
import { getCertificateFile } from "./queries/certificate";
import { getCriteria } from "./queries/criteria";
import { findStageRun } from "./queries/timeline";
import type { CriterionId } from "./schema/run";

const SECRET = "a-secret-that-stage-39-was-told-once";
process.env.STAGE_WEBHOOK_SECRET = SECRET;

const NOW = clock.now();
const grace = person("chairman", "grace", NOW);
const ana = person("analyst", "ana");
const coordinator = mintActor({
  ...{ id: "agent:coordinator", ref: "agent:coordinator", name: "Active Venture Coordinator", role: "analyst" },
  ...{ ventures: "all", sessionId: null, steppedUpAt: null },
});

beforeAll(async () => {
  await engineClient();
});
afterAll(disconnectEngineClient);

let made = 0;
async function mature(maturityScore: number | null): Promise<{ ventureId: string; slug: string }> {
  made += 1;
  const slug = `mature-${made}`;
  const { id: ventureId } = await db.venture.create({
    data: {
      ...{ slug, name: `Mature ${made}`, sector: "Software", businessModel: "saas", currency: "EUR", country: "DE" },
      ...{ timeZone: "Europe/Berlin", stage: "mature", maturityScore },
      settings: { create: { profile: "aggressive", autonomy: "manual" } },
    },
  });
  const monthly = (metric: string, value: (index: number) => number, currency: string | null) =>
    reportMonths(ventureId, metric, months("2024-01", 30, value), "Accounts", currency);
  await monthly("revenue", (index) => 100_000 + 5_000 * index, "EUR");
  await monthly("valuation", () => 9_000_000, "EUR");
  await monthly("exit_readiness", () => 82, null);
  return { ventureId, slug };
}

const runOf = (ventureId: string) =>
  db.stageRun.findFirstOrThrow({ where: { ventureId }, orderBy: { ordinal: "desc" } });

/** What the durable run does, step by step, until it waits or ends. */
async function follow(runId: string, most = 40): Promise<string[]> {
  const kinds: string[] = [];
  for (let step = 0; step < most; step += 1) {
    const move = await readStageMove(runId, NOW);
    if (move.kind === "wait" || move.kind === "end") return [...kinds, move.kind];
    kinds.push(move.kind);
    if (move.kind === "open") await openWaiting(runId, coordinator, NOW);
    else if (move.kind === "grow") await beginGrowth(runId, coordinator, NOW);
    else if (move.kind === "note") await noteStage(runId, NOW);
    else if (move.kind === "criteria") await noteCriteria(runId, NOW);
    else if (move.kind === "certify") await issueCertificate(runId, coordinator, NOW);
    else if (move.kind === "exit") await leaveStage(runId, coordinator, NOW);
    else if (move.kind === "stop") await stopStage(runId, NOW);
  }
  throw new Error(kinds.join());
}

const pass = (ventureId: string, criterion: CriterionId, reason = "Seen with my own eyes") =>
  overrideCriterion(grace, { ventureId, criterion, reason }, NOW);

describe("the entry gate", () => {
  test("a trigger of stage 39 opens the stage where the gate holds, once per key", async () => {
    const { ventureId, slug } = await mature(null);
    const signal = { key: "stage39:0001", venture: slug, trigger: "venture-mature" as const, maturityScore: 91 };
    expect(await receiveSignal(ana, signal, "api", NOW)).toMatchObject({ ok: true, value: { outcome: "initiated" } });
    expect(await receiveSignal(ana, signal, "api", NOW)).toMatchObject({ ok: true, value: { outcome: "known" } });
    const { id, door } = await runOf(ventureId);
    expect(door).toBe("api");
    expect(await follow(id)).toEqual(["open", "grow", "criteria", "wait"]);
    expect(await db.venture.findUniqueOrThrow({ where: { id: ventureId } })).toMatchObject({ stage: "active" });
    const { entryGate } = await runOf(ventureId);
    expect(entryGate).toMatchObject([
      { criterion: "venture-mature", passed: true, found: "91 %", figures: [{ revision: 1 }] },
      { criterion: "metrics-positive", passed: true },
      { criterion: "metrics-period", passed: true, found: "30 months" },
    ]);
    expect(await receiveSignal(ana, { ...signal, key: "stage39:0002" }, "api", NOW)).toMatchObject({
      refusal: "ALREADY_ACTIVE",
    });
  });

  test("a trigger while the chairman opens the stage begins no second life", async () => {
    const { ventureId, slug } = await mature(91);
    const signal = { key: "stage39:0009", venture: slug, trigger: "venture-mature" as const, maturityScore: 92 };
    const [opened] = await Promise.all([initiateStage40(grace, ventureId), receiveSignal(ana, signal, "api", NOW)]);
    expect(opened).toMatchObject({ ok: true });
    expect(await db.stageRun.findMany({ where: { ventureId } })).toMatchObject([{ ordinal: 1 }]);
  });

  test("where it does not hold the run waits, the chairman is told, and opens it with a reason that stays", async () => {
    const { ventureId, slug } = await mature(40);
    const signal = { key: "stage39:0003", venture: slug, trigger: "venture-mature" as const };
    expect(await receiveSignal(ana, signal, "webhook", NOW)).toMatchObject({ value: { outcome: "waiting" } });
    const { id } = await runOf(ventureId);
    expect(await follow(id)).toEqual(["wait"]);
    expect(await db.alert.count({ where: { ventureId, kind: "entry-gate", clearedAt: null } })).toBe(1);
    // An import tells it to look again, once.
    await lookAtStage(ventureId, "look:1/3");
    await lookAtStage(ventureId, "look:1/3");
    const told = await pool().query("SELECT message FROM dbos.notifications WHERE destination_uuid = $1", [
      stageWorkflowId(ventureId, 1),
    ]);
    expect(told.rows.filter(({ message }) => String(message).includes("look:1/3"))).toHaveLength(1);
    const overrideReason = "The founders stay for two years";
    expect(await initiateStage40(grace, ventureId, { overrideReason })).toMatchObject({ ok: true });
    expect((await runOf(ventureId)).id).toBe(id);
    expect(await follow(id)).toEqual(["grow", "criteria", "wait"]);
    expect(await db.alert.count({ where: { ventureId, kind: "entry-gate", clearedAt: null } })).toBe(0);
    const view = await getCriteria(grace, ventureId, NOW);
    const line = view.groups[0]?.lines.find(({ id: one }) => one === "entry.venture-mature");
    expect(line).toMatchObject({ met: false, holds: true, override: { reason: overrideReason } });
    expect(line?.figures).toMatchObject([{ label: "Venture maturity score", value: "40", ask: { of: "stage.facts" } }]);
  });
});

describe("the doors of stage 39", () => {
  const post = (body: string, headers: Record<string, string>) =>
    handleTrigger(new Request("http://127.0.0.1/api/stage/trigger", { method: "POST", body, headers }));
  const signedAt = (body: string, seconds: number, secret = SECRET) => ({
    "x-chairman-signature": `t=${seconds},v1=${createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex")}`,
  });

  test("the webhook opens to a fresh signature of this body and to nothing else", async () => {
    const { ventureId, slug } = await mature(91);
    const body = JSON.stringify({ key: "stage39:hook-1", venture: slug, trigger: "venture-mature" });
    const seconds = Math.floor(Date.now() / 1_000);
    const refused = [
      await post(body, {}),
      await post(body, { authorization: `Bearer chm_${"a".repeat(43)}` }),
      await post(body, signedAt(`${body} `, seconds)),
      await post(body, signedAt(body, seconds - 400)),
      await post(body, signedAt(body, seconds, "another secret of the same length...")),
    ];
    expect(refused.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401]);
    expect(await db.stageSignal.count({ where: { ventureId } })).toBe(0);
    const bad = JSON.stringify({ key: "stage39:hook-1", venture: slug, trigger: "venture-mature", more: 1 });
    expect((await post(bad, signedAt(bad, seconds))).status).toBe(400);
    const taken = await post(body, signedAt(body, seconds));
    expect([taken.status, await taken.json()]).toMatchObject([202, { ok: true, value: { outcome: "initiated" } }]);
    expect(await runOf(ventureId)).toMatchObject({ door: "webhook", startedBy: "system:stage-39" });
  });

  test("a file is shown before it is taken in, row by row, and twice is once", async () => {
    const [good, low] = [await mature(null), await mature(20)];
    const text = [
      "key;venture;maturity_score;assessed_on",
      `file-0001;${good.slug};88;2027-01-04`,
      `file-0002;${low.slug};;`,
      "file-0003;nobody;90;",
      "x;halcyon;90;",
    ].join("\n");
    const outcomes = async (apply: boolean) => {
      const taken = await takeHandOver(ana, { text, fileName: "hand-over.csv", apply }, NOW);
      return taken.ok ? taken.value.lines.map(({ row, outcome }) => `${row} ${outcome}`) : taken.refusal;
    };
    const first = ["2 initiated", "3 waiting", "4 rejected", "5 rejected"];
    expect(await outcomes(false)).toEqual(first);
    expect(await db.stageRun.count({ where: { ventureId: good.ventureId } })).toBe(0);
    expect(await outcomes(true)).toEqual(first);
    expect(await outcomes(true)).toEqual(["2 known", "3 known", "4 rejected", "5 rejected"]);
    expect(await runOf(good.ventureId)).toMatchObject({ door: "import" });
    expect(await takeHandOver(ana, { text: "a,b\n1,2", fileName: "b.csv", apply: false }, NOW)).toMatchObject({
      refusal: "NOT_A_HAND_OVER",
    });
    // Taken in twice is one file.
    expect(await db.stageHandOver.count({ where: { signals: { some: { ventureId: good.ventureId } } } })).toBe(1);
  });

  test("a file is undone as a whole, or not at all, and can be taken in anew", async () => {
    const [opens, waits] = [await mature(50), await mature(20)];
    const text = `key,venture,maturity_score,assessed_on\nundo-0001,${opens.slug},88,2027-01-04\nundo-0002,${waits.slug},21,`;
    const take = () => takeHandOver(ana, { text, fileName: "undo.csv", apply: true }, NOW);
    expect(await take()).toMatchObject({ value: { lines: [{ outcome: "initiated" }, { outcome: "waiting" }] } });
    const { id: runId } = await runOf(opens.ventureId);
    expect(await follow(runId)).toEqual(["open", "grow", "criteria", "wait"]);
    const standing = () =>
      db.alert.count({ where: { ventureId: waits.ventureId, kind: "entry-gate", clearedAt: null } });
    expect(await standing()).toBe(1);
    const { id: handOverId } = await db.stageHandOver.findFirstOrThrow({ where: { fileName: "undo.csv" } });
    const undo = (reason: string) => undoHandOver(ana, { handOverId, reason }, NOW);

    // The chairman has let a line of one of them pass: nothing of the file is undone.
    const override = await pass(waits.ventureId, "entry.venture-mature");
    expect(override.ok).toBe(true);
    expect(await undo("The wrong file of the year")).toMatchObject({
      refusal: "GONE_ON",
      problems: [{ expected: expect.stringContaining("the chairman has given an order about it") }],
    });
    expect(await runOf(opens.ventureId)).toMatchObject({ status: "running" });
    await db.stageMove.deleteMany({ where: { run: { ventureId: waits.ventureId }, kind: "order" } });

    const asked = await openMemo(opens.ventureId, {}, NOW);
    const both = await Promise.all([undo("The wrong file of the year"), undo("Twice at once, by two")]);
    expect(both.map((one) => (one.ok ? one.value.ventures : one.refusal)).toSorted()).toEqual([2, "UNDONE_ALREADY"]);
    expect(await db.memo.findUniqueOrThrow({ where: { id: asked } })).toMatchObject({ status: "withdrawn" });
    for (const [{ ventureId }, score] of [
      [opens, "50"],
      [waits, "20"],
    ] as const) {
      const venture = await db.venture.findUniqueOrThrow({ where: { id: ventureId } });
      expect([venture.stage, `${venture.maturityScore}`, venture.maturityAssessedOn]).toEqual(["mature", score, null]);
      expect(await runOf(ventureId)).toMatchObject({ status: "cancelled" });
    }
    expect(await follow(runId)).toEqual(["end"]);
    expect(await standing()).toBe(0);
    expect(await take()).toMatchObject({ value: { lines: [{ outcome: "initiated" }, { outcome: "waiting" }] } });
    expect(await runOf(opens.ventureId)).toMatchObject({ ordinal: 2, status: "running" });
  });
});

describe("criteria", () => {
  test("only the chairman lets one pass, with a reason; taken back, the facts decide and both stay to be read", async () => {
    const { ventureId } = await mature(95);
    await initiateStage40(grace, ventureId);
    const { id } = await runOf(ventureId);
    await follow(id);
    await expect(
      overrideCriterion(ana, { ventureId, criterion: "40.2.buyers", reason: "Because I say so" }, NOW),
    ).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await pass(ventureId, "entry.venture-mature")).toMatchObject({ refusal: "MET_ALREADY" });
    const passed = await Promise.all([pass(ventureId, "40.2.buyers"), pass(ventureId, "40.2.buyers")]);
    const [won] = passed.flatMap((one) => (one.ok ? [one.value.overrideId] : []));
    expect(passed.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await follow(id)).toEqual(["criteria", "wait"]);
    const back = { overrideId: won ?? "", reason: "Two of them have gone away" };
    expect(await takeBackOverride(grace, back, NOW)).toMatchObject({ ok: true });
    expect(await takeBackOverride(grace, back, NOW)).toMatchObject({ refusal: "TAKEN_BACK_ALREADY" });
    expect(await follow(id)).toEqual(["criteria", "wait"]);
    const noted = await db.stageMove.findMany({ where: { runId: id, kind: "criteria" }, orderBy: { ordinal: "asc" } });
    expect(noted.slice(1).map(({ text }) => text)).toEqual([
      "Met: Buyers identified.",
      "No longer met: Buyers identified.",
    ]);
    const view = await getCriteria(grace, ventureId, NOW);
    const line = view.groups.flatMap(({ lines }) => lines).find(({ id: one }) => one === "40.2.buyers");
    expect(line).toMatchObject({ holds: false, override: null, before: [{ takenBack: { reason: back.reason } }] });
  });
});

test("the timeline tells every step once, page by page, with who decided it and what the agents took", async () => {
  const { ventureId, slug } = await mature(91);
  const signal = { key: "stage39:timeline", venture: slug, trigger: "venture-mature" as const };
  await receiveSignal(ana, signal, "api", NOW);
  const { id: runId } = await runOf(ventureId);
  await follow(runId);
  const memoId = await openMemo(ventureId, {}, NOW);
  const verdict = { memoId, verdict: "rejected", version: 1, note: "Not now", decidedBy: "user:grace" };
  const at = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
  await db.verdict.create({ data: { ...verdict, decidedAt: at(1) } });
  const run = {
    ventureId,
    agent: "coordinator",
    task: "coordinate",
    model: "built-in analyst",
    status: "succeeded" as const,
  };
  const took = { tokensIn: 40, tokensOut: 2, costMicros: 1_500_000n, startedAt: at(2), finishedAt: at(3) };
  await db.agentRun.create({ data: { ...run, ...took, input: {}, startedBy: "user:ana", createdAt: at(2) } });
  const { ordinal = 0 } = (await db.stageMove.findFirst({ where: { runId }, orderBy: { ordinal: "desc" } })) ?? {};
  const notes = Array.from({ length: 150 }, (_, index) => ({
    ...{
      runId,
      cause: `note:${index}`,
      ordinal: ordinal + 1 + index,
      kind: "ended",
      text: `Note ${index}`,
      by: "system:stage",
    },
    // Three in each moment: a page ends between two moments.
    at: at(10 + Math.floor(index / 3)),
  }));
  await db.stageMove.createMany({ data: notes });

  const first = await findStageRun(ana, ventureId);
  const second = await findStageRun(ana, ventureId, first?.older ?? null);
  const texts = [...(first?.entries ?? []), ...(second?.entries ?? [])].map(({ text }) => text);
  expect([first?.entries.length, first?.older === null, second?.older]).toEqual([102, false, null]);
  expect(new Set(texts).size).toBe(texts.length);
  expect(texts.filter((text) => text.startsWith("Note"))).toHaveLength(150);
  expect(second?.entries).toContainEqual(
    expect.objectContaining({ text: expect.stringContaining(": rejected. “Not now”"), memoId, by: "grace" }),
  );
  expect(second?.entries).toContainEqual(
    expect.objectContaining({ kind: "agent", cost: { tokens: 42, micros: "1500000", seconds: 60 } }),
  );
  expect(first?.total).toMatchObject({ runs: 1, tokens: 42, micros: "1500000", seconds: 60 });
  expect(first?.waiting).toContainEqual(expect.objectContaining({ whom: "the chairman's decision" }));
});

describe("the chairman's orders", () => {
  test("pause holds what runs below, resume lets it go on; a rollback to 39 ends the stage, and it can begin again", async () => {
    const { ventureId } = await mature(95);
    await db.ventureSettings.update({ where: { ventureId }, data: { autonomy: "assisted" } });
    await initiateStage40(grace, ventureId);
    const { id: runId } = await runOf(ventureId);
    await follow(runId);
    const turn = () => db.growthCycle.findFirstOrThrow({ where: { ventureId } });
    const version = async () => (await runOf(ventureId)).version;
    const reason = "Waiting for the audit";
    await expect(orderStage(ana, { runId, version: 1, order: "pause", reason }, NOW)).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    const old = await version();
    expect(await orderStage(grace, { runId, version: old, order: "pause", reason }, NOW)).toMatchObject({ ok: true });
    expect(await orderStage(grace, { runId, version: old, order: "resume" }, NOW)).toMatchObject({
      refusal: "CONFLICT",
    });
    expect((await turn()).status).toBe("paused");
    expect(await db.agentRun.findMany({ where: { ventureId, status: { in: ["queued", "running"] } } })).toEqual([]);
    expect(await follow(runId)).toEqual(["wait"]);
    expect(await orderStage(grace, { runId, version: await version(), order: "resume" }, NOW)).toMatchObject({
      ok: true,
    });
    expect((await turn()).status).toBe("running");
    const back = { runId, order: "roll-back" as const, reason: "Fraud in the accounts of 2025" };
    expect(await orderStage(grace, { ...back, version: await version(), to: "40.2" }, NOW)).toMatchObject({
      refusal: "NOT_THERE",
    });
    const tired = person("chairman", "tired");
    await expect(orderStage(tired, { ...back, version: await version(), to: "39" }, NOW)).rejects.toMatchObject({
      code: "STEP_UP_REQUIRED",
    });
    expect(await orderStage(grace, { ...back, version: await version(), to: "39" }, NOW)).toMatchObject({ ok: true });
    expect(await follow(runId)).toEqual(["end"]);
    expect((await turn()).status).toBe("cancelled");
    expect(await initiateStage40(grace, ventureId)).toMatchObject({ ok: true, value: { ordinal: 2 } });
    expect(await follow((await runOf(ventureId)).id)).toContain("grow");
  });
});

describe("the certificate", () => {
  test("is issued once, when the gate holds, with overrides printed on it, and checked by the public key alone", async () => {
    const { ventureId } = await mature(95);
    await initiateStage40(grace, ventureId);
    const { id: runId } = await runOf(ventureId);
    await follow(runId);
    for (const id of ["exit.growth-optimized", "exit.executed"] as const) await pass(ventureId, id);
    await db.realization.create({
      data: {
        ventureId,
        ordinal: 1,
        status: "running",
        phase: "distribute",
        startedBy: "user:x",
        startedAt: clock.now(),
      },
    });
    expect(await follow(runId)).toEqual(["note", "criteria", "wait"]);
    await issueCertificate(runId, coordinator, NOW);
    expect(await db.stageCertificate.count({ where: { ventureId } })).toBe(0);
    const reason = "The escrow is insured; nothing else is owed";
    await pass(ventureId, "exit.value-captured", reason);
    expect(await follow(runId)).toEqual(["criteria", "certify", "exit", "end"]);
    await issueCertificate(runId, coordinator, NOW);
    const { id, document, overridden } = await db.stageCertificate.findFirstOrThrow({ where: { ventureId } });
    expect(overridden).toBe(true);
    expect(document).toContain(reason);
    expect(await db.venture.findUniqueOrThrow({ where: { id: ventureId } })).toMatchObject({ stage: "exited" });
    const left = await db.event.findMany({ where: { chain: ventureId, type: "venture.exited" } });
    expect(left).toMatchObject([{ actor: "agent:coordinator", payload: { certificateId: id } }]);
    await expect(getCertificateFile({ ...ana, ventures: [] }, id, "pdf")).rejects.toMatchObject({ code: "NOT_FOUND" });

    const folder = mkdtempSync(path.join(tmpdir(), "certificate-"));
    const keyFile = path.join(folder, "key.pem");
    writeFileSync(keyFile, signingKey().publicKey);
    for (const format of ["json", "pdf"] as const) {
      const { bytes } = await getCertificateFile(ana, id, format);
      const file = path.join(folder, `certificate.${format}`);
      writeFileSync(file, bytes);
      const told = spawnSync(process.execPath, ["scripts/verify-certificate.mjs", file, keyFile], { encoding: "utf8" });
      expect([told.status, told.stdout]).toEqual([0, `valid: signed by ${signingKey().id}\n`]);
    }
  });
});
