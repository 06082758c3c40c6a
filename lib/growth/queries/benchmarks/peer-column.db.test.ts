import { expect, test } from "vitest";
import { db } from "@/lib/db";
import { openFigure } from "@/lib/figures/mutations/open";
import { recomputeFigure } from "@/lib/figures/mutations/recompute";
import { listSourceRows, staleFigures } from "@/lib/figures/queries";
import { recordRates } from "@/lib/metrics/mutations/rates";
import { actor, makeVenture } from "@/lib/metrics/test-support/facts";
import { listPeerMedians } from "./peer-column";

const analyst = actor("analyst");
const now = new Date("2026-11-22T09:00:00Z");
const row = {
  ...{ metric: "net_revenue_retention", businessModel: "saas", p25: "0.95", p75: "1.12", source: "Peer survey" },
  ...{ loadedBy: "user:analyst", loadedAt: now },
};
const asked = { day: "2026-10-31", metrics: [{ metric: "net_revenue_retention", unit: "ratio" }] };

test("the median of companies of the same size, newest statement up to the day, opens to its row", async () => {
  await db.benchmark.createMany({
    data: [
      { ...row, revenueFrom: 0n, revenueTo: 1_000_000n, p50: "1.01", sampleSize: 40, asOf: new Date("2026-03-31") },
      { ...row, revenueFrom: 1_000_000n, revenueTo: null, p50: "1.04", sampleSize: 212, asOf: new Date("2026-03-31") },
      { ...row, revenueFrom: 1_000_000n, revenueTo: null, p50: "1.09", sampleSize: 150, asOf: new Date("2025-03-31") },
      {
        ...row,
        revenueFrom: 1_000_000n,
        revenueTo: null,
        p50: "0.9",
        p25: "0.8",
        sampleSize: 9,
        asOf: new Date("2026-12-31"),
      },
    ],
  });
  const ventureId = await makeVenture("USD");
  const small = await listPeerMedians(analyst, ventureId, { ...asked, yearly: "400000" });
  expect(small.net_revenue_retention).toMatchObject({ sampleSize: 40, asOf: "2026-03-31" });
  const { net_revenue_retention: peer } = await listPeerMedians(analyst, ventureId, { ...asked, yearly: "6816727.44" });
  expect(peer).toMatchObject({ sampleSize: 212, asOf: "2026-03-31", source: "Peer survey", median: { value: "1.04" } });
  const ask = peer?.median.ask;
  if (!ask) throw new Error("nothing to open");
  const opened = await openFigure(analyst, peer.median.id, ask, now);
  expect(opened).toMatchObject({ ok: true, value: { value: "1.04", unit: "ratio" } });
  expect(await recomputeFigure(analyst, peer.median.id, now)).toMatchObject({ ok: true, value: { same: true } });
  const rows = await listSourceRows(analyst, peer.median.id);
  expect(rows.rows.map(({ cells }) => [cells[2], cells[5], cells[7]])).toContainEqual(["1000000", "1.04", "212"]);
});

test("no benchmark of the model is no column, and a venture out of sight is not there", async () => {
  const ventureId = await makeVenture("USD");
  await db.venture.update({ where: { id: ventureId }, data: { businessModel: "services" } });
  expect(await listPeerMedians(analyst, ventureId, { ...asked, yearly: "6816727.44" })).toEqual({});
  const stranger = actor("analyst", []);
  await expect(listPeerMedians(stranger, ventureId, { ...asked, yearly: "1" })).rejects.toThrow("NOT_FOUND");
});

test("the exchange rate that told the venture's size is among the sources, and a new one makes the figure stale", async () => {
  const rate = (value: string, day: string) => ({
    base: "SEK",
    quote: "USD",
    day,
    rate: value,
    source: "Central bank",
  });
  await recordRates(analyst, [rate("0.1", "2026-10-30")], now);
  const ventureId = await makeVenture("SEK");
  const { net_revenue_retention: peer } = await listPeerMedians(analyst, ventureId, { ...asked, yearly: "5000000" });
  expect(peer).toMatchObject({ sampleSize: 40 });
  const ask = peer?.median.ask;
  if (!ask) throw new Error("nothing to open");
  await openFigure(analyst, peer.median.id, ask, now);
  const rows = await listSourceRows(analyst, peer.median.id, { source: 1 });
  expect(rows).toMatchObject({
    dataset: "fx:SEK/USD",
    rows: [{ cells: ["2026-10-30", "SEK", "USD", "0.1", "Central bank"] }],
  });
  expect(await staleFigures([{ id: peer.median.id, revision: 1 }])).toEqual([]);
  await recordRates(analyst, [rate("0.3", "2026-10-31")], new Date("2026-11-22T10:00:00Z"));
  expect(await staleFigures([{ id: peer.median.id, revision: 1 }])).toHaveLength(1);
  const bigger = await listPeerMedians(analyst, ventureId, { ...asked, yearly: "5000000" });
  expect(bigger.net_revenue_retention).toMatchObject({ sampleSize: 212 });
});
