import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { mintActor } from "@/lib/auth/actor";
import { addBuyer } from "@/lib/buyers/mutations/candidates";
import { placeBuyer } from "@/lib/buyers/mutations/outreach";
import { openClosing } from "@/lib/closing/mutations/opening";
import { addDocument } from "@/lib/closing/mutations/signatures";
import { db } from "@/lib/db";
import { advanceDeal } from "@/lib/deals/mutations/stages";
import { bidder, NOW, sellingVenture } from "@/lib/deals/test-support/sale";
import { person } from "@/lib/decisions/test-support/memos";
import { recordBasis } from "@/lib/ledger/mutations/basis";
import { distributeProceeds } from "@/lib/ledger/mutations/distribute";
import { postTransaction } from "@/lib/ledger/mutations/post";
import { openTranche, recordInstruction, releaseTranche } from "@/lib/ledger/mutations/tranches";
import { balancesOn } from "@/lib/ledger/queries";
import { basisSchema, distributeSchema, instructionSchema, trancheSchema } from "@/lib/ledger/schema";
import { line } from "@/lib/ledger/test-support/entries";
import { disconnectEngineClient, engineClient } from "@/lib/workflows/transport";
import { beginDueRealization, orderRealization } from "./mutations/realization";
import {
  askForBackups,
  enterPhase,
  finishRealization,
  readRealizationMove,
  takeFallen,
} from "./mutations/realization-steps";
import { exitGateFacts } from "./queries/exit-gate";

const grace = person("chairman", "grace", NOW);
const ana = person("analyst", "ana");
const agent = (id: string, name: string) =>
  mintActor({ id, ref: `agent:${id}`, name, role: "analyst", ventures: "all", sessionId: null, steppedUpAt: null });
const advisor = agent("exit", "Exit Preparation Advisor");

beforeAll(async () => {
  await engineClient();
});
afterAll(disconnectEngineClient);
// A company is known to the whole holding.
beforeEach(async () => {
  await db.buyerCandidate.deleteMany();
  await db.buyerCompany.deleteMany();
});

async function selling(): Promise<{ ventureId: string; id: string }> {
  const ventureId = await sellingVenture();
  expect(await beginDueRealization(ventureId, NOW)).toBe(true);
  const { id } = await db.realization.findFirstOrThrow({ where: { ventureId } });
  return { ventureId, id };
}

async function dropOut(dealId: string, reason = "No financing"): Promise<void> {
  const { version } = await db.deal.findUniqueOrThrow({ where: { id: dealId } });
  const on = "2026-12-31";
  const moved = await advanceDeal(ana, { dealId, version, to: "fallen-through", on, reason, facts: {} }, NOW);
  if (!moved.ok) throw new Error(JSON.stringify(moved));
}

async function candidate(ventureId: string, name: string, tier: "priority" | "long"): Promise<void> {
  const facts = { kind: "strategic" as const, country: "DE", website: null, currency: "EUR", sectors: ["Software"] };
  const said = {
    cash: "900000000",
    debt: "0",
    ebitda: "100000000",
    deals36m: 3,
    asOf: "2026-11-30",
    source: "Annual report",
  };
  const added = await addBuyer(ana, { ventureId, name, facts: { ...facts, ...said } }, NOW);
  if (!added.ok) throw new Error(JSON.stringify(added));
  const { companyId } = added.value;
  const placed = await placeBuyer(ana, { ventureId, companyId, version: 1, tier, reason: "Known to us" }, NOW);
  if (!placed.ok) throw new Error(JSON.stringify(placed));
}

const openOf = async (ventureId: string) =>
  (await db.stageRecord.findFirstOrThrow({ where: { ventureId }, orderBy: { ordinal: "desc" } })).openSubstages;
const statusOf = async (id: string) => (await db.realization.findUniqueOrThrow({ where: { id } })).status;
const typesOf = async (ventureId: string) =>
  (
    await db.event.findMany({
      where: { chain: ventureId, type: { startsWith: "value-realization." } },
      orderBy: { seq: "asc" },
    })
  ).map(({ type }) => type.replace("value-realization.", ""));

