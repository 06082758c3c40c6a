import { expect, test } from "vitest";
import { callTool } from "@/lib/agents/define-tool";
import { db } from "@/lib/db";
import { openFigure } from "@/lib/figures/mutations/open";
import { recomputeFigure } from "@/lib/figures/mutations/recompute";
import { listSourceRows } from "@/lib/figures/queries";
import { excludeComparable, importComparables } from "@/lib/market/mutations/comparables";
import { listComparables } from "@/lib/market/queries/comparables";
import { actor, makeVenture } from "@/lib/metrics/test-support/facts";
import { findVentureValuation } from "../queries/page";
import { sampleInputs } from "../test-support/inputs";
import { ventureValuationTools } from "../tools/venture";
import { keepValuation } from "./keep";
import { writeValuationReport } from "./report";

const NOW = new Date("2026-11-22T12:00:00Z");
const analyst = actor("analyst");
const HEAD = "kind,name,metric,multiple,date,source";
const row = (name: string, multiple: number) =>
  `trading,${name},"Revenue, last 12 months",${multiple},2026-10-31,Exchange`;
const CSV = [HEAD, row("A", 1), row("B", 1.5), row("C", 2), row("D", 9)].join("\n");

const keep = (ventureId: string, version: number, inputs = sampleInputs()) =>
  keepValuation(analyst, { ventureId, version, reason: "first look", inputs }, NOW);
async function pageOf(ventureId: string) {
  const page = await findVentureValuation(analyst, ventureId, NOW);
  if (!page) throw new Error("not there");
  return page;
}

test("a kept valuation is a version with figures that open and come out the same, and feeds the metric", async () => {
  const ventureId = await makeVenture();
  await importComparables(analyst, { ventureId, csv: CSV }, NOW);
  expect(await keep(ventureId, 0)).toEqual({ ok: true, value: { version: 1 } });
  const { figures, methods, versions, movedSince } = await pageOf(ventureId);
  // D is an outlier: 9 against a median of 1.75 with a MAD of 0.5.
  expect(methods.find(({ key }) => key === "trading")?.comparables).toMatchObject({
    used: 3,
    excluded: [{ name: "D", why: "outlier" }],
  });
  expect(figures["trading.central"]?.value).toBe("1500000");
  const enterprise = Number(figures.enterprise?.value);
  expect(Number(figures.equity?.value)).toBeCloseTo(enterprise - 100_000, 6);
  expect([versions[0]?.equity?.value, movedSince]).toEqual([figures.equity?.value, false]);
  expect(figures.per_share).toMatchObject({ value: null, reason: "no-cap-table" });

  const point = await db.metricPoint.findFirstOrThrow({ where: { ventureId, metric: "valuation" } });
  expect(Number(point.value)).toBeCloseTo(enterprise - 100_000, 6);
  expect(
    await db.metricPoint.count({ where: { ventureId, metric: { in: ["valuation_low", "valuation_high"] } } }),
  ).toBe(2);

  const { id = "", ask } = figures["simulated.equity.p50"] ?? {};
  if (!ask) throw new Error("no question");
  expect(await openFigure(analyst, id, ask, NOW)).toMatchObject({ ok: true, value: { id } });
  expect(await recomputeFigure(analyst, id, NOW)).toMatchObject({ ok: true, value: { same: true } });
  expect((await listSourceRows(analyst, id, { source: 0 })).rows.length).toBeGreaterThan(20);
  expect((await listSourceRows(analyst, id, { source: 1 })).total).toBe(4);
});

test("of two who keep the same version exactly one wins, and the history tells what changed", async () => {
  const ventureId = await makeVenture();
  await importComparables(analyst, { ventureId, csv: CSV }, NOW);
  const outcomes = await Promise.all([keep(ventureId, 0), keep(ventureId, 0)]);
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  expect(outcomes).toContainEqual({ ok: false, refusal: "STALE_VALUATION" });

  const inputs = sampleInputs();
  inputs.methods.dcf.growth = "0.02";
  expect(await keep(ventureId, 1, inputs)).toMatchObject({ ok: true });
  const [second] = (await pageOf(ventureId)).versions;
  expect(second?.changes).toEqual([{ path: "methods.dcf.growth", before: "0.03", after: "0.02" }]);
  expect(Number(second?.moved)).toBeLessThan(0);
});

