import { describe, expect, test } from "vitest";
import { callTool } from "@/lib/agents/define-tool";
import { db } from "@/lib/db";
import { recomputeFigure } from "@/lib/figures/mutations/recompute";
import { listSourceRows, staleFigures } from "@/lib/figures/queries";
import { actor, makeVenture } from "@/lib/metrics/test-support/facts";
import { decideExperiment, draftExperiment, importCounts, startExperiment, stopExperiment } from "./mutations";
import { findShippedEffect, getExperiment, listExperiments, previewCounts } from "./queries";
import type { Method } from "./schema/design";
import { draft, rates } from "./test-support/designs";
import { ventureExperimentTools } from "./tools";

const analyst = actor("analyst");
const now = new Date("2026-11-22T09:00:00Z");

function value<T>(outcome: { ok: true; value: T } | { ok: false; refusal: string; problems?: unknown }): T {
  if (!outcome.ok) throw new Error(`${outcome.refusal} ${JSON.stringify(outcome.problems ?? [])}`);
  return outcome.value;
}

async function running(method: Method = "fixed", given: Parameters<typeof draft>[3] = {}) {
  const ventureId = await makeVenture();
  const { experimentId, version } = value(
    await draftExperiment(analyst, draft(ventureId, "Annual plan", method, given), now),
  );
  value(await startExperiment(analyst, { experimentId, version }, now));
  return { ventureId, experimentId };
}

const counts = (experimentId: string, text: string, onRevision = 0) => ({
  ...{ experimentId, text, onRevision, format: "csv" as const, fileName: "counts.csv", through: null },
});

const decision = async (experimentId: string, said: "ship" | "do-not-ship", reason = "") => {
  const { head } = await getExperiment(analyst, experimentId);
  const { version, dataRevision } = head;
  return { ...{ experimentId, version, dataRevision, reason }, decision: said, arm: null };
};

async function makeInitiative(ventureId: string): Promise<string> {
  const plan = {
    lever: "pricing",
    title: "Annual plan",
    ownerRole: "CEO",
    currency: "EUR",
    metric: "signup",
    stopRule: "-",
  };
  const days = { startsOn: now, reviewOn: now, createdAt: now };
  const { id } = await db.initiative.create({
    data: { ventureId, ...plan, ...days, status: "running", budgetMinor: 1n },
  });
  return id;
}

const outcomes = (list: readonly { ok: boolean; refusal?: string }[]) =>
  list.map((one) => (one.ok ? "ok" : (one.refusal ?? ""))).sort();

describe("design and start", () => {
  test("a draft is planned, stored with its figures, recorded, and frozen by the start", async () => {
    const ventureId = await makeVenture();
    const drafted = value(await draftExperiment(analyst, draft(ventureId, "Annual plan"), now));
    const before = await getExperiment(analyst, drafted.experimentId);
    // GrowthBook's closed form at p = 0.1, lift 0.2 with each arm's own variance, both tails: 8,500 visitors in all.
    expect(before.head.plannedUnits).toBeGreaterThan(8_000);
    expect(before.views.plannedUnits?.value).toBe(String(before.head.plannedUnits));
    const again = { ...draft(ventureId, "Annual plan, shorter"), ...drafted };
    const redrafted = value(await draftExperiment(analyst, again, now));
    expect(redrafted.version).toBe(2);
    value(await startExperiment(analyst, redrafted, now));
    const { head } = await getExperiment(analyst, drafted.experimentId);
    expect(head).toMatchObject({ status: "running", startedOn: "2026-11-22", version: 3 });
    expect(head.plannedEnd).not.toBeNull();
    expect(await draftExperiment(analyst, { ...again, version: 3 }, now)).toMatchObject({ refusal: "ALREADY_STARTED" });
    const events = await db.event.findMany({ where: { chain: ventureId }, orderBy: { seq: "asc" } });
    expect(events.map(({ type }) => type)).toEqual([
      "experiment.drafted",
      "experiment.redrafted",
      "experiment.started",
    ]);
  });

  test("two names alike, an effect that no size finds, and a venture out of sight are refused", async () => {
    const ventureId = await makeVenture();
    value(await draftExperiment(analyst, draft(ventureId, "One"), now));
    expect(await draftExperiment(analyst, draft(ventureId, "One"), now)).toMatchObject({ refusal: "NAME_TAKEN" });
    const far = draft(ventureId, "Two", "fixed", { minimalEffect: 12 });
    expect(await draftExperiment(analyst, far, now)).toMatchObject({ refusal: "CANNOT_BE_PLANNED" });
    const stranger = actor("analyst", [await makeVenture()]);
    await expect(draftExperiment(stranger, draft(ventureId, "Three"), now)).rejects.toThrow("NOT_FOUND");
    await expect(listExperiments(stranger, ventureId)).rejects.toThrow("NOT_FOUND");
  });

  test("of ten starts at once exactly one wins", async () => {
    const ventureId = await makeVenture();
    const drafted = value(await draftExperiment(analyst, draft(ventureId, "Race"), now));
    const list = await Promise.all(Array.from({ length: 10 }, () => startExperiment(analyst, drafted, now)));
    expect(outcomes(list)).toEqual([...Array.from({ length: 9 }, () => "ALREADY_STARTED"), "ok"]);
    expect(await db.event.count({ where: { chain: ventureId, type: "experiment.started" } })).toBe(1);
  });
});

