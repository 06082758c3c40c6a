import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { mintActor } from "@/lib/auth/actor";
import { openClosing } from "@/lib/closing/mutations/opening";
import { readyToClose } from "@/lib/closing/queries/closing";
import { db } from "@/lib/db";
import { recordOffer } from "@/lib/deals/mutations/offers";
import { advanceDeal } from "@/lib/deals/mutations/stages";
import { plainTerms } from "@/lib/deals/test-support/offers";
import { bidder, NOW, sellingVenture } from "@/lib/deals/test-support/sale";
import { carryOut } from "@/lib/decisions/mutations/execution";
import { reverseDecision, undoDeed } from "@/lib/decisions/mutations/reversal";
import { recordVerdict } from "@/lib/decisions/mutations/verdicts";
import { growthAgent, person } from "@/lib/decisions/test-support/memos";
import { concludeReview, measureReview } from "@/lib/growth/mutations/initiatives/initiative-measure";
import { beginInitiative, NOON, reportRevenueWithStep } from "@/lib/growth/test-support/initiatives";
import { openTranche } from "@/lib/ledger/mutations/tranches";
import { dayDate } from "@/lib/metrics/rules/periods";
import { makeVenture, months, reportMonths } from "@/lib/metrics/test-support/facts";
import { disconnectEngineClient, engineClient } from "@/lib/workflows/transport";
import { startExitPreparation } from "./mutations/exit-preparation";
import { judgeRound, keepBranch } from "./mutations/exit-rounds";
import { askAboutImpediment } from "./mutations/impediment-deeds";
import { liftImpediment, recordImpediment } from "./mutations/impediments";
import { beginDueRealization } from "./mutations/realization";
import { askAboutSale, readRealizationMove, takeFallen } from "./mutations/realization-steps";
import { type Decision, getRollbacks, type Occasion } from "./queries/rollbacks";
import type { RollbackId } from "./rules/rollback-register";
import { EXIT_BRANCHES } from "./schema/exit";
import type { RecordImpediment } from "./schema/impediments";
import { keptDay, multiplesHalve, shrink, valuedAt } from "./test-support/rollbacks";

/** spec/stage-40, section 4: every row of "Rollbacks" from its data to what a person reads about it afterwards. */
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
beforeEach(async () => {
  await db.marketPoint.deleteMany();
});

/** The chairman says yes, and it is carried out. */
async function approve(memoId: string | null, optionId?: string): Promise<void> {
  const id = memoId ?? "";
  const { version } = await db.memo.findUniqueOrThrow({ where: { id } });
  const verdict = { verdict: "approved" as const, memoId: id, version, note: "", ...(optionId ? { optionId } : {}) };
  expect(await recordVerdict(grace, verdict, NOW)).toMatchObject({ ok: true });
  expect(await carryOut(id, version, { key: "test", now: NOW })).toMatchObject({ done: true });
}

async function takeBack(memoId: string | null): Promise<void> {
  const { version } = await db.memo.findUniqueOrThrow({ where: { id: memoId ?? "" } });
  const asked = { memoId: memoId ?? "", version, reason: "Taken back in a test" };
  expect(await reverseDecision(grace, asked, NOW)).toMatchObject({ ok: true });
  expect(await undoDeed(memoId ?? "", version, NOW)).toEqual({ undone: true });
}

const openOf = async (ventureId: string) =>
  (await db.stageRecord.findFirstOrThrow({ where: { ventureId }, orderBy: { ordinal: "desc" } })).openSubstages;
const saleOf = (ventureId: string) =>
  db.realization.findFirstOrThrow({ where: { ventureId }, orderBy: { ordinal: "desc" } });
const preparationOf = (ventureId: string) =>
  db.exitPreparation.findFirstOrThrow({ where: { ventureId }, orderBy: { ordinal: "desc" } });

type Shown = { state: string; occasions: Occasion[]; decision: Partial<Decision> | null };

/** What a person reads about a row. */
async function shown(ventureId: string, id: RollbackId, now = NOW): Promise<Shown> {
  const row = (await getRollbacks(ana, ventureId, now)).find((one) => one.id === id);
  if (!row) throw new Error(id);
  return { state: row.state, occasions: row.occasions, decision: row.occasions[0]?.decision ?? null };
}
const DECIDED = { status: "approved", carriedOut: true };

/** A venture whose preparation runs, with growing revenue. */
async function preparing(): Promise<{ ventureId: string; id: string }> {
  const ventureId = await sellingVenture(["40.1" as never]);
  await reportMonths(
    ventureId,
    "revenue",
    months("2024-01", 36, (index) => 100_000 + index * 1_000),
    "Accounts",
    "EUR",
  );
  const started = await startExitPreparation(grace, ventureId, NOW);
  if (!started.ok) throw new Error(started.refusal);
  return { ventureId, id: started.value.preparationId };
}

