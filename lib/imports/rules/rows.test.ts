import { describe, expect, test } from "vitest";
import { type ImportKind, type MappingOptions, mappingOptionsSchema } from "../schema";
import type { Cell } from "./detection";
import { suggestTargets } from "./mapping";
import { rowReader } from "./rows";

function read(kind: ImportKind, header: string, cells: Cell[], options: Partial<MappingOptions> = {}) {
  const headers = header.split(",");
  const { targets, layout } = suggestTargets(kind, headers);
  const mapping = {
    targets,
    options: mappingOptionsSchema.parse({ currency: "EUR", dateOrder: "dmy", decimalMark: ".", layout, ...options }),
  };
  return rowReader({ kind, mapping, headers, date1904: false, asOfDay: "2026-04-15" })(cells, 7);
}

const LONG = "metric,period,value,currency,basis";
const SUBSCRIPTION = "id,customer,start,end,amount,currency,interval,interval count,quantity";
const INVOICE = "id,customer,date,period start,period end,amount,total,tax,currency,type,status";
const fieldsOf = (outcome: ReturnType<typeof read>) => outcome.facts.map((fact) => fact.fields);

describe("facts", () => {
  test.each<[string, ImportKind, string, Cell[], Partial<MappingOptions>, (string | null)[]]>([
    [
      "a metric in long form",
      "metrics",
      LONG,
      ["Revenue", "2026-01", "1,000.50", "usd", ""],
      {},
      ["revenue", "actual", "month", "2026-01-01", "1000.50", "USD"],
    ],
    [
      "a plan of the future",
      "metrics",
      LONG,
      ["MRR", "12/2026", "€5", "", "Budget"],
      {},
      ["recurring_revenue", "plan", "month", "2026-12-01", "5", "EUR"],
    ],
    [
      "a number cell",
      "metrics",
      LONG,
      ["cash", "2026-01", 0.1 + 0.2, "", ""],
      {},
      ["cash", "actual", "month", "2026-01-01", "0.3", "EUR"],
    ],
    [
      "a date cell without a date format",
      "metrics",
      LONG,
      ["cash", 46_112, 5, "", ""],
      {},
      ["cash", "actual", "month", "2026-03-01", "5", "EUR"],
    ],
    [
      "a yearly subscription in cents",
      "subscriptions",
      SUBSCRIPTION,
      ["s1", "c1", "1700000000", "", "4900", "eur", "year", "1", ""],
      { amountScale: "minor" },
      ["s1", "c1", null, "2023-11-14", null, "4900", "EUR", "year", "1"],
    ],
    [
      "three months are a quarter",
      "subscriptions",
      SUBSCRIPTION,
      ["s1", "c1", "2026-01-01", "2026-04-01", "30", "", "month", "3", "2.5"],
      {},
      ["s1", "c1", null, "2026-01-01", "2026-04-01", "3000", "EUR", "quarter", "2.5"],
    ],
    [
      "an invoice",
      "invoices",
      INVOICE,
      ["i1", "c1", "31/03/2026", "", "", "12.50", "", "", "", "Subscription", "Paid"],
      {},
      ["i1", "c1", "2026-03-31", null, null, "1250", "EUR", "recurring", "paid"],
    ],
    [
      "net is total less tax",
      "invoices",
      INVOICE,
      ["i1", "c1", "31/03/2026", "", "", "", "119", "19", "", "", ""],
      {},
      ["i1", "c1", "2026-03-31", null, null, "10000", "EUR", "recurring", "open"],
    ],
    [
      "a credit note is negative",
      "invoices",
      INVOICE,
      ["i1", "c1", "31/03/2026", "", "", "12.50", "", "", "", "Credit Note", "AUTHORISED"],
      {},
      ["i1", "c1", "2026-03-31", null, null, "-1250", "EUR", "refund", "open"],
    ],
    [
      "a negative invoice is a refund",
      "invoices",
      INVOICE,
      ["i1", "c1", "31/03/2026", "", "", "(12.50)", "", "", "", "Invoice", "voided"],
      {},
      ["i1", "c1", "2026-03-31", null, null, "-1250", "EUR", "refund", "void"],
    ],
    [
      "yen have no cents",
      "invoices",
      INVOICE,
      ["i1", "c1", "31/03/2026", "", "", "1200", "", "", "JPY", "", ""],
      {},
      ["i1", "c1", "2026-03-31", null, null, "1200", "JPY", "recurring", "open"],
    ],
    [
      "a customer without a name is called by its id",
      "customers",
      "id,name,country,created",
      [" C-1 ", "", "DE", ""],
      {},
      ["C-1", "C-1", null, "DE", null, null],
    ],
    [
      "names in one Unicode form",
      "customers",
      "id,name",
      ["C-1", "Mu\u0308ller"],
      {},
      ["C-1", "M\u00fcller", null, null, null, null],
    ],
    [
      "what looks like a formula is text",
      "customers",
      "id,name",
      ["C-1", "=1+1"],
      {},
      ["C-1", "=1+1", null, null, null, null],
    ],
  ])("%s", (_name, kind, header, cells, options, expected) => {
    const outcome = read(kind, header, cells, options);
    expect(outcome.rejects).toEqual([]);
    expect(fieldsOf(outcome)).toEqual([expected]);
  });

  test("a column per period: one fact per filled cell, none for an empty one or n/a", () => {
    const outcome = read("metrics", "metric,2026-01,2026-02,2026-03", ["revenue", "1", "", "n/a"]);
    expect(outcome).toMatchObject({ rejected: 0, rejects: [] });
    expect(fieldsOf(outcome)).toEqual([["revenue", "actual", "month", "2026-01-01", "1", "EUR"]]);
  });

  test("a column per metric; a ratio's percent sign is read", () => {
    const outcome = read("metrics", "month,revenue,customers,gmv", ["2026-01", "1,5", "12", ""], { decimalMark: "," });
    expect(fieldsOf(outcome).map((fields) => [fields[0], fields[4], fields[5]])).toEqual([
      ["revenue", "1.5", "EUR"],
      ["customers", "12", null],
    ]);
  });

  test("an empty row is nothing", () => {
    expect(read("customers", "id,name", ["", "  "])).toEqual({ facts: [], rejects: [], rejected: 0 });
  });
});