describe("a bidder drops out", () => {
  test("nobody is left: back to preparation, and to the target list in its order, by a memo", async () => {
    const { ventureId, id } = await selling();
    await candidate(ventureId, "Small Fund", "long");
    await candidate(ventureId, "Large Fund", "priority");
    const a = await bidder(ventureId, "Nordwerk AG");
    await dropOut(a);
    const step = { key: `${id}/fallen`, now: NOW };
    const fallen = await takeFallen(id, a, step);
    // Done again after a crash, the step still knows whom to ask about.
    expect(await takeFallen(id, a, step)).toEqual(fallen);
    expect(fallen?.backup).toMatchObject({
      kind: "candidates",
      candidates: [{ name: "Large Fund" }, { name: "Small Fund" }],
    });
    expect(await openOf(ventureId)).toEqual(["40.2"]);
    expect(await statusOf(id)).toBe("returned");
    expect(await db.saleProcess.findFirst({ where: { ventureId } })).toMatchObject({ status: "closed" });
    expect(await db.exitPreparation.findMany({ where: { ventureId } })).toMatchObject([{ status: "running" }]);
    expect(await readRealizationMove(id, NOW)).toMatchObject({ kind: "end" });
    if (!fallen) throw new Error("nothing fell");
    const asked = await askForBackups(advisor, ventureId, fallen, NOW);
    expect(await askForBackups(advisor, ventureId, fallen, NOW)).toEqual(asked);
    const memo = await db.memo.findUniqueOrThrow({ where: { id: asked.memoId ?? "" }, include: { proposal: true } });
    expect([memo.status, memo.proposal.actionClass, memo.proposedBy]).toEqual([
      "pending",
      "exit.approach-buyers",
      "agent:exit",
    ]);
    expect(await typesOf(ventureId)).toEqual(["started", "returned", "bidder-fell"]);
  });
});

const receipt = (ventureId: string, key: string, lines: ReturnType<typeof line>[]) =>
  db.$transaction((tx) =>
    postTransaction(
      tx,
      "user:test",
      { ventureId, kind: "receipt", description: key, effectiveOn: "2026-12-30", key: `${key}:${ventureId}`, lines },
      NOW,
    ),
  );

/** The one holder has its money: what is owed is booked as paid. */
async function payAll(ventureId: string, key: string): Promise<void> {
  const balances = await db.$transaction((tx) => balancesOn(tx, ventureId, "2030-01-01"));
  const owed = balances.reduce((sum, { kind, signedMinor }) => (kind === "payable" ? sum - signedMinor : sum), 0n);
  const lines = [line("payable", owed, "fund"), line("bank", -owed, "main")];
  expect(await receipt(ventureId, key, lines)).toMatchObject({ ok: true });
}

/** Follows the facts as the run does, until it would wait or finish; the phases that it came through. */
async function follow(id: string): Promise<string[]> {
  const passed: string[] = [];
  for (;;) {
    const move = await readRealizationMove(id, NOW);
    if (move.kind === "finish") {
      await finishRealization(id, NOW);
      passed.push("finish");
    } else if (move.kind !== "phase") return passed;
    else {
      await enterPhase(id, move.to, NOW);
      passed.push(move.to);
    }
  }
}