/** One round of 40.2; the memo that it asks, if it does. */
async function round(id: string, now = NOW): Promise<{ kind: string; memoId?: string; tasks?: number }[]> {
  const rounds = await db.exitRound.count({ where: { preparationId: id } });
  for (const branch of EXIT_BRANCHES) await keepBranch(id, rounds + 1, branch, now);
  const judges = { advisor, coordinator };
  const report = async () => ({ runId: crypto.randomUUID() });
  return (await judgeRound(id, rounds + 1, judges, report, now)).consequences;
}

async function selling(): Promise<{ ventureId: string; id: string }> {
  const ventureId = await sellingVenture(["40.1" as never, "40.3"]);
  expect(await beginDueRealization(ventureId, NOW)).toBe(true);
  return { ventureId, id: (await saleOf(ventureId)).id };
}

/** What the run of 40.3 asks next. */
async function asked(id: string) {
  const move = await readRealizationMove(id, NOW);
  if (move.kind !== "ask") throw new Error(move.kind);
  const { memoId } = await askAboutSale(id, move.rollback, coordinator, NOW);
  return { kind: move.rollback.kind, memoId };
}

describe("found in 40.2", () => {
  test("no qualified buyer after 18 months: back to 40.1, and its levers are looked at again", async () => {
    const { ventureId, id } = await preparing();
    await db.exitPreparation.update({ where: { id }, data: { startedOn: dayDate("2025-06-30") } });
    const [found] = await round(id);
    expect(found).toMatchObject({ kind: "no-buyer" });
    expect(await shown(ventureId, "no-buyer")).toMatchObject({
      state: "holds",
      decision: { status: "pending", by: null },
    });
    await approve(found?.memoId ?? null);
    expect(await openOf(ventureId)).toEqual(["40.1"]);
    expect(await db.growthCycle.count({ where: { ventureId, status: "running" } })).toBe(1);
    expect(await shown(ventureId, "no-buyer")).toMatchObject({
      state: "not-watched",
      decision: { ...DECIDED, by: "grace", actionClass: "exit.return-to-growth" },
    });
    await takeBack(found?.memoId ?? null);
    expect(await openOf(ventureId)).toEqual(["40.1", "40.2"]);
  });

  test("two shrinking quarters, then a departure and halved multiples: each its own memo", async () => {
    const { ventureId, id } = await preparing();
    await multiplesHalve();
    await shrink(ventureId);
    await db.exitPreparation.update({ where: { id }, data: { startedOn: dayDate("2026-09-01") } });
    await reportMonths(
      ventureId,
      "key_people_left",
      months("2026-11", 1, () => 1),
      "Accounts",
      null,
    );
    const found = await round(id);
    expect(found.map(({ kind }) => kind).toSorted()).toEqual(["growth-negative", "key-person", "market-crash"]);
    const person = await shown(ventureId, "key-person");
    expect(person.occasions[0]?.byItself).toContain("retention plan");
    expect(await db.readinessTask.count({ where: { ventureId, criterion: "team-retention" } })).toBe(1);
    await approve(found.find(({ kind }) => kind === "market-crash")?.memoId ?? null);
    expect((await preparationOf(ventureId)).status).toBe("paused");
    expect(await shown(ventureId, "market-crash")).toMatchObject({
      state: "holds",
      decision: { ...DECIDED, by: "grace" },
    });
    await approve(found.find(({ kind }) => kind === "growth-negative")?.memoId ?? null);
    expect(await openOf(ventureId)).toEqual(["40.1"]);
    expect(await shown(ventureId, "growth-negative")).toMatchObject({ state: "holds", decision: DECIDED });
  });

  test("readiness below 85 for six months makes tasks; three months without progress go to the chairman", async () => {
    const { ventureId, id } = await preparing();
    await db.exitPreparation.update({ where: { id }, data: { startedOn: dayDate("2026-01-01") } });
    await keptDay(ventureId, "2026-06-01", "70");
    await keptDay(ventureId, "2026-12-20", "70.5");
    expect(await round(id)).toMatchObject([{ kind: "readiness-low", tasks: expect.any(Number) }]);
    expect((await shown(ventureId, "readiness-low")).occasions[0]?.byItself).toContain("remediation");
    const later = new Date("2027-04-02T12:00:00Z");
    await keptDay(ventureId, "2027-04-01", "70.6");
    const [stalled] = (await round(id, later)).filter(({ kind }) => kind === "readiness-stalled");
    await approve(stalled?.memoId ?? null);
    expect((await shown(ventureId, "readiness-low", later)).occasions).toHaveLength(2);
    expect(await shown(ventureId, "readiness-low", later)).toMatchObject({ decision: DECIDED });
  });
});