test("nothing is kept without a value, or with drivers that cannot be", async () => {
  const ventureId = await makeVenture();
  const unused = sampleInputs();
  unused.methods.dcf.used = false;
  expect(await keep(ventureId, 0, unused)).toEqual({ ok: false, refusal: "NO_METHOD" });
  const impossible = sampleInputs();
  impossible.simulation.correlation = [
    [1, 0.9, -0.9, 0],
    [0.9, 1, 0.9, 0],
    [-0.9, 0.9, 1, 0],
    [0, 0, 0, 1],
  ];
  expect(await keep(ventureId, 0, impossible)).toMatchObject({ ok: false, refusal: "CONTRADICTION" });
  expect((await pageOf(ventureId)).version).toBe(0);
});

test("a comparable that is left out moves the value at once and says that it moved", async () => {
  const ventureId = await makeVenture();
  await importComparables(analyst, { ventureId, csv: CSV }, NOW);
  await keep(ventureId, 0);
  const [first] = (await listComparables(analyst, ventureId)).filter(({ name }) => name === "A");
  await excludeComparable(analyst, { id: first?.id ?? "", reason: "another business" }, NOW);
  const { figures, movedSince } = await pageOf(ventureId);
  // B, C and D are left: a median of 2 with a MAD of 0.5, so 9 is an outlier, and B and C stand.
  expect(figures["trading.central"]?.value).toBe("1750000");
  expect(movedSince).toBe(true);
});

test("a file of comparables is loaded whole or not at all, and again changes nothing", async () => {
  const ventureId = await makeVenture();
  const bad = await importComparables(analyst, { ventureId, csv: `${CSV}\ntrading,E,Revenue,x,2026-13-01,` }, NOW);
  expect(bad).toMatchObject({ ok: false, refusal: "INVALID_INPUT" });
  expect(bad.ok ? [] : bad.problems?.map(({ path }) => path)).toEqual([
    "line 6, multiple",
    "line 6, date",
    "line 6, source",
  ]);
  const of = (csv: string) => importComparables(analyst, { ventureId, csv }, NOW);
  expect([await of(CSV), await of(CSV)]).toMatchObject([{ value: { changed: 4 } }, { value: { changed: 0 } }]);
});

test("out of sight is as not there", async () => {
  const ventureId = await makeVenture();
  const other = actor("analyst", []);
  expect(await findVentureValuation(other, ventureId, NOW)).toBeNull();
  await expect(
    keepValuation(other, { ventureId, version: 0, reason: "to see", inputs: sampleInputs() }, NOW),
  ).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("the report quotes the stored figures, and an agent is told the same", async () => {
  const ventureId = await makeVenture();
  expect(await writeValuationReport(analyst, ventureId, NOW)).toEqual({ ok: false, refusal: "NO_METHOD" });
  const [tool] = ventureValuationTools;
  if (!tool) throw new Error("no tool");
  const tell = () => callTool(tool, { venture: ventureId }, { actor: analyst, agent: "exit", runId: null, now: NOW });
  expect(await tell()).toMatchObject({ ok: false, error: { code: "NO_DATA" } });

  await importComparables(analyst, { ventureId, csv: CSV }, NOW);
  await keep(ventureId, 0);
  const written = await writeValuationReport(analyst, ventureId, NOW);
  if (!written.ok) throw new Error("refused");
  const { figures } = await pageOf(ventureId);
  const stored = await db.artefact.findUniqueOrThrow({ where: { id: written.value.id } });
  expect(JSON.stringify(stored.body)).toContain(`[[fig:${figures.equity?.id}]]`);
  expect((stored.figures as { id: string }[]).map(({ id }) => id)).toContain(figures.equity?.id);

  const told = await tell();
  if (!told.ok) throw new Error(told.error.message);
  expect(told.result).toMatchObject({ version: 1, figures: { equity: { figure: figures.equity?.id } } });
  expect(tool.output.safeParse(told.result).success).toBe(true);
});