describe("counts", () => {
  test("a fixed horizon shows progress and no result until its size is reached", async () => {
    const { experimentId } = await running();
    value(await importCounts(analyst, counts(experimentId, rates([100, 1000], [160, 1000])), now));
    const early = await getExperiment(analyst, experimentId);
    expect(early.standing).toMatchObject({ hidden: "not-reached", comparisons: [], verdict: { said: "keep-running" } });
    expect(Object.keys(early.views).some((key) => key.startsWith("estimate"))).toBe(false);
    expect(await db.figure.count({ where: { label: { startsWith: "Change: Sign-up" }, value: { not: null } } })).toBe(
      0,
    );
    expect(early.views.units?.value).toBe("2000");
    value(await importCounts(analyst, counts(experimentId, rates([1000, 10000], [1400, 10000]), 1), now));
    const late = await getExperiment(analyst, experimentId);
    expect(late.standing.verdict).toMatchObject({ said: "ship", arm: "b" });
    expect(Number(late.views["estimate:signup:b"]?.value)).toBeCloseTo(0.4, 12);
  });

  test("a broken split shows the warning and nothing else", async () => {
    const { experimentId } = await running("sequential");
    value(await importCounts(analyst, counts(experimentId, rates([100, 10000], [300, 9000])), now));
    const { standing, views } = await getExperiment(analyst, experimentId);
    expect(standing).toMatchObject({ hidden: "sample-ratio", comparisons: [], values: [] });
    expect(standing.verdict.said).toBe("cannot-tell");
    expect(Object.keys(views)).toContain("sampleRatio");
    expect(Object.keys(views).filter((key) => /^(estimate|pValue|value|progress)/.test(key))).toEqual([]);
  });

  test("the same counts again are no revision, others supersede them and keep them", async () => {
    const { experimentId, ventureId } = await running("sequential");
    const text = rates([100, 1000], [130, 1010]);
    value(await importCounts(analyst, counts(experimentId, text), now));
    const reordered = `arm,successes,n\nb,130,1010\ncontrol,100,1000\n`;
    expect(await importCounts(analyst, counts(experimentId, reordered, 1), now)).toMatchObject({
      refusal: "SAME_COUNTS",
    });
    value(await importCounts(analyst, counts(experimentId, rates([110, 1000], [130, 1010]), 1), now));
    const { imports, head } = await getExperiment(analyst, experimentId);
    expect(imports.map(({ revision, current }) => [revision, current])).toEqual([
      [2, true],
      [1, false],
    ]);
    expect(head.dataRevision).toBe(2);
    const first = await db.experimentImport.findFirstOrThrow({
      where: { experimentId, revision: 1 },
      include: { counts: true },
    });
    expect(first.counts).toHaveLength(2);
    expect(await db.event.count({ where: { chain: ventureId, type: "experiment.counted" } })).toBe(2);
  });

  test("bad rows refuse the whole file, each with its reason; the preview says the same and changes nothing", async () => {
    const { experimentId } = await running("sequential");
    const bad = "arm,n,successes\ncontrol,100,120\nc,10,1\nb,ten,1\n";
    const refused = await importCounts(analyst, counts(experimentId, bad), now);
    expect(refused).toMatchObject({ ok: false, refusal: "COUNTS_REFUSED" });
    const preview = value(await previewCounts(analyst, counts(experimentId, bad)));
    expect(preview.problems.map(({ problem }) => problem).join("|")).toMatch(/no arm "c".*n is "ten".*Sign-up/);
    const good = value(await previewCounts(analyst, counts(experimentId, rates([10, 100], [12, 100]))));
    expect(good).toMatchObject({
      problems: [],
      onRevision: 0,
      changes: [{ before: null, after: 100 }, { after: 100 }],
    });
    expect(await db.experimentImport.count({ where: { experimentId } })).toBe(0);
  });

  test("days are added up, and their last one is the day of the figures", async () => {
    const { experimentId } = await running("sequential");
    const text = [
      "arm,metric,day,n,successes",
      ...["2026-11-20", "2026-11-21"].flatMap((day) => [`control,signup,${day},500,50`, `b,signup,${day},510,60`]),
    ].join("\n");
    value(await importCounts(analyst, counts(experimentId, text), now));
    const { standing, views, through } = await getExperiment(analyst, experimentId);
    expect(standing.units).toBe(2020);
    expect(through).toBe("2026-11-21");
    expect(views.units?.asOf).toBe("2026-11-21");
  });

  test("of ten imports on one preview exactly one wins", async () => {
    const { experimentId } = await running("sequential");
    const list = await Promise.all(
      Array.from({ length: 10 }, (_, i) =>
        importCounts(analyst, counts(experimentId, rates([100 + i, 1000], [130, 1000])), now),
      ),
    );
    expect(outcomes(list)).toEqual([...Array.from({ length: 9 }, () => "CHANGED_SINCE"), "ok"]);
    expect(await db.experimentImport.count({ where: { experimentId } })).toBe(1);
  });
});

