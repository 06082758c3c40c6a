import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { mintActor } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { carryOut } from "@/lib/decisions/mutations/execution";
import { reverseDecision, undoDeed } from "@/lib/decisions/mutations/reversal";
import { recordVerdict } from "@/lib/decisions/mutations/verdicts";
import { memoContentSchema } from "@/lib/decisions/schema";
import { person } from "@/lib/decisions/test-support/memos";
import { START_ASSUMPTIONS } from "@/lib/market/schema/timing";
import { dayDate } from "@/lib/metrics/rules/periods";
import { months, reportMonths } from "@/lib/metrics/test-support/facts";
import { keepValuation } from "@/lib/valuation/mutations/keep";
import { sampleInputs } from "@/lib/valuation/test-support/inputs";
import { growingVenture } from "@/lib/workflows/test-support/growing-venture";
import { disconnectEngineClient, engineClient } from "@/lib/workflows/transport";
import { orderExit, startExitPreparation } from "./mutations/exit-preparation";
import { judgeRound, keepBranch, readExitMove } from "./mutations/exit-rounds";
import { getExitOverview } from "./queries/exit-overview";
import { EXIT_BRANCHES } from "./schema/exit";

const NOW = new Date("2026-11-22T12:00:00Z");
const grace = person("chairman", "grace", NOW);
const ana = person("analyst", "ana");
const advisor = mintActor({
  ...{ id: "exit", ref: "agent:exit", name: "Exit Preparation Advisor", role: "analyst", ventures: "all" },
  ...{ sessionId: null, steppedUpAt: null },
});
const coordinator = mintActor({
  ...{ id: "coordinator", ref: "agent:coordinator", name: "Active Venture Coordinator", role: "analyst" },
  ...{ ventures: "all", sessionId: null, steppedUpAt: null },
});
const report = async () => ({ runId: "018f0000-0000-7000-8000-000000000001" });

beforeAll(async () => {
  await engineClient();
});
afterAll(disconnectEngineClient);

async function prepared(startedOn = "2026-11-22"): Promise<{ ventureId: string; id: string }> {
  const ventureId = await growingVenture();
  await db.stageRecord.create({ data: { ventureId, ordinal: 1, enteredAt: NOW, openSubstages: ["40.1"] } });
  const started = await startExitPreparation(grace, ventureId, NOW);
  if (!started.ok) throw new Error(started.refusal);
  const id = started.value.preparationId;
  await db.exitPreparation.update({ where: { id }, data: { startedOn: dayDate(startedOn) } });
  return { ventureId, id };
}

async function look(id: string, round: number, now = NOW) {
  await Promise.all(EXIT_BRANCHES.map((branch) => keepBranch(id, round, branch, now)));
  return judgeRound(id, round, { advisor, coordinator }, report, now);
}

const keptDay = (ventureId: string, day: string, score: string) =>
  db.readinessDay.create({
    data: {
      ...{ ventureId, day: dayDate(day), score, coverage: "0.9", band: null, shape: {} },
      ...{ figureId: "0123456789abcdef", revision: 1, keptAt: NOW },
    },
  });

const openOf = async (ventureId: string) =>
  (await db.stageRecord.findFirstOrThrow({ where: { ventureId } })).openSubstages;
const statusOf = async (id: string) => (await db.exitPreparation.findUniqueOrThrow({ where: { id } })).status;

async function decide(memoId: string, verdict: "approved" | "rejected", actor = grace) {
  const { version } = await db.memo.findUniqueOrThrow({ where: { id: memoId } });
  return recordVerdict(actor, { verdict, memoId, version, note: "" }, NOW);
}
const carry = async (memoId: string) => carryOut(memoId, 1, { key: "test", now: NOW });
const memosOf = (ventureId: string) =>
  db.memo.findMany({ where: { ventureId }, orderBy: { createdAt: "asc" }, include: { proposal: true } });

