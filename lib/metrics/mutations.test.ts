import { beforeAll, describe, expect, test } from "vitest";
import { callTool } from "@/lib/agents/define-tool";
import { db } from "@/lib/db";
import { correctMetric, refreshSnapshot, setBookOfRecord } from "./mutations";
import { getVenturePerformance, listContradictions, listPointHistory, listSeries, listSnapshots } from "./queries";
import { actor, makeSource, makeVenture, months, reportMonths, sell } from "./test-support/facts";
import { ventureMetricsTools } from "./tools";

const analyst = actor("analyst");
const now = new Date("2026-11-22T09:00:00Z");
const TODAY = "2026-11-22";

const pointOf = async (ventureId: string, metric: string, month: string, source?: string) => {
  const row = await db.metricPoint.findFirstOrThrow({
    where: {
      ...{ ventureId, metric, supersededAt: null, periodStart: new Date(`${month}-01T00:00:00Z`) },
      ...(source ? { sourceId: await makeSource(ventureId, source) } : {}),
    },
  });
  return row.id.toString();
};

const correction = (ventureId: string, pointId: string, value: string) => ({
  ...{ ventureId, pointId, value },
  reason: "Booked twice",
});

describe("correcting a stored value", () => {
  test("keeps the old value, says who and why, moves the data set and records the event", async () => {
    const ventureId = await makeVenture();
    await reportMonths(ventureId, "revenue", { "2026-09": 1_000, "2026-10": 1_100 });
    const pointId = await pointOf(ventureId, "revenue", "2026-10");
    const outcome = await correctMetric(analyst, correction(ventureId, pointId, "1050.25"), now);
    if (!outcome.ok) throw new Error(outcome.refusal);
    const history = await listPointHistory(analyst, outcome.value.pointId);
    expect(history.map((row) => [row.value, row.reason, row.supersededAt !== null])).toEqual([
      ["1050.25", "Booked twice", false],
      ["1100", null, true],
    ]);
    expect(history[0]?.recordedBy).toBe("user:analyst");
    const [series] = await listSeries(analyst, ventureId, TODAY);
    expect(series?.points.map((point) => point.value)).toEqual(["1000", "1050.25"]);
    const version = await db.datasetVersion.findFirstOrThrow({ where: { ventureId, dataset: "metric:revenue" } });
    expect(version.version).toBe(2);
    const event = await db.event.findFirstOrThrow({ where: { chain: ventureId, type: "metric.corrected" } });
    expect(event.payload).toMatchObject({ metric: "revenue", from: "1100", to: "1050.25", reason: "Booked twice" });
  });

  test("of twenty corrections of one value at once exactly one wins", async () => {
    const ventureId = await makeVenture();
    await reportMonths(ventureId, "cash", { "2026-10": 500 });
    const pointId = await pointOf(ventureId, "cash", "2026-10");
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, index) => correctMetric(analyst, correction(ventureId, pointId, `${index}`), now)),
    );
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect(outcomes.filter((outcome) => !outcome.ok && outcome.refusal === "CHANGED_SINCE")).toHaveLength(19);
    expect(await db.metricPoint.count({ where: { ventureId, supersededAt: null } })).toBe(1);
    expect(await db.event.count({ where: { chain: ventureId } })).toBe(1);
  });

  test("refuses the same value, a value that the metric cannot have, and a venture out of sight", async () => {
    const ventureId = await makeVenture();
    await reportMonths(ventureId, "customers", { "2026-10": 12 }, "CRM", null);
    const pointId = await pointOf(ventureId, "customers", "2026-10");
    const refused = async (value: string) => {
      const outcome = await correctMetric(analyst, correction(ventureId, pointId, value), now);
      return outcome.ok ? null : outcome.refusal;
    };
    expect(await refused("12.0")).toBe("SAME_VALUE");
    expect(await refused("-1")).toBe("NOT_ALLOWED_VALUE");
    const stranger = actor("analyst", [await makeVenture()]);
    await expect(correctMetric(stranger, correction(ventureId, pointId, "13"), now)).rejects.toThrow("NOT_FOUND");
    await expect(listPointHistory(stranger, pointId)).rejects.toThrow("NOT_FOUND");
    await expect(listSeries(stranger, ventureId, TODAY)).rejects.toThrow("NOT_FOUND");
  });
});

