import { today as dayToday } from "@internationalized/date";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { mintActor } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { dayDate } from "@/lib/metrics/rules/periods";
import { growingVenture } from "@/lib/workflows/test-support/growing-venture";
import { disconnectEngineClient, engineClient } from "@/lib/workflows/transport";
import { watchTriggers } from "./mutations/watch-triggers";
import { listDirectives } from "./queries";
import { handoffDocumentSchema } from "./schema/documents";

/** Triggers 001 and 004 from stored facts to the document that is handed over, with their hysteresis. */

const NOW = new Date();
const SECTOR = "Falconry";
const LOAD = "0190aaaa-0000-7000-8000-0000000f0001";
const analyst = mintActor({
  ...{ id: "analyst", ref: "user:analyst", name: "analyst", role: "analyst", ventures: "all" },
  ...{ sessionId: null, steppedUpAt: null },
});

let ventureId: string;
beforeAll(async () => {
  await engineClient();
});
beforeEach(async () => {
  ventureId = await growingVenture();
  await db.venture.update({ where: { id: ventureId }, data: { sector: SECTOR } });
  const life = { ventureId, ordinal: 1, enteredAt: NOW, openSubstages: ["40.1"] };
  await db.stageRecord.create({ data: life });
});
afterAll(async () => {
  await db.marketPoint.deleteMany({ where: { loadId: LOAD } });
  await db.marketLoad.deleteMany({ where: { id: LOAD } });
  await db.marketSeries.deleteMany({ where: { sector: SECTOR } });
  await disconnectEngineClient();
});

const ofTrigger = async (trigger: string) =>
  (await listDirectives(analyst, ventureId)).directives.filter((one) => one.trigger === trigger);
const handedOver = async (directiveId: string) => {
  const { body } = await db.handoff.findFirstOrThrow({ where: { directiveId } });
  return handoffDocumentSchema.parse(JSON.parse(body));
};
/** Ten heads at this together in a month: what a lever needs is told in heads. */
const headsCost = (value: number) =>
  db.metricPoint.updateMany({ where: { ventureId, metric: "operating_expenses" }, data: { value } });

/** The same venture in US dollars and six times as large. */
async function enlarge(): Promise<void> {
  const currency = "USD";
  await db.venture.update({ where: { id: ventureId }, data: { currency } });
  await db.subscription.updateMany({ where: { ventureId }, data: { currency, amountMinor: 6_000_000 } });
  for (const [metric, value] of [
    ["revenue", 600_000],
    ["cost_of_revenue", 150_000],
  ] as const)
    await db.metricPoint.updateMany({ where: { ventureId, metric }, data: { value, currency } });
  await db.metricPoint.updateMany({ where: { ventureId, metric: "operating_expenses" }, data: { currency } });
}

test("001: a lever that pays off and needs much of the budget fires, hands itself over, and ends when it does not", async () => {
  await enlarge();
  // A lever that costs little is no directive, whatever it returns.
  await headsCost(60_000);
  await watchTriggers(ventureId, NOW);
  expect(await ofTrigger("ACTIVE-VENTURE-001")).toEqual([]);

  // Three times its cost, and more than 100,000 US dollars.
  await headsCost(180_000);
  const { fired } = await watchTriggers(ventureId, NOW);
  const key = fired.find((one) => one.startsWith("lever:"));
  expect(key).toBeDefined();
  expect((await watchTriggers(ventureId, NOW)).fired).toEqual([]);
  const [directive] = await ofTrigger("ACTIVE-VENTURE-001");
  expect(directive).toMatchObject({ mode: "LEAD", occurrence: 1, endedAt: null });
  const document = await handedOver(directive?.id ?? "");
  expect(document).toMatchObject({ kind: "directive", directive: { trigger: "ACTIVE-VENTURE-001", causeKey: key } });
  const evidence = "evidence" in document ? document.evidence : [];
  expect(evidence.map(({ label }) => label)).toEqual([
    ...[expect.stringContaining("Return on cost"), "What it needs, in US dollars"],
    "What it needs, of the year's growth budget",
  ]);
  for (const { figure } of evidence)
    expect(await db.figure.count({ where: { id: figure.id, revision: figure.revision } })).toBe(1);

  // Its return is more than a tenth below the threshold: over. A little below it stands.
  await headsCost(215_000);
  expect((await watchTriggers(ventureId, NOW)).ended).toEqual([]);
  await headsCost(300_000);
  expect((await watchTriggers(ventureId, NOW)).ended).toContain(key);
  await headsCost(180_000);
  await watchTriggers(ventureId, NOW);
  expect((await ofTrigger("ACTIVE-VENTURE-001")).map(({ occurrence }) => occurrence)).toEqual([2, 1]);
});

async function series(kind: "deals" | "multiple", values: readonly number[]): Promise<void> {
  const key = `falconry-${kind}`;
  const about = { definition: "of all", publishedAfter: 0, revised: false, zeroIsGap: false, createdBy: "u" };
  const named = { key, label: `Falconry ${kind}`, kind, unit: kind === "deals" ? "count" : "multiple", source: "t" };
  await db.marketSeries.upsert({
    where: { key },
    create: { ...named, ...about, sector: SECTOR, createdAt: NOW },
    update: {},
  });
  const load = { id: LOAD, seriesKey: key, fileName: "a.csv", rows: 2, changed: 2, gaps: 0, rejects: [] };
  const create = { ...load, rejected: 0, loadedBy: "u", loadedAt: NOW };
  await db.marketLoad.upsert({ where: { id: LOAD }, create, update: {} });
  await db.marketPoint.deleteMany({ where: { seriesKey: key } });
  const first = dayToday("UTC").set({ day: 1 }).subtract({ months: values.length });
  await db.marketPoint.createMany({
    data: values.map((value, index) => {
      const day = dayDate(first.add({ months: index + 1 }).toString());
      return {
        seriesKey: key,
        day,
        knownOn: day,
        value: `${value}`,
        loadId: LOAD,
        rowNumber: index + 1,
        recordedAt: NOW,
      };
    }),
  });
}

test("004: a spike of sales and a high of multiples fire once, each with its figures, and end by themselves", async () => {
  const usual = Array.from({ length: 47 }, (_, index) => 100 + (index % 5));
  const flat = Array.from({ length: 47 }, (_, index) => 8 + (index % 3) / 10);
  await series("deals", [...usual, 103]);
  await series("multiple", [...flat, 8.1]);
  await watchTriggers(ventureId, NOW);
  expect(await ofTrigger("ACTIVE-VENTURE-004")).toEqual([]);

  await series("deals", [...usual, 160]);
  await series("multiple", [...flat, 9.4]);
  const keys = ["deals-spike:falconry-deals", "multiples-high:falconry-multiple"];
  expect((await watchTriggers(ventureId, NOW)).fired).toEqual(expect.arrayContaining(keys));
  expect((await watchTriggers(ventureId, NOW)).fired).toEqual([]);
  const fired = await ofTrigger("ACTIVE-VENTURE-004");
  expect(fired.map(({ mode }) => mode)).toEqual(["EXEC", "EXEC"]);
  for (const { id } of fired)
    expect(await handedOver(id)).toMatchObject({
      directive: { trigger: "ACTIVE-VENTURE-004", mode: "EXEC" },
      evidence: expect.arrayContaining([expect.objectContaining({ label: expect.stringContaining("newest value") })]),
    });

  await series("deals", [...usual, 101]);
  await series("multiple", [...flat, 7]);
  expect((await watchTriggers(ventureId, NOW)).ended).toEqual(expect.arrayContaining(keys));
});
