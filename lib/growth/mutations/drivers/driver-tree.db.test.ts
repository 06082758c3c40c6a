import { expect, test } from "vitest";
import { db } from "@/lib/db";
import { openFigure } from "@/lib/figures/mutations/open";
import { recomputeFigure } from "@/lib/figures/mutations/recompute";
import { listSourceRows } from "@/lib/figures/queries";
import { actor, makeVenture, months, reportMonths } from "@/lib/metrics/test-support/facts";
import { findVentureDrivers } from "../../queries/drivers/drivers";
import type { TreeEdit } from "../../schema/driver-tree";
import { editDriverTree, restoreDriverTree } from "./driver-tree";
import { setGroupHolding } from "./group-holding";

const NOW = new Date("2026-11-22T12:00:00Z");
const analyst = actor("analyst");

/** Services: 10 people, 24 months of 1,000 and then one of 1,100. */
async function firm(): Promise<string> {
  const ventureId = await makeVenture();
  await db.venture.update({ where: { id: ventureId }, data: { businessModel: "services" } });
  await reportMonths(
    ventureId,
    "revenue",
    months("2024-11", 24, (month) => (month === 23 ? 1_100 : 1_000)),
  );
  await reportMonths(
    ventureId,
    "headcount",
    months("2024-11", 24, () => 10),
    "Accounts",
    null,
  );
  await reportMonths(
    ventureId,
    "valuation",
    months("2026-10", 1, () => 60_500),
  );
  return ventureId;
}

const sheetOf = async (ventureId: string) => {
  const found = await findVentureDrivers(analyst, ventureId, NOW);
  if (!found) throw new Error("The venture is not there");
  return found;
};
const edit = (ventureId: string, version: number, change: TreeEdit) =>
  editDriverTree(analyst, { ventureId, version, edit: change, reason: "to see" }, NOW);

test("the template is filled from the facts and says how far it is from what was reported", async () => {
  const { sheet, kept } = await sheetOf(await firm());
  expect(kept).toMatchObject({ version: 0, template: "services" });
  // 12,100 ÷ 12 ÷ 10 people × 10 people against 1,100.
  expect(Number(sheet.now.value)).toBeCloseTo(12_100 / 12, 9);
  expect(sheet.reported.value).toBe("1100");
  expect(Number(sheet.gap.value)).toBeCloseTo(1_100 - 12_100 / 12, 9);
  expect(Number(sheet.gapShare.value)).toBeCloseTo(1 / 12, 9);
  // 60,500 over 12,100 a year: five times, kept while revenue stands still.
  expect(Number(sheet.multiple.value)).toBeCloseTo(5, 9);
  const [year] = sheet.horizons;
  expect(year?.revenue.value).toBe("12100");
  expect(year?.valuation.value).toBe("60500");
  const people = year?.rows.find(({ id }) => id === "headcount");
  expect(people?.revenue).toMatchObject({ up: { value: "1210" }, down: { value: "-1210" } });
  expect(people?.valuation.up.value).toBe("6050");
  expect(people?.proceeds.up).toMatchObject({ value: null, reason: "no-cap-table" });
  expect(people?.path.map(({ id }) => id)).toEqual(["headcount", "revenue"]);
});

test("an edit is a version with its reason; going back is one too", async () => {
  const ventureId = await firm();
  expect(
    await edit(ventureId, 0, { kind: "set", node: "headcount", value: "12", monthlyGrowth: "0.05" }),
  ).toMatchObject({
    ok: true,
    value: { version: 1 },
  });
  const changed = await sheetOf(ventureId);
  expect(Number(changed.sheet.now.value)).toBeCloseTo((12 * 12_100) / 120, 9);
  expect(changed.versions).toMatchObject([{ version: 1, reason: "to see" }]);
  expect(await restoreDriverTree(analyst, { ventureId, version: 1, to: 0, reason: "no" }, NOW)).toMatchObject({
    value: { version: 2 },
  });
  const back = await sheetOf(ventureId);
  expect(Number(back.sheet.now.value)).toBeCloseTo(12_100 / 12, 9);
  expect(back.versions.map(({ version }) => version)).toEqual([2, 1]);
  const events = await db.event.findMany({ where: { chain: ventureId, type: "driver-tree.changed" } });
  expect(events).toHaveLength(2);
  expect(await restoreDriverTree(analyst, { ventureId, version: 2, to: 9, reason: "no" }, NOW)).toMatchObject({
    refusal: "UNKNOWN_VERSION",
  });
});

