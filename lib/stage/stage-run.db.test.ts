import { spawnSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { clock } from "@/lib/clock";
import { db, pool } from "@/lib/db";
import { person } from "@/lib/decisions/test-support/memos";
import { saveFigures } from "@/lib/figures/mutations";
import { listSourceRows } from "@/lib/figures/queries/source-rows";
import { signingKey } from "@/lib/integrations/certificate-key";
import { handleTrigger } from "@/lib/integrations/stage-trigger";
import { todayOf } from "@/lib/metrics/queries/performance";
import { initiateStage40 } from "@/lib/ventures/mutations";
import { disconnectEngineClient, engineClient } from "@/lib/workflows/transport";
import { issueCertificate } from "./mutations/certificate";
import { overrideCriterion, takeBackOverride } from "./mutations/overrides";
import { lookAtStage, stageWorkflowId } from "./mutations/run";
import { orderStage } from "./mutations/run-orders";
import { receiveSignal } from "./mutations/signals";
import { getCertificateFile } from "./queries/certificate";
import { getCriteria } from "./queries/criteria";
import { loadStageFacts } from "./queries/stage-facts";

import { ana, coordinator, follow, grace, mature, NOW, pass, runOf } from "./test-support/stage-run";

const SECRET = "a-secret-that-stage-39-was-told-once";
process.env.STAGE_WEBHOOK_SECRET = SECRET;

beforeAll(async () => {
  await engineClient();
});
afterAll(disconnectEngineClient);

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
});

test("what gates and criteria count opens to the rows that it was counted in", async () => {
  const { ventureId } = await mature(91);
  const plan = { ventureId, lever: "price", title: "Raise prices", ownerRole: "CEO", budgetMinor: 1n, currency: "EUR" };
  const days = { startsOn: NOW, reviewOn: NOW, createdAt: NOW };
  await db.initiative.create({
    data: { ...plan, ...days, status: "running", metric: "mrr", stopRule: "none" },
  });
  const venture = await db.venture.findUniqueOrThrow({ where: { id: ventureId } });
  const { figures } = await db.$transaction((tx) => loadStageFacts(tx, venture, todayOf(venture, NOW)));
  await db.$transaction((tx) => saveFigures(tx, ventureId, Object.values(figures), NOW));
  const rows: Record<string, number> = {};
  for (const { id, label, sources } of Object.values(figures))
    for (const [source, named] of sources.entries()) {
      const { total, dataset } = await listSourceRows(ana, id, { source });
      expect("rows" in named ? named.rows : 0, `${label}: ${dataset}`).toBe(total);
      rows[dataset] = total;
    }
  expect(rows).toEqual({
    ...{ "metric:revenue": 30, "metric:valuation": 30, "metric:exit_readiness": 30 },
    ...{ initiatives: 1, bidders: 0, ledger: 0 },
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
