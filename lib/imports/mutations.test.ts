import { beforeEach, describe, expect, test } from "vitest";
import { db, pool } from "@/lib/db";
import { applyImport, importFile } from "./mutations";
import { AFTER_CHANGE } from "./mutations/refresh";
import { undoImport } from "./mutations/undo";
import { stagingTable } from "./rules/staging";
import { analyst, csvFile, later, makeVenture, NOW } from "./test-support/venture";

const actor = analyst();
let ventureId: string;

beforeEach(async () => {
  ventureId = await makeVenture();
});

const METRICS = "metric,period,value\nrevenue,2026-01,1000.10\nrevenue,2026-02,1100.20\ncash,2026-02,5000\n";

async function preview(...args: Parameters<typeof csvFile>) {
  const result = await importFile(actor, csvFile(...args));
  if (!result.ok) throw new Error(`${result.refusal} ${JSON.stringify(result.problems)}`);
  return result.value;
}

async function load(...args: Parameters<typeof csvFile>) {
  const previewed = await preview(...args);
  const applied = await applyImport(actor, previewed.importId, NOW);
  if (!applied.ok) throw new Error(applied.refusal);
  return previewed;
}

const currentValues = async (metric: string) =>
  (
    await db.metricPoint.findMany({ where: { ventureId, metric, supersededAt: null }, orderBy: { periodStart: "asc" } })
  ).map((point) => point.value.toString());

const versionOf = async (dataset: string) =>
  (await db.datasetVersion.findUnique({ where: { ventureId_dataset: { ventureId, dataset } } }))?.version ?? 0;

