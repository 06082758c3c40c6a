import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { mintActor } from "@/lib/auth/actor";
import { addBuyer } from "@/lib/buyers/mutations/candidates";
import { placeBuyer } from "@/lib/buyers/mutations/outreach";
import { db } from "@/lib/db";
import { recordOffer } from "@/lib/deals/mutations/offers";
import { advanceDeal } from "@/lib/deals/mutations/stages";
import { plainTerms } from "@/lib/deals/test-support/offers";
import { bidder, NOW, sellingVenture } from "@/lib/deals/test-support/sale";
import { carryOut } from "@/lib/decisions/mutations/execution";
import { reverseDecision, undoDeed } from "@/lib/decisions/mutations/reversal";
import { recordVerdict } from "@/lib/decisions/mutations/verdicts";
import { person } from "@/lib/decisions/test-support/memos";
import { saveFigures } from "@/lib/figures/mutations";
import { makeFigure } from "@/lib/figures/rules";
import { disconnectEngineClient, engineClient } from "@/lib/workflows/transport";
import { beginDueRealization, orderRealization } from "./mutations/realization";
import {
  askAboutSale,
  askForBackups,
  enterPhase,
  finishRealization,
  readRealizationMove,
  takeFallen,
} from "./mutations/realization-steps";

const grace = person("chairman", "grace", NOW);
const ana = person("analyst", "ana");
const agent = (id: string, name: string) =>
  mintActor({ id, ref: `agent:${id}`, name, role: "analyst", ventures: "all", sessionId: null, steppedUpAt: null });
const advisor = agent("exit", "Exit Preparation Advisor");
const coordinator = agent("coordinator", "Active Venture Coordinator");

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
  test("another that is in the sale is next: once, whoever looks, and the chairman is told", async () => {
    const { ventureId, id } = await selling();
    const [a] = [await bidder(ventureId, "Nordwerk AG"), await bidder(ventureId, "Kapital Nord")];
    expect(await readRealizationMove(id, NOW)).toMatchObject({ kind: "wait" });
    await dropOut(a);
    expect(await readRealizationMove(id, NOW)).toMatchObject({ kind: "fallen", dealId: a });
    const taken = await Promise.all([takeFallen(id, a, NOW), takeFallen(id, a, NOW)]);
    expect(taken.filter((one) => one !== null)).toMatchObject([{ bidder: "Nordwerk AG", backup: { kind: "bidder" } }]);
    expect(await readRealizationMove(id, NOW)).toMatchObject({ kind: "wait" });
    expect(await openOf(ventureId)).toEqual(["40.3"]);
    const alerts = await db.alert.findMany({ where: { ventureId, kind: "bidder-fell", clearedAt: null } });
    expect(alerts).toMatchObject([{ severity: "critical", title: "Nordwerk AG dropped out of the sale" }]);
    expect(alerts[0]?.detail).toContain("Kapital Nord is the next");
    expect(await typesOf(ventureId)).toEqual(["started", "bidder-fell"]);
  });

  test("nobody is left: back to preparation, and to the target list in its order, by a memo", async () => {
    const { ventureId, id } = await selling();
    await candidate(ventureId, "Small Fund", "long");
    await candidate(ventureId, "Large Fund", "priority");
    const a = await bidder(ventureId, "Nordwerk AG");
    await dropOut(a);
    const fallen = await takeFallen(id, a, NOW);
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

/** A kept valuation whose central equity value is this, as a memo would quote it. */
async function valuedAt(ventureId: string, value: string): Promise<void> {
  const figure = makeFigure({
    ...{ label: "Equity value", value, unit: "EUR", asOf: "2026-12-01", method: "valuation.venture.equity@1" },
    ...{ formula: "as kept", inputs: { venture: { value: ventureId } }, sources: [] },
  });
  const [ref] = await db.$transaction((tx) => saveFigures(tx, ventureId, [figure], NOW));
  const run = { equity: { figure: figure.id, revision: ref?.revision ?? 1, value } };
  const kept = {
    version: 1,
    asOf: new Date("2026-12-01"),
    run,
    inputs: {},
    reason: "",
    createdBy: "user:ana",
    createdAt: NOW,
  };
  await db.valuationVersion.create({ data: { ventureId, ...kept } });
}

async function bid(dealId: string, price: string): Promise<void> {
  const said = { dated: "2026-12-20", source: "Letter", note: "" };
  const terms = plainTerms({ price });
  const made = await recordOffer(ana, { dealId, kind: "bid", title: "First bid", terms, ...said }, NOW);
  if (!made.ok) throw new Error(JSON.stringify(made));
}

async function asked(id: string) {
  const move = await readRealizationMove(id, NOW);
  if (move.kind !== "ask") throw new Error(move.kind);
  const { memoId } = await askAboutSale(id, move.rollback, coordinator, NOW);
  return { move, memo: await db.memo.findUniqueOrThrow({ where: { id: memoId ?? "" }, include: { proposal: true } }) };
}

describe("the chairman is asked", () => {
  test("offers below half of the valuation: approved, the exit is put off; taken back, the sale is as it was", async () => {
    const { ventureId, id } = await selling();
    await valuedAt(ventureId, "60000001");
    const a = await bidder(ventureId, "Nordwerk AG");
    await bid(a, "30000000");
    const { memo } = await asked(id);
    expect([memo.status, memo.proposal.actionClass]).toEqual(["pending", "deal.delay-exit"]);
    expect(JSON.stringify(memo.content)).toContain("Even the best bid is below half of the valuation.");
    expect(await readRealizationMove(id, NOW)).toMatchObject({ kind: "wait" });
    const verdict = { verdict: "approved" as const, memoId: memo.id, version: 1, note: "" };
    expect(await recordVerdict(grace, verdict, NOW)).toMatchObject({ ok: true });
    await carryOut(memo.id, 1, { key: "test", now: NOW });
    expect([await statusOf(id), await openOf(ventureId)]).toEqual(["returned", []]);
    expect(await reverseDecision(grace, { memoId: memo.id, version: 1, reason: "They came back" }, NOW)).toMatchObject({
      ok: true,
    });
    expect(await undoDeed(memo.id, 1, NOW)).toEqual({ undone: true });
    expect(await openOf(ventureId)).toEqual(["40.3"]);
    expect(await db.saleProcess.findFirst({ where: { ventureId } })).toMatchObject({ status: "open", closedAt: null });
    const runs = await db.realization.findMany({ where: { ventureId }, orderBy: { ordinal: "asc" } });
    expect(runs.map(({ status }) => status)).toEqual(["returned", "running"]);
  });

  test("exactly half asks nothing", async () => {
    const { ventureId, id } = await selling();
    await valuedAt(ventureId, "60000000");
    await bid(await bidder(ventureId, "Nordwerk AG"), "30000000");
    expect(await readRealizationMove(id, NOW)).toMatchObject({ kind: "wait" });
  });
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