describe("figures", () => {
  test("open to their counts, go stale with them, and compute again", async () => {
    const { experimentId } = await running("sequential");
    value(await importCounts(analyst, counts(experimentId, rates([100, 1000], [150, 1000])), now));
    const { views } = await getExperiment(analyst, experimentId);
    const estimate = views["estimate:signup:b"];
    if (!estimate) throw new Error("no estimate");
    expect(await recomputeFigure(analyst, estimate.id, now)).toMatchObject({ ok: true, value: { same: true } });
    const rows = await listSourceRows(analyst, estimate.id);
    expect(rows).toMatchObject({ total: 2, columns: ["arm", "metric", "day", "units", "sums", "file"] });
    value(await importCounts(analyst, counts(experimentId, rates([100, 1000], [160, 1000]), 1), now));
    expect(await staleFigures([estimate])).toHaveLength(1);
    const after = await getExperiment(analyst, experimentId);
    expect(after.views["estimate:signup:b"]).toMatchObject({ revision: 2, stale: null });
    expect(Number(after.views["estimate:signup:b"]?.value)).toBeCloseTo(0.6, 12);
  });

  test("the growth agent's tool tells the standing, within the actor's ventures", async () => {
    const { ventureId, experimentId } = await running("sequential");
    value(await importCounts(analyst, counts(experimentId, rates([100, 1000], [150, 1000])), now));
    const [tool] = ventureExperimentTools;
    if (!tool) throw new Error("no tool");
    const call = { agent: null, runId: null, now };
    const answer = await callTool(tool, { venture: ventureId }, { ...call, actor: analyst });
    expect(answer).toMatchObject({
      ok: true,
      result: {
        experiments: [{ name: "Annual plan", hidden: null, status: "running", verdict: { said: expect.any(String) } }],
      },
    });
    const stranger = actor("analyst", [await makeVenture()]);
    expect(await callTool(tool, { venture: ventureId }, { ...call, actor: stranger })).toMatchObject({ ok: false });
  });
});

