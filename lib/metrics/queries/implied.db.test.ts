import { beforeEach, expect, test } from "vitest";
import { mintActor } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { listImpliedContradictions } from "./implied";
import { getVenturePerformance } from "./performance";

const actor = mintActor({
  ...{ id: "ana", ref: "user:ana", name: "Ana", role: "analyst", ventures: "all", sessionId: null, steppedUpAt: null },
});
let made = 0;
let venture = { id: "", currency: "EUR" };
let sourceId = "";

beforeEach(async () => {
  made += 1;
  const base = { name: `Implied ${made}`, sector: "Robotics", businessModel: "saas", currency: "EUR", country: "DE" };
  const row = await db.venture.create({ data: { ...base, slug: `implied-${made}`, timeZone: "Europe/Berlin" } });
  venture = { id: row.id, currency: "EUR" };
  sourceId = (await db.dataSource.create({ data: { ventureId: row.id, name: "Books", kind: "import" } })).id;
});

const day = (text: string) => new Date(`${text}T00:00:00Z`);
const recorded = () => ({ ventureId: venture.id, sourceId, asOf: day("2026-04-15"), recordedAt: day("2026-04-15") });

async function report(metric: string, month: string, value: number, currency: string | null = "EUR") {
  const data = { ...recorded(), metric, basis: "actual" as const, grain: "month", recordedBy: "user:test" };
  await db.metricPoint.create({ data: { ...data, periodStart: day(`${month}-01`), value, currency } });
}
async function subscribe(id: string, startOn: string, endOn: string | null, minor: number, currency = "EUR") {
  const data = {
    ...recorded(),
    externalId: id,
    customerExternalId: `c-${id}`,
    recordedBy: "user:test",
    interval: "month",
  };
  const paid = { startOn: day(startOn), endOn: endOn && day(endOn), amountMinor: BigInt(minor), currency };
  await db.subscription.create({ data: { ...data, ...paid } });
}

test("months in which the books and the subscriptions differ are found, and the figures say so", async () => {
  await subscribe("a", "2026-01-01", null, 10_000);
  await subscribe("b", "2026-02-10", "2026-03-31", 5_000);
  for (const [month, mrr, customers] of [
    ["2026-01", 100, 1],
    ["2026-02", 150, 2],
    ["2026-03", 150, 2],
  ] as const) {
    await report("recurring_revenue", month, mrr);
    await report("customers", month, customers, null);
    await report("revenue", month, mrr);
  }
  expect(await listImpliedContradictions(actor, venture)).toEqual([
    {
      ...{ metric: "recurring_revenue", compared: 3 },
      months: [{ day: "2026-03-31", reported: "150", implied: "100", difference: "50" }],
    },
    {
      ...{ metric: "customers", compared: 3 },
      months: [{ day: "2026-03-31", reported: "2", implied: "1", difference: "1" }],
    },
  ]);
  const { warnings, figures } = await getVenturePerformance(actor, venture.id, "2026-04-15");
  expect(warnings).toEqual([
    "Reported MRR and the MRR of the subscriptions differ by more than 0.5 % in 1 of 3 months; figures use the subscriptions",
    "Reported customers and the customers of the subscriptions differ by more than 0.5 % in 1 of 3 months; figures use the subscriptions",
  ]);
  const mrr = figures.find(({ method }) => method.startsWith("metrics.venture.mrr@"));
  expect(mrr).toMatchObject({
    value: "100",
    formula: expect.stringContaining("the reported MRR of the same day differs"),
  });
});

test("nothing is said before the first subscription, after the last statement, without a rate, or while sources disagree", async () => {
  await subscribe("a", "2026-02-01", null, 10_000, "USD");
  for (const month of ["2026-01", "2026-02", "2026-03", "2026-04"]) await report("recurring_revenue", month, 999);
  expect(await listImpliedContradictions(actor, venture)).toEqual([]);
  const rates = ["2026-02-27", "2026-03-31"].map((on) => ({
    base: "USD",
    quote: "EUR",
    day: day(on),
    rate: 0.9,
    source: "test",
  }));
  await db.fxRate.createMany({ data: rates, skipDuplicates: true });
  const [found] = await listImpliedContradictions(actor, venture);
  expect(found?.months.map(({ day: on, implied }) => [on, implied])).toEqual([
    ["2026-03-31", "90"],
    ["2026-02-28", "90"],
  ]);
  const other = await db.dataSource.create({ data: { ventureId: venture.id, name: "Billing", kind: "import" } });
  sourceId = other.id;
  await subscribe("a", "2026-02-01", null, 20_000, "USD");
  expect(await listImpliedContradictions(actor, venture)).toEqual([]);
});