describe("apply", () => {
  test("writes the facts with their provenance, moves the data set versions and records the event last", async () => {
    const { importId, counts, datasets } = await load(ventureId, "metrics", METRICS);
    expect(counts).toEqual({ total: 3, inserted: 3, changed: 0, same: 0, rejected: 0 });
    expect(datasets).toEqual(["metric:cash", "metric:revenue"]);
    const [point] = await db.metricPoint.findMany({
      where: { ventureId, metric: "revenue" },
      orderBy: { periodStart: "asc" },
    });
    expect(point).toMatchObject({
      importId,
      rowNumber: 2,
      currency: "EUR",
      basis: "actual",
      grain: "month",
      recordedBy: actor.ref,
    });
    expect(point?.value.toString()).toBe("1000.1");
    expect(point?.periodStart.toISOString()).toBe("2026-01-01T00:00:00.000Z");
    expect(await versionOf("metric:revenue")).toBe(1);
    const events = await db.event.findMany({ where: { chain: ventureId }, orderBy: { seq: "asc" } });
    expect(events.map((event) => event.type)).toEqual(["import.received", "import.previewed", "import.applied"]);
    const staging = await pool().query("SELECT to_regclass($1) AS name", [stagingTable(importId)]);
    expect(staging.rows[0].name).toBeNull();
  });

  test("nothing is written before it", async () => {
    await preview(ventureId, "metrics", METRICS);
    expect(await db.metricPoint.count({ where: { ventureId } })).toBe(0);
    expect(await versionOf("metric:revenue")).toBe(0);
  });

  test("the same file twice changes nothing and says so", async () => {
    const first = await load(ventureId, "metrics", METRICS);
    const again = await preview(ventureId, "metrics", METRICS);
    expect(again.counts).toEqual({ total: 3, inserted: 0, changed: 0, same: 3, rejected: 0 });
    expect(again.alreadyImported?.importId).toBe(first.importId);
    expect(again.datasets).toEqual([]);
    expect(await applyImport(actor, again.importId, NOW)).toMatchObject({ ok: true });
    expect(await db.metricPoint.count({ where: { ventureId } })).toBe(3);
    expect(await versionOf("metric:revenue")).toBe(1);
  });

  test("a changed row supersedes, an unchanged one stays as it is", async () => {
    await load(ventureId, "metrics", METRICS);
    const second = await load(ventureId, "metrics", METRICS.replace("1100.20", "1111"));
    expect(second.counts).toMatchObject({ inserted: 0, changed: 1, same: 2 });
    expect(await currentValues("revenue")).toEqual(["1000.1", "1111"]);
    const old = await db.metricPoint.findFirst({ where: { ventureId, supersededByImportId: second.importId } });
    expect(old?.value.toString()).toBe("1100.2");
    expect(await versionOf("metric:revenue")).toBe(2);
    expect(await versionOf("metric:cash")).toBe(1);
  });

  test("of two clicks exactly one applies", async () => {
    const { importId } = await preview(ventureId, "metrics", METRICS);
    const results = await Promise.all(Array.from({ length: 8 }, () => applyImport(actor, importId, NOW)));
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    expect(results.filter((result) => !result.ok).map((result) => !result.ok && result.refusal)).toEqual(
      Array.from({ length: 7 }, () => "ALREADY_APPLIED"),
    );
    expect(await db.metricPoint.count({ where: { ventureId } })).toBe(3);
    expect(await db.event.count({ where: { chain: ventureId, type: "import.applied" } })).toBe(1);
  });

  test("two imports of the same keys from one source: the second has to look again", async () => {
    const one = await preview(ventureId, "metrics", METRICS);
    const two = await preview(ventureId, "metrics", METRICS.replace("1100.20", "1234"));
    const results = await Promise.all([applyImport(actor, one.importId, NOW), applyImport(actor, two.importId, NOW)]);
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    expect(results.find((result) => !result.ok)).toMatchObject({ refusal: "STALE_PREVIEW" });
    expect(await db.metricPoint.count({ where: { ventureId } })).toBe(3);
  });

  test("a preview stays good when another source moved the same data set", async () => {
    const one = await preview(ventureId, "metrics", METRICS);
    await load(ventureId, "metrics", METRICS, { sourceName: "Board deck" });
    expect(await applyImport(actor, one.importId, NOW)).toMatchObject({ ok: true });
  });

  test("rows that a crash took out of the staging table are read again from the file", async () => {
    const { importId } = await preview(ventureId, "metrics", METRICS);
    await pool().query(`TRUNCATE ${stagingTable(importId)}`);
    expect(await applyImport(actor, importId, NOW)).toMatchObject({ ok: true });
    expect(await currentValues("revenue")).toEqual(["1000.1", "1100.2"]);
  });

  test("a failure in the middle leaves nothing, and the import can be applied again", async () => {
    const { importId } = await preview(ventureId, "metrics", METRICS);
    await pool().query(
      `CREATE FUNCTION fail_once() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'killed'; END $$;
       CREATE TRIGGER fail_once BEFORE INSERT ON "event" FOR EACH STATEMENT EXECUTE FUNCTION fail_once();`,
    );
    await expect(applyImport(actor, importId, NOW)).rejects.toThrow();
    await pool().query(`DROP TRIGGER fail_once ON "event"; DROP FUNCTION fail_once()`);
    expect(await db.metricPoint.count({ where: { ventureId } })).toBe(0);
    expect((await db.import.findUniqueOrThrow({ where: { id: importId } })).status).toBe("previewed");
    expect(await versionOf("metric:revenue")).toBe(0);
    expect(await applyImport(actor, importId, NOW)).toMatchObject({ ok: true });
  });

  test("another venture's analyst sees nothing of it", async () => {
    const { importId } = await preview(ventureId, "metrics", METRICS);
    const stranger = analyst([]);
    await expect(applyImport(stranger, importId, NOW)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(importFile(stranger, csvFile(ventureId, "metrics", METRICS))).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });

  test("those who derive from the facts are told after the commit", async () => {
    const told: string[][] = [];
    AFTER_CHANGE.push(async (_venture, datasets) => void told.push([...datasets]));
    await load(ventureId, "metrics", METRICS);
    AFTER_CHANGE.pop();
    expect(told).toEqual([["metric:cash", "metric:revenue"]]);
  });
});

describe("sources", () => {
  test("two sources that disagree are both kept, neither merged", async () => {
    await load(ventureId, "metrics", METRICS);
    const other = await load(ventureId, "metrics", METRICS.replace("1100.20", "900"), { sourceName: "Board deck" });
    expect(other.counts).toMatchObject({ inserted: 3, changed: 0, same: 0 });
    expect((await currentValues("revenue")).sort()).toEqual(["1000.1", "1000.1", "1100.2", "900"]);
  });
});

describe("undo", () => {
  test("brings back what was there, as if the import had never been", async () => {
    await load(ventureId, "metrics", METRICS);
    const before = await currentValues("revenue");
    const second = await load(
      ventureId,
      "metrics",
      METRICS.replace("1100.20", "1111").replace("cash,2026-02", "cash,2026-03"),
    );
    const undone = await undoImport(actor, second.importId, "Wrong file", later(5));
    expect(undone).toMatchObject({
      ok: true,
      value: { withdrawn: 2, restored: 1, datasets: ["metric:cash", "metric:revenue"] },
    });
    expect(await currentValues("revenue")).toEqual(before);
    expect(await currentValues("cash")).toEqual(["5000"]);
    expect(await versionOf("metric:revenue")).toBe(3);
    const row = await db.import.findUniqueOrThrow({ where: { id: second.importId } });
    expect(row).toMatchObject({ status: "undone", undoReason: "Wrong file" });
  });

  test("after it the same file is new again", async () => {
    const first = await load(ventureId, "metrics", METRICS);
    await undoImport(actor, first.importId, "Wrong venture", later(5));
    const again = await load(ventureId, "metrics", METRICS);
    expect(again.counts).toMatchObject({ inserted: 3, same: 0 });
    expect(again.alreadyImported).toBeNull();
    expect(await currentValues("revenue")).toEqual(["1000.1", "1100.2"]);
  });

  test("is refused by name when a later import builds upon its rows", async () => {
    const first = await load(ventureId, "metrics", METRICS);
    const second = await load(ventureId, "metrics", METRICS.replace("1100.20", "1111"), { fileName: "february.csv" });
    const refused = await undoImport(actor, first.importId, "Wrong file", later(5));
    expect(refused).toMatchObject({ ok: false, refusal: "BUILT_UPON" });
    expect(!refused.ok && refused.problems?.[0]?.expected).toContain("february.csv");
    expect(await currentValues("revenue")).toEqual(["1000.1", "1111"]);
    await undoImport(actor, second.importId, "Wrong file", later(6));
    expect(await undoImport(actor, first.importId, "Wrong file", later(7))).toMatchObject({ ok: true });
    expect(await currentValues("revenue")).toEqual([]);
  });

  test("is refused when a value was corrected by hand since", async () => {
    const first = await load(ventureId, "metrics", METRICS);
    const point = await db.metricPoint.findFirstOrThrow({ where: { ventureId, metric: "cash" } });
    await db.metricPoint.update({ where: { id: point.id }, data: { supersededAt: later(1) } });
    const refused = await undoImport(actor, first.importId, "Wrong file", later(5));
    expect(refused).toMatchObject({ ok: false, refusal: "BUILT_UPON", problems: [{ path: "correction" }] });
  });

  test("happens once, and needs a reason", async () => {
    const { importId } = await load(ventureId, "metrics", METRICS);
    expect(await undoImport(actor, importId, "  ", later(1))).toMatchObject({ refusal: "REASON_REQUIRED" });
    const results = await Promise.all([1, 2, 3].map(() => undoImport(actor, importId, "Wrong file", later(2))));
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    expect(results.find((result) => !result.ok)).toMatchObject({ refusal: "NOT_APPLIED" });
  });
});
