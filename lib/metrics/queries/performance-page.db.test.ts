import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { db } from "@/lib/db";
import { openFigure } from "@/lib/figures/mutations/open";
import { recomputeFigure } from "@/lib/figures/mutations/recompute";
import { getFigure, listSourceRows } from "@/lib/figures/queries";
import type { FigureView } from "@/lib/figures/schema";
import { correctMetric } from "@/lib/metrics/mutations";
import { actor, bump, makeSource, makeVenture, months, reportMonths, sell } from "@/lib/metrics/test-support/facts";
import { cohortCellView } from "../rules/point-figures";
import { getCohortTable, getMrrBridge, listCustomerMovements, listTopCustomers } from "./customers-page";
import { getVenturePerformance } from "./performance";
import { getPerformanceTable, getPerformanceTrend } from "./performance-page";

const analyst = actor("analyst");
const now = new Date("2026-11-22T09:00:00Z");
const later = new Date("2026-11-22T10:00:00Z");
const AT = new Date("2026-11-20T00:00:00Z");

let ventureId: string;

beforeEach(async () => {
  ventureId = await makeVenture();
  await reportMonths(
    ventureId,
    "revenue",
    months("2024-08", 27, (index) => 100 + index),
  );
  const planned = months("2026-08", 6, () => 150);
  const sourceId = await makeSource(ventureId, "Budget");
  await db.metricPoint.createMany({
    data: Object.entries(planned).map(([month, value]) => ({
      ...{ ventureId, metric: "revenue", sourceId, currency: "EUR", grain: "month", value: `${value}`, asOf: AT },
      ...{ basis: "plan" as const, recordedAt: AT, recordedBy: "user:analyst" },
      periodStart: new Date(`${month}-01T00:00:00Z`),
    })),
  });
  await sell(ventureId, [
    { id: "1", customer: "a", start: "2025-01-01", minor: 10_000 },
    { id: "2", customer: "b", start: "2025-06-15", end: "2026-09-15", minor: 5_000 },
    { id: "3", customer: "b", start: "2026-10-02", minor: 4_000 },
    { id: "4", customer: "c", start: "2026-03-01", end: "2026-10-01", minor: 3_000 },
    { id: "5", customer: "c", start: "2026-10-01", minor: 3_600 },
  ]);
});

async function opened(view: FigureView | null | undefined): Promise<FigureView> {
  if (!view?.ask) throw new Error("nothing to open");
  const outcome = await openFigure(analyst, view.id, view.ask, now);
  if (!outcome.ok) throw new Error(outcome.refusal);
  return outcome.value;
}

const rowOf = async (key: string, span: 1 | 3 | 12, month: string | null = null) => {
  const { groups } = await getPerformanceTable(analyst, ventureId, { month, span }, now);
  return groups.flatMap(({ rows }) => rows).find((row) => row.key === key);
};

