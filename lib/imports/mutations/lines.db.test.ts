import { beforeEach, describe, expect, test } from "vitest";
import { db } from "@/lib/db";
import { applyImport, importFile } from "../mutations";
import { getImport, getSourceRow, listRejects } from "../queries";
import { analyst, csvFile, makeVenture, NOW } from "../test-support/venture";
import { undoImport } from "./undo";

const actor = analyst();
let ventureId: string;

beforeEach(async () => {
  ventureId = await makeVenture();
});

async function load(...args: Parameters<typeof csvFile>) {
  const previewed = await importFile(actor, csvFile(...args));
  if (!previewed.ok) throw new Error(`${previewed.refusal} ${JSON.stringify(previewed.problems)}`);
  const applied = await applyImport(actor, previewed.value.importId, NOW);
  if (!applied.ok) throw new Error(applied.refusal);
  return previewed.value;
}

describe("invoices in lines", () => {
  const HEADER = "Invoice number,Customer,Invoice date,Description,Quantity,Unit price,Line amount,Status\n";
  const A1 = "A,acme,2026-03-01,Seats,10,49.00,490.00,paid\n";
  const A2 = "A,acme,2026-03-01,Setup,1,100.00,100.00,paid\n";
  const B1 = "B,bolt,2026-03-02,Seats,1,49.00,49.00,open\n";
  const invoices = () =>
    db.invoice.findMany({ where: { ventureId, supersededAt: null }, orderBy: { externalId: "asc" } });

  test("are recognised, summed, and proven down to each row", async () => {
    const { importId, counts, treated } = await load(ventureId, "invoices", `${HEADER}${A1}${B1}${A2}`);
    expect(counts).toEqual({ total: 2, inserted: 2, changed: 0, same: 0, rejected: 0 });
    expect(treated).toEqual({ lines_summed: 2 });
    expect((await getImport(actor, importId)).treated).toEqual({ lines_summed: 2 });
    expect(
      (await invoices()).map((row) => [row.externalId, row.amountMinor, row.rowNumber, row.lines !== null]),
    ).toEqual([
      ["A", 59_000n, 2, true],
      ["B", 4_900n, 3, false],
    ]);
    const proof = await getSourceRow(actor, importId, 2);
    expect(proof.cells[6]).toBe("490.00");
    expect(proof.otherLines).toEqual([{ rowNumber: 4, cells: A2.trim().split(",") }]);
    expect((await getSourceRow(actor, importId, 3)).otherLines).toEqual([]);
  });

  test("are the same when they come again, changed when a line is added, and taken back as a whole", async () => {
    await load(ventureId, "invoices", `${HEADER}${A1}${B1}${A2}`);
    const again = await load(ventureId, "invoices", `${HEADER}${B1}${A2}${A1}`);
    expect(again.counts).toEqual({ total: 2, inserted: 0, changed: 0, same: 2, rejected: 0 });
    const more = await load(ventureId, "invoices", `${HEADER}${A1}${A2}${A1}`);
    expect(more.counts).toMatchObject({ inserted: 0, changed: 1 });
    expect((await invoices()).map((row) => row.amountMinor)).toEqual([108_000n, 4_900n]);
    await undoImport(actor, more.importId, "wrong file", NOW);
    expect((await invoices()).map((row) => row.amountMinor)).toEqual([59_000n, 4_900n]);
  });

  test("with one that cannot be read are rejected as a whole, with the reason at each row", async () => {
    const text = `${HEADER}${A1}${B1}${A2.replace("100.00,100.00", "100.00,a lot")}`;
    const { importId, counts } = await load(ventureId, "invoices", text);
    expect(counts).toMatchObject({ inserted: 1, rejected: 2 });
    expect((await listRejects(actor, importId, "all")).map(({ rowNumber, code }) => [rowNumber, code])).toEqual([
      [2, "CONTRADICTION"],
      [4, "UNREADABLE_NUMBER"],
    ]);
  });

  test("under headers that do not say so are asked for", async () => {
    const text = "Number,Customer,Date,Amount\nA,acme,2026-03-01,1\nA,acme,2026-03-01,2\n";
    const asked = await importFile(actor, csvFile(ventureId, "invoices", text));
    expect(asked).toMatchObject({ refusal: "MAPPING_INCOMPLETE", problems: [{ path: "invoiceRows" }] });
    const mapping = { options: { invoiceRows: "lines" as const } };
    expect(await importFile(actor, csvFile(ventureId, "invoices", text, { mapping }))).toMatchObject({
      value: { counts: { inserted: 1 } },
    });
  });
});

test("a billing system's statuses and discounts become paid days and net prices, and the preview says so", async () => {
  const header =
    "id,customer,status,start_date,trial_end,canceled_at,cancel_at_period_end,current_period_start,current_period_end,ended_at,price,interval,percent_off\n";
  const rows = [
    "s1,a,active,2026-01-01,,,,,,,100.00,month,",
    "s2,b,trialing,2026-04-10,2026-04-24,,,,,,100.00,month,",
    "s3,c,incomplete_expired,2026-01-01,,,,,,,100.00,month,",
    "s4,d,canceled,2026-01-01,,2026-02-03,true,,2026-03-01,2026-03-01,100.00,month,",
    "s5,e,unpaid,2026-01-01,,,,2026-04-01,2026-05-01,,100.00,month,",
    "s6,f,past_due,2026-01-01,,,,,,,100.00,month,25",
    "s7,g,active,2026-01-01,,2026-04-03,true,2026-04-01,2026-05-01,,100.00,month,",
    "s8,h,dormant,2026-01-01,,,,,,,100.00,month,",
  ].join("\n");
  const { treated, counts } = await load(ventureId, "subscriptions", header + rows);
  expect(counts).toMatchObject({ inserted: 7, rejected: 1 });
  expect(treated).toEqual({
    ...{
      trial_ends: 1,
      incomplete_expired: 1,
      canceled: 1,
      unpaid: 1,
      past_due: 1,
      discounted: 1,
      cancel_scheduled: 1,
    },
  });
  const day = (at: Date | null) => at?.toISOString().slice(0, 10) ?? null;
  const stored = await db.subscription.findMany({ where: { ventureId }, orderBy: { externalId: "asc" } });
  expect(stored.map((row) => [row.externalId, day(row.startOn), day(row.endOn), row.amountMinor])).toEqual([
    ["s1", "2026-01-01", null, 10_000n],
    ["s2", "2026-04-24", null, 10_000n],
    ["s3", "2026-01-01", "2026-01-01", 10_000n],
    ["s4", "2026-01-01", "2026-03-01", 10_000n],
    ["s5", "2026-01-01", "2026-04-01", 10_000n],
    ["s6", "2026-01-01", null, 7_500n],
    ["s7", "2026-01-01", "2026-05-01", 10_000n],
  ]);
});
