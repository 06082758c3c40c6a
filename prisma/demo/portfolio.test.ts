import { createHash } from "node:crypto";
import ExcelJS from "exceljs";
import Papa from "papaparse";
import { beforeAll, describe, expect, test } from "vitest";
import { openQuestions } from "@/lib/cap-table/rules/classes";
import { readPackage } from "@/lib/cap-table/rules/package";
import { capTable } from "@/lib/cap-table/rules/positions";
import { findMetric, findMetricByName } from "@/lib/metrics/schema";
import { Exact, minorDigits, toMinor } from "@/lib/money";
import { lastDayOf } from "./calendar";
import { costsIn } from "./finance";
import { buildVenture, DEMO_UNTIL, type DemoFile, type DemoVenture } from "./portfolio";
import { makeRandom, xoshiro128 } from "./random";
import { DEMO_VENTURES } from "./ventures";

/** The files as a reader sees them: header names and text, European numbers and days made plain. */
type Row = Record<string, string>;

async function readTable(file: DemoFile): Promise<Row[]> {
  if (file.name.endsWith(".xlsx")) return await readWorkbook(file.bytes);
  const text = new TextDecoder().decode(file.bytes);
  return Papa.parse<Row>(text, { header: true, skipEmptyLines: true }).data;
}

async function readWorkbook(bytes: Uint8Array): Promise<Row[]> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(Buffer.from(bytes) as unknown as ArrayBuffer);
  const lines: string[][] = [];
  book.worksheets[0]?.eachRow((row) => {
    const values = row.values as ExcelJS.CellValue[];
    lines.push(Array.from({ length: values.length - 1 }, (_, i) => String(values[i + 1] ?? "")));
  });
  const header = lines.findIndex((line) => line.length > 3);
  const names = lines[header] ?? [];
  return lines.slice(header + 1).map((line) => Object.fromEntries(names.map((name, i) => [name, line[i] ?? ""])));
}

const at = (row: Row, ...names: string[]): string => names.map((name) => row[name]).find((v) => v !== undefined) ?? "";
const plainDay = (text: string): string =>
  /^\d\d\.\d\d\.\d{4}$/.test(text) ? text.split(".").reverse().join("-") : text.slice(0, 10);

const portfolio = new Map<string, DemoVenture>();
beforeAll(async () => {
  for (const script of DEMO_VENTURES) portfolio.set(script.venture.slug, await buildVenture(script));
});

const slugs = DEMO_VENTURES.map((script) => script.venture.slug);
const built = (slug: string): DemoVenture => {
  const venture = portfolio.get(slug);
  if (!venture) throw new Error(`${slug} is not in the portfolio`);
  return venture;
};
const fileOf = async (slug: string, name: string): Promise<Row[]> => {
  const file = built(slug).files.find((entry) => entry.name.replace(/\.\w+$/, "") === name);
  if (!file) throw new Error(`${slug} has no ${name}`);
  return await readTable(file);
};

const amountOf = (slug: string, text: string): bigint => {
  const { dialect } = built(slug).script.files;
  const plain = dialect === "european" ? text.replaceAll(".", "").replace(",", ".") : text;
  return toMinor(plain, built(slug).script.venture.currency);
};

type Point = { metric: string; month: string; basis: string; value: string };

async function points(slug: string, name = "metrics"): Promise<Point[]> {
  const rows = await fileOf(slug, name);
  const plain = (text: string) =>
    built(slug).script.files.dialect === "european" ? text.replaceAll(".", "").replace(",", ".") : text;
  const key = (label: string) => findMetric(label)?.key ?? findMetricByName(label)?.key ?? label;
  return rows.flatMap((row) => {
    if ("metric" in row)
      return [
        {
          metric: key(at(row, "metric")),
          month: at(row, "period"),
          basis: at(row, "basis"),
          value: plain(at(row, "value")),
        },
      ];
    const [kpi, month, basis] = [at(row, "KPI"), at(row, "Month"), at(row, "Scenario")];
    return Object.entries(row)
      .filter(([name, value]) => value !== "" && !["KPI", "Month", "Scenario", "Currency"].includes(name))
      .map(([name, value]) =>
        month ? { metric: key(name), month, basis, value } : { metric: key(kpi), month: name, basis, value },
      );
  });
}

