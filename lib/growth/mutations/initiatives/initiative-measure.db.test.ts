import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { db } from "@/lib/db";
import { carryOut } from "@/lib/decisions/mutations/execution";
import { growthAgent } from "@/lib/decisions/test-support/memos";
import { recomputeFigure } from "@/lib/figures/mutations/recompute";
import { actor, bump, makeVenture } from "@/lib/metrics/test-support/facts";
import { disconnectEngineClient } from "@/lib/workflows/transport";
import { findInitiative } from "../../queries/initiatives/initiative";
import { measureEffect } from "../../queries/initiatives/initiative-effect";
import { getInitiatives } from "../../queries/initiatives/initiatives";
import { beginInitiative, makePerson, NOON, reportRevenueWithStep, rowOf } from "../../test-support/initiatives";
import { concludeReview, followInitiatives, measureReview, readFollowMove } from "./initiative-measure";

/**
 * Facts with a known step: revenue rises by 2 a month and, from March 2026 on, by `lift` more. The initiative was started
 * in February; it is reviewed on 15 November, when eight months from March to October are known.
 */
afterAll(disconnectEngineClient);

let ana: Awaited<ReturnType<typeof makePerson>>;
beforeAll(async () => {
  ana = await makePerson("analyst");
});

const REVIEW = "2026-11-15";

async function running(ventureId: string, spentMinor = 0, started = "2026-02-10"): Promise<string> {
  const { id } = await beginInitiative({ lever: "growth:revenue", targetValue: null }, ventureId);
  const startedOn = new Date(`${started}T00:00:00Z`);
  const data = {
    status: "running" as const,
    startedOn,
    startsOn: startedOn,
    reviewOn: new Date(`${REVIEW}T00:00:00Z`),
  };
  await db.initiative.update({ where: { id }, data: { ...data, ownerId: ana.id } });
  if (spentMinor > 0) {
    await db.initiativeSpend.create({
      data: {
        ...{ initiativeId: id, kind: "spent", amountMinor: BigInt(spentMinor), currency: "EUR", what: "Agency" },
        ...{ spentOn: startedOn, entryKey: randomUUID(), recordedBy: ana.actor.ref, recordedAt: NOON },
      },
    });
  }
  return id;
}

async function ventureWith(lift: number, autonomy: "assisted" | "auto" = "assisted"): Promise<string> {
  const ventureId = await makeVenture();
  await db.ventureSettings.create({ data: { ventureId, profile: "balanced", autonomy } });
  await reportRevenueWithStep(ventureId, 1_000, lift, "2026-03");
  return ventureId;
}

const measurement = (initiativeId: string) => db.initiativeMeasurement.findFirstOrThrow({ where: { initiativeId } });
const valueOfPart = async (initiativeId: string, part: string): Promise<number | null> => {
  const refs = (await measurement(initiativeId)).figures as Record<string, { id: string; revision: number }>;
  const ref = refs[part];
  const row = ref && (await db.figure.findUnique({ where: { id_revision: ref } }));
  return row?.value ? Number(row.value) : null;
};

