import { beforeEach, expect, test } from "vitest";
import { db } from "@/lib/db";
import { raiseAlerts } from "./mutations";

const NOW = new Date("2026-11-22T02:15:00Z");
const later = (days: number): Date => new Date(NOW.getTime() + days * 86_400_000);

let count = 0;
let ventureId: string;

beforeEach(async () => {
  count += 1;
  const venture = await db.venture.create({
    data: {
      ...{ slug: `watched-${count}`, name: `Watched ${count}`, sector: "software", businessModel: "saas" },
      ...{ currency: "EUR", country: "DE", timeZone: "Europe/Berlin", stage: "active" },
      settings: { create: { profile: "balanced", autonomy: "assisted" } },
      stageRecords: { create: { ordinal: 1, enteredAt: new Date("2026-01-01T00:00:00Z"), openSubstages: ["40.1"] } },
    },
  });
  ventureId = venture.id;
});

async function measured(values: Record<string, string | null>, freshness = "fresh"): Promise<void> {
  const measures = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { value }]));
  const row = { asOf: NOW, computedAt: NOW, measures, freshnessDays: 3, freshness, contradictions: 0 };
  await db.ventureSnapshot.upsert({ where: { ventureId }, create: { ventureId, ...row }, update: row });
}

const alerts = () => db.alert.findMany({ where: { ventureId }, orderBy: { kind: "asc" } });
const events = async () =>
  (await db.event.findMany({ where: { chain: ventureId }, orderBy: { seq: "asc" } })).map(({ type, subject }) => [
    type,
    subject.split(":")[1],
  ]);

test("one alert for each cause while it lasts, cleared when it ends, raised again in the same row", async () => {
  await measured({ cash_runway: "5", growth_rate: "0.02" });
  expect(await raiseAlerts(ventureId, NOW)).toEqual({ raised: ["growth-critical", "runway-low"], cleared: [] });
  expect(await raiseAlerts(ventureId, later(1))).toEqual({ raised: [], cleared: [] });
  const [growth] = await alerts();
  expect(growth).toMatchObject({ kind: "growth-critical", severity: "critical", raisedAt: NOW, clearedAt: null });

  await measured({ cash_runway: "6.5", growth_rate: "0.02" });
  expect(await raiseAlerts(ventureId, later(2))).toEqual({ raised: [], cleared: [] });
  await measured({ cash_runway: "9", growth_rate: "0.02" });
  expect(await raiseAlerts(ventureId, later(3))).toEqual({ raised: [], cleared: ["runway-low"] });
  const runway = (await alerts()).find(({ kind }) => kind === "runway-low");
  expect(runway).toMatchObject({ raisedAt: NOW, clearedAt: later(3) });
  await db.alert.update({
    where: { id: runway?.id ?? "" },
    data: { acknowledgedBy: "user:a", acknowledgedAt: later(3) },
  });

  await measured({ cash_runway: "4", growth_rate: "0.02" });
  expect(await raiseAlerts(ventureId, later(4))).toEqual({ raised: ["runway-low"], cleared: [] });
  const again = (await alerts()).filter(({ kind }) => kind === "runway-low");
  expect(again).toEqual([expect.objectContaining({ id: runway?.id, raisedAt: later(4), clearedAt: null })]);
  expect(again[0]?.acknowledgedAt).toBeNull();
  expect(await events()).toEqual([
    ["alert.raised", "growth-critical"],
    ["alert.raised", "runway-low"],
    ["alert.cleared", "runway-low"],
    ["alert.raised", "runway-low"],
  ]);
});

test("of two that look at once one raises, and the other finds it", async () => {
  await measured({ customer_concentration: "0.7" });
  const both = await Promise.all([raiseAlerts(ventureId, NOW), raiseAlerts(ventureId, NOW)]);
  expect(both.flatMap(({ raised }) => raised)).toEqual(["concentration-high"]);
  expect(await alerts()).toHaveLength(1);
  expect(await events()).toHaveLength(1);
});

test("alerts of another kind are left alone, and a venture without figures has none", async () => {
  const other = { ventureId, kind: "agent-refused", severity: "warning", causeKey: `other:${ventureId}` };
  await db.alert.create({ data: { ...other, title: "t", detail: "d", raisedAt: NOW } });
  expect(await raiseAlerts(ventureId, NOW)).toEqual({ raised: [], cleared: [] });
  await measured({ cash_runway: "3" });
  await raiseAlerts(ventureId, NOW);
  await db.venture.update({ where: { id: ventureId }, data: { stage: "exited" } });
  expect(await raiseAlerts(ventureId, later(1))).toEqual({ raised: [], cleared: ["runway-low"] });
  expect(await db.alert.findUnique({ where: { causeKey: other.causeKey } })).toMatchObject({ clearedAt: null });
});

test("the chairman's limits and the months in the stage decide about growth", async () => {
  await measured({ growth_rate: "0.08" });
  expect(await raiseAlerts(ventureId, NOW)).toMatchObject({ raised: [] });
  await db.ventureSettings.update({ where: { ventureId }, data: { overrides: { growthAlertBelow: 10 } } });
  expect(await raiseAlerts(ventureId, NOW)).toMatchObject({ raised: ["growth-critical"] });
  await db.stageRecord.updateMany({ where: { ventureId }, data: { enteredAt: new Date("2026-08-01T00:00:00Z") } });
  expect(await raiseAlerts(ventureId, NOW)).toMatchObject({ cleared: ["growth-critical"] });
});