const series = (all: readonly Point[], metric: string, basis = "actual"): Map<string, string> =>
  new Map(all.filter((p) => p.metric === metric && p.basis === basis).map((p) => [p.month, p.value]));

async function billedByMonth(slug: string): Promise<Map<string, bigint>> {
  const sums = new Map<string, bigint>();
  for (const row of await fileOf(slug, "invoices")) {
    if (at(row, "status", "Status") === "void") continue;
    const month = plainDay(at(row, "issued_on", "Invoice date", "Date (UTC)")).slice(0, 7);
    sums.set(month, (sums.get(month) ?? 0n) + amountOf(slug, at(row, "net_amount", "Net amount", "Subtotal")));
  }
  return sums;
}

describe.each(slugs)("%s", (slug) => {
  test("has 36 months or more, up to the last one, and a plan beside the actuals", async () => {
    const all = await points(slug);
    const months = [...series(all, "revenue").keys()].sort();
    expect(months.length).toBeGreaterThanOrEqual(36);
    expect(months.at(-1)).toBe(DEMO_UNTIL);
    expect(series(all, "revenue", "plan").size).toBeGreaterThanOrEqual(12);
    for (const { metric } of all) expect(findMetric(metric)?.origin).toBe("stored");
  });

  test("the invoices of each month are its revenue, to the minor unit", async () => {
    const [billed, all] = [await billedByMonth(slug), await points(slug)];
    const { currency } = built(slug).script.venture;
    const booked = built(slug).script.finance.disagreement ?? [];
    const last = built(slug).facts.months.length - 1;
    const differing = booked.map(([ago]) => built(slug).facts.months[last - ago]);
    for (const [month, value] of series(all, "revenue")) {
      const difference = toMinor(value, currency) - (billed.get(month) ?? 0n);
      if (differing.includes(month)) expect(difference).not.toBe(0n);
      else expect([month, difference]).toEqual([month, 0n]);
    }
  });

  test("the subscriptions running at each month's end are its recurring revenue, and their customers its customers", async () => {
    const [rows, all] = [await fileOf(slug, "subscriptions"), await points(slug)];
    const { currency } = built(slug).script.venture;
    const months = { month: 1, quarter: 3, year: 12 } as Record<string, number>;
    const parsed = rows.map((row) => ({
      customer: at(row, "customer_id", "Customer number", "Customer ID"),
      start: plainDay(at(row, "start_date", "Contract start", "Start Date (UTC)")),
      end: plainDay(at(row, "end_date", "Contract end", "Canceled At (UTC)")),
      monthly: new Exact(amountOf(slug, at(row, "amount", "Unit price", "Amount")).toString())
        .times(at(row, "quantity", "Licences", "Quantity"))
        .div(months[at(row, "interval", "Billing period", "Interval")] ?? 0),
    }));
    const [recurring, customers] = [series(all, "recurring_revenue"), series(all, "customers")];
    expect(recurring.size).toBeGreaterThanOrEqual(36);
    for (const [month, value] of recurring) {
      const end = lastDayOf(month);
      const live = parsed.filter((s) => s.start <= end && (s.end === "" || s.end > end));
      const sum = live.reduce((total, s) => total.plus(s.monthly), new Exact(0));
      expect([month, sum.toFixed(0)]).toEqual([month, toMinor(value, currency).toString()]);
      expect([month, String(new Set(live.map((s) => s.customer)).size)]).toEqual([month, customers.get(month)]);
    }
    for (const s of parsed) expect(s.end === "" || s.end > s.start).toBe(true);
  });

  test("each invoice and subscription has a customer and no id stands twice", async () => {
    const customers = new Set(
      (await fileOf(slug, "customers")).map((row) => at(row, "customer_id", "Customer number", "id")),
    );
    expect(customers.size).toBe(built(slug).facts.book.customers.length);
    for (const [name, id] of [
      ["subscriptions", ["subscription_id", "Contract number", "id"]],
      ["invoices", ["invoice_id", "Invoice number", "id"]],
    ] as const) {
      const rows = await fileOf(slug, name);
      expect(new Set(rows.map((row) => at(row, ...id))).size).toBe(rows.length);
      for (const row of rows)
        expect(customers).toContain(at(row, "customer_id", "Customer number", "Customer ID", "Customer"));
    }
  });

  test("cash closes: before + receipts − costs + what the cap table brought in", () => {
    const { ledger, funding } = built(slug).facts;
    for (const [i, entry] of ledger.entries()) {
      const before = ledger[i - 1];
      if (before) expect(entry.cash - before.cash).toBe(entry.receipts - costsIn(entry) + entry.funding);
      expect(entry.cash).toBeGreaterThan(0n);
      expect(entry.funding).toBe(funding.get(entry.month) ?? 0n);
    }
    const inWindow = [...funding].filter(([month]) => built(slug).facts.months.includes(month));
    expect(ledger.reduce((sum, e) => sum + e.funding, 0n)).toBe(inWindow.reduce((sum, [, amount]) => sum + amount, 0n));
  });

  test("the reported cash moves by net burn and funding alone; margins and costs add up", async () => {
    const all = await points(slug);
    const { currency } = built(slug).script.venture;
    const minor = (metric: string) => new Map([...series(all, metric)].map(([m, v]) => [m, toMinor(v, currency)]));
    const [cash, burn] = [minor("cash"), minor("net_burn")];
    const months = [...cash.keys()].sort();
    for (const [i, month] of months.entries()) {
      const before = cash.get(months[i - 1] ?? "");
      const funded = built(slug).facts.funding.get(month) ?? 0n;
      if (before !== undefined) expect((cash.get(month) ?? 0n) - before).toBe(funded - (burn.get(month) ?? 0n));
    }
    const [revenue, cost, margin, opex, ebitda] = [
      "revenue",
      "cost_of_revenue",
      "gross_margin",
      "operating_expenses",
      "ebitda",
    ].map(minor);
    const parts = ["sales_and_marketing", "research_and_development", "general_and_administrative"].map(minor);
    for (const [month, value] of revenue ?? []) {
      expect(margin?.get(month)).toBe(value - (cost?.get(month) ?? 0n));
      expect(opex?.get(month)).toBe(parts.reduce((sum, part) => sum + (part.get(month) ?? 0n), 0n));
      expect(ebitda?.get(month)).toBe((margin?.get(month) ?? 0n) - (opex?.get(month) ?? 0n));
    }
  });

  test("customers before + won + back − lost = customers now", () => {
    const { facts } = built(slug);
    for (const [i, fact] of facts.facts.entries()) {
      const before = facts.facts[i - 1];
      if (!before) continue;
      const back = fact.customers - before.customers - fact.won + fact.lost;
      expect(back).toBeGreaterThanOrEqual(0);
      expect(back).toBeLessThanOrEqual(4);
    }
  });

  test("the cap table's checksums are those of its files, and nobody holds less than nothing", () => {
    const { capTable } = built(slug);
    const [manifest, ...files] = capTable;
    const text = manifest?.text ?? "";
    for (const file of files) expect(text).toContain(createHash("md5").update(file.text).digest("hex"));
    const items = (name: string) =>
      JSON.parse(files.find((file) => file.name.startsWith(name))?.text ?? "{}").items as Record<string, string>[];
    const holders = new Set(items("Stakeholders").map((holder) => holder.id));
    expect(holders).toContain("chairman-holdings");
    const issued = items("Transactions").filter((tx) => "quantity" in tx && "stakeholder_id" in tx);
    for (const tx of issued) {
      expect(holders).toContain(tx.stakeholder_id);
      expect(Number(tx.quantity)).toBeGreaterThan(0);
    }
    const granted = issued.filter((tx) => tx.object_type === "TX_EQUITY_COMPENSATION_ISSUANCE");
    const total = granted.reduce((sum, tx) => sum + Number(tx.quantity), 0);
    expect(total).toBeLessThanOrEqual(built(slug).script.capTable.pool.shares);
  });

  test("the cap table's package reads without a problem and asks only what nobody has answered", () => {
    const { capTable: files, terms } = built(slug);
    const read = readPackage(files);
    const table = capTable(read?.objects ?? [], null);
    expect([read?.problems, table.problems]).toEqual([[], []]);
    const answers = new Map(
      terms.map((t) => [t.classId, { capMultiple: null, liquidationMultiple: null, conversionRatio: null, ...t }]),
    );
    expect(openQuestions(table, answers)).toHaveLength(slug === "kestrel-freight" ? 2 : 0);
  });

  test("is made of the same bytes each time", async () => {
    const digest = (venture: DemoVenture) =>
      [...venture.files.map((f) => f.bytes), ...venture.capTable.map((f) => f.text)].map((part) =>
        createHash("sha256").update(part).digest("hex"),
      );
    expect(digest(await buildVenture(built(slug).script))).toEqual(digest(built(slug)));
  });
});