describe("a review date", () => {
  test("finds the step, turns it into money and a return, and is measured once whoever asks", async () => {
    const ventureId = await ventureWith(200);
    const id = await running(ventureId, 50_000);
    await Promise.all([measureReview(id, REVIEW, NOON), measureReview(id, REVIEW, NOON)]);
    await measureReview(id, REVIEW, NOON);
    expect(await db.initiativeMeasurement.count({ where: { initiativeId: id } })).toBe(1);
    expect(await measurement(id)).toMatchObject({
      verdict: "improved",
      reason: null,
      method: "forecast",
      monthsMeasured: 8,
    });
    expect(await rowOf(id)).toMatchObject({ reviewOn: new Date("2027-02-15T00:00:00Z") });
    const effect = (await valueOfPart(id, "effect")) ?? 0;
    expect(effect).toBeGreaterThan(180);
    expect(effect).toBeLessThan(220);
    // 8 months × effect × gross margin of 0.8, over 500 spent.
    expect(await valueOfPart(id, "spend")).toBe(500);
    expect(((await valueOfPart(id, "gain")) ?? 0) / (8 * effect)).toBeCloseTo(0.8, 1);
    expect(await valueOfPart(id, "roi")).toBeCloseTo(((await valueOfPart(id, "gain")) ?? 0) / 500, 8);
    const events = await db.event.count({ where: { subject: `initiative:${id}`, type: "initiative.measured" } });
    expect(events).toBe(1);
  });

  test("an improvement is shown with its evidence, and growth management has improved a metric", async () => {
    const ventureId = await ventureWith(200);
    const id = await running(ventureId, 50_000);
    await measureReview(id, REVIEW, NOON);
    const view = await findInitiative(ana.actor, id, ventureId);
    expect(view?.measurements[0]).toMatchObject({ verdict: "improved", reviewOn: REVIEW, consequence: "due" });
    expect(view?.measurements[0]?.counterfactual).toHaveLength(8);
    expect(view?.measurements[0]?.tried.map(({ method, reason }) => [method, reason])).toEqual([
      ["forecast", null],
      ["difference-in-differences", "too-few-ventures"],
    ]);
    const { doneWhen } = await getInitiatives(ana.actor, ventureId);
    expect(doneWhen.find(({ key }) => key === "metrics-improved")).toMatchObject({ holds: true });
  });

  test("the figures are computed again the same, and anew when the months change", async () => {
    const ventureId = await ventureWith(200);
    const id = await running(ventureId, 50_000);
    await measureReview(id, REVIEW, NOON);
    const { figures } = await measurement(id);
    const { effect } = figures as Record<string, { id: string }>;
    const again = await recomputeFigure(actor("analyst"), effect?.id ?? "", NOON);
    expect(again).toMatchObject({ ok: true, value: { same: true } });
    await db.metricPoint.updateMany({
      where: { ventureId, metric: "revenue", periodStart: { gte: new Date("2026-03-01T00:00:00Z") } },
      data: { value: { increment: 100 } },
    });
    await bump(ventureId, "metric:revenue");
    expect(await recomputeFigure(actor("analyst"), effect?.id ?? "", NOON)).toMatchObject({
      ...{ ok: true, value: { same: false, after: { revision: 2 } } },
    });
  });

  test.each<[string, (ventureId: string) => Promise<string>, string]>([
    ["without a step", async (ventureId) => running(ventureId, 100), "interval-spans-zero"],
    ["too soon", async (ventureId) => running(ventureId, 100, "2026-09-10"), "too-few-months-after"],
    [
      "beside another on the same metric",
      async (ventureId) => {
        await running(ventureId);
        return running(ventureId, 100);
      },
      "overlapping-initiatives",
    ],
    [
      "with a month that two sources tell differently",
      async (ventureId) => {
        const month = { ventureId, metric: "revenue", periodStart: new Date("2026-06-01T00:00:00Z") };
        const point = await db.metricPoint.findFirstOrThrow({ where: month });
        const { id: sourceId } = await db.dataSource.create({ data: { ventureId, name: "Bank", kind: "manual" } });
        const { id: _id, ...copy } = point;
        await db.metricPoint.create({ data: { ...copy, sourceId, value: 5 } });
        return running(ventureId, 100);
      },
      "contradiction",
    ],
    [
      "with a month missing",
      async (ventureId) => {
        const periodStart = new Date("2026-06-01T00:00:00Z");
        await db.metricPoint.deleteMany({ where: { ventureId, metric: "revenue", periodStart } });
        return running(ventureId, 100);
      },
      "gap-in-months",
    ],
  ])("%s nobody can tell", async (_case, prepare, reason) => {
    const ventureId = await ventureWith(0);
    const id = await prepare(ventureId);
    await measureReview(id, REVIEW, NOON);
    expect(await measurement(id)).toMatchObject({ verdict: "cannot-tell", reason });
  });

  test("a metric that is not kept by month: nobody can tell, and no return is made up", async () => {
    const ventureId = await makeVenture();
    const id = await running(ventureId, 100);
    await measureReview(id, REVIEW, NOON);
    expect(await measurement(id)).toMatchObject({ verdict: "cannot-tell", reason: "no-history", method: null });
    expect(await valueOfPart(id, "roi")).toBeNull();
  });

  test("other ventures over the same months are compared, but not those that work on it themselves", async () => {
    const ventureId = await ventureWith(200);
    const id = await running(ventureId, 100);
    const others = await Promise.all([1, 2, 3, 4, 5].map(() => ventureWith(0)));
    const row = await rowOf(id);
    const comparison = async () =>
      (await db.$transaction((tx) => measureEffect(tx, row, REVIEW), { timeout: 60_000 })).tried.find(
        ({ method }) => method === "difference-in-differences",
      );
    // Ventures of other tests are there too: at least these five.
    expect((await comparison())?.estimate?.estimate).toBeGreaterThan(150);
    const basis = async () => Number.parseInt((await comparison())?.estimate?.basis ?? "0", 10);
    const before = await basis();
    await running(others[0] ?? "");
    expect(await basis()).toBe(before - 1);
  });
});