describe("found in 40.3", () => {
  test("offers below half put the exit off; taken back, the sale is open again", async () => {
    const { ventureId, id } = await selling();
    await valuedAt(ventureId, "60000001");
    const dealId = await bidder(ventureId, "Nordwerk AG");
    const said = { dated: "2026-12-20", source: "Letter", note: "" };
    const terms = plainTerms({ price: "30000000" });
    expect(await recordOffer(ana, { dealId, kind: "bid", title: "Bid", terms, ...said }, NOW)).toMatchObject({
      ok: true,
    });
    const { kind, memoId } = await asked(id);
    expect([kind, (await shown(ventureId, "offers-low")).state]).toEqual(["offers-low", "holds"]);
    await approve(memoId);
    expect(await openOf(ventureId)).toEqual(["40.1"]);
    expect(await shown(ventureId, "offers-low")).toMatchObject({ decision: { ...DECIDED, by: "grace" } });
    await takeBack(memoId);
    expect(await openOf(ventureId)).toEqual(["40.1", "40.3"]);
  });

  test("a deal falls through: the next bidder, by itself, and the chairman is told", async () => {
    const { ventureId, id } = await selling();
    const [first] = [await bidder(ventureId, "Nordwerk AG"), await bidder(ventureId, "Kapital Nord")];
    const { version } = await db.deal.findUniqueOrThrow({ where: { id: first } });
    const out = { to: "fallen-through" as const, on: "2026-12-31", reason: "No financing", facts: {} };
    expect(await advanceDeal(ana, { dealId: first, version, ...out }, NOW)).toMatchObject({ ok: true });
    expect((await shown(ventureId, "deal-fell")).state).toBe("holds");
    expect(await takeFallen(id, first, { key: `${id}/fallen`, now: NOW })).toMatchObject({
      backup: { kind: "bidder" },
    });
    const { state, occasions } = await shown(ventureId, "deal-fell");
    expect(state).toBe("far");
    expect(occasions[0]).toMatchObject({ text: expect.stringContaining("Nordwerk AG"), decision: null });
    expect(occasions[0]?.byItself).toContain("Kapital Nord is the next");
    expect(await db.alert.count({ where: { ventureId, kind: "bidder-fell", clearedAt: null } })).toBe(1);
  });

  test("growth, a key person and the market during the sale: asked one after the other, each once", async () => {
    const { ventureId, id } = await selling();
    await multiplesHalve();
    await db.realization.update({ where: { id }, data: { startedAt: new Date("2026-09-01T12:00:00Z") } });
    const growing = months("2024-01", 36, (index) => 100_000 + index * 1_000);
    await reportMonths(ventureId, "revenue", growing, "Accounts", "EUR");
    await shrink(ventureId);
    await reportMonths(
      ventureId,
      "key_people_left",
      months("2026-11", 1, () => 1),
      "Accounts",
      null,
    );
    const all = [await asked(id), await asked(id), await asked(id)];
    expect(all.map(({ kind }) => kind)).toEqual(["growth-negative", "key-person", "market-crash"]);
    expect(await readRealizationMove(id, NOW)).toMatchObject({ kind: "wait" });
    expect(await db.readinessTask.count({ where: { ventureId, criterion: "team-retention" } })).toBe(1);
    await approve(all[1]?.memoId ?? null);
    expect((await saleOf(ventureId)).status).toBe("paused");
    expect(await shown(ventureId, "key-person")).toMatchObject({
      decision: { ...DECIDED, actionClass: "deal.pause-sale" },
    });
    await approve(all[0]?.memoId ?? null);
    expect(await openOf(ventureId)).toEqual(["40.1"]);
  });
});

const SAID = { raisedBy: "Bundeskartellamt", evidence: "Decision B7-12/26", occurredOn: "2026-12-15" };

async function record(input: RecordImpediment): Promise<{ id: string; memoId: string }> {
  const made = await recordImpediment(ana, input, NOW);
  if (!made.ok) throw new Error(made.refusal);
  const id = made.value.impedimentId;
  const { memoId } = await askAboutImpediment(id, coordinator, NOW);
  expect(await askAboutImpediment(id, coordinator, NOW)).toEqual({ memoId });
  return { id, memoId };
}

