import Excel from "exceljs";
import Papa from "papaparse";
import { beforeAll, describe, expect, test } from "vitest";
import { GET } from "@/app/api/exports/[table]/route";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, mintActor } from "@/lib/auth/actor";
import { isPermitted, ROLES, type Role } from "@/lib/auth/permissions";
import { withActor } from "@/lib/auth/session";
import { db } from "@/lib/db";
import { importFile } from "@/lib/imports/mutations";
import { csvFile } from "@/lib/imports/test-support/venture";
import { months, reportMonths } from "@/lib/metrics/test-support/facts";
import { growingVenture } from "@/lib/workflows/test-support/growing-venture";
import { EXPORT_PERMISSIONS, type ExportName } from "../schema";

const ID = "01900000-0000-7000-8000-0000000000aa";
const actor = (role: Role, ventures: "all" | string[] = "all"): Actor =>
  mintActor({ id: ID, ref: `user:${ID}`, name: role, role, ventures, sessionId: null, steppedUpAt: null });
const NAMES = Object.keys(EXPORT_PERMISSIONS) as ExportName[];
const chairman = actor("chairman");

type Known = { id: string; slug: string };
let [own, other]: [Known, Known] = [
  { id: "", slug: "" },
  { id: "", slug: "" },
];
const known = async (id: string): Promise<Known> =>
  db.venture.findUniqueOrThrow({ where: { id }, select: { id: true, slug: true } });

let importId = "";
async function fileWithRejects(ventureId: string): Promise<string> {
  const text = "id,name,start date\nc-1,Acme,2026-01-01\nc-2,Beta,=cmd()\n";
  const imported = await importFile(actor("analyst"), csvFile(ventureId, "customers", text));
  if (!imported.ok) throw new Error(imported.refusal);
  return imported.value.importId;
}

beforeAll(async () => {
  own = await known(await growingVenture());
  other = await known(await growingVenture());
  await db.customer.updateMany({
    where: { ventureId: own.id, externalId: "large-0" },
    data: { name: '=HYPERLINK("http://evil.example")' },
  });
  await db.venture.update({ where: { id: other.id }, data: { name: "Zephyr" } });
  importId = await fileWithRejects(own.id);
});

async function ask(as: Actor | null, table: string, query: Record<string, string> = {}): Promise<Response> {
  const request = new Request(`http://127.0.0.1/api/exports/${table}?${new URLSearchParams(query)}`);
  return withActor(as, () => GET(request, { params: Promise.resolve({ table }) }));
}
const rowsOf = async (response: Response): Promise<Record<string, string>[]> =>
  Papa.parse<Record<string, string>>((await response.text()).replace(/^\ufeff/, ""), {
    header: true,
    skipEmptyLines: true,
  }).data;

const needs = (table: ExportName, venture: Known): Record<string, string> =>
  table === "rejects"
    ? { import: importId }
    : ["decisions", "agents", "benchmarks", "people", "portfolio", "rates"].includes(table)
      ? {}
      : { venture: venture.slug };

describe.each(NAMES)("%s", (table) => {
  test("is for whom its permission says", async () => {
    for (const role of ROLES) {
      const response = await ask(actor(role), table, needs(table, own));
      const expected = isPermitted(role, EXPORT_PERMISSIONS[table]) ? 200 : 403;
      expect([role, response.status]).toEqual([role, expected]);
      await response.body?.cancel();
    }
    expect((await ask(null, table, needs(table, own))).status).toBe(401);
  });

  test("opens as CSV and as a workbook with the same head", async () => {
    const csv = Buffer.from(await (await ask(chairman, table, needs(table, own))).arrayBuffer()).toString();
    expect(csv.startsWith("\ufeff")).toBe(true);
    const head = Papa.parse<string[]>(csv.slice(1)).data[0] ?? [];
    const book = new Excel.Workbook();
    const response = await ask(chairman, table, { ...needs(table, own), format: "xlsx" });
    expect(response.headers.get("content-disposition")).toMatch(/filename="[a-z0-9-]+-\d{4}-\d{2}-\d{2}\.xlsx"/);
    await book.xlsx.load(await response.arrayBuffer());
    const values = book.worksheets[0]?.getRow(1).values;
    expect(Array.isArray(values) ? values.slice(1) : values).toEqual(head);
  });
});

describe("scope", () => {
  const ventureTables = NAMES.filter((table) => "venture" in needs(table, own) || table === "rejects");

  test.each(ventureTables)("%s of a venture out of sight is not found", async (table) => {
    const role = EXPORT_PERMISSIONS[table] === "people:manage" ? "admin" : "analyst";
    expect((await ask(actor(role, [other.id]), table, needs(table, own))).status).toBe(404);
  });

  test("the portfolio, the reports and the log hold only what is in sight", async () => {
    await db.$transaction((tx) =>
      recordEvent(tx, {
        ventureId: own.id,
        type: "note.made",
        actor: "system:test",
        subject: "x:1",
        payload: { secret: true },
        at: new Date(),
      }),
    );
    const limited = actor("analyst", [other.id]);
    expect((await rowsOf(await ask(limited, "portfolio"))).map((row) => row["Short name"])).toEqual([other.slug]);
    const log = await (await ask(limited, "events")).text();
    expect(log).not.toContain(own.id);
    expect(await (await ask(chairman, "events", { type: "note" })).text()).toContain('""secret"":true');
  });
});

