import { beforeEach, describe, expect, test } from "vitest";
import { db } from "@/lib/db";
import { correctMetric, refreshSnapshot } from "@/lib/metrics/mutations";
import { listSnapshots } from "@/lib/metrics/queries";
import { actor, makeVenture, months, reportMonths, sell } from "@/lib/metrics/test-support/facts";
import { saveFigures } from "./mutations";
import { recomputeFigure } from "./mutations/recompute";
import { getFigure, listDependants, listFigureViews, listSourceRows, sourceRowsCsv, staleFigures } from "./queries";
import { makeFigure } from "./rules";

const analyst = actor("analyst");
const now = new Date("2026-11-22T09:00:00Z");
const later = new Date("2026-11-22T10:00:00Z");

let ventureId: string;

beforeEach(async () => {
  ventureId = await makeVenture();
  await reportMonths(
    ventureId,
    "revenue",
    months("2025-08", 15, (index) => 100 + index),
  );
  await reportMonths(
    ventureId,
    "net_burn",
    months("2026-08", 3, () => 50),
  );
  await reportMonths(
    ventureId,
    "cash",
    months("2026-07", 4, () => 900),
  );
  await sell(ventureId, [
    { id: "1", customer: "a", start: "2025-01-01", minor: 10_000 },
    { id: "2", customer: '=cmd|"x"', start: "2025-06-01", end: "2026-10-01", minor: 5_000 },
    { id: "3", customer: "c", start: "2026-03-01", minor: 0 },
  ]);
  await refreshSnapshot(ventureId, now);
});

const measure = async (key: string) => {
  const [snapshot] = (await listSnapshots(analyst)).filter((row) => row.ventureId === ventureId);
  const found = snapshot?.measures[key];
  if (!found) throw new Error(`no ${key}`);
  return found;
};

const correctRevenue = async (month: string, value: string) => {
  const periodStart = new Date(`${month}-01T00:00:00Z`);
  const point = await db.metricPoint.findFirstOrThrow({
    where: { ventureId, metric: "revenue", supersededAt: null, periodStart },
  });
  const outcome = await correctMetric(
    analyst,
    { ventureId, pointId: `${point.id}`, value, reason: "Late invoice" },
    later,
  );
  expect(outcome.ok).toBe(true);
};

describe("the proof of a figure", () => {
  test("opens to its formula, its inputs as figures, and the stored rows of those", async () => {
    const growth = await measure("growth_rate");
    const proof = await getFigure(analyst, growth.id);
    expect(proof.formula).toContain("a year before");
    expect(proof.figure).toMatchObject({ revision: 1, stale: null, asOf: "2026-10-31" });
    const inputs = proof.inputs.flatMap((input) => input.figure ?? []);
    expect(inputs.map((input) => input.value)).toEqual(["339", "303"]);
    const [recent] = inputs;
    const rows = await listSourceRows(analyst, recent?.id ?? "");
    expect(rows).toMatchObject({ dataset: "metric:revenue", total: 3, page: 1 });
    expect(rows.rows.map((row) => [row.cells[0], row.cells[2], row.cells[4]])).toEqual([
      ["2026-08-01", "112", "Accounts"],
      ["2026-09-01", "113", "Accounts"],
      ["2026-10-01", "114", "Accounts"],
    ]);
    const dependants = await listDependants(analyst, recent?.id ?? "");
    expect(dependants.map((one) => one.id)).toContain(growth.id);
  });

  test("MRR opens to exactly the subscriptions that are paid", async () => {
    const mrr = await measure("mrr");
    const page = await listSourceRows(analyst, mrr.id);
    expect(page.rows.map((row) => row.cells[0])).toEqual(["1"]);
    expect(page.total).toBe(1);
    const retention = await measure("net_revenue_retention");
    const both = await listSourceRows(analyst, retention.id, { pageSize: 1, page: 2 });
    expect([both.total, both.rows[0]?.cells[0]]).toEqual([2, "2"]);
  });

  test("the file of rows carries the figure's id, and no cell of it is a formula", async () => {
    const { id } = await measure("net_revenue_retention");
    let text = "";
    for await (const part of await sourceRowsCsv(analyst, id, 0)) text += part;
    const lines = text.trim().split("\r\n");
    expect(lines[0]).toBe(
      "figure,subscription,customer,start,end,amount,currency,interval,quantity,import,row,correction",
    );
    expect(lines).toHaveLength(3);
    expect(lines[2]).toBe(`${id},2,"'=cmd|""x""",2025-06-01,2026-10-01,50,EUR,month,1,,,`);
  });

  test("is not there for those who may not see the venture", async () => {
    const { id, revision } = await measure("growth_rate");
    const stranger = actor("analyst", [await makeVenture()]);
    await expect(getFigure(stranger, id)).rejects.toThrow("NOT_FOUND");
    await expect(listSourceRows(stranger, id)).rejects.toThrow("NOT_FOUND");
    await expect(recomputeFigure(stranger, id, now)).rejects.toThrow("NOT_FOUND");
    expect(await listFigureViews(stranger, [{ id, revision }])).toEqual([]);
  });
});