const yearRevenue = (slug: string, from: number, to?: number): number =>
  built(slug)
    .facts.ledger.slice(from, to)
    .reduce((sum, entry) => sum + Number(entry.revenue), 0);
/** The last three months against the same three a year before, as the dictionary defines growth. */
const growth = (slug: string): number => yearRevenue(slug, -3) / yearRevenue(slug, -15, -12) - 1;
const runway = (slug: string): number => {
  const { ledger } = built(slug).facts;
  const burn = ledger.slice(-3).reduce((sum, entry) => sum + Number(costsIn(entry) - entry.receipts), 0) / 3;
  return burn <= 0 ? Number.POSITIVE_INFINITY : Number(ledger.at(-1)?.cash ?? 0n) / burn;
};

describe("the states that the portfolio shows", () => {
  test.each([
    ["meridian-robotics", 0.22, 0.27, 18, 19],
    ["northwind-data", 0.36, 0.41, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
    ["lumen-health", 0.08, 0.13, 9, 10],
    ["halcyon", 0.15, 0.3, 5, 5.5],
    ["tsubame-commerce", 0.35, 0.5, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
    ["brightwater-payroll", 0.15, 0.25, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
  ])("%s grows between %f and %f with %f to %f months of cash", (slug, low, high, least, most) => {
    expect(growth(slug)).toBeGreaterThan(low);
    expect(growth(slug)).toBeLessThan(high);
    expect(runway(slug)).toBeGreaterThanOrEqual(least);
    expect(runway(slug)).toBeLessThanOrEqual(most);
  });

  test("Lumen's three hospital groups are 54 % of the last year's invoices", async () => {
    const sums = new Map<string, number>();
    for (const row of await fileOf("lumen-health", "invoices")) {
      if (at(row, "Status") === "void" || plainDay(at(row, "Invoice date")) < "2025-11-01") continue;
      const customer = at(row, "Customer number");
      sums.set(customer, (sums.get(customer) ?? 0) + Number(amountOf("lumen-health", at(row, "Net amount"))));
    }
    const sorted = [...sums.values()].sort((a, b) => b - a);
    const total = sorted.reduce((a, b) => a + b, 0);
    expect(Math.round((sorted.slice(0, 3).reduce((a, b) => a + b, 0) / total) * 100)).toBe(54);
  });

  test("Halcyon loses most customers after its price rise", () => {
    const lost = built("halcyon").facts.facts.map((fact) => fact.lost);
    const worst = Math.max(...lost);
    expect(lost.length - 1 - lost.indexOf(worst)).toBeGreaterThanOrEqual(4);
    expect(lost.length - 1 - lost.indexOf(worst)).toBeLessThanOrEqual(6);
    expect(worst).toBeGreaterThanOrEqual(6);
  });

  test("Kestrel reports no cash, blank months, and customers without a segment", async () => {
    const all = await points("kestrel-freight");
    expect(series(all, "cash").size).toBe(0);
    expect([...series(all, "revenue").keys()]).not.toContain("2025-09");
    const blank = (await fileOf("kestrel-freight", "customers")).filter((row) => at(row, "segment") === "");
    expect(blank.length).toBeGreaterThan(30);
    expect(built("kestrel-freight").terms).toEqual([]);
  });

  test("Alder & Finch's finance and billing disagree in exactly five months", async () => {
    const [finance, billing] = [await points("alder-finch"), await points("alder-finch", "billing-metrics")];
    const billed = series(billing, "revenue");
    const differing = [...series(finance, "revenue")].filter(([month, value]) => billed.get(month) !== value);
    expect(differing.map(([month]) => month)).toEqual(["2026-01", "2026-02", "2026-05", "2026-08", "2026-10"]);
  });

  test("Tsubame sells most at year-end", () => {
    const { ledger } = built("tsubame-commerce").facts;
    const revenue = new Map(ledger.map((entry) => [entry.month, Number(entry.revenue)]));
    for (const year of ["2024", "2025"]) {
      expect(revenue.get(`${year}-12`) ?? 0).toBeGreaterThan((revenue.get(`${year}-11`) ?? 0) * 1.03);
      expect(revenue.get(`${year}-12`) ?? 0).toBeGreaterThan(revenue.get(`${Number(year) + 1}-01`) ?? 0);
    }
  });

  test("channels differ: where all four are used, paid customers stay less long than partners'", () => {
    const share = (channel: string) => {
      const all = DEMO_VENTURES.flatMap((script) => {
        const { book } = built(script.venture.slug).facts;
        const live = new Set(book.subscriptions.filter((s) => s.endOn === null).map((s) => s.customerId));
        return book.customers.filter((c) => c.channel === channel).map((c) => live.has(c.id));
      });
      return all.filter(Boolean).length / all.length;
    };
    expect(share("partner") - share("paid")).toBeGreaterThan(0.1);
  });

  test("eight ventures, seven currencies, several thousand invoices, no more than 60,000 rows", () => {
    const rows = [...portfolio.values()].map(({ facts: f }) =>
      [f.book.customers, f.book.subscriptions, f.invoices, f.metrics, f.billingMetrics].reduce(
        (n, part) => n + part.length,
        0,
      ),
    );
    expect(rows).toHaveLength(8);
    expect(rows.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(60_000);
    expect(new Set(DEMO_VENTURES.map((script) => script.venture.currency)).size).toBe(7);
    expect(minorDigits("JPY")).toBe(0);
  });
});

test("another last month moves the whole history", async () => {
  const [script] = DEMO_VENTURES;
  if (!script) throw new Error("The portfolio is empty");
  const earlier = await buildVenture(script, "2026-07");
  expect(earlier.facts.months.at(-1)).toBe("2026-07");
  expect(earlier.facts.months).toHaveLength(script.history);
});

test("the stream is that of xoshiro128** (first outputs for the state 1, 2, 3, 4, as in the rand_xoshiro crate)", () => {
  const bits = xoshiro128([1, 2, 3, 4]);
  expect(Array.from({ length: 4 }, bits)).toEqual([11520, 0, 5927040, 70819200]);
});

test("the same seed gives the same numbers, another one others, all in [0, 1) around a half", () => {
  const [first, second] = [makeRandom("chairman"), makeRandom("chairman")];
  const drawn = Array.from({ length: 1_000 }, () => first.next());
  expect(Array.from({ length: 1_000 }, () => second.next())).toEqual(drawn);
  expect(drawn.every((x) => x >= 0 && x < 1)).toBe(true);
  expect(Math.abs(drawn.reduce((a, b) => a + b, 0) / drawn.length - 0.5)).toBeLessThan(0.03);
  expect(makeRandom("another").next()).not.toBe(drawn[0]);
});