test("a whole life: from the first talk through closing and distribution to the last cent of the tail", async () => {
  const { ventureId, id } = await selling();
  const dealId = await bidder(ventureId, "Nordwerk AG");
  const passed: string[] = [];
  const goTo = async (stage: string) => {
    await db.deal.update({ where: { id: dealId }, data: { stage } });
    passed.push(...(await follow(id)));
  };
  for (const stage of ["negotiating", "loi", "due-diligence", "definitive-agreement", "closing"]) await goTo(stage);
  expect(await openClosing(ana, { dealId, template: "share-sale" }, NOW)).toMatchObject({ ok: true });
  const data = { state: "not-applicable" };
  await db.closingItem.updateMany({ where: { dealId }, data });
  const document = { dealId, version: 1, title: "Share purchase agreement" };
  const signatories = [{ signatory: "A. Berg", party: "buyer" as const }];
  expect(await addDocument(ana, { ...document, signatories }, NOW)).toMatchObject({ ok: true });
  passed.push(...(await follow(id)));
  await db.closingSignature.updateMany({ where: { document: { dealId } }, data: { state: "released" } });
  passed.push(...(await follow(id)));
  await goTo("complete");
  const holders = {
    classes: [{ id: "common", kind: "common", shares: 10 }],
    holdings: [{ classId: "common", holderId: "fund", name: "fund", units: "10" }],
  };
  expect(await recordBasis(grace, basisSchema.parse({ ventureId, currency: "EUR", ...holders }), NOW)).toMatchObject({
    ok: true,
  });
  expect(await receipt(ventureId, "price", [line("bank", 50_000n, "main"), line("proceeds", -50_000n)])).toMatchObject({
    ok: true,
  });
  const first = { ventureId, currency: "EUR", label: "Closing", paidOn: "2026-12-30", amountMinor: "50000" };
  const distributed = await db.$transaction((tx) =>
    distributeProceeds(tx, grace.ref, distributeSchema.parse(first), NOW),
  );
  expect(distributed).toMatchObject({ ok: true });
  const tail = trancheSchema.parse({
    ...{ ventureId, kind: "escrow", label: "Escrow", currency: "EUR", amountMinor: "9000", heldBy: "Bank" },
    ...{ buyer: "Nordwerk AG", seller: "Sellers", opensOn: "2026-12-30", endsOn: "2029-12-30" },
    schedule: [{ dueOn: "2029-12-30", amountMinor: null, condition: "36 months" }],
  });
  const opened = await openTranche(ana, tail, NOW);
  if (!opened.ok) throw new Error(opened.refusal);
  expect(await follow(id)).toEqual([]);
  await payAll(ventureId, "paid-1");
  passed.push(...(await follow(id)));
  const signed = instructionSchema.parse({
    ...{ trancheId: opened.value.trancheId, documentName: "Joint instruction", documentHash: "a".repeat(64) },
    ...{ datedOn: "2029-12-30", buyerSigner: "A. Berg", sellerSigner: "Agent", sellersMinor: "9000", buyerMinor: "0" },
  });
  const instructed = await recordInstruction(ana, signed, new Date("2029-12-31T09:00:00Z"));
  if (!instructed.ok) throw new Error(instructed.refusal);
  expect(await releaseTranche(grace, instructed.value.instructionId, NOW)).toMatchObject({ ok: true });
  passed.push(...(await follow(id)));
  // The agent released it to the paying account.
  expect(
    await receipt(ventureId, "agent", [line("bank", 9_000n, "main"), line("escrow", -9_000n, opened.value.trancheId)]),
  ).toMatchObject({ ok: true });
  await payAll(ventureId, "paid-2");
  // What came in and nobody has distributed yet is somebody's: the sale is not over before it has gone back, or out.
  const extra = (key: string, minor: bigint) =>
    receipt(ventureId, key, [line("bank", minor, "main"), line("proceeds", -minor)]);
  await extra("too-much", 100n);
  expect(await follow(id)).toEqual([]);
  await extra("gone-back", -100n);
  passed.push(...(await follow(id)));
  expect(passed).toEqual([
    ...["loi", "due-diligence", "definitive", "conditions", "sign", "close", "distribute", "contingent"],
    ...["distribute", "over", "finish"],
  ]);
  expect(await statusOf(id)).toBe("done");
  // Growth was never measured, so the gate is not met: the Coordinator and the chairman are told what is missing.
  const gate = await db.event.findFirstOrThrow({ where: { chain: ventureId, type: "value-realization.gate" } });
  expect(gate.payload).toMatchObject({ met: false });
  const facts = await exitGateFacts(ventureId, NOW);
  expect(facts.lines.map(({ id: line, holds }) => [line, holds])).toEqual([
    ["exit.growth-optimized", false],
    ["exit.executed", true],
    ["exit.value-captured", true],
  ]);
  const alert = await db.alert.findFirstOrThrow({ where: { ventureId, kind: "exit-gate" } });
  expect([alert.severity, alert.detail]).toEqual(["warning", expect.stringContaining("Growth optimized")]);
});

test("the run follows the facts, waits while it is paused, and nobody but the chairman pauses it", async () => {
  const { ventureId, id } = await selling();
  const dealId = await bidder(ventureId, "Nordwerk AG");
  await db.deal.update({ where: { id: dealId }, data: { stage: "due-diligence" } });
  expect(await readRealizationMove(id, NOW)).toMatchObject({ kind: "phase", to: "due-diligence" });
  await Promise.all([enterPhase(id, "due-diligence", NOW), enterPhase(id, "due-diligence", NOW)]);
  await enterPhase(id, "loi", NOW);
  const { version, phase } = await db.realization.findUniqueOrThrow({ where: { id } });
  expect([version, phase]).toEqual([2, "due-diligence"]);
  await expect(orderRealization(ana, { realizationId: id, version, order: "pause" }, NOW)).rejects.toThrow("FORBIDDEN");
  const paused = await orderRealization(grace, { realizationId: id, version, order: "pause" }, NOW);
  expect(paused).toMatchObject({ ok: true });
  expect(await orderRealization(grace, { realizationId: id, version, order: "resume" }, NOW)).toMatchObject({
    refusal: "CONFLICT",
  });
  await db.deal.update({ where: { id: dealId }, data: { stage: "complete" } });
  expect(await readRealizationMove(id, NOW)).toMatchObject({ kind: "wait" });
  await orderRealization(grace, { realizationId: id, version: version + 1, order: "resume" }, NOW);
  expect(await readRealizationMove(id, NOW)).toMatchObject({ kind: "phase", to: "distribute" });
  await finishRealization(id, NOW);
  expect(await statusOf(id)).toBe("running");
  expect(await beginDueRealization(ventureId, NOW)).toBe(false);
});