describe("the table of a window", () => {
  test.each([
    // Revenue is 100 + i from August 2024 (i = 0): October 2026 is 126.
    ["revenue_…m", 1, "126", "125", "114", "150"],
    ["revenue_…m", 3, "375", "366", "339", "450"],
    ["growth_rate", 3, (375 / 339 - 1).toFixed(8), (366 / 330 - 1).toFixed(8), (339 / 303 - 1).toFixed(8), null],
    ["mrr", 3, "176", "180", "150", null],
    // Of a, b, c in July: b left and came back with 40 of 50, c pays 36 of 30.
    ["net_revenue_retention", 3, (176 / 180).toFixed(8), "1", "1", null],
    ["gross_revenue_retention", 3, (170 / 180).toFixed(8), "1", "1", null],
  ] as const)("%s over %i months", async (key, span, value, previous, yearBefore, plan) => {
    const row = await rowOf(key, span);
    const round = (view: FigureView | null | undefined) =>
      view?.value == null ? null : String(Number(Number(view.value).toFixed(8)));
    const plain = (text: string | null) => (text === null ? null : String(Number(text)));
    expect([row?.now, row?.previous, row?.yearBefore].map(round)).toEqual([value, previous, yearBefore].map(plain));
    if (plan !== null) expect(round(row?.plan)).toBe(plan);
  });

  test("the number that the desk quotes stands beside a window of another length, and only there", async () => {
    for (const span of [1, 3, 12] as const) {
      const { measures } = await getVenturePerformance(analyst, ventureId, "2026-11-22");
      for (const key of ["growth_rate", "mrr"]) {
        const desk = measures.find((measure) => measure.key === key)?.figure;
        const row = await rowOf(key, span);
        const shown = row?.headline ?? row?.now;
        expect([key, span, shown?.id, shown?.value]).toEqual([key, span, desk?.id, desk?.value]);
        expect(row?.headline === null).toBe(row?.now.id === desk?.id);
      }
    }
    expect((await opened((await rowOf("growth_rate", 12))?.headline)).value).not.toBeNull();
  });

  test("a plan is compared with what really was a year before", async () => {
    const row = await rowOf("growth_rate", 3);
    expect(Number(row?.plan?.value)).toBeCloseTo(450 / 339 - 1, 12);
    const proof = await getFigure(analyst, (await opened(row?.plan)).id);
    expect(proof.inputs.flatMap((input) => input.figure?.label ?? [])).toEqual([
      "Revenue, 3 months, planned",
      "Revenue, the same 3 months a year before",
    ]);
  });

  test("writes nothing until a number is opened, and then what it rests on", async () => {
    const row = await rowOf("growth_rate", 3);
    expect(await db.figure.count({ where: { ventureId } })).toBe(0);
    const view = await opened(row?.now);
    expect(view).toMatchObject({ id: row?.now.id, value: row?.now.value, revision: 1 });
    expect(await db.figure.count({ where: { ventureId } })).toBe(3);
    expect(await opened(row?.now)).toMatchObject({ revision: 1 });
    expect(await recomputeFigure(analyst, view.id, later)).toMatchObject({ ok: true, value: { same: true } });
  });

  test.each(["revenue_…m", "mrr", "net_revenue_retention", "logo_churn", "growth_rate"])(
    "%s of a month chosen is computed again the same, for each window",
    async (key) => {
      for (const span of [1, 3, 12] as const) {
        const row = await rowOf(key, span, "2026-05");
        const view = await opened(row?.now);
        expect([view.asOf, view.value]).toEqual(["2026-05-31", row?.now.value ?? null]);
        expect(await recomputeFigure(analyst, view.id, later)).toMatchObject({ ok: true, value: { same: true } });
      }
    },
  );
});

describe("a trend", () => {
  test.each(["mrr", "net_revenue_retention", "quick_ratio", "growth_rate", "new_customers_…m"])(
    "of %s has at each month what the whole computation says of that month",
    async (key) => {
      for (const span of [1, 3, 12] as const) {
        const trend = await getPerformanceTrend(analyst, ventureId, { key, span, through: "2026-10-31", months: 14 });
        for (const { day, figure } of trend.actual) {
          const row = await rowOf(key, span, day.slice(0, 7));
          expect([day, figure?.id, figure?.value ?? null]).toEqual([day, row?.now.id, row?.now.value ?? null]);
        }
      }
    },
    60_000,
  );

  test("of MRR goes through a month whose accounts are missing, and one of revenue does not", async () => {
    await db.metricPoint.deleteMany({ where: { ventureId, basis: "actual", periodStart: new Date("2026-02-01") } });
    const at = async (key: string) => {
      const { actual } = await getPerformanceTrend(analyst, ventureId, { key, span: 12, through: "2026-10-31" });
      return actual.find(({ day }) => day === "2026-02-28")?.figure ?? null;
    };
    const [mrr, customers] = [await at("mrr"), await at("customers")];
    expect([mrr?.value, customers?.value, (await at("revenue_…m"))?.value ?? null]).toEqual(["150", "2", null]);
    for (const figure of [mrr, customers]) {
      const view = await opened(figure);
      expect(await recomputeFigure(analyst, view.id, later)).toMatchObject({ ok: true, value: { same: true } });
    }
  });

  test("has the plan's months beside it, also those to come", async () => {
    const asked = { key: "revenue_…m", span: 1, through: "2026-10-31" } as const;
    const { plan } = await getPerformanceTrend(analyst, ventureId, asked);
    expect(plan.map(({ day }) => day.slice(0, 7))).toEqual(Object.keys(months("2026-08", 6, () => 0)));
    expect((await opened(plan.at(-1)?.figure)).value).toBe("150");
  });
});