describe("decision", () => {
  const clear = rates([1000, 10000], [1400, 10000]);

  test("as the rule says needs no reason; it ends the experiment and is recorded", async () => {
    const { experimentId, ventureId } = await running();
    value(await importCounts(analyst, counts(experimentId, clear), now));
    const decided = value(await decideExperiment(analyst, await decision(experimentId, "ship"), now));
    expect(decided).toEqual({ ruleSaid: "ship", overridden: false });
    const { head } = await getExperiment(analyst, experimentId);
    expect(head).toMatchObject({ status: "decided", decision: "ship", decidedArm: "b", endedOn: "2026-11-22" });
    const linked = {
      id: await makeInitiative(ventureId),
      experimentId: experimentId as string | null,
      metric: "signup",
    };
    const effect = { metric: "signup", shippedOn: "2026-11-22", estimate: expect.closeTo(0.4, 9), confidence: 0.95 };
    const asked = (more: Partial<typeof linked>, through = "2026-11-22") =>
      findShippedEffect(db, { ...linked, ...more }, through);
    expect(await asked({})).toMatchObject(effect);
    expect(await asked({ metric: "mrr" })).toMatchObject({ metric: "signup" });
    expect(await asked({ experimentId: null })).toBeNull();
    expect(await asked({}, "2026-11-21")).toBeNull();
    expect(await importCounts(analyst, counts(experimentId, rates([1, 2], [1, 2]), 1), now)).toMatchObject({
      refusal: "NOT_RUNNING",
    });
    const event = await db.event.findFirstOrThrow({ where: { chain: ventureId, type: "experiment.decided" } });
    expect(event.payload).toMatchObject({ decision: "ship", overridden: false, ruleSaid: "ship" });
  });

  test("against the rule it asks for a reason, and keeps it", async () => {
    const { experimentId } = await running();
    value(await importCounts(analyst, counts(experimentId, clear), now));
    const refused = await decideExperiment(analyst, await decision(experimentId, "do-not-ship"), now);
    expect(refused).toMatchObject({ refusal: "REASON_NEEDED", problems: [{ path: "reason" }] });
    const again = await decision(experimentId, "do-not-ship", "The annual plan breaks the price promise");
    expect(value(await decideExperiment(analyst, again, now)).overridden).toBe(true);
    const { head } = await getExperiment(analyst, experimentId);
    expect(head).toMatchObject({ ruleSaid: "ship", decision: "do-not-ship", decisionReason: again.reason });
  });

  test("is refused on counts that changed since, and of ten at once one wins", async () => {
    const { experimentId } = await running();
    value(await importCounts(analyst, counts(experimentId, clear), now));
    const read = await decision(experimentId, "ship");
    value(await importCounts(analyst, counts(experimentId, rates([1000, 10000], [1401, 10000]), 1), now));
    expect(await decideExperiment(analyst, read, now)).toMatchObject({ refusal: "CHANGED_SINCE" });
    const fresh = await decision(experimentId, "ship");
    const list = await Promise.all(Array.from({ length: 10 }, () => decideExperiment(analyst, fresh, now)));
    expect(outcomes(list)).toEqual([...Array.from({ length: 9 }, () => "NOT_RUNNING"), "ok"]);
  });

  test("stopping keeps the reason, once", async () => {
    const { experimentId } = await running();
    const { head } = await getExperiment(analyst, experimentId);
    const stop = { experimentId, version: head.version, reason: "The page was rebuilt" };
    const list = await Promise.all([stopExperiment(analyst, stop, now), stopExperiment(analyst, stop, now)]);
    expect(outcomes(list)).toEqual(["ALREADY_ENDED", "ok"]);
    expect((await getExperiment(analyst, experimentId)).head).toMatchObject({
      status: "stopped",
      decisionReason: stop.reason,
    });
  });
});