describe("consequences", () => {
  const proposals = (ventureId: string, actionClass: string) =>
    db.proposal.findMany({ where: { ventureId, actionClass }, include: { memo: true } });

  /** Nothing came of it: a loss of 200 a month after 9 months. */
  async function failing(autonomy: "assisted" | "auto") {
    const ventureId = await ventureWith(-200, autonomy);
    const id = await running(ventureId, 50_000);
    await measureReview(id, REVIEW, NOON);
    return { ventureId, id };
  }

  test("a return below 1× after six months is asked about where autonomy is assisted", async () => {
    const { ventureId, id } = await failing("assisted");
    expect((await readFollowMove(id, NOON)).move).toEqual({ kind: "conclude", reviewOn: REVIEW });
    await concludeReview(growthAgent, id, REVIEW, NOON);
    await concludeReview(growthAgent, id, REVIEW, NOON);
    const [proposal, ...more] = await proposals(ventureId, "growth.pause-initiative");
    expect(more).toEqual([]);
    expect(proposal).toMatchObject({ agent: "growth", reversible: true, memo: { status: "pending", version: 1 } });
    expect(await rowOf(id)).toMatchObject({ status: "running" });
    expect(await measurement(id)).toMatchObject({ consequence: "pause" });
    expect((await readFollowMove(id, NOON)).move).toMatchObject({ kind: "wait" });
  });

  test("and carried out by the policy where it is auto, with the rationale and evidence in the record", async () => {
    const { ventureId, id } = await failing("auto");
    await concludeReview(growthAgent, id, REVIEW, NOON);
    const [proposal] = await proposals(ventureId, "growth.pause-initiative");
    const memoId = proposal?.memo?.id ?? "";
    expect(proposal?.memo).toMatchObject({ status: "approved" });
    await carryOut(memoId, 1, { key: "k", now: NOON });
    await carryOut(memoId, 1, { key: "k", now: NOON });
    expect(await rowOf(id)).toMatchObject({ status: "paused" });
    const event = await db.event.findFirstOrThrow({
      where: { subject: `memo:${memoId}`, type: "memo.approved-by-policy" },
    });
    expect(event.payload).toMatchObject({ policy: { rule: "auto" } });
    expect(JSON.stringify(event.payload)).toContain("evidence");
    const paused = await db.event.count({ where: { subject: `initiative:${id}`, type: "initiative.paused" } });
    expect(paused).toBe(1);
  });

  test("one that pays goes on", async () => {
    const ventureId = await ventureWith(200, "auto");
    const id = await running(ventureId, 50_000);
    await measureReview(id, REVIEW, NOON);
    expect(await concludeReview(growthAgent, id, REVIEW, NOON)).toBe("none");
    expect(await db.proposal.count({ where: { ventureId } })).toBe(0);
  });

  test("three failures in a row go to the chairman, once, also where autonomy is auto", async () => {
    const ventureId = await ventureWith(-200, "auto");
    const earlier = ["2026-08-15", "2026-09-15"].map(async (reviewOn) => {
      const { id } = await beginInitiative({ metric: "exit_readiness" }, ventureId);
      const row = { initiativeId: id, ventureId, reviewOn: new Date(`${reviewOn}T00:00:00Z`), measuredAt: NOON };
      await db.initiativeMeasurement.create({
        data: { ...row, verdict: "worsened", monthsMeasured: 6, figures: {}, detail: {}, consequence: "none" },
      });
    });
    await Promise.all(earlier);
    const id = await running(ventureId, 50_000);
    await measureReview(id, REVIEW, NOON);
    await concludeReview(growthAgent, id, REVIEW, NOON);
    await concludeReview(growthAgent, id, REVIEW, NOON);
    const [proposal, ...more] = await proposals(ventureId, "growth.review-strategy");
    expect(more).toEqual([]);
    expect(proposal).toMatchObject({ policy: { rule: "escalation" }, memo: { status: "pending" } });
    expect(await proposals(ventureId, "growth.pause-initiative")).toHaveLength(1);
  });
});

test("the night refreshes where each stands, and gives a run to one that has none", async () => {
  const ventureId = await ventureWith(200);
  const id = await running(ventureId, 100);
  await db.initiative.update({ where: { id }, data: { runKey: null } });
  await followInitiatives(ventureId, NOON);
  await followInitiatives(ventureId, NOON);
  expect((await rowOf(id)).runKey).toBe(`initiative:${id}:${NOON.getTime()}`);
  const view = await findInitiative(ana.actor, id, ventureId);
  expect(view?.figures).toMatchObject({ spent: { value: "1" }, now: { unit: "EUR" }, target: { reason: "no-target" } });
  expect(Number(view?.figures.now?.value)).toBeGreaterThan(1_200);
  for (const part of ["now", "baseline", "spent"] as const) {
    const again = await recomputeFigure(ana.actor, view?.figures[part]?.id ?? "", NOON);
    expect(again, part).toMatchObject({ ok: true, value: { same: true } });
  }
});
