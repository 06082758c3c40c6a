import { expect, test } from "vitest";
import { db } from "@/lib/db";
import { saveFigures } from "@/lib/figures/mutations";
import { recomputeFigure } from "@/lib/figures/mutations/recompute";
import { listSourceRows } from "@/lib/figures/queries";
import {
  actor,
  bump,
  makeSource,
  makeVenture,
  months,
  reportMonths,
  type Sold,
  sell,
} from "@/lib/metrics/test-support/facts";
import { getVentureLevers } from "./queries";

const NOW = new Date("2026-11-22T12:00:00Z");
const AT = new Date("2026-11-20T00:00:00Z");

/** Six customers per segment at 100 a month; four small ones left on 1 May. Costs of 10,000 a month for 10 heads. */
async function ventureWithGap(soldIn?: string): Promise<string> {
  const ventureId = await makeVenture();
  const sourceId = await makeSource(ventureId, "CRM");
  const ids = ["large", "small"].flatMap((segment) =>
    Array.from({ length: 6 }, (_, i) => ({ segment, id: `${segment}-${i}` })),
  );
  const facts = { ventureId, sourceId, asOf: AT, recordedAt: AT, recordedBy: "user:analyst" };
  await db.customer.createMany({
    data: ids.map(({ id, segment }) => ({ ...facts, externalId: id, name: id, segment })),
  });
  await bump(ventureId, "customers");
  const left = (id: string) => ["small-0", "small-1", "small-2", "small-3"].includes(id);
  await sell(
    ventureId,
    ids.map(
      ({ id }): Sold => ({
        id: `s-${id}`,
        customer: id,
        start: "2025-01-01",
        end: left(id) ? "2026-05-01" : null,
        minor: 10_000,
        ...(soldIn ? { currency: soldIn } : {}),
      }),
    ),
  );
  await reportMonths(
    ventureId,
    "revenue",
    months("2024-11", 24, () => 1_200),
  );
  await reportMonths(
    ventureId,
    "cost_of_revenue",
    months("2024-11", 24, () => 300),
  );
  await reportMonths(
    ventureId,
    "operating_expenses",
    months("2024-11", 24, () => 10_000),
  );
  await reportMonths(
    ventureId,
    "headcount",
    months("2024-11", 24, () => 10),
    "Accounts",
    null,
  );
  return ventureId;
}

test("a gap between segments becomes a lever whose numbers follow from the facts", async () => {
  const ventureId = await ventureWithGap();
  const { levers, reason } = await getVentureLevers(actor("analyst"), ventureId, null, NOW);
  expect(reason).toBeNull();
  const found = levers.find(({ lever }) => lever.id === "retention-gap:small");
  // Retention 200 of 600; the other segment keeps all: two thirds of 200 a month are at stake.
  expect(Number(found?.figures.measure.value)).toBeCloseTo(1 / 3, 12);
  expect(found?.lever.monthly.toNumber()).toBeCloseTo(400 / 3, 12);
  const value = (name: keyof NonNullable<typeof found>["figures"]) => Number(found?.figures[name].value);
  expect(value("effectLow") > 0 && value("effectLow") < value("effect") && value("effect") < value("effectHigh")).toBe(
    true,
  );
  expect(value("effectError")).toBeLessThan(value("effect") * 0.02);
  // Six person-months at 10,000 ÷ 10 heads, times the median overrun 1.6 − √0.24.
  expect(value("cost") / (6_000 * (1.6 - Math.sqrt(0.24)))).toBeCloseTo(1, 1);
  // Unhurried and with half of the gap closed: 400 ÷ 3 × ½ × 15 months × 0.75 of margin is about the median return.
  expect(value("roi") / ((((400 / 3) * 0.5 * 15 * 0.75) / 6_000) * (6_000 / value("cost")))).toBeCloseTo(1, 0);
});

test("the chosen set, its budget and what could not be looked for are figures and reasons", async () => {
  const ventureId = await ventureWithGap();
  const { portfolio, missing } = await getVentureLevers(actor("analyst"), ventureId, null, NOW);
  // 20 % of 12 × 1,200; nothing reaches a return of three on a gap of 133 a month.
  expect(portfolio?.figures.budget?.value).toBe("2880");
  expect(portfolio?.figures.committed?.value).toBe("0");
  expect(portfolio?.choice.chosen).toEqual([]);
  expect(portfolio?.choice.choices.map(({ reason }) => reason)).toContain("below-minimum");
  const why = Object.fromEntries(missing.map(({ kind, reason }) => [kind, reason]));
  expect(why).toMatchObject({
    ...{ "funnel-drop": "no-funnel", "channel-payback": "no-channel-cost", "channel-mix": "no-channels" },
    "benchmark-retention": "no-size",
  });
});

