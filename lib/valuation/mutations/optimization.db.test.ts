import { expect, test } from "vitest";
import { db } from "@/lib/db";
import { openFigure } from "@/lib/figures/mutations/open";
import { recomputeFigure } from "@/lib/figures/mutations/recompute";
import { listSourceRows } from "@/lib/figures/queries";
import { importComparables } from "@/lib/market/mutations/comparables";
import { actor, makeVenture } from "@/lib/metrics/test-support/facts";
import { recordScore } from "@/lib/readiness/mutations/scores";
import { CRITERIA } from "@/lib/readiness/rules/criteria";
import { findPlan } from "../queries/optimization-page";
import { START_PLAN } from "../rules/optimization/plan";
import type { PlanInputs } from "../schema/optimization";
import { sampleInputs } from "../test-support/inputs";
import { keepValuation } from "./keep";
import { keepPlan } from "./optimization";

const NOW = new Date("2026-11-22T12:00:00Z");
const LATER = new Date("2027-06-30T12:00:00Z");
const analyst = actor("analyst");
const note = { kind: "note" as const, ref: "" as const, label: "Seen in the file", date: "2026-11-01" };
const CSV = ["kind,name,metric,multiple,date,source", 'trading,A,"Revenue, last 12 months",1.5,2026-10-31,Exchange'];

async function score(ventureId: string, criterion: string, value: number, replaces: string | null = null, at = NOW) {
  const said = { rationale: "As the file says", evidence: [note], replaces };
  return recordScore(analyst, { ventureId, criterion, score: value, ...said }, at);
}

async function valued(): Promise<string> {
  const ventureId = await makeVenture();
  await importComparables(analyst, { ventureId, csv: CSV.join("\n") }, NOW);
  await keepValuation(analyst, { ventureId, version: 0, reason: "first look", inputs: sampleInputs() }, NOW);
  for (const { id } of CRITERIA) await score(ventureId, id, id === "tax" ? 2 : 4);
  return ventureId;
}

const growth = { lever: "driver:growth", size: "2", hours: 100, cost: "5000", months: 3, after: null, out: false };
const inputs: PlanInputs = { ...START_PLAN, estimates: [growth] };
const keep = (ventureId: string, version: number, given = inputs) =>
  keepPlan(analyst, { ventureId, version, reason: "what we can do", inputs: given }, NOW);
async function pageOf(ventureId: string, now = NOW) {
  const page = await findPlan(analyst, ventureId, now);
  if (!page) throw new Error("not there");
  return page;
}

test("a kept plan is a version whose figures open, come out the same, and name their rows", async () => {
  const ventureId = await valued();
  expect((await pageOf(ventureId)).version).toBe(0);
  expect(await keep(ventureId, 0)).toMatchObject({ ok: true, value: { version: 1 } });
  const { lines, figures, steps, moved, valued: priced } = await pageOf(ventureId);
  expect([priced, moved]).toEqual([true, false]);
  expect(steps.map(({ lever }) => lever)).toEqual(expect.arrayContaining(["driver:growth", "readiness:tax"]));
  const effect = lines.find(({ lever }) => lever === "driver:growth")?.effect;
  expect(Number(effect?.value)).toBeGreaterThan(0);
  for (const figure of [effect, figures.total, figures.gap]) {
    if (!figure?.ask) throw new Error("no question");
    expect(await openFigure(analyst, figure.id, figure.ask, NOW)).toMatchObject({ ok: true });
    expect(await recomputeFigure(analyst, figure.id, NOW)).toMatchObject({ ok: true, value: { same: true } });
  }
  const rows = await listSourceRows(analyst, effect?.id ?? "", { source: 0 });
  expect(rows.rows.map(({ cells }) => cells)).toContainEqual(["estimates.0.hours", "100"]);
  expect(await db.event.count({ where: { chain: ventureId, type: "valuation-plan.kept" } })).toBe(1);
});

test("what came of a plan is measured against the version that was kept", async () => {
  const ventureId = await valued();
  await keep(ventureId, 0);
  const before = await pageOf(ventureId);
  const standing = await db.readinessScore.findFirstOrThrow({ where: { ventureId, criterion: "tax" } });
  await score(ventureId, "tax", 4, standing.id.toString(), LATER);
  const { steps, figures } = await pageOf(ventureId, LATER);
  const state = (lever: string) => steps.find((step) => step.lever === lever);
  expect(state("readiness:tax")).toMatchObject({ from: "2", to: "4", actual: { value: "4" }, state: "reached" });
  // No revenue is stored, so growth has no measure; its day has passed.
  expect(state("driver:growth")).toMatchObject({
    from: null,
    to: null,
    actual: { value: null, reason: "no-data" },
    state: "late",
  });
  const [equity, total] = [Number(before.figures.equity?.value), Number(before.figures.total?.value)];
  expect(Number(figures.planned?.value)).toBeCloseTo(equity + total, 6);
  expect(Number(figures.gap?.value)).toBeCloseTo(-total, 6);
});

test("of two who keep the same version exactly one wins; rounds, strangers and the unvalued are refused", async () => {
  const ventureId = await valued();
  const outcomes = await Promise.all([keep(ventureId, 0), keep(ventureId, 0)]);
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  expect(outcomes.find(({ ok }) => !ok)).toMatchObject({ refusal: "STALE_PLAN" });
  const round = { ...START_PLAN, estimates: [{ ...growth, after: "driver:growth" }] };
  expect(await keep(ventureId, 1, round)).toMatchObject({ refusal: "ROUND_ORDER" });
  const strange = { ...START_PLAN, estimates: [{ ...growth, lever: "readiness:nothing" }] };
  expect(await keep(ventureId, 1, strange)).toMatchObject({ refusal: "UNKNOWN_LEVER" });
  expect(await keep(await makeVenture(), 0)).toMatchObject({ refusal: "NO_VALUATION" });
  const stranger = { ...analyst, ventures: [] } as typeof analyst;
  expect(await findPlan(stranger, ventureId, NOW)).toBeNull();
});