async function lift(impedimentId: string, by = grace) {
  const { version } = await db.impediment.findUniqueOrThrow({ where: { id: impedimentId } });
  return liftImpediment(by, { impedimentId, version, on: "2026-12-31", resolution: "Withdrawn by letter" }, NOW);
}

describe("recorded by a person", () => {
  test("a regulatory block: the deal cannot close, 40.3 pauses with a plan, and goes on when it is lifted", async () => {
    const { ventureId, id } = await selling();
    const dealId = await bidder(ventureId, "Nordwerk AG");
    await db.deal.update({ where: { id: dealId }, data: { stage: "definitive-agreement" } });
    expect(await openClosing(ana, { dealId, template: "share-sale" }, NOW)).toMatchObject({ ok: true });
    const block = { kind: "regulatory-block" as const, nature: "blocked" as const, ventureId, dealId, ...SAID };
    const input = { ...block, grounds: "It would close the market for sensors" };
    const { id: impedimentId, memoId } = await record(input);
    expect(await recordImpediment(ana, input, NOW)).toEqual({ ok: false, refusal: "ALREADY_RECORDED" });
    const texts = async () => JSON.stringify((await readyToClose(db, dealId, "2027-01-01"))?.missing);
    expect(await texts()).toMatch(/Bundeskartellamt stands against the deal.*Clearance by Bundeskartellamt/);
    expect(await db.alert.count({ where: { ventureId, kind: "rollback", clearedAt: null } })).toBe(1);
    expect((await db.memo.findUniqueOrThrow({ where: { id: memoId } })).proposedBy).toBe("agent:coordinator");
    await approve(memoId);
    expect((await saleOf(ventureId)).status).toBe("paused");
    expect(await readRealizationMove(id, NOW)).toMatchObject({ kind: "wait" });
    const tasks = await db.closingItem.findMany({ where: { dealId, task: { path: ["group"], equals: "regulatory" } } });
    expect(JSON.stringify(tasks)).toContain("timetable of an appeal");
    expect(await shown(ventureId, "regulatory-block")).toMatchObject({
      state: "holds",
      decision: { ...DECIDED, by: "grace" },
    });
    const claim = { ...SAID, raisedBy: "Counsel", grounds: "A claim against the founders came in" };
    const issue = await record({ kind: "fundamental-issue", nature: "legal", ventureId, ...claim });
    expect(await lift(impedimentId, ana)).toMatchObject({ ok: true });
    // What waited already when the emergency was recorded waits for both.
    expect((await saleOf(ventureId)).status).toBe("paused");
    expect(await lift(issue.id)).toMatchObject({ ok: true });
    expect((await saleOf(ventureId)).status).toBe("running");
    expect(await texts()).not.toContain("Bundeskartellamt");
    expect(await shown(ventureId, "regulatory-block")).toMatchObject({
      state: "far",
      occasions: [{ over: { by: "ana" } }],
    });
  });

  test("an earn-out dispute freezes its tranche and no other; the chairman keeps it or lifts it", async () => {
    const { ventureId } = await selling();
    const tranche = (label: string) => ({
      ...{ ventureId, kind: "earn-out" as const, label, currency: "EUR", amountMinor: 1_000_000n, heldBy: "Buyer" },
      ...{ buyer: "Nordwerk AG", seller: "Sellers", opensOn: "2026-12-01", endsOn: "2028-12-01" },
      ...{ milestone: "ARR of ten million", schedule: [{ dueOn: "2028-12-01", amountMinor: null, condition: "Met" }] },
    });
    const ids: string[] = [];
    for (const label of ["Earn-out A", "Earn-out B"]) {
      const made = await openTranche(ana, tranche(label), NOW);
      if (!made.ok) throw new Error(made.refusal);
      ids.push(made.value.trancheId);
    }
    const [a = "", b = ""] = ids;
    const statusOf = async (id: string) => (await db.deferredTranche.findUniqueOrThrow({ where: { id } })).status;
    const said = { ...SAID, raisedBy: "Nordwerk AG", grounds: "ARR is counted with pilots that do not pay" };
    const input = { kind: "earn-out-dispute" as const, nature: "milestone" as const, ventureId, trancheId: a, ...said };
    const { id, memoId } = await record(input);
    expect([await statusOf(a), await statusOf(b)]).toEqual(["frozen", "open"]);
    await approve(memoId, "freeze");
    expect(await statusOf(a)).toBe("frozen");
    expect(await shown(ventureId, "earn-out-dispute")).toMatchObject({
      state: "holds",
      decision: { ...DECIDED, by: "grace" },
    });
    expect(await lift(id, ana)).toEqual({ ok: false, refusal: "CHAIRMAN_ONLY" });
    expect(await lift(id)).toMatchObject({ ok: true });
    expect(await statusOf(a)).toBe("open");
    const again = await record(input);
    await approve(again.memoId, "lift");
    expect(await statusOf(a)).toBe("open");
    await takeBack(again.memoId);
    expect(await statusOf(a)).toBe("frozen");
    expect(await lift(again.id)).toMatchObject({ ok: true });
    const kept = await record(input);
    await approve(kept.memoId, "freeze");
    await takeBack(kept.memoId);
    expect(await statusOf(a)).toBe("frozen");
  });

  test("a fundamental issue stops everything at once; approved, the venture is back in stage 39, and can return", async () => {
    const { ventureId } = await selling();
    const said = { ...SAID, raisedBy: "Auditor", grounds: "Revenue of two years was booked twice" };
    const { id, memoId } = await record({ kind: "fundamental-issue", nature: "fraud", ventureId, ...said });
    expect((await saleOf(ventureId)).status).toBe("paused");
    expect(await lift(id, ana)).toEqual({ ok: false, refusal: "CHAIRMAN_ONLY" });
    await approve(memoId);
    expect(await db.venture.findUniqueOrThrow({ where: { id: ventureId } })).toMatchObject({ stage: "mature" });
    expect(await db.stageRecord.findFirst({ where: { ventureId } })).toMatchObject({
      outcome: "regressed",
      openSubstages: [],
    });
    expect((await saleOf(ventureId)).status).toBe("returned");
    expect(await db.saleProcess.count({ where: { ventureId, status: "open" } })).toBe(0);
    expect(await shown(ventureId, "fundamental-issue")).toMatchObject({
      state: "holds",
      decision: { ...DECIDED, by: "grace" },
    });
    await takeBack(memoId);
    expect(await db.venture.findUniqueOrThrow({ where: { id: ventureId } })).toMatchObject({ stage: "active" });
    expect(await openOf(ventureId)).toEqual(["40.1", "40.3"]);
    expect((await saleOf(ventureId)).status).toBe("running");
  });
});