describe("a figure is stale", () => {
  test("when a data set below it changed, and current again when the value stays the same", async () => {
    const { id, revision } = await measure("growth_rate");
    const runway = await measure("cash_runway");
    const refs = [
      { id, revision },
      { id: runway.id, revision: runway.revision },
    ];
    expect(await staleFigures(refs)).toEqual([]);
    // A month outside of both windows: the data set moves, the value does not.
    await correctRevenue("2026-02", "999");
    expect(await staleFigures(refs)).toEqual([
      {
        id,
        revision,
        label: "Growth rate, year over year",
        reason: "The stored values of revenue changed after it was computed",
      },
    ]);
    expect((await measure("growth_rate")).stale).toContain("changed");
    await refreshSnapshot(ventureId, later);
    expect(await staleFigures(refs)).toEqual([]);
    expect((await measure("growth_rate")).stale ?? null).toBeNull();
  });

  test("but not when one that was stored before is quoted again: it is what it was, and no newer revision", async () => {
    const figure = (value: string, version: number) =>
      makeFigure({
        ...{ label: "Backlog", value, unit: "EUR", asOf: "2026-11-22", method: "test.backlog@1", formula: "Σ backlog" },
        inputs: { venture: { value: ventureId } },
        sources: [{ kind: "dataset", ventureId, dataset: "backlog", version, rows: 1, filter: {} }],
      });
    const at = { ventureId, dataset: "backlog", changedAt: now };
    const store = (one: ReturnType<typeof figure>) => db.$transaction((tx) => saveFigures(tx, ventureId, [one], later));
    await db.datasetVersion.create({ data: { ...at, version: 1 } });
    const [old] = await store(figure("5", 1));
    await db.datasetVersion.updateMany({ where: { ventureId, dataset: "backlog" }, data: { version: 2 } });
    const [fresh] = await store(figure("5", 2));
    const [again] = await store(figure("5", 1));
    expect([old, fresh, again].map((ref) => ref?.revision)).toEqual([1, 2, 1]);
    expect(await staleFigures(fresh ? [fresh] : [])).toEqual([]);
    const [moved] = await store(figure("6", 2));
    expect([moved?.revision, (await store(figure("5", 1)))[0]?.revision]).toEqual([3, 1]);
  });

  test("when it or an input was computed again with another value", async () => {
    const { id, revision } = await measure("growth_rate");
    await correctRevenue("2026-10", "200");
    await refreshSnapshot(ventureId, later);
    expect(await staleFigures([{ id, revision }])).toEqual([
      { id, revision, label: "Growth rate, year over year", reason: "It was computed again, with another value" },
    ]);
    const proof = await getFigure(analyst, id, revision);
    expect(proof.figure.stale).toContain("another value");
    expect(proof.revisions.map((row) => row.revision)).toEqual([2, 1]);
    expect((await getFigure(analyst, id)).figure.stale).toBeNull();
  });
});

describe("recomputing", () => {
  test.each([
    "growth_rate",
    "mrr",
    "net_revenue_retention",
    "cash_runway",
    "ltv_to_cac",
    "rule_of_40",
    "team_retention",
  ])("%s comes out the same from the same data, as the same revision", async (key) => {
    const { id, revision, value, reason } = await measure(key);
    const outcome = await recomputeFigure(analyst, id, later);
    expect(outcome).toMatchObject({
      ok: true,
      value: { same: true, before: { revision, value, reason }, after: { revision, value, reason } },
    });
  });

  test("every stored figure of a venture can be computed again", async () => {
    const ids = await db.figure.findMany({ where: { ventureId }, select: { id: true, label: true } });
    expect(ids.length).toBeGreaterThan(40);
    for (const { id, label } of ids) {
      const outcome = await recomputeFigure(analyst, id, later);
      expect([label, outcome.ok && outcome.value.same]).toEqual([label, true]);
    }
  }, 120_000);

  test("says what differs after a correction, and stores it as a new revision with an event", async () => {
    const { id } = await measure("growth_rate");
    await correctRevenue("2026-10", "217");
    const outcome = await recomputeFigure(analyst, id, later);
    if (!outcome.ok) throw new Error(outcome.refusal);
    expect(outcome.value.same).toBe(false);
    expect(outcome.value.after.revision).toBe(2);
    // (112 + 113 + 217) ÷ 303 − 1
    expect(Number(outcome.value.after.value)).toBeCloseTo(442 / 303 - 1, 12);
    const event = await db.event.findFirstOrThrow({ where: { chain: ventureId, type: "figure.recomputed" } });
    expect(event.subject).toBe(`figure:${id}`);
    expect((await getFigure(analyst, id)).figure.stale).toBeNull();
  });

  test("numbers that a caller gave have nothing to be computed from again", async () => {
    const figure = makeFigure({
      ...{ label: "What if", value: "1", unit: "ratio", asOf: "2026-11-22", method: "metrics.ruleOf40@1" },
      formula: "growth + margin",
      inputs: { growth: { value: "1" } },
      sources: [{ kind: "given", by: "caller" }],
    });
    await db.$transaction((tx) => saveFigures(tx, null, [figure], now));
    expect(await recomputeFigure(analyst, figure.id, now)).toMatchObject({ ok: false, refusal: "NOT_RECOMPUTABLE" });
  });

  test("two refreshes at once store each revision once", async () => {
    await correctRevenue("2026-10", "300");
    await Promise.all([refreshSnapshot(ventureId, later), refreshSnapshot(ventureId, later)]);
    const { id } = await measure("growth_rate");
    expect(await db.figure.count({ where: { id } })).toBe(2);
  });
});