describe("customers", () => {
  const range = { from: "2026-08-01", to: "2026-10-31" };

  test("movements name who, what and when, and open to that customer's subscriptions", async () => {
    const asked = { ...range, type: null, search: "", sort: "amount", descending: true, page: 1 } as const;
    const { rows, total } = await listCustomerMovements(analyst, ventureId, asked);
    expect(total).toBe(3);
    expect(rows.map((row) => [row.customer, row.type, row.month, row.change.value])).toEqual([
      ["b", "reactivation", "2026-10", "40"],
      ["c", "expansion", "2026-10", "6"],
      ["b", "churn", "2026-09", "-50"],
    ]);
    const change = await opened(rows[1]?.change);
    const page = await listSourceRows(analyst, change.id);
    expect(page.rows.map((row) => row.cells[0])).toEqual(["4", "5"]);
    expect(await recomputeFigure(analyst, change.id, later)).toMatchObject({ ok: true, value: { same: true } });
    const lost = await listCustomerMovements(analyst, ventureId, { ...asked, type: "churn", search: "B" });
    expect([lost.total, lost.rows[0]?.customer]).toEqual([1, "b"]);
  });

  test("say why they know nothing, instead of that nothing happened", async () => {
    const empty = await makeVenture();
    const asked = { ...range, type: null, search: "", sort: "amount", descending: true, page: 1 } as const;
    expect(await listCustomerMovements(analyst, empty, asked)).toMatchObject({ rows: [], reason: "no-data" });
    expect(await listTopCustomers(analyst, empty, range)).toEqual({ rows: [], reason: "no-data" });
    await sell(ventureId, [{ id: "1", customer: "a", start: "2025-01-01", minor: 70_000 }], "Second source");
    expect(await listCustomerMovements(analyst, ventureId, asked)).toMatchObject({ rows: [], reason: "contradiction" });
    const cohorts = await getCohortTable(analyst, ventureId, { through: "2026-10-31", by: "customers" });
    expect(cohorts).toMatchObject({ rows: [], reason: "contradiction" });
    expect(await getMrrBridge(analyst, ventureId, { from: "2026-03", to: "2026-10" })).toEqual({
      reason: "contradiction",
    });
  });

  test("a bridge over any range of months closes, and each step is proven", async () => {
    const bridge = await getMrrBridge(analyst, ventureId, { from: "2026-03", to: "2026-10" });
    if ("reason" in bridge) throw new Error(bridge.reason);
    const [start = 0, gained = 0, more = 0, less = 0, lost = 0, back = 0, end] = bridge.steps.map((step) =>
      Number(step.value),
    );
    expect(start + gained + more + back - less - lost).toBe(end);
    for (const step of bridge.steps) {
      const view = await opened(step);
      expect(view.value).toBe(step.value);
      expect(await recomputeFigure(analyst, view.id, later)).toMatchObject({ ok: true, value: { same: true } });
    }
  });

  test("cells of cohorts are shares of the first month, by number and by revenue", async () => {
    for (const by of ["customers", "revenue"] as const) {
      const { rows, args } = await getCohortTable(analyst, ventureId, { through: "2026-10-31", by });
      const row = rows.find(({ month }) => month === "2026-03");
      const cell = row?.cells[7];
      expect(cell?.value).toBe(by === "customers" ? "1" : "1.2");
      const view = cell && (await opened(cohortCellView(cell, { ...args, cohort: "2026-03", offset: 7 })));
      expect(view?.value).toBe(cell?.value);
      expect(await recomputeFigure(analyst, view?.id ?? "", later)).toMatchObject({ ok: true, value: { same: true } });
    }
  });

  test("the largest customers add up to what was invoiced", async () => {
    const sourceId = await makeSource(ventureId, "Billing");
    await db.invoice.createMany({
      data: [
        { externalId: "i1", customerExternalId: "a", amountMinor: 60_000n },
        { externalId: "i2", customerExternalId: "b", amountMinor: 50_000n },
        { externalId: "i3", customerExternalId: "b", amountMinor: -10_000n },
      ].map((row) => ({
        ...{
          ...row,
          ventureId,
          sourceId,
          currency: "EUR",
          issuedOn: new Date("2026-09-03T00:00:00Z"),
          kind: "recurring",
        },
        ...{ status: "paid", asOf: AT, recordedAt: AT, recordedBy: "user:analyst" },
      })),
    });
    await bump(ventureId, "invoices");
    const { rows } = await listTopCustomers(analyst, ventureId, range);
    expect(rows.map((row) => [row.customer, row.amount.value, row.share.value])).toEqual([
      ["a", "600", "0.6"],
      ["b", "400", "0.4"],
    ]);
    const share = await opened(rows[1]?.share);
    expect(await recomputeFigure(analyst, share.id, later)).toMatchObject({ ok: true, value: { same: true } });
  });
});