describe("exit preparation", () => {
  test("is started by the chairman, once at a time, beside growth", async () => {
    const { ventureId, id } = await prepared();
    expect(await openOf(ventureId)).toEqual(["40.1", "40.2"]);
    expect(await startExitPreparation(grace, ventureId, NOW)).toEqual({ ok: false, refusal: "ALREADY_OPEN" });
    await expect(startExitPreparation(ana, ventureId, NOW)).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await readExitMove(id, NOW)).toMatchObject({ kind: "round", round: 1 });
    const before = await growingVenture();
    expect(await startExitPreparation(grace, before, NOW)).toEqual({ ok: false, refusal: "STAGE_NOT_OPEN" });
  });

  test("a round looks once and is judged once, whoever repeats it; the next comes at the profile's frequency", async () => {
    const { ventureId, id } = await prepared();
    const [first, again] = await Promise.all([look(id, 1), look(id, 1)]);
    expect(first).toEqual(again);
    const events = await db.event.findMany({ where: { chain: ventureId, type: { startsWith: "exit-preparation." } } });
    expect(events.map(({ type }) => type)).toEqual(["exit-preparation.started", "exit-preparation.checked"]);
    const { nextCheckOn } = await db.exitPreparation.findUniqueOrThrow({ where: { id } });
    expect(nextCheckOn).toEqual(dayDate("2026-12-22"));
    expect(await memosOf(ventureId)).toEqual([]);
    expect(await readExitMove(id, NOW)).toMatchObject({ kind: "wait" });
  });

  test("readiness reached asks once per cause; approval needs a fresh proof, opens 40.3 and cannot be undone", async () => {
    const { ventureId, id } = await prepared();
    await keptDay(ventureId, "2026-11-21", "91");
    await look(id, 1);
    await look(id, 2);
    const [memo, ...others] = await memosOf(ventureId);
    expect(others).toEqual([]);
    expect(memo).toMatchObject({
      reversible: false,
      status: "pending",
      proposedBy: "agent:coordinator",
      proposal: { actionClass: "exit.approve-exit" },
    });
    const memoId = memo?.id ?? "";
    await expect(decide(memoId, "approved", person("chairman", "grace"))).rejects.toMatchObject({
      code: "STEP_UP_REQUIRED",
    });
    expect(await decide(memoId, "approved")).toMatchObject({ ok: true });
    expect(await carry(memoId)).toMatchObject({ done: true });
    expect(await carry(memoId)).toMatchObject({ done: true });
    expect(await openOf(ventureId)).toEqual(["40.1", "40.3"]);
    expect(await statusOf(id)).toBe("approved");
    expect(await readExitMove(id, NOW)).toMatchObject({ kind: "end" });
    expect(await reverseDecision(grace, { memoId, version: 1, reason: "No" }, NOW)).toMatchObject({ ok: false });
  });

  test("a rejected approval is asked again only when readiness fell and rose anew", async () => {
    const { ventureId, id } = await prepared();
    await keptDay(ventureId, "2026-11-18", "91");
    await look(id, 1);
    const [memo] = await memosOf(ventureId);
    expect(await decide(memo?.id ?? "", "rejected")).toMatchObject({ ok: true });
    await look(id, 2);
    expect(await memosOf(ventureId)).toHaveLength(1);
    await keptDay(ventureId, "2026-11-19", "80");
    await look(id, 3);
    await keptDay(ventureId, "2026-11-20", "92");
    await look(id, 4);
    expect(await memosOf(ventureId)).toHaveLength(2);
  });

  test("18 months without a qualified buyer ask to return to growth; taken back, the clock goes on", async () => {
    const { ventureId, id } = await prepared("2025-05-22");
    expect(await look(id, 1)).toMatchObject({ consequences: [{ kind: "no-buyer" }] });
    const [memo] = await memosOf(ventureId);
    const memoId = memo?.id ?? "";
    expect(memo?.proposal.actionClass).toBe("exit.return-to-growth");
    expect(await decide(memoId, "approved")).toMatchObject({ ok: true });
    expect(await carry(memoId)).toMatchObject({ done: true });
    expect(await openOf(ventureId)).toEqual(["40.1"]);
    expect(await statusOf(id)).toBe("returned");
    expect(await reverseDecision(grace, { memoId, version: 1, reason: "A buyer called" }, NOW)).toMatchObject({
      ok: true,
    });
    expect(await undoDeed(memoId, 1, NOW)).toEqual({ undone: true });
    expect(await openOf(ventureId)).toEqual(["40.1", "40.2"]);
    const next = await db.exitPreparation.findFirst({ where: { ventureId }, orderBy: { ordinal: "desc" } });
    expect(next).toMatchObject({ ordinal: 2, status: "running", startedOn: dayDate("2025-05-22") });
  });

  test("six months below 85 make tasks once; three months without progress go to the chairman", async () => {
    const { ventureId, id } = await prepared("2026-01-01");
    await db.buyerCompany.create({ data: company("0190aaaa-0000-7000-8000-000000000001") });
    await db.buyerCandidate.create({ data: candidate(ventureId, "0190aaaa-0000-7000-8000-000000000001") });
    await keptDay(ventureId, "2026-05-01", "70");
    await keptDay(ventureId, "2026-11-20", "70.5");
    const first = await look(id, 1);
    expect(first.consequences).toEqual([{ kind: "readiness-low", tasks: expect.any(Number) }]);
    const tasks = await db.readinessTask.count({ where: { ventureId } });
    expect(tasks).toBeGreaterThan(0);
    expect(await look(id, 2)).toEqual({ consequences: [] });
    expect(await db.readinessTask.count({ where: { ventureId } })).toBe(tasks);
    const later = new Date("2027-02-22T12:00:00Z");
    await keptDay(ventureId, "2027-02-20", "71");
    expect((await look(id, 3, later)).consequences).toMatchObject([{ kind: "readiness-stalled" }]);
    expect((await memosOf(ventureId))[0]?.proposal.actionClass).toBe("exit.return-to-growth");
  });

  test("multiples down by half ask to pause; resumed by the chairman", async () => {
    const { ventureId, id } = await prepared();
    await fallingMultiples();
    expect((await look(id, 1)).consequences).toMatchObject([{ kind: "market-crash" }]);
    const [memo] = await memosOf(ventureId);
    expect(await decide(memo?.id ?? "", "approved")).toMatchObject({ ok: true });
    await carry(memo?.id ?? "");
    expect(await statusOf(id)).toBe("paused");
    expect(await readExitMove(id, NOW)).toMatchObject({ kind: "wait" });
    const { version } = await db.exitPreparation.findUniqueOrThrow({ where: { id } });
    const stale = { preparationId: id, version: version - 1, order: "resume" as const };
    expect(await orderExit(grace, stale, NOW)).toEqual({ ok: false, refusal: "CONFLICT" });
    expect(await orderExit(grace, { ...stale, version }, NOW)).toMatchObject({ ok: true });
    expect(await statusOf(id)).toBe("running");
    await db.marketPoint.deleteMany({});
  });

  test("two quarters of shrinking revenue ask to return to growth, once", async () => {
    const { ventureId, id } = await prepared();
    const recent = { ventureId, metric: "revenue", periodStart: { gte: dayDate("2026-05-01") } };
    await db.metricPoint.updateMany({ where: recent, data: { value: 90_000 } });
    expect((await look(id, 1)).consequences).toMatchObject([{ kind: "growth-negative" }]);
    expect((await look(id, 2)).consequences).toMatchObject([{ kind: "growth-negative" }]);
    const [memo, ...others] = await memosOf(ventureId);
    expect([memo?.proposal.actionClass, others]).toEqual(["exit.return-to-growth", []]);
    expect(await decide(memo?.id ?? "", "approved")).toMatchObject({ ok: true });
    await carry(memo?.id ?? "");
    expect(await openOf(ventureId)).toEqual(["40.1"]);
  });

  test("a key person who leaves makes a retention plan a task, and asks whether preparation waits", async () => {
    const { ventureId, id } = await prepared("2026-06-01");
    await reportMonths(
      ventureId,
      "key_people_left",
      months("2026-09", 2, (index) => index),
      "Accounts",
      null,
    );
    expect((await look(id, 1)).consequences).toMatchObject([{ kind: "key-person" }]);
    await look(id, 2);
    const task = await db.readinessTask.findMany({ where: { ventureId } });
    expect(task).toMatchObject([{ criterion: "team-retention", status: "open" }]);
    expect((await memosOf(ventureId)).map(({ proposal }) => proposal.actionClass)).toEqual(["exit.pause-preparation"]);
  });

  test("the approval shows the whole case, and two people decide it where the venture says so", async () => {
    const { ventureId, id } = await prepared();
    await db.ventureSettings.update({
      where: { ventureId },
      data: { overrides: { secondPerson: "irreversible decisions" } },
    });
    const kept = await keepValuation(ana, { ventureId, version: 0, reason: "first look", inputs: sampleInputs() }, NOW);
    expect(kept).toMatchObject({ ok: true });
    await keptDay(ventureId, "2026-11-21", "91");
    await look(id, 1);
    const [memo] = await memosOf(ventureId);
    const { tables = [], options, quotes } = memoContentSchema.parse(memo?.content);
    expect(tables.map(({ title }) => title)).toEqual([
      "Value range",
      "Net proceeds per holder, through the waterfall",
      "Qualified buyers",
      "Sell now or wait, worth today",
      "Gaps",
    ]);
    const quoted = new Set(quotes.map((quote) => quote.id));
    const shown = tables.flatMap(({ rows }) => rows.flatMap(({ cells }) => cells));
    const figures = shown.flatMap((one) => (one && "figure" in one ? [one.figure] : []));
    expect(figures.length).toBeGreaterThanOrEqual(6);
    expect(figures.every((figure) => quoted.has(figure))).toBe(true);
    expect(options.map((option) => option.id)).toContain("routes");

    const memoId = memo?.id ?? "";
    expect(await decide(memoId, "approved")).toMatchObject({ value: { status: "confirming" } });
    expect(await carryOut(memoId, 2, { key: "test", now: NOW })).toMatchObject({ done: false });
    expect(await decide(memoId, "approved")).toEqual({ ok: false, refusal: "OWN_APPROVAL" });
    await expect(decide(memoId, "approved", person("chairman", "ada"))).rejects.toMatchObject({
      code: "STEP_UP_REQUIRED",
    });
    expect(await decide(memoId, "approved", person("chairman", "ada", NOW))).toMatchObject({ ok: true });
    expect(await carryOut(memoId, 2, { key: "test", now: NOW })).toMatchObject({ done: true });
    expect(await statusOf(id)).toBe("approved");
  });

  test("the multiples are those that exit timing was told to look at", async () => {
    const { ventureId } = await prepared();
    await fallingMultiples();
    const { rollbacks } = await getExitOverview(ana, ventureId, NOW);
    expect(rollbacks.find(({ kind }) => kind === "market-crash")?.state).toBe("holds");
    const series = { ...START_ASSUMPTIONS.series, multiple: "none-of-these" };
    await db.timingVersion.create({
      data: {
        ...{ ventureId, version: 1, assumptions: { ...START_ASSUMPTIONS, series }, reason: "other multiples" },
        ...{ createdBy: "user:ana", createdAt: NOW },
      },
    });
    const other = await getExitOverview(ana, ventureId, NOW);
    expect(other.rollbacks.find(({ kind }) => kind === "market-crash")?.state).toBe("unknown");
    await db.marketPoint.deleteMany({});
  });

  test("the overview names what is missing, and is of one's own ventures only", async () => {
    const { ventureId } = await prepared("2025-05-22");
    const overview = await getExitOverview(ana, ventureId, NOW);
    expect(overview.criteria.map(({ met }) => met)).toEqual([false, false, false]);
    expect(overview.rollbacks.find(({ kind }) => kind === "no-buyer")?.state).toBe("holds");
    expect(overview.unanswered).toContain("Audited accounts");
    expect(overview.headline.readiness?.value).toBeNull();
    const stranger = mintActor({ ...ana, ventures: [] });
    await expect(getExitOverview(stranger, ventureId, NOW)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

const company = (id: string) => ({
  ...{ id, name: "Acme", nameKey: "acme", kind: "strategic", sectors: [], factsAsOf: NOW, factsSource: "x" },
  ...{ version: 1, recordedBy: "user:ana", recordedAt: NOW },
});
const candidate = (ventureId: string, companyId: string) => ({
  ...{ ventureId, companyId, tier: "short", tierReason: "known", stage: "identified", cleared: [], version: 1 },
  ...{ addedBy: "user:ana", addedAt: NOW },
});

async function fallingMultiples(): Promise<void> {
  const loadId = "0190aaaa-0000-7000-8000-00000000000a";
  const point = (day: string, value: string) => ({
    ...{ seriesKey: "all-multiples", day: dayDate(day), knownOn: dayDate(day), value, loadId, rowNumber: 1 },
    recordedAt: NOW,
  });
  const points = [point("2026-03-01", "8"), point("2026-11-01", "4")];
  if ((await db.marketSeries.count()) > 0) {
    await db.marketPoint.createMany({ data: points });
    return;
  }
  await db.marketSeries.create({
    data: {
      ...{ key: "all-multiples", label: "All", kind: "multiple", unit: "multiple", source: "test", sector: null },
      ...{ definition: "of all", publishedAfter: 0, revised: false, zeroIsGap: false, createdBy: "u", createdAt: NOW },
    },
  });
  await db.marketLoad.create({
    data: {
      ...{ id: loadId, seriesKey: "all-multiples", fileName: "a.csv", rows: 2, changed: 2, gaps: 0, rejects: [] },
      ...{ rejected: 0, loadedBy: "u", loadedAt: NOW },
    },
  });
  await db.marketPoint.createMany({ data: points });
}