describe("sources that disagree", () => {
  let ventureId: string;
  beforeAll(async () => {
    ventureId = await makeVenture();
    const books = months("2025-08", 15, (index) => 1_000 + index);
    await reportMonths(ventureId, "revenue", books, "Books");
    await reportMonths(ventureId, "revenue", { ...books, "2026-10": 2_000, "2026-08": 1_012.5 }, "Bank");
  });

  const growth = async () => {
    const { measures, warnings } = await getVenturePerformance(analyst, ventureId, TODAY);
    return { figure: measures.find((row) => row.key === "growth_rate")?.figure, warnings };
  };

  test("are listed beyond the tolerance only, and figures on them are unknown until somebody chooses", async () => {
    const list = await listContradictions(analyst, ventureId);
    expect(list).toHaveLength(1);
    expect(list[0]).toMatchObject({ metric: "revenue", periodStart: "2026-10-01", believed: null });
    expect(list[0]?.values.map((value) => [value.source, value.value])).toContainEqual(["Bank", "2000"]);
    const { figure, warnings } = await growth();
    expect(figure).toMatchObject({ value: null, reason: "contradiction" });
    expect(warnings[0]).toContain("Sources disagree on 1 values of revenue");
  });

  test("with a book of record its value is used, and the formula says so", async () => {
    const sourceId = await makeSource(ventureId, "Books");
    const choice = { ventureId, metric: "revenue", sourceId, reason: "Audited" };
    expect((await setBookOfRecord(analyst, choice, now)).ok).toBe(true);
    expect(await setBookOfRecord(analyst, choice, now)).toMatchObject({ ok: false, refusal: "SAME_VALUE" });
    const { figure, warnings } = await growth();
    // (1012 + 1013 + 1014) ÷ (1000 + 1001 + 1002) − 1
    expect(Number(figure?.value)).toBeCloseTo(3_039 / 3_003 - 1, 12);
    expect(warnings[0]).toContain("Books is used, as the book of record");
    const { figures } = await getVenturePerformance(analyst, ventureId, TODAY);
    expect(figures.find((one) => one.label === "Revenue, 3 months")?.formula).toContain("Books is the book of record");
    expect((await listContradictions(analyst, ventureId))[0]).toMatchObject({
      believed: "Books",
      believedSourceId: sourceId,
    });
  });
});

