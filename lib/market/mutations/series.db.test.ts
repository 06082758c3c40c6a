import { expect, test } from "vitest";
import { callTool } from "@/lib/agents/define-tool";
import { db } from "@/lib/db";
import { openFigure } from "@/lib/figures/mutations/open";
import { recomputeFigure } from "@/lib/figures/mutations/recompute";
import { listSourceRows } from "@/lib/figures/queries";
import { xlsxStream } from "@/lib/integrations/xlsx-write";
import { actor, makeVenture, months, reportMonths } from "@/lib/metrics/test-support/facts";
import { loadKnown } from "../queries/series";
import { previewSeriesFile } from "../queries/series-preview";
import { findTiming } from "../queries/timing-page";
import type { SeriesKind } from "../schema/series";
import { START_ASSUMPTIONS } from "../schema/timing";
import { exitWindow } from "../tools";
import { defineSeries, loadSeriesFile, undoSeriesLoad } from "./series";
import { readTable } from "./series-table";
import { keepTiming } from "./timing";

const NOW = new Date("2026-11-22T12:00:00Z");
const analyst = actor("analyst");
const COLUMNS = { day: "Date", value: "Rate", knownOn: null };

let made = 0;
async function makeSeries(kind: SeriesKind, revised = false, sector: string | null = null): Promise<string> {
  made += 1;
  const key = `test-${kind}-${made}`;
  const terms = { unit: "index" as const, publishedAfter: 1, revised, zeroIsGap: true };
  const words = { label: `Test ${made}`, source: "A test", definition: "What a test says it is" };
  expect(await defineSeries(analyst, { key, kind, sector, ...words, ...terms }, NOW)).toMatchObject({ ok: true });
  return key;
}
const file = (seriesKey: string, rows: readonly string[], fileName = "a.csv") => ({
  ...{ seriesKey, fileName, columns: COLUMNS, csv: ["Date,Rate", ...rows].join("\n") },
});
const valuesOf = async (key: string, on = "2026-11-22") => (await loadKnown(db, key, on)).map(({ value }) => value);
async function lastLoad(seriesKey: string): Promise<string> {
  const load = await db.marketLoad.findFirstOrThrow({ where: { seriesKey }, orderBy: { loadedAt: "desc" } });
  return load.id;
}
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);

test("a workbook is the text of a file, its days and numbers as they are", async () => {
  const columns = ["Date", "Rate"].map((label) => ({ label }));
  const rows = [
    [{ day: "2026-08-01" }, { number: "4.25" }],
    [{ day: "2026-09-01" }, null],
  ];
  const chunks: Uint8Array[] = [];
  const book = xlsxStream({ title: "Yields", createdAt: NOW }, [{ title: "Yields", columns, rows }]);
  for await (const chunk of book) chunks.push(chunk);
  const read = await readTable(analyst, { from: "workbook", base64: Buffer.concat(chunks).toString("base64") });
  const csv = read.ok ? read.value.csv : "";
  expect(csv.split("\r\n").map((line) => line.split(","))).toEqual([
    ["Date", "Rate"],
    ["2026-08-01", "4.25"],
    ["2026-09-01"],
  ]);
  const key = await makeSeries("yield");
  expect(await loadSeriesFile(analyst, { ...file(key, []), csv }, NOW)).toMatchObject({
    value: { rows: 2, changed: 1 },
  });
  expect(
    await readTable(analyst, { from: "workbook", base64: Buffer.from([0xd0, 0xcf, 0x11, 0xe0]).toString("base64") }),
  ).toMatchObject({
    refusal: "UNREADABLE_FILE",
  });
});

test("a file is previewed, loaded with its rejects, corrected with history, and taken back as a whole", async () => {
  const key = await makeSeries("yield");
  const first = file(key, ["2026-08-01,4.1", "2026-09-01,0.0", "2026-10-01,x", "2026-11-01,4.4"]);
  expect(await previewSeriesFile(first, NOW)).toMatchObject({ ok: true, value: { added: 2, gaps: 1, rejected: 1 } });
  expect(await db.marketPoint.count({ where: { seriesKey: key } })).toBe(0);
  expect(await loadSeriesFile(analyst, first, NOW)).toEqual({ ok: true, value: { rows: 4, changed: 2, rejected: 1 } });
  expect(await loadSeriesFile(analyst, first, NOW)).toMatchObject({ value: { changed: 0 } });
  const firstLoad = await lastLoad(key);

  const second = file(key, ["2026-08-01,4.2"], "b.csv");
  expect(await previewSeriesFile(second, later(1))).toMatchObject({
    value: { corrected: 1, changes: [{ day: "2026-08-01", before: "4.1", after: "4.2" }] },
  });
  await loadSeriesFile(analyst, second, later(1));
  expect(await valuesOf(key)).toEqual(["4.2", "4.4"]);
  expect(await db.marketPoint.count({ where: { seriesKey: key, supersededAt: { not: null } } })).toBe(1);

  expect(await undoSeriesLoad(analyst, firstLoad, later(2))).toMatchObject({ refusal: "LOADED_OVER" });
  expect(await undoSeriesLoad(analyst, await lastLoad(key), later(3))).toMatchObject({ ok: true });
  expect(await valuesOf(key)).toEqual(["4.1", "4.4"]);
  const both = [undoSeriesLoad(analyst, firstLoad, later(4)), undoSeriesLoad(analyst, firstLoad, later(4))];
  expect((await Promise.all(both)).filter(({ ok }) => ok)).toHaveLength(1);
  expect(await valuesOf(key)).toEqual([]);
  expect(
    await db.event.count({ where: { type: "market-series.undone", payload: { path: ["series"], equals: key } } }),
  ).toBe(2);
});

