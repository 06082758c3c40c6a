import { beforeEach, describe, expect, test } from "vitest";
import { db, pool } from "@/lib/db";
import { applyAndRefresh, applyImport, importFile, undoAndRefresh } from "./mutations";
import { AFTER_CHANGE } from "./mutations/refresh";
import { undoImport } from "./mutations/undo";
import { getSourceRow, listChanges, listRejects } from "./queries";
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
    const { importId } = await preview(ventureId, "metrics", METRICS);
    await applyAndRefresh(actor, importId, NOW);
    const applied = await db.ventureSnapshot.findUniqueOrThrow({ where: { ventureId } });
    await undoAndRefresh(actor, importId, "Wrong file", later(1));
    const undone = await db.ventureSnapshot.findUniqueOrThrow({ where: { ventureId } });
    AFTER_CHANGE.pop();
    expect(undone.measures).not.toEqual(applied.measures);
    expect(told).toEqual([
      ["metric:cash", "metric:revenue"],
      ["metric:cash", "metric:revenue"],
    ]);
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

describe("other kinds", () => {
  const lines = (...rows: string[]) => `${rows.join("\n")}\n`;

  test("customers, subscriptions and invoices land in their tables, amounts in the minor unit", async () => {
    await load(ventureId, "customers", lines("Customer id,Name,Country,Since", "C-1,Müller,DE,2025-01-01"));
    await load(
      ventureId,
      "subscriptions",
      lines("id,customer,start date,end date,amount,currency,interval", "S-1,C-1,2026-01-01,,49.90,USD,annual"),
    );
    await load(
      ventureId,
      "invoices",
      lines(
        "Invoice number;Customer id;Invoice date;Net;Type",
        "I-1;C-1;31.01.2026;1.234,50;",
        "I-2;C-1;28.02.2026;-20,00;",
      ),
    );
    expect(await db.customer.findFirst({ where: { ventureId } })).toMatchObject({ name: "Müller", country: "DE" });
    expect(await db.subscription.findFirst({ where: { ventureId } })).toMatchObject({
      amountMinor: 4990n,
      currency: "USD",
      interval: "year",
      endOn: null,
    });
    const invoices = await db.invoice.findMany({ where: { ventureId }, orderBy: { externalId: "asc" } });
    expect(invoices.map(({ amountMinor, kind, currency }) => [amountMinor, kind, currency])).toEqual([
      [123_450n, "recurring", "EUR"],
      [-2_000n, "refund", "EUR"],
    ]);
    expect(await versionOf("invoices")).toBe(1);
  });

  test("ambiguous dates are asked, and the answer is remembered for the next file with this header", async () => {
    const text = lines("Invoice id,Customer,Date,Amount", "I-1,C,03/04/2026,5.00");
    const asked = await importFile(actor, csvFile(ventureId, "invoices", text));
    expect(asked).toMatchObject({ ok: false, refusal: "MAPPING_INCOMPLETE", problems: [{ path: "dateOrder" }] });
    const answered = await importFile(
      actor,
      csvFile(ventureId, "invoices", text, { mapping: { options: { dateOrder: "mdy" } } }),
    );
    expect(answered.ok && answered.value.counts.inserted).toBe(1);
    const again = await preview(ventureId, "invoices", text.replace("I-1", "I-2"));
    await applyImport(actor, again.importId, NOW);
    const stored = await db.invoice.findFirstOrThrow({ where: { ventureId } });
    expect(stored.issuedOn.toISOString().slice(0, 10)).toBe("2026-03-04");
  });

  test("rejected rows are kept with row, column, reason and value; the others go in", async () => {
    const text = lines(
      "id,customer,date,amount",
      "I-1,C,2026-01-01,5",
      "I-2,C,2026-02-30,5",
      "I-3,,2026-01-01,=1+1",
      "I-4,C,2030-01-01,5",
    );
    const { importId, counts } = await load(ventureId, "invoices", text);
    expect(counts).toEqual({ total: 4, inserted: 1, changed: 0, same: 0, rejected: 3 });
    const rejects = await listRejects(actor, importId, 1);
    expect(rejects.map(({ rowNumber, column, code, raw }) => [rowNumber, column, code, raw])).toEqual([
      [3, "date", "UNREADABLE_DATE", "2026-02-30"],
      [4, "amount", "UNREADABLE_NUMBER", "=1+1"],
      [4, "customer", "MISSING_VALUE", ""],
      [5, "date", "FUTURE_ACTUAL", "2030-01-01"],
    ]);
  });

  test("a key twice: identical rows count once, contradicting rows are all rejected", async () => {
    const text = lines("id,name", "C-1,Acme", "C-2,Beta", "C-1,Acme", "C-2,Gamma", "C-3,Delta");
    const { importId, counts } = await load(ventureId, "customers", text);
    expect(counts).toEqual({ total: 5, inserted: 2, changed: 0, same: 1, rejected: 2 });
    const rejects = await listRejects(actor, importId, 1);
    expect(rejects.map(({ rowNumber, code }) => [rowNumber, code])).toEqual([
      [3, "CONTRADICTION"],
      [5, "CONTRADICTION"],
    ]);
    expect((await db.customer.findMany({ where: { ventureId } })).map((row) => row.name).sort()).toEqual([
      "Acme",
      "Delta",
    ]);
  });

  test("changes are listed old beside new, before and after the apply, and open down to the row of the file", async () => {
    await load(ventureId, "customers", lines("id,name", "C-1,Acme", "C-2,Beta"));
    const second = await preview(ventureId, "customers", lines("id,name", "C-1,Acme Ltd", "C-2,Beta", "C-3,Gamma"));
    const before = await listChanges(actor, second.importId, "changed", 1);
    expect(before).toMatchObject([
      { rowNumber: 2, key: { externalId: "C-1" }, previous: { name: "Acme" }, next: { name: "Acme Ltd" } },
    ]);
    await applyImport(actor, second.importId, NOW);
    expect(await listChanges(actor, second.importId, "changed", 1)).toEqual(before);
    expect(await listChanges(actor, second.importId, "new", 1)).toMatchObject([{ key: { externalId: "C-3" } }]);
    const row = await getSourceRow(actor, second.importId, 2);
    expect(row).toMatchObject({
      header: ["id", "name"],
      cells: ["C-1", "Acme Ltd"],
      fileName: "customers.csv",
      sourceName: "Finance export",
    });
    await expect(getSourceRow(analyst([]), second.importId, 2)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("5,000 rows, of which one in fifty is wrong and ten repeat", async () => {
    const rows = Array.from({ length: 5_000 }, (_, i) => {
      const id = i < 4_990 ? i : i - 4_990 + 1;
      return `I-${id},C-${id % 97},2026-0${1 + (id % 3)}-1${id % 9},${i % 50 === 49 && i < 4_990 ? "x" : `${id}.5`}`;
    });
    const { counts } = await load(ventureId, "invoices", lines("id,customer,date,amount", ...rows));
    expect(counts).toEqual({ total: 5_000, inserted: 4_891, changed: 0, same: 10, rejected: 99 });
    const [sum] = await db.$queryRaw<
      { sum: string }[]
    >`SELECT sum("amountMinor")::text AS sum FROM "invoice" WHERE "ventureId" = ${ventureId}::uuid`;
    const expected = Array.from({ length: 4_990 }, (_, i) => (i % 50 === 49 ? 0 : i * 100 + 50)).reduce(
      (a, b) => a + b,
      0,
    );
    expect(Number(sum?.sum)).toBe(expected);
  });

  test.each([
    ["EMPTY_FILE", new Uint8Array()],
    ["EMPTY_FILE", new TextEncoder().encode("\n\n")],
    ["UNREADABLE_FILE", new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 1, 2])],
    ["UNREADABLE_FILE", new Uint8Array([0x50, 0x4b, 3, 4, 9, 9])],
    ["NOT_A_TABLE", new Uint8Array([1, 0, 0, 0, 65, 0, 0, 0, 66, 3, 0, 7])],
  ] as const)("refused as a whole: %s", async (refusal, bytes) => {
    expect(await importFile(actor, csvFile(ventureId, "metrics", "", { bytes }))).toMatchObject({ ok: false, refusal });
  });
});
