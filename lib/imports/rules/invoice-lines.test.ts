import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { invoiceLinesSchema, mappingOptionsSchema } from "../schema";
import type { Cell } from "./detection";
import { InvoiceFold } from "./invoice-lines";
import { suggestTargets } from "./mapping";
import { rowReader } from "./rows";

const HEADER = "Invoice number,Customer,Date,Period start,Period end,Line amount,Type,Status,Line id,Discount";

function fold(rows: readonly Cell[][], header = HEADER) {
  const headers = header.split(",");
  const { targets, layout } = suggestTargets("invoices", headers);
  const options = mappingOptionsSchema.parse({ currency: "EUR", decimalMark: ".", layout, invoiceRows: "lines" });
  const read = rowReader({
    kind: "invoices",
    mapping: { targets, options },
    headers,
    date1904: false,
    asOfDay: "2026-04-15",
  });
  const invoices = new InvoiceFold(headers[0] ?? "");
  for (const [i, cells] of rows.entries()) invoices.add(read(cells, i + 2), i + 2);
  return invoices.finish();
}
const line = (id: string, amount: string, more: Partial<Record<number, string>> = {}): Cell[] =>
  [id, "acme", "2026-03-01", "2026-03-01", "2026-03-31", amount, "subscription", "paid", "", ""].map(
    (cell, i) => more[i] ?? cell,
  );

describe("rows that are lines", () => {
  test("are summed per invoice, wherever they stand, over the widest period", () => {
    const { facts, rejected, summed } = fold([
      line("A", "100.00"),
      line("B", "5.00"),
      line("A", "20.50", { 1: "", 2: "", 3: "2026-02-15", 4: "2026-02-28", 6: "usage" }),
    ]);
    expect(rejected).toBe(0);
    expect(summed).toBe(2);
    expect(facts.map(({ rowNumber, fields }) => [rowNumber, ...fields])).toEqual([
      [2, "A", "acme", "2026-03-01", "2026-02-15", "2026-03-31", "12050", "EUR", "recurring", "paid"],
      [3, "B", "acme", "2026-03-01", "2026-03-01", "2026-03-31", "500", "EUR", "recurring", "paid"],
    ]);
    expect(invoiceLinesSchema.parse(JSON.parse(facts[0]?.extra?.[0] ?? "null"))).toEqual([
      { row: 2, from: "2026-03-01", until: "2026-03-31", amountMinor: "10000", kind: "recurring" },
      { row: 4, from: "2026-02-15", until: "2026-02-28", amountMinor: "2050", kind: "usage" },
    ]);
    expect(facts[1]?.extra).toEqual([null]);
  });

  test("without a line number count each, even when they look alike", () => {
    expect(fold([line("A", "10"), line("A", "10")]).facts[0]?.fields[5]).toBe("2000");
  });

  test("with a line number count once, and contradict each other when they differ", () => {
    const once = fold([line("A", "10", { 8: "1" }), line("A", "10", { 8: "1" }), line("A", "7", { 8: "2" })]);
    expect(once).toMatchObject({ repeated: 1, summed: 2, rejected: 0 });
    expect(once.facts[0]?.fields[5]).toBe("1700");
    const twice = fold([line("A", "10", { 8: "1" }), line("A", "11", { 8: "1" })]);
    expect(twice).toMatchObject({ facts: [], rejected: 2 });
    expect(twice.rejects[0]?.message).toBe(
      "Its line 1 stands in two rows that differ; no row of the invoice is imported",
    );
  });

  test.each([
    ["customers", { 1: "other" }, "Its rows name more than one customer"],
    ["days", { 2: "2026-03-02" }, "Its rows name more than one date"],
    ["states", { 7: "void" }, "Its rows name more than one status"],
    ["an unreadable amount", { 5: "ten" }, "Row 3 of this invoice could not be read"],
  ])("of two %s are no invoice", (_, more, reason) => {
    const { facts, rejects } = fold([line("A", "10"), line("A", "11", more), line("B", "1")]);
    expect(facts.map(({ key }) => key)).toEqual(["B"]);
    expect(rejects.some(({ message }) => message.startsWith(reason))).toBe(true);
    expect(new Set(rejects.map(({ rowNumber }) => rowNumber))).toEqual(new Set([2, 3]));
  });

  test("say who and when at least once", () => {
    const { rejects } = fold([line("A", "10", { 1: "" })]);
    expect(rejects.map(({ message }) => message)).toEqual([
      "None of its rows says whose it is; no row of the invoice is imported",
    ]);
  });

  test("are net of their discount, and a refund when money goes back on the whole", () => {
    expect(fold([line("A", "10", { 9: "1.50" }), line("A", "-20", { 6: "" })]).facts[0]?.fields.slice(5)).toEqual([
      "-1150",
      "EUR",
      "refund",
      "paid",
    ]);
  });

  test("add up to the same, in whatever order they come", () => {
    const amount = fc.integer({ min: -100_000, max: 100_000 });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom("A", "B", "C"), amount), { maxLength: 20 }), (pairs) => {
        const rows = pairs.map(([id, minor]) => line(id, (minor / 100).toFixed(2), { 6: "" }));
        const sums = (of: readonly Cell[][]) =>
          Object.fromEntries(fold(of).facts.map(({ key, fields }) => [key, fields[5]]));
        const expected: Record<string, number> = {};
        for (const [id, minor] of pairs) expected[id] = (expected[id] ?? 0) + minor;
        const texts = Object.fromEntries(Object.entries(expected).map(([id, sum]) => [id, String(sum)]));
        expect(sums(rows)).toEqual(texts);
        expect(sums([...rows].reverse())).toEqual(texts);
      }),
    );
  });
});