test("a series that is revised keeps its vintages: as of a day nothing of later is used", async () => {
  const key = await makeSeries("deals", true);
  await loadSeriesFile(analyst, file(key, ["2026-01-01,120"]), new Date("2026-02-10T12:00:00Z"));
  await loadSeriesFile(analyst, file(key, ["2026-01-01,150"]), new Date("2026-06-10T12:00:00Z"));
  expect(await valuesOf(key, "2026-02-09")).toEqual([]);
  expect(await valuesOf(key, "2026-06-09")).toEqual(["120"]);
  expect(await valuesOf(key, "2026-06-10")).toEqual(["150"]);
});

test("two who name the same series at once: one is told that it exists", async () => {
  const words = { label: "Twice", source: "A test", definition: "What a test says it is", sector: null };
  const terms = { unit: "index" as const, publishedAfter: 1, revised: false, zeroIsGap: true };
  const series = { key: "twice", kind: "index" as const, ...words, ...terms };
  const both = await Promise.all([defineSeries(analyst, series, NOW), defineSeries(analyst, series, NOW)]);
  expect(both.map((one) => (one.ok ? "made" : one.refusal)).sort()).toEqual(["SERIES_EXISTS", "made"]);
});

const history = (of: (index: number) => number) =>
  Object.entries(months("2016-01", 131, of)).map(([month, value]) => `${month}-01,${value}`);

async function timedVenture() {
  const ventureId = await makeVenture();
  await db.venture.update({ where: { id: ventureId }, data: { sector: `Sector ${ventureId}` } });
  const multiple = await makeSeries("multiple", false, `Sector ${ventureId}`);
  await loadSeriesFile(
    analyst,
    file(
      multiple,
      history((index) => 4 + index / 50),
    ),
    NOW,
  );
  await reportMonths(
    ventureId,
    "revenue",
    months("2024-11", 24, (index) => 100_000 * 1.02 ** index),
  );
  await reportMonths(ventureId, "valuation", { "2026-10": 12_000_000 });
  return { ventureId, multiple };
}

test("timing: figures open with the rows of their series, come out the same, and the assumptions are versions", async () => {
  const { ventureId, multiple } = await timedVenture();
  const page = await findTiming(analyst, ventureId, NOW);
  if (!page) throw new Error("not there");
  expect(page).toMatchObject({ version: 0, facts: { series: { multiple: { key: multiple } } } });
  expect(Number(page.figures["driver.multiple.percentile"]?.value)).toBeCloseTo(99.58, 1);
  expect(page.timing.verdict).toMatchObject({ verdict: null, missing: expect.arrayContaining(["readiness"]) });

  const { id = "", ask } = page.figures["driver.multiple.percentile"] ?? {};
  if (!ask) throw new Error("no question");
  expect(await openFigure(analyst, id, ask, NOW)).toMatchObject({ ok: true, value: { id } });
  expect(await recomputeFigure(analyst, id, NOW)).toMatchObject({ ok: true, value: { same: true } });
  const rows = await listSourceRows(analyst, id, { source: 0 });
  expect(rows).toMatchObject({ dataset: `market:${multiple}`, total: 131 });
  expect(rows.rows[0]?.cells.slice(0, 2)).toEqual(["2026-11-01", "6.6"]);

  const kept = { ventureId, version: 0, reason: "slower growth", assumptions: START_ASSUMPTIONS };
  const both = [keepTiming(analyst, kept, NOW), keepTiming(analyst, kept, NOW)];
  expect((await Promise.all(both)).map((one) => (one.ok ? one.value.version : one.refusal)).sort()).toEqual([
    1,
    "STALE_TIMING",
  ]);
  const wrong = { ...START_ASSUMPTIONS, series: { ...START_ASSUMPTIONS.series, yield: multiple } };
  expect(await keepTiming(analyst, { ...kept, version: 1, assumptions: wrong }, NOW)).toMatchObject({
    ...{ refusal: "UNKNOWN_SERIES", problems: [{ path: "series.yield" }] },
  });
  await expect(keepTiming(actor("analyst", []), kept, NOW)).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("the tool answers with figures, scoped by its caller", async () => {
  const { ventureId } = await timedVenture();
  const call = (as: typeof analyst | null, asOf?: string) =>
    callTool(
      exitWindow,
      { venture: ventureId, ...(asOf ? { asOf } : {}) },
      { actor: as, agent: null, runId: null, now: NOW },
    );
  const answer = await call(analyst);
  if (!answer.ok) throw new Error(answer.error.message);
  const { result } = answer as unknown as { result: { waiting: { months: number; beats: { figure: string } }[] } };
  expect(result.waiting.map(({ months: waited }) => waited)).toEqual([6, 12, 24]);
  const ids = new Set(answer.figures.map(({ id }) => id));
  for (const { beats } of result.waiting) expect(ids.has(beats.figure)).toBe(true);
  expect(await call(analyst, "2015-06-30")).toMatchObject({ result: { score: { value: null } } });
  expect(await call(null)).toMatchObject({ ok: false, error: { code: "FORBIDDEN" } });
  expect(await call(actor("analyst", []))).toMatchObject({ ok: false, error: { code: "NOT_FOUND" } });
});
