import { expect, test } from "vitest";
import { db } from "@/lib/db";
import { actor, makeVenture } from "@/lib/metrics/test-support/facts";
import { Exact } from "@/lib/money";
import { listBenchmarkLoads } from "../../queries/benchmarks/benchmark-loads";
import { loadPeers } from "../../queries/benchmarks/benchmarks";
import { loadChannelSpends } from "../../queries/levers/channel-spend";
import { loadChannelSpend } from "../levers/channel-spend";
import { loadBenchmarks, undoBenchmarks } from "./benchmarks";

const NOW = new Date("2026-11-22T12:00:00Z");
const analyst = actor("analyst");
const HEAD = "metric,business_model,revenue_from,revenue_to,p25,p50,p75,sample_size,source,as_of";
const file = (...rows: string[]) => [HEAD, ...rows].join("\n");

test("a file is loaded once, and of each metric the newest statement for model and size counts", async () => {
  const csv = file(
    "gross_revenue_retention,saas,0,5000000,0.8,0.88,0.93,100,Survey A,2025-06-30",
    "gross_revenue_retention,saas,0,5000000,0.81,0.89,0.94,60,Survey B,2026-06-30",
    "gross_revenue_retention,saas,5000000,,0.9,0.95,0.97,60,Survey B,2026-06-30",
    "gross_revenue_retention,services,0,,0.7,0.75,0.8,60,Survey B,2026-06-30",
  );
  expect(await loadBenchmarks(analyst, csv, NOW)).toMatchObject({ ok: true, value: { rows: 4, changed: 4 } });
  expect(await loadBenchmarks(analyst, csv, NOW)).toMatchObject({ ok: true, value: { rows: 4, changed: 0 } });
  const venture = { businessModel: "saas", currency: "USD" };
  const peers = (yearly: number, day: string) => loadPeers(db, venture, new Exact(yearly), day);
  expect((await peers(1_000_000, "2026-11-01")).rows).toMatchObject([
    { source: "Survey B", sampleSize: 60, p50: new Exact("0.89") },
  ]);
  // A benchmark from after the day is not known on it; the bound belongs to the larger band.
  expect((await peers(1_000_000, "2026-01-31")).rows).toMatchObject([{ source: "Survey A" }]);
  expect((await peers(5_000_000, "2026-11-01")).rows?.[0]?.p50.toNumber()).toBe(0.95);
  expect((await loadPeers(db, venture, null, "2026-11-01")).rows).toBeNull();
  const foreign = { businessModel: "saas", currency: "XTS" };
  expect((await loadPeers(db, foreign, new Exact(1), "2026-11-01")).rows).toBeNull();
});

test("one bad row, and nothing is taken", async () => {
  const before = await db.benchmark.count();
  const csv = file("a_metric,saas,0,,0.1,0.2,0.3,5,S,2026-01-01", "b_metric,saas,0,,0.3,0.2,0.1,5,S,2026-01-01");
  expect(await loadBenchmarks(analyst, csv, NOW)).toMatchObject({ ok: false, problems: [{ path: "line 3, p50" }] });
  expect(await db.benchmark.count()).toBe(before);
});

test("a file is taken back as a whole: what it brought goes, what it replaced stands again", async () => {
  const row = (p50: string, metric = "undone_metric") => `${metric},saas,0,,0.1,${p50},0.9,5,Survey U,2026-01-01`;
  const held = async () =>
    (await db.benchmark.findMany({ where: { source: "Survey U" }, orderBy: { metric: "asc" } })).map(
      ({ metric, p50, loadedAt }) => [metric, p50.toFixed(), loadedAt.toISOString()],
    );
  const later = new Date("2026-11-22T13:00:00Z");
  await loadBenchmarks(analyst, file(row("0.4")), NOW);
  const before = await held();
  await loadBenchmarks(analyst, file(row("0.5"), row("0.3", "new_metric")), later);
  const [second, first] = await listBenchmarkLoads(analyst);
  expect(second).toMatchObject({ sources: ["Survey U"], rows: 2, changed: 2, undoneAt: null });
  expect(await undoBenchmarks(analyst, first?.id ?? "", later)).toMatchObject({ refusal: "LOADED_OVER" });
  const both = await Promise.all([1, 2].map(() => undoBenchmarks(analyst, second?.id ?? "", later)));
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  expect(both).toContainEqual(expect.objectContaining({ refusal: "ALREADY_UNDONE" }));
  expect(await held()).toEqual(before);
  expect(await undoBenchmarks(analyst, first?.id ?? "", later)).toMatchObject({ ok: true, value: { rows: 1 } });
  expect(await held()).toEqual([]);
  expect(await db.event.count({ where: { type: "benchmarks.undone" } })).toBe(2);
  await expect(listBenchmarkLoads(actor("guest"))).rejects.toMatchObject({ code: "FORBIDDEN" });
});

test("channel costs: a year counts when each of its months is there, in the venture's currency", async () => {
  const ventureId = await makeVenture();
  const month = (index: number) => `${index < 2 ? 2025 : 2026}-${String(((index + 10) % 12) + 1).padStart(2, "0")}`;
  const rows = Array.from({ length: 12 }, (_, index) => `paid,${month(index)},100.50,EUR,Ads`);
  const csv = ["channel,month,amount,currency,source", ...rows, "events,2026-03,900,EUR,Fairs"].join("\n");
  expect(await loadChannelSpend(analyst, { ventureId, csv }, NOW)).toMatchObject({ ok: true, value: { rows: 13 } });
  const { spent } = await loadChannelSpends(db, ventureId, "2025-10-31", "2026-10-31", 1);
  expect([...(spent ?? [])].map(([channel, amount]) => [channel, amount.toNumber()])).toEqual([["paid", 1_206]]);
  const dollars = "channel,month,amount,currency,source\npaid,2026-01,1,USD,Ads";
  expect(await loadChannelSpend(analyst, { ventureId, csv: dollars }, NOW)).toMatchObject({
    ok: false,
    problems: [{ path: "line 2, currency" }],
  });
  const empty = await makeVenture();
  expect((await loadChannelSpends(db, empty, "2025-10-31", "2026-10-31", 0)).spent).toBeNull();
  await expect(loadChannelSpend(actor("analyst", []), { ventureId, csv }, NOW)).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
});