test("what a lifted impediment lets go waits with the whole while the stage is paused", async () => {
  const { ventureId, id } = await selling();
  const claim = { ...SAID, raisedBy: "Counsel", grounds: "A claim against the founders came in" };
  const issue = await record({ kind: "fundamental-issue", nature: "legal", ventureId, ...claim });
  await db.stageRun.updateMany({ where: { ventureId }, data: { status: "paused" } });
  expect(await lift(issue.id)).toMatchObject({ ok: true });
  expect(await saleOf(ventureId)).toMatchObject({ status: "paused", reason: "The stage is paused." });
  expect(await db.stageRun.findFirst({ where: { ventureId } })).toMatchObject({ held: [{ of: "40.3", id }] });
});

test("an initiative below 1× after six months: paused by the policy where it may, and shown as its decision", async () => {
  const ventureId = await makeVenture();
  await db.ventureSettings.create({ data: { ventureId, profile: "balanced", autonomy: "auto" } });
  await reportRevenueWithStep(ventureId, 1_000, -200, "2026-03");
  const { id } = await beginInitiative({ lever: "growth:revenue", targetValue: null }, ventureId);
  const [began, reviewOn] = [dayDate("2026-02-10"), "2026-11-15"];
  const dates = { startedOn: began, startsOn: began, reviewOn: dayDate(reviewOn) };
  await db.initiative.update({ where: { id }, data: { status: "running", ...dates } });
  const spent = { kind: "spent" as const, amountMinor: 50_000n, currency: "EUR", what: "Agency", spentOn: began };
  const by = { entryKey: crypto.randomUUID(), recordedBy: ana.ref, recordedAt: NOON };
  await db.initiativeSpend.create({ data: { initiativeId: id, ...spent, ...by } });
  await measureReview(id, reviewOn, NOON);
  await concludeReview(growthAgent, id, reviewOn, NOON);
  const { state, decision } = await shown(ventureId, "initiative-roi", NOON);
  expect([state, decision?.status, decision?.by]).toEqual(["holds", "approved", "the policy"]);
  await carryOut(decision?.memoId ?? "", 1, { key: "k", now: NOON });
  expect(await db.initiative.findUniqueOrThrow({ where: { id } })).toMatchObject({ status: "paused" });
  expect((await shown(ventureId, "initiative-roi", NOON)).decision).toMatchObject({ carriedOut: true });
});

test("nobody reads another's rollbacks", async () => {
  const { ventureId } = await selling();
  await expect(getRollbacks(mintActor({ ...ana, ventures: [] }), ventureId, NOW)).rejects.toThrow("NOT_FOUND");
});