describe("opening", () => {
  test("is not for those who may not see the venture, nor for a question that is none", async () => {
    const row = await rowOf("mrr", 3);
    const view = row?.now;
    if (!view?.ask) throw new Error("nothing to open");
    const stranger = actor("analyst", [await makeVenture()]);
    await expect(openFigure(stranger, view.id, view.ask, now)).rejects.toThrow("NOT_FOUND");
    for (const of of ["constructor", "__proto__", "passwords"]) {
      await expect(openFigure(analyst, view.id, { ...view.ask, of }, now)).rejects.toThrow("NOT_FOUND");
    }
  });

  test("never stores anything but the figure asked for, whatever the arguments", async () => {
    const row = await rowOf("mrr", 3);
    const wild = fc.dictionary(
      fc.constantFrom("asOf", "span", "basis", "day", "customer"),
      fc.string({ maxLength: 12 }),
    );
    await fc.assert(
      fc.asyncProperty(wild, async (args) => {
        const ask = { of: "performance", args: { ...args, venture: ventureId } };
        expect(await openFigure(analyst, row?.now.id ?? "", ask, now)).toMatchObject({ ok: false });
      }),
      { numRuns: 20 },
    );
    expect(await db.figure.count({ where: { ventureId } })).toBe(0);
  });
});

test("rows behind a revision are those it was computed from, marked when they were replaced since", async () => {
  const row = await rowOf("revenue_…m", 3);
  const before = await opened(row?.now);
  const point = await db.metricPoint.findFirstOrThrow({
    where: { ventureId, metric: "revenue", basis: "actual", periodStart: new Date("2026-09-01T00:00:00Z") },
  });
  const at = new Date("2026-11-22T09:30:00Z");
  const correction = { ventureId, pointId: `${point.id}`, value: "500", reason: "Late invoice" };
  expect(await correctMetric(analyst, correction, at)).toMatchObject({ ok: true });
  expect(await recomputeFigure(analyst, before.id, later)).toMatchObject({ ok: true, value: { same: false } });
  const values = async (revision: number) =>
    (await listSourceRows(analyst, before.id, { revision })).rows.map((one) => [one.cells[2], one.supersededAt]);
  expect(await values(1)).toEqual([
    ["124", null],
    ["125", at.toISOString()],
    ["126", null],
  ]);
  expect(await values(2)).toEqual([
    ["124", null],
    ["500", null],
    ["126", null],
  ]);
});

test("each point of a venture's charts opens to the same number", async () => {
  await reportMonths(
    ventureId,
    "cash",
    months("2026-05", 6, (index) => 900 - index),
  );
  const { series } = await getVenturePerformance(analyst, ventureId);
  const charted = series.filter(({ key }) => ["revenue", "mrr", "cash"].includes(key));
  expect(charted.map(({ key }) => key).sort()).toEqual(["cash", "mrr", "revenue"]);
  for (const { key, points } of charted) {
    const point = points.at(-3);
    const view = await opened(point?.figure);
    expect([key, Number(view.value)]).toEqual([key, Number(point?.value)]);
    expect(await recomputeFigure(analyst, view.id, later)).toMatchObject({ ok: true, value: { same: true } });
  }
});