describe("content", () => {
  test("facts come with where they came from, and no name becomes a formula", async () => {
    const rows = await rowsOf(await ask(chairman, "customers", { venture: own.slug }));
    expect(rows).toHaveLength(12);
    const odd = rows.find((row) => row.Customer === "large-0");
    expect(odd).toMatchObject({ Name: `'=HYPERLINK("http://evil.example")`, Source: "CRM", Segment: "large" });
    const book = new Excel.Workbook();
    await book.xlsx.load(await (await ask(chairman, "customers", { venture: own.slug, format: "xlsx" })).arrayBuffer());
    const cells = book.worksheets[0]?.getColumn(2).values.slice(1) ?? [];
    expect(cells).toContain('=HYPERLINK("http://evil.example")');
    expect(cells.some((cell) => typeof cell === "object")).toBe(false);
  });

  test("amounts are exact, in their currency; a day is a day", async () => {
    const [first] = await rowsOf(await ask(chairman, "subscriptions", { venture: own.slug }));
    expect(first).toMatchObject({ Amount: "10000", Currency: "EUR", Interval: "month", Quantity: "1" });
    expect(first?.Start).toMatch(/^\d{4}-\d{2}-01$/);
    const book = new Excel.Workbook();
    await book.xlsx.load(
      await (await ask(chairman, "subscriptions", { venture: own.slug, format: "xlsx" })).arrayBuffer(),
    );
    const row = book.worksheets[0]?.getRow(2);
    expect(row?.getCell(4).value).toBeInstanceOf(Date);
    expect([row?.getCell(6).value, row?.getCell(6).numFmt]).toEqual([10_000, "[$EUR] #,##0.00"]);
  });

  test("only the metric that is asked for, with every digit", async () => {
    await reportMonths(
      own.id,
      "cash",
      months("2026-01", 1, () => 0.1),
      "Bank",
    );
    const rows = await rowsOf(await ask(chairman, "points", { venture: own.slug, metric: "cash" }));
    expect(rows.map((row) => [row.Metric, row["Period start"], row.Value, row.Unit])).toEqual([
      ["cash", "2026-01-01", "0.1", "EUR"],
    ]);
    expect((await rowsOf(await ask(chairman, "points", { venture: own.slug }))).length).toBeGreaterThan(90);
  });

  test("a superseded fact is not in the file", async () => {
    await db.customer.updateMany({
      where: { ventureId: other.id, externalId: "small-5" },
      data: { supersededAt: new Date(Date.now() - 1_000) },
    });
    const rows = await rowsOf(await ask(chairman, "customers", { venture: other.slug }));
    expect(rows.map((row) => row.Customer)).not.toContain("small-5");
  });

  test("the portfolio keeps the filter and the order of its screen", async () => {
    const of = async (query: Record<string, string>) =>
      (await rowsOf(await ask(chairman, "portfolio", query))).map((row) => row["Short name"]);
    expect(await of({ order: "descending" })).toEqual([other.slug, own.slug]);
    expect(await of({ stage: "exited" })).toEqual([]);
  });

  test("rejected rows say why, inert", async () => {
    const rows = await rowsOf(await ask(chairman, "rejects", { import: importId }));
    expect(rows).toMatchObject([{ Row: "3", Value: "'=cmd()" }]);
  });
});

describe("the record", () => {
  test("notes who took which table, under which filter", async () => {
    const by = actor("analyst");
    await (await ask(by, "points", { venture: own.slug, metric: "revenue", format: "xlsx" })).arrayBuffer();
    const event = await db.event.findFirst({
      where: { type: "export.made", actor: by.ref, chain: own.id },
      orderBy: { id: "desc" },
    });
    expect(event).toMatchObject({
      subject: "table:points",
      payload: { table: "points", format: "xlsx", query: { venture: own.slug, metric: "revenue" } },
    });
  });

  test("notes nothing of what was refused", async () => {
    const before = await db.event.count({ where: { type: "export.made" } });
    expect((await ask(actor("analyst", [other.id]), "invoices", { venture: own.slug })).status).toBe(404);
    expect((await ask(chairman, "invoices", { venture: "no-such" })).status).toBe(404);
    expect((await ask(chairman, "points", { venture: own.slug, metric: "x'; --" })).status).toBe(400);
    expect((await ask(chairman, "constructor")).status).toBe(400);
    expect((await ask(chairman, "invoices", { venture: own.slug, format: "exe" })).status).toBe(400);
    expect(await db.event.count({ where: { type: "export.made" } })).toBe(before);
  });
});

test("more rows than one page of the database come whole and once", async () => {
  const source = await db.dataSource.create({ data: { ventureId: other.id, name: "Bulk", kind: "import" } });
  const at = new Date();
  const facts = { ventureId: other.id, sourceId: source.id, asOf: at, recordedAt: at, recordedBy: "user:x" };
  const bulk = Array.from({ length: 4_500 }, (_, index) => ({
    ...facts,
    externalId: `c${index}`,
    name: `Customer ${index}`,
  }));
  await db.customer.createMany({ data: bulk });
  const rows = await rowsOf(await ask(chairman, "customers", { venture: other.slug }));
  const ids = rows.filter((row) => row.Source === "Bulk").map((row) => row.Customer);
  expect(ids).toHaveLength(4_500);
  expect(new Set(ids).size).toBe(4_500);
});