describe("rejections", () => {
  test.each<[string, ImportKind, string, Cell[], Partial<MappingOptions>, string, string]>([
    ["unknown metric", "metrics", LONG, ["vibes", "2026-01", "1", "", ""], {}, "UNKNOWN_METRIC", "metric"],
    ["computed metric", "metrics", LONG, ["growth_rate", "2026-01", "1", "", ""], {}, "COMPUTED_METRIC", "metric"],
    ["missing value", "metrics", LONG, ["revenue", "2026-01", " ", "", ""], {}, "MISSING_VALUE", "value"],
    ["missing metric", "metrics", LONG, ["", "2026-01", "1", "", ""], {}, "MISSING_VALUE", "metric"],
    ["unreadable number", "metrics", LONG, ["revenue", "2026-01", "about 5", "", ""], {}, "UNREADABLE_NUMBER", "value"],
    ["wrong decimal mark", "metrics", LONG, ["revenue", "2026-01", "1,5", "", ""], {}, "UNREADABLE_NUMBER", "value"],
    [
      "number that reads two ways",
      "metrics",
      LONG,
      ["revenue", "2026-01", "1,234", "", ""],
      { decimalMark: null },
      "AMBIGUOUS_NUMBER",
      "value",
    ],
    ["unreadable period", "metrics", LONG, ["revenue", "soon", "1", "", ""], {}, "UNREADABLE_DATE", "period"],
    [
      "date that reads two ways",
      "invoices",
      INVOICE,
      ["i", "c", "03/04/2026", "", "", "1", "", "", "", "", ""],
      { dateOrder: null },
      "AMBIGUOUS_DATE",
      "date",
    ],
    [
      "31 February",
      "invoices",
      INVOICE,
      ["i", "c", "31/02/2026", "", "", "1", "", "", "", "", ""],
      {},
      "UNREADABLE_DATE",
      "date",
    ],
    ["future actual", "metrics", LONG, ["revenue", "2026-05", "1", "", ""], {}, "FUTURE_ACTUAL", "value"],
    [
      "future invoice",
      "invoices",
      INVOICE,
      ["i", "c", "2026-04-16", "", "", "1", "", "", "", "", ""],
      {},
      "FUTURE_ACTUAL",
      "date",
    ],
    ["unknown currency", "metrics", LONG, ["revenue", "2026-01", "1", "EURO", ""], {}, "CURRENCY", "value"],
    ["unknown basis", "metrics", LONG, ["revenue", "2026-01", "1", "", "hope"], {}, "UNKNOWN_CHOICE", "basis"],
    [
      "negative where it cannot be",
      "metrics",
      LONG,
      ["customers", "2026-01", "-3", "", ""],
      {},
      "NEGATIVE_VALUE",
      "value",
    ],
    ["error cell", "metrics", LONG, ["revenue", "2026-01", { error: "#REF!" }, "", ""], {}, "ERROR_CELL", "value"],
    ["too large", "metrics", LONG, ["revenue", "2026-01", "9".repeat(30), "", ""], {}, "TOO_LARGE", "value"],
    [
      "end before start",
      "subscriptions",
      SUBSCRIPTION,
      ["s", "c", "2026-03-01", "2026-02-01", "5", "", "month", "", ""],
      {},
      "END_BEFORE_START",
      "end",
    ],
    [
      "unknown interval",
      "subscriptions",
      SUBSCRIPTION,
      ["s", "c", "2026-03-01", "", "5", "", "fortnight", "", ""],
      {},
      "UNKNOWN_INTERVAL",
      "interval",
    ],
    [
      "two months are no interval here",
      "subscriptions",
      SUBSCRIPTION,
      ["s", "c", "2026-03-01", "", "5", "", "month", "2", ""],
      {},
      "UNKNOWN_INTERVAL",
      "interval",
    ],
    [
      "negative price",
      "subscriptions",
      SUBSCRIPTION,
      ["s", "c", "2026-03-01", "", "-5", "", "month", "", ""],
      {},
      "NEGATIVE_VALUE",
      "amount",
    ],
    [
      "finer than a cent",
      "invoices",
      INVOICE,
      ["i", "c", "2026-03-01", "", "", "1.005", "", "", "", "", ""],
      {},
      "TOO_MANY_DECIMALS",
      "amount",
    ],
    [
      "draft",
      "invoices",
      INVOICE,
      ["i", "c", "2026-03-01", "", "", "1", "", "", "", "", "DRAFT"],
      {},
      "DRAFT",
      "status",
    ],
    [
      "unknown status",
      "invoices",
      INVOICE,
      ["i", "c", "2026-03-01", "", "", "1", "", "", "", "", "maybe"],
      {},
      "UNKNOWN_CHOICE",
      "status",
    ],
    [
      "service ends before it starts",
      "invoices",
      INVOICE,
      ["i", "c", "2026-03-01", "2026-03-01", "2026-02-01", "1", "", "", "", "", ""],
      {},
      "END_BEFORE_START",
      "period end",
    ],
    ["too long", "customers", "id,name", ["C-1", "x".repeat(301)], {}, "TOO_LONG", "name"],
    ["missing id", "customers", "id,name", ["", "Acme"], {}, "MISSING_VALUE", "id"],
    ["undecodable text", "customers", "id,name", ["C-1", "M\ufffdller"], {}, "UNREADABLE_TEXT", "name"],
    ["a zero character", "customers", "id,name", ["C-1", "a\u0000b"], {}, "UNREADABLE_TEXT", "name"],
  ])("%s", (_name, kind, header, cells, options, code, column) => {
    const outcome = read(kind, header, cells, options);
    expect(outcome.facts).toEqual([]);
    expect(outcome.rejected).toBe(1);
    expect(outcome.rejects).toHaveLength(1);
    expect(outcome.rejects[0]).toMatchObject({ code, column, rowNumber: 7 });
    expect(outcome.rejects[0]?.message).toMatch(/^["A-Z0-9].{8,}/);
  });

  test("every fault of a row is named, not the first only", () => {
    const outcome = read("subscriptions", SUBSCRIPTION, ["", "", "never", "", "x", "", "fortnight", "", ""]);
    expect(outcome.rejects.map((reject) => reject.column)).toEqual(["id", "customer", "start", "amount", "interval"]);
    expect(outcome.rejected).toBe(1);
  });

  test("in a wide file one bad cell does not take its row along", () => {
    const outcome = read("metrics", "metric,2026-01,2026-02", ["revenue", "1", "x"]);
    expect(outcome.facts).toHaveLength(1);
    expect(outcome.rejected).toBe(1);
    expect(outcome.rejects[0]?.column).toBe("2026-02");
  });
});

describe("exchange rates", () => {
  const RATE = "date,base,quote,rate,source";
  test.each<[string, Cell[], (string | null)[]]>([
    [
      "as the ECB writes it",
      ["2026-03-31", "EUR", "USD", "1.0811", "ECB"],
      ["EUR", "USD", "2026-03-31", "1.0811", "ECB"],
    ],
    [
      "a spreadsheet's number and day",
      [46112, "eur", "jpy", 161.6, "ECB"],
      ["EUR", "JPY", "2026-03-31", "161.6", "ECB"],
    ],
    [
      "twelve decimals, the rest rounded",
      ["31.03.2026", "IDR", "USD", "0.0000601234567", "BI"],
      ["IDR", "USD", "2026-03-31", "0.000060123457", "BI"],
    ],
  ])("%s", (_name, cells, fields) => {
    expect(fieldsOf(read("rates", RATE, cells))).toEqual([fields]);
  });

  test.each<[string, Cell[], string]>([
    ["no rate", ["2026-03-31", "EUR", "USD", "", "ECB"], "MISSING_VALUE"],
    ["nobody who published it", ["2026-03-31", "EUR", "USD", "1.1", ""], "MISSING_VALUE"],
    ["zero", ["2026-03-31", "EUR", "USD", "0", "ECB"], "NEGATIVE_VALUE"],
    ["no number", ["2026-03-31", "EUR", "USD", "n/a", "ECB"], "UNREADABLE_NUMBER"],
    ["a currency that is none", ["2026-03-31", "EUR", "BTC", "1.1", "ECB"], "CURRENCY"],
    ["a currency into itself", ["2026-03-31", "EUR", "EUR", "1", "ECB"], "CURRENCY"],
    ["a day that has not come", ["2026-04-16", "EUR", "USD", "1.1", "ECB"], "FUTURE_ACTUAL"],
  ])("refuses %s", (_name, cells, code) => {
    expect(read("rates", RATE, cells)).toMatchObject({ facts: [], rejects: [{ code }] });
  });
});