test("a planned initiative takes its place, its budget and its lever", async () => {
  const ventureId = await ventureWithGap();
  const day = new Date("2026-11-01T00:00:00Z");
  const plan = { ownerRole: "Head", metric: "arpa", startsOn: day, reviewOn: day, stopRule: "never", createdAt: day };
  await db.initiative.create({
    data: {
      ...plan,
      ventureId,
      lever: "retention-gap:small",
      title: "x",
      status: "planned",
      budgetMinor: 100_000n,
      currency: "EUR",
    },
  });
  await bump(ventureId, "initiatives");
  const { portfolio } = await getVentureLevers(actor("analyst"), ventureId, null, NOW);
  expect(portfolio?.figures.left?.value).toBe("1880");
  expect(portfolio?.choice.choices.find(({ id }) => id === "retention-gap:small")?.reason).toBe("under-way");
  await db.initiative.updateMany({ where: { ventureId }, data: { currency: "USD" } });
  const mixed = await getVentureLevers(actor("analyst"), ventureId, null, NOW);
  expect(mixed.portfolio?.figures.left).toMatchObject({ value: null, reason: "mixed-currencies" });
});

test("a lever's figure is computed again the same, and anew when the subscriptions change", async () => {
  const ventureId = await ventureWithGap();
  const analyst = actor("analyst");
  const { levers, inputs } = await getVentureLevers(analyst, ventureId, null, NOW);
  const figures = levers.flatMap((one) => Object.values(one.figures));
  await db.$transaction((tx) => saveFigures(tx, ventureId, [...inputs, ...figures], NOW));
  const effect = levers.find(({ lever }) => lever.id === "retention-gap:small")?.figures.effect.id ?? "";
  expect(await recomputeFigure(analyst, effect, NOW)).toMatchObject({
    ok: true,
    value: { same: true, after: { revision: 1 } },
  });
  await db.subscription.updateMany({ where: { ventureId, externalId: "s-small-3" }, data: { endOn: null } });
  await bump(ventureId, "subscriptions");
  const again = await recomputeFigure(analyst, effect, NOW);
  expect(again).toMatchObject({ ok: true, value: { same: false, after: { revision: 2 } } });
});

test("a lever opens to the subscriptions and the customers that it counts", async () => {
  const ventureId = await ventureWithGap();
  const analyst = actor("analyst");
  const { levers, inputs } = await getVentureLevers(analyst, ventureId, null, NOW);
  const figures = levers.flatMap((one) => Object.values(one.figures));
  await db.$transaction((tx) => saveFigures(tx, ventureId, [...inputs, ...figures], NOW));
  const effect = levers[0]?.figures.effect.id ?? "";
  const [subscriptions, customers] = [
    await listSourceRows(analyst, effect),
    await listSourceRows(analyst, effect, { source: 1 }),
  ];
  expect(subscriptions).toMatchObject({ dataset: "subscriptions", total: 12 });
  expect(customers).toMatchObject({
    dataset: "customers",
    total: 12,
    columns: ["customer", "name", "segment", "channel", "country"],
  });
});

test("without subscriptions there are no levers, and the reason is said", async () => {
  const ventureId = await makeVenture();
  expect(await getVentureLevers(actor("analyst"), ventureId, null, NOW)).toMatchObject({
    levers: [],
    reason: "no-data",
  });
});

test("a venture out of sight does not exist", async () => {
  const ventureId = await ventureWithGap();
  await expect(getVentureLevers(actor("analyst", []), ventureId, null, NOW)).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
});

// Last: the rates are there for every venture from here on.
test("a lever over what is sold in another currency names the rates at which it was converted", async () => {
  const days = Array.from({ length: 24 }, (_, month) => new Date(Date.UTC(2024, 11 + month + 1, 0)));
  await db.fxRate.createMany({
    data: days.map((day) => ({ base: "USD", quote: "EUR", day, rate: "0.5", source: "ECB" })),
    skipDuplicates: true,
  });
  const { levers } = await getVentureLevers(actor("analyst"), await ventureWithGap("USD"), null, NOW);
  const found = levers.find(({ lever }) => lever.id === "retention-gap:small");
  expect(found?.lever.monthly.toNumber()).toBeCloseTo(200 / 3, 12);
  expect(found?.figures.effect.sources).toContainEqual(
    expect.objectContaining({
      dataset: "fx:EUR/USD",
      filter: { rates: expect.arrayContaining([expect.objectContaining({ rate: "0.5", source: "ECB" })]) },
    }),
  );
});