test("of two edits at once exactly one wins", async () => {
  const ventureId = await firm();
  const names = ["Staff", "Crew", "Team"];
  const outcomes = await Promise.all(
    names.map((label) => edit(ventureId, 0, { kind: "rename", node: "headcount", label })),
  );
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  expect(outcomes.filter((outcome) => !outcome.ok && outcome.refusal === "STALE_TREE")).toHaveLength(2);
  expect(await db.driverTreeVersion.count({ where: { ventureId } })).toBe(1);
});

test("a figure is stored when it is opened, and computed again the same", async () => {
  const ventureId = await firm();
  const { sheet, to, kept } = await sheetOf(ventureId);
  const figure = sheet.horizons[1]?.rows[0]?.revenue.up;
  const ask = { of: "growth.drivers", args: { venture: ventureId, to, tree: kept.version } };
  expect(await openFigure(analyst, figure?.id ?? "", ask, NOW)).toMatchObject({
    ok: true,
    value: { value: figure?.value },
  });
  expect(await recomputeFigure(analyst, figure?.id ?? "", NOW)).toMatchObject({ ok: true, value: { same: true } });
  expect(await listSourceRows(analyst, figure?.id ?? "")).toMatchObject({
    dataset: "driver-tree",
    rows: [{ cells: ["0", "template", ""] }],
  });
  // An edit makes another question; the old one is answered by the version that it names.
  await edit(ventureId, 0, { kind: "set", node: "headcount", value: "20", monthlyGrowth: null });
  const again = await recomputeFigure(analyst, figure?.id ?? "", NOW);
  expect(again.ok && again.value.after.value).toBe(figure?.value);
});

test("what is not stored is unknown, with the reason and the name of the driver", async () => {
  const ventureId = await makeVenture();
  await db.venture.update({ where: { id: ventureId }, data: { businessModel: "marketplace" } });
  await reportMonths(
    ventureId,
    "revenue",
    months("2026-01", 10, () => 1_000),
  );
  const { sheet } = await sheetOf(ventureId);
  expect(sheet.now).toMatchObject({ value: null, reason: "missing-driver" });
  expect(sheet.horizons).toEqual([]);
  expect(sheet.leaves.filter(({ figure }) => figure.value === null).map(({ leaf }) => leaf.id)).toEqual([
    "gross_merchandise_value",
    "take_rate",
  ]);
  await edit(ventureId, 0, { kind: "set", node: "gross_merchandise_value", value: "10000", monthlyGrowth: null });
  await edit(ventureId, 1, { kind: "set", node: "take_rate", value: "0.1", monthlyGrowth: null });
  const filled = await sheetOf(ventureId);
  expect(filled.sheet.now.value).toBe("1000");
  // No valuation is stored: the valuation and what rests on it are unknown, revenue is not.
  expect(filled.sheet.horizons[0]?.revenue.value).toBe("12000");
  expect(filled.sheet.horizons[0]?.valuation).toMatchObject({ value: null, reason: "no-data" });
});

test("a division by a driver that is zero is said, not computed", async () => {
  const ventureId = await firm();
  const parts = [
    { label: "Hours", value: "100" },
    { label: "Nothing", value: "0" },
  ];
  await edit(ventureId, 0, { kind: "split", node: "headcount", operation: "quotient", parts });
  const { sheet } = await sheetOf(ventureId);
  expect(sheet).toMatchObject({ zeroDivisor: true, horizons: [] });
  expect(sheet.now).toMatchObject({ value: null, reason: "zero-denominator" });
});

test("a venture out of sight does not exist, and a holder must be in the cap table", async () => {
  const ventureId = await firm();
  expect(await findVentureDrivers(actor("analyst", []), ventureId, NOW)).toBeNull();
  const stranger = editDriverTree(
    actor("analyst", []),
    { ventureId, version: 0, reason: "x y z", edit: { kind: "remove", node: "a" } },
    NOW,
  );
  await expect(stranger).rejects.toMatchObject({ code: "NOT_FOUND" });
  const input = { ventureId, version: 0, holderIds: ["nobody"], reason: "guess" };
  expect(await setGroupHolding(analyst, input, NOW)).toMatchObject({ ok: false, refusal: "UNKNOWN_HOLDER" });
});
