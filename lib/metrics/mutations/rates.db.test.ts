import { beforeEach, expect, test } from "vitest";
import { db } from "@/lib/db";
import { getFigure, listSourceRows, staleFigures } from "@/lib/figures/queries";
import { refreshSnapshot } from "@/lib/metrics/mutations";
import { listSnapshots } from "@/lib/metrics/queries";
import { actor, makeVenture, months, reportMonths, sell } from "@/lib/metrics/test-support/facts";
import { recordRates, recordRatesAndRefresh } from "./rates";

const analyst = actor("analyst");
const now = new Date("2026-11-22T09:00:00Z");
const later = new Date("2026-11-22T10:00:00Z");
const ends = ["2026-08-31", "2026-09-30", "2026-10-31"];
const rate = (day: string, value: string) => ({ base: "NOK", quote: "SEK", day, rate: value, source: "Central bank" });

let ventureId: string;

beforeEach(async () => {
  ventureId = await makeVenture("SEK");
  await recordRates(
    analyst,
    ["2025-08-29", "2025-09-30", "2025-10-31", ...ends].map((day) => rate(day, "0.95")),
    now,
  );
  const revenue = months("2025-08", 15, () => 100);
  await reportMonths(ventureId, "revenue", revenue, "Accounts", "NOK");
  await sell(ventureId, [{ id: "1", customer: "a", start: "2025-01-01", minor: 10_000, currency: "NOK" }]);
  await refreshSnapshot(ventureId, now);
});

const measure = async (key: string) => {
  const found = (await listSnapshots(analyst)).find((row) => row.ventureId === ventureId)?.measures[key];
  if (!found) throw new Error(`no ${key}`);
  return { id: found.id, revision: found.revision, value: found.value };
};

test("a converted figure names the rate, its day and its source, and lists it among its rows", async () => {
  const { id, value } = await measure("mrr");
  expect(value).toBe("95");
  const proof = await getFigure(analyst, id);
  expect(proof.inputs).toContainEqual({
    name: "fx:NOK/SEK/2026-10-31",
    label: "SEK for one NOK on 2026-10-31, Central bank",
    figure: null,
    value: "0.95",
  });
  const rows = await listSourceRows(analyst, id, { source: 1 });
  expect(rows.dataset).toBe("fx:NOK/SEK");
  expect(rows.rows.map((row) => row.cells)).toEqual([["2026-10-31", "NOK", "SEK", "0.95", "Central bank"]]);
});

test("a changed rate makes every figure over it stale until it is computed again", async () => {
  const [mrr, arr] = [await measure("mrr"), await measure("arr")];
  expect(await staleFigures([mrr, arr])).toEqual([]);
  const recorded = await recordRates(analyst, [rate("2026-10-31", "0.9")], later);
  expect(recorded).toEqual({ inserted: 0, changed: 1, same: 0, pairs: ["fx:NOK/SEK"] });
  const stale = await staleFigures([mrr, arr]);
  expect(stale.map(({ id }) => id).sort()).toEqual([mrr.id, arr.id].sort());
  expect(stale[0]?.reason).toContain("exchange rates of NOK/SEK");
  const rows = await listSourceRows(analyst, mrr.id, { source: 1 });
  expect(rows.rows[0]).toMatchObject({ cells: expect.arrayContaining(["0.95"]), reason: "now 0.9, Central bank" });
  await recordRatesAndRefresh(analyst, [rate("2026-09-30", "0.9")], later);
  expect((await measure("mrr")).value).toBe("90");
  expect(await staleFigures([await measure("mrr")])).toEqual([]);
});

test.each(["1.12", "7.4603", "0.0000601234567", "161.62"])(
  "an amount at the inverse of %s has a whole bridge: what was there and what changed is what is there",
  async (value) => {
    const venture = await makeVenture("CZK");
    await recordRates(analyst, [{ ...rate("2026-10-31", value), base: "CZK", quote: "HUF" }], now);
    const term = (id: string, start: string, minor: number, end?: string) => ({
      ...{ id, customer: id, start, minor, currency: "HUF" },
      ...(end ? { end } : {}),
    });
    await sell(venture, [
      term("1", "2024-01-01", 99_999),
      term("2", "2025-02-01", 12_345_678, "2026-09-01"),
      term("3", "2026-03-01", 1),
      { ...term("4", "2026-04-01", 777), currency: "CZK" },
    ]);
    await expect(refreshSnapshot(venture, now)).resolves.toMatchObject({ billingThrough: "2026-10-31" });
  },
);

test("the same rates again change nothing, and a pair that is not used leaves the figure alone", async () => {
  const mrr = await measure("mrr");
  const again = await recordRates(analyst, [rate("2026-10-31", "0.950")], later);
  expect(again).toEqual({ inserted: 0, changed: 0, same: 1, pairs: [] });
  await recordRates(analyst, [{ ...rate("2026-10-31", "11.2"), base: "EUR" }], later);
  expect(await staleFigures([mrr])).toEqual([]);
  const events = await db.event.findMany({ where: { type: "rates.recorded" } });
  expect(events.map((event) => event.payload)).toContainEqual(expect.objectContaining({ pairs: ["fx:EUR/SEK"] }));
});
