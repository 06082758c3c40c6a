import { afterAll, expect, test } from "vitest";
import { db } from "@/lib/db";
import { decideExperiment, draftExperiment, importCounts, startExperiment } from "@/lib/experiments/mutations";
import { getExperiment } from "@/lib/experiments/queries";
import { draft, rates } from "@/lib/experiments/test-support/designs";
import { recomputeFigure } from "@/lib/figures/mutations/recompute";
import { actor, makeVenture } from "@/lib/metrics/test-support/facts";
import { disconnectEngineClient } from "@/lib/workflows/transport";
import { findInitiative } from "../../queries/initiatives/initiative";
import { beginInitiative, NOON, reportRevenueWithStep } from "../../test-support/initiatives";
import { measureReview } from "./initiative-measure";

/** An initiative with an experiment, from its start to its review: what the arms showed is what it is measured by. */
afterAll(disconnectEngineClient);

const analyst = actor("analyst");
const REVIEW = "2026-11-15";
const day = (text: string): Date => new Date(`${text}T09:00:00Z`);

function taken<T>(outcome: { ok: true; value: T } | { ok: false; refusal: string }): T {
  if (!outcome.ok) throw new Error(outcome.refusal);
  return outcome.value;
}

/** Started in February and tried from March on; shipped on 10 May where the arms said so. */
async function withExperiment(metric: string, treated: [number, number]) {
  const ventureId = await makeVenture();
  await reportRevenueWithStep(ventureId, 1_000, 0, "2026-03");
  const { id } = await beginInitiative({ lever: "growth:revenue", targetValue: null }, ventureId);
  const started = { startedOn: day("2026-02-10"), startsOn: day("2026-02-10"), reviewOn: day(REVIEW) };
  await db.initiative.update({ where: { id }, data: { status: "running", ...started } });
  const metrics = [{ key: metric, name: "Buyers", kind: "rate" as const, role: "primary" as const }];
  const planned = { ...draft(ventureId, "Annual plan", "fixed", { metrics }), initiativeId: id };
  const drafted = taken(await draftExperiment(analyst, planned, day("2026-03-01")));
  taken(await startExperiment(analyst, drafted, day("2026-03-01")));
  const { experimentId } = drafted;
  const file = { text: rates([1_000, 10_000], treated), format: "csv" as const };
  const counts = { experimentId, ...file, onRevision: 0, fileName: "counts.csv", through: "2026-05-09" };
  taken(await importCounts(analyst, counts, day("2026-05-10")));
  const { version, dataRevision } = (await getExperiment(analyst, experimentId)).head;
  const verdict = { experimentId, version, dataRevision, decision: "ship" as const, arm: null, reason: "A test" };
  taken(await decideExperiment(analyst, verdict, day("2026-05-10")));
  await measureReview(id, REVIEW, NOON);
  const view = await findInitiative(analyst, id, ventureId);
  if (!view) throw new Error("The initiative is out of sight");
  return { id, experimentId, ventureId, view };
}

test("the review measures it by the experiment, on the months since it was shipped, beside the other methods", async () => {
  const { view, experimentId } = await withExperiment("revenue", [1_400, 10_000]);
  const [measured] = view.measurements;
  expect(measured).toMatchObject({ verdict: "improved", reviewOn: REVIEW });
  expect(measured?.tried.map(({ method, reason }) => [method, reason])).toEqual([
    ["experiment", null],
    ["forecast", null],
    ["difference-in-differences", "too-few-ventures"],
  ]);
  expect(measured?.counterfactual.map(({ month }) => month)).toEqual([
    ...["2026-06", "2026-07", "2026-08", "2026-09", "2026-10"],
  ]);
  // Shipped at + 40 %: of what came in these months the part 0.4 ÷ 1.4 is its effect, however smooth the months look.
  const actual = measured?.counterfactual.reduce((sum, row) => sum + row.actual / 5, 0) ?? 0;
  const { effect, gain } = measured?.figures ?? {};
  expect(Number(effect?.value)).toBeCloseTo((actual * 0.4) / 1.4, 6);
  expect(Number(gain?.value) / (5 * Number(effect?.value))).toBeCloseTo(0.8, 1);
  const stored = await db.figure.findFirstOrThrow({ where: { id: effect?.id ?? "" } });
  expect(JSON.stringify(stored.sources)).toContain(`experiment:${experimentId}`);
  expect(await recomputeFigure(analyst, effect?.id ?? "", NOON)).toMatchObject({ ok: true, value: { same: true } });
});

test("one on another metric does not count, and the reader is told why", async () => {
  const { view } = await withExperiment("signup", [1_400, 10_000]);
  const [measured] = view.measurements;
  expect(measured).toMatchObject({ verdict: "cannot-tell" });
  expect(measured?.tried.map(({ method, reason }) => [method, reason])).toEqual([
    ["experiment", "experiment-of-another-metric"],
    ["forecast", null],
    ["difference-in-differences", "too-few-ventures"],
  ]);
});

test("one that shipped without an effect that can be told apart from none is no improvement", async () => {
  const { view } = await withExperiment("revenue", [1_005, 10_000]);
  expect(view.measurements[0]).toMatchObject({ verdict: "cannot-tell" });
  expect(view.measurements[0]?.why).toContain("cannot be told from none");
});