describe("the performance of a venture", () => {
  let ventureId: string;
  beforeAll(async () => {
    ventureId = await makeVenture();
    const report = (metric: string, of: (index: number) => number, currency: string | null = "EUR") =>
      reportMonths(ventureId, metric, months("2024-11", 24, of), "Accounts", currency);
    await report("revenue", (index) => 1_000 + 100 * index);
    await report("cost_of_revenue", (index) => 250 + 25 * index);
    await report("net_burn", () => 200);
    await report("cash", (index) => 10_000 - 200 * index);
    await report("ebitda", () => -150);
    await report("sales_and_marketing", () => 300);
    await report("key_people", () => 8, null);
    await report("key_people_left", (index) => (index === 20 ? 1 : 0), null);
    await sell(ventureId, [
      { id: "1", customer: "a", start: "2024-11-01", minor: 50_000 },
      { id: "2", customer: "b", start: "2024-12-01", end: "2026-03-15", minor: 30_000 },
      { id: "3", customer: "c", start: "2025-02-01", end: "2026-06-01", minor: 20_000 },
      { id: "4", customer: "c", start: "2026-06-01", minor: 240_000, interval: "year", quantity: 2 },
      { id: "5", customer: "d", start: "2026-02-01", minor: 90_000, interval: "quarter" },
      { id: "6", customer: "e", start: "2026-07-01", minor: 10_000 },
    ]);
  });

  // By hand: October 2025 a 500, b 300, c 200; October 2026 a 500, c 400, d 300, e 100.
  test.each([
    ["mrr", 1_300, null],
    ["arr", 15_600, null],
    ["customers", 4, null],
    ["arpa", 325, null],
    ["net_revenue_retention", 0.9, null],
    ["gross_revenue_retention", 0.7, null],
    ["logo_churn", 1 / 3, null],
    ["quick_ratio", 600 / 300, null],
    ["growth_rate", (3_100 + 3_200 + 3_300) / (1_900 + 2_000 + 2_100) - 1, "excellent"],
    ["gross_margin_ratio", 0.75, null],
    ["monthly_net_burn", 200, null],
    ["cash", 5_400, null],
    ["cash_runway", 27, "healthy"],
    ["burn_multiple", 2_400 / 3_600, null],
    ["magic_number", ((3_100 + 3_200 + 3_300 - 2_800 - 2_900 - 3_000) * 4) / 900, null],
    ["cac", 3_600 / 2, null],
    ["cac_payback", 1_800 / (325 * 0.75), null],
    ["customer_concentration", 1_200 / 1_300, "concentrated"],
    ["team_retention", 7 / 8, "stable"],
  ])("%s is %f", async (key, value, level) => {
    const { measures, billingThrough, financeThrough } = await getVenturePerformance(analyst, ventureId, TODAY);
    expect([billingThrough, financeThrough]).toEqual(["2026-10-31", "2026-10-31"]);
    const measure = measures.find((row) => row.key === key);
    expect(Number(measure?.figure.value)).toBeCloseTo(value, 9);
    expect(measure?.level?.word ?? null).toBe(level);
  });

  test("what is missing is a gap with its reason, never zero", async () => {
    const { gaps, measures } = await getVenturePerformance(analyst, ventureId, TODAY);
    expect(gaps.map((gap) => gap.key).sort()).toEqual(["exit_readiness", "valuation", "valuation_change"]);
    expect(measures.find((row) => row.key === "exit_readiness")?.level?.tone).toBe("unknown");
  });

  test("months that are not complete on the day are not counted", async () => {
    const { financeThrough } = await getVenturePerformance(analyst, ventureId, "2026-10-30");
    expect(financeThrough).toBe("2026-09-30");
  });

  test("the snapshot holds the same figures, one row, stored once", async () => {
    await refreshSnapshot(ventureId, now);
    await refreshSnapshot(ventureId, new Date("2026-11-22T10:00:00Z"));
    const snapshots = await listSnapshots(analyst);
    const snapshot = snapshots.find((row) => row.ventureId === ventureId);
    expect(snapshots.filter((row) => row.ventureId === ventureId)).toHaveLength(1);
    expect(snapshot?.measures.mrr).toMatchObject({ value: "1300", revision: 1, unit: "EUR" });
    expect(snapshot?.measures.mrr?.spark.at(-1)).toBe(1_300);
    expect(snapshot?.measures.growth_rate?.spark).toHaveLength(12);
    expect(snapshot).toMatchObject({ freshness: "fresh", freshnessDays: 2, contradictions: 0, asOf: TODAY });
    const revisions = await db.figure.findMany({ where: { ventureId } });
    expect(revisions.every((row) => row.revision === 1)).toBe(true);
    expect(await listSnapshots(actor("analyst", [await makeVenture()]))).toEqual([]);
  });

  test("the agents' tool answers the same figures, to those who may see the venture", async () => {
    const tool = ventureMetricsTools.find((one) => one.name === "venture.performance");
    if (!tool) throw new Error("no tool");
    const venture = await db.venture.findUniqueOrThrow({ where: { id: ventureId } });
    const call = { agent: "growth" as const, runId: null, now };
    const answer = await callTool(tool, { venture: venture.slug, asOf: TODAY }, { ...call, actor: analyst });
    if (!answer.ok) throw new Error(answer.error.message);
    expect(() => tool.output.parse(answer.result)).not.toThrow();
    const { measures } = answer.result as { measures: { key: string; figure: string }[] };
    const ids = new Set(answer.figures.map((figure) => figure.id));
    expect(measures.every((row) => ids.has(row.figure))).toBe(true);
    const stranger = actor("analyst", [await makeVenture()]);
    expect(await callTool(tool, { venture: ventureId }, { ...call, actor: stranger })).toMatchObject({
      error: { code: "NOT_FOUND", path: "venture" },
    });
    expect(await callTool(tool, { venture: ventureId }, { ...call, actor: null })).toMatchObject({
      error: { code: "FORBIDDEN" },
    });
  });
});

test("another currency counts at the stored rate of the day, and without a rate it is unknown", async () => {
  const ventureId = await makeVenture("CHF");
  await sell(ventureId, [{ id: "1", customer: "a", start: "2025-01-01", minor: 10_000, currency: "NOK" }]);
  const mrr = async () => {
    const { measures } = await getVenturePerformance(analyst, ventureId, TODAY);
    return measures.find((row) => row.key === "mrr")?.figure;
  };
  expect(await mrr()).toMatchObject({ value: null, reason: "missing-fx-rate" });
  const day = new Date("2026-10-30T00:00:00Z");
  await db.fxRate.create({ data: { base: "CHF", quote: "NOK", day, rate: "12.5", source: "test" } });
  expect(await mrr()).toMatchObject({ value: "8", unit: "CHF" });
});

test("a venture whose cash does not fall has no end of its runway, and that is healthy", async () => {
  const ventureId = await makeVenture();
  await reportMonths(
    ventureId,
    "revenue",
    months("2026-08", 3, () => 10),
  );
  await reportMonths(
    ventureId,
    "net_burn",
    months("2026-08", 3, () => -5),
  );
  await reportMonths(
    ventureId,
    "cash",
    months("2026-08", 3, () => 100),
  );
  const { measures } = await getVenturePerformance(analyst, ventureId, TODAY);
  const runway = measures.find((row) => row.key === "cash_runway");
  expect(runway?.figure).toMatchObject({ value: null, reason: "not-burning" });
  expect(runway?.level?.tone).toBe("healthy");
});
