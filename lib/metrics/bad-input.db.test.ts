import { expect, test } from "vitest";
import { db } from "@/lib/db";
import { REASON_SENTENCES } from "@/lib/figures/schema";
import { getForecastPage } from "@/lib/growth/queries/forecast/forecast-page";
import { applyImport, importFile } from "@/lib/imports/mutations";
import { analyst, csvFile, makeVenture, NOW } from "@/lib/imports/test-support/venture";
import { getVenturePerformance } from "./queries";
import { getMrrBridge, listTopCustomers } from "./queries/customers-page";
import { getPerformanceTable, getPerformanceTrend } from "./queries/performance-page";
import { months } from "./test-support/facts";

/** Files as somebody might send them, through the importer, and what the figures then say: issue 3, last paragraph. */

const actor = analyst();
const AS_OF = "2026-04-15";

type Kind = "metrics" | "subscriptions" | "invoices" | "customers";
type Files = Partial<Record<Kind, string>>;
type Expected = Record<string, string | null>;
type Case = { name: string; files: Files; rates?: [base: string, rate: string][]; says: Expected; rejects?: string[] };

const BASE = Object.keys(months("2024-04", 24, () => ""));

/** Monthly values from April 2024 to March 2026; a month without a value is left out of the file. */
const series = (metric: string, value: (month: string, index: number) => number | string | null, currency = "EUR") =>
  BASE.flatMap((month, index) => {
    const said = value(month, index);
    return said === null ? [] : [`${metric},${month},${said},${currency}`];
  });
const metrics = (...rows: string[][]) => `metric,period,value,currency\n${rows.flat().join("\n")}\n`;
const always = (value: number) => () => value;

const subscriptions = (...rows: string[]) =>
  `id,customer,start,end,amount,currency,interval,quantity\n${rows.join("\n")}\n`;
const invoices = (...rows: string[]) => `invoice,customer,issued,amount,currency,kind,status\n${rows.join("\n")}\n`;

const YEARS = "2024-01-01,,100,EUR,month,1";

const CASES: readonly Case[] = [
  {
    name: "a month is missing inside every window",
    files: {
      metrics: metrics(
        series("revenue", (month) => (month === "2026-02" ? null : 100)),
        series("net_burn", (month) => (month === "2026-02" ? null : 10)),
        series("cash", always(500)),
      ),
    },
    says: { growth_rate: "incomplete-period", cash_runway: "incomplete-period", rule_of_40: "incomplete-period" },
  },
  {
    name: "the same month a year before is missing",
    files: { metrics: metrics(series("revenue", (month) => (month === "2025-02" ? null : 100))) },
    says: { growth_rate: "incomplete-period" },
  },
  {
    name: "revenue below zero",
    files: {
      metrics: metrics(
        series("revenue", (_, index) => (index < 18 ? 100 : -100)),
        series("cost_of_revenue", always(50)),
        series("ebitda", always(-150)),
      ),
    },
    says: { growth_rate: "negative-revenue", gross_margin_ratio: "negative-revenue", rule_of_40: "negative-revenue" },
  },
  {
    name: "revenue below zero a year before",
    files: { metrics: metrics(series("revenue", (_, index) => (index < 12 ? -100 : 100))) },
    says: { growth_rate: "negative-base" },
  },
  {
    name: "no revenue a year before",
    files: { metrics: metrics(series("revenue", (_, index) => (index < 12 ? 0 : 100))) },
    says: { growth_rate: "zero-denominator" },
  },
  {
    name: "no revenue at all",
    files: { metrics: metrics(series("revenue", always(0)), series("cost_of_revenue", always(50))) },
    says: { growth_rate: "zero-denominator", gross_margin_ratio: "zero-denominator" },
  },
  {
    name: "cost credited back, and an overdraft",
    files: {
      metrics: metrics(
        series("revenue", always(100)),
        series("sales_and_marketing", always(-30)),
        series("net_burn", always(10)),
        series("cash", always(-500)),
        series("new_customers", always(2), ""),
      ),
    },
    says: { cac: "negative-cost", magic_number: "negative-cost", cash_runway: "=0", ltv_to_cac: null },
  },
  {
    name: "refunds above revenue",
    files: {
      invoices: invoices(
        "i1,a,2026-01-10,100,EUR,recurring,paid",
        "i2,a,2026-02-10,-150,EUR,refund,paid",
        "i3,b,2026-02-10,20,EUR,recurring,paid",
      ),
    },
    says: { customer_concentration: "refunds-exceed-revenue" },
  },
  {
    name: "one customer got back more than it paid, the others paid more",
    files: {
      invoices: invoices("i1,a,2026-01-10,100,EUR,recurring,paid", "i2,b,2026-02-10,-90,EUR,refund,paid"),
    },
    says: { customer_concentration: "refunds-exceed-revenue" },
  },
  {
    name: "one customer, who stays",
    files: {
      subscriptions: subscriptions(`s1,a,${YEARS}`),
      invoices: invoices("i1,a,2026-01-10,100,EUR,recurring,paid"),
    },
    says: {
      customer_concentration: "=1",
      net_revenue_retention: "=1",
      logo_churn: "=0",
      ltv: null,
      quick_ratio: "nothing-lost",
      arpa: "=100",
    },
  },
  {
    name: "one customer, who left",
    files: { subscriptions: subscriptions("s1,a,2024-01-01,2026-01-01,100,EUR,month,1") },
    says: {
      mrr: "=0",
      net_revenue_retention: "=0",
      logo_churn: "=1",
      arpa: "zero-denominator",
      customer_concentration: "no-data",
    },
  },
  {
    name: "nobody left: a lifetime has no end",
    files: {
      subscriptions: subscriptions(`s1,a,${YEARS}`, `s2,b,${YEARS}`),
      metrics: metrics(series("revenue", always(200)), series("cost_of_revenue", always(50))),
    },
    says: { logo_churn: "=0", ltv: "nobody-left", ltv_to_cac: "nobody-left", gross_margin_ratio: "=0.75" },
  },
  {
    name: "no customers a year ago, nobody won since but one",
    files: {
      subscriptions: subscriptions("s1,a,2026-02-01,,100,EUR,month,1"),
      metrics: metrics(series("sales_and_marketing", always(50))),
    },
    says: {
      logo_churn: "no-customers-a-year-ago",
      net_revenue_retention: "no-customers-a-year-ago",
      gross_revenue_retention: "no-customers-a-year-ago",
      cac: "=600",
    },
  },
  {
    name: "money spent and nobody won",
    files: {
      subscriptions: subscriptions(`s1,a,${YEARS}`),
      metrics: metrics(series("sales_and_marketing", always(50)), series("net_burn", always(10))),
    },
    says: { cac: "nobody-won", cac_payback: "nobody-won", burn_multiple: "zero-denominator" },
  },
  {
    name: "cash grew: nothing was burned",
    files: {
      subscriptions: subscriptions(`s1,a,${YEARS}`, "s2,b,2025-08-01,,50,EUR,month,1"),
      metrics: metrics(series("net_burn", always(-10)), series("cash", always(500))),
    },
    says: { cash_runway: "not-burning", burn_multiple: "cash-grew" },
  },
  {
    name: "another currency without a rate",
    files: {
      metrics: metrics(series("revenue", always(100), "BRL")),
      subscriptions: subscriptions(`s1,a,${YEARS}`, "s2,b,2024-01-01,,100,BRL,month,1"),
      invoices: invoices("i1,a,2026-01-10,100,BRL,recurring,paid"),
    },
    says: {
      growth_rate: "missing-fx-rate",
      mrr: "missing-fx-rate",
      net_revenue_retention: "missing-fx-rate",
      customer_concentration: "missing-fx-rate",
    },
  },
  {
    name: "two currencies with a rate: each at its own, added up in the venture's",
    files: { subscriptions: subscriptions(`s1,a,${YEARS}`, "s2,b,2024-01-01,,100,PLN,month,1") },
    rates: [["PLN", "0.25"]],
    says: { mrr: "=125", net_revenue_retention: "=1", customers: "=2" },
  },
  {
    name: "days that are still to come",
    files: {
      metrics: metrics(series("revenue", always(100)), ["revenue,2026-06,900,EUR"]),
      subscriptions: subscriptions(`s1,a,${YEARS}`, "s2,b,2027-01-01,,900,EUR,month,1"),
      invoices: invoices("i1,a,2026-01-10,100,EUR,recurring,paid", "i2,a,2026-09-10,900,EUR,recurring,open"),
    },
    rejects: ["FUTURE_ACTUAL", "FUTURE_ACTUAL"],
    says: { growth_rate: "=0", mrr: "=100", customers: "=1", customer_concentration: "=1" },
  },
  {
    name: "a subscription that ends before it starts, and one on the day it starts",
    files: {
      subscriptions: subscriptions(
        `s1,a,${YEARS}`,
        "s2,b,2026-02-01,2026-01-01,900,EUR,month,1",
        "s3,c,2025-01-01,2025-01-01,900,EUR,month,1",
      ),
    },
    rejects: ["END_BEFORE_START"],
    says: { mrr: "=100", customers: "=1", net_revenue_retention: "=1" },
  },
  {
    name: "prices below zero and of nothing",
    files: {
      subscriptions: subscriptions(
        `s1,a,${YEARS}`,
        "s2,b,2024-01-01,,-50,EUR,month,1",
        "s3,c,2024-01-01,,0,EUR,month,1",
      ),
    },
    rejects: ["NEGATIVE_VALUE"],
    says: { mrr: "=100", customers: "=1", arpa: "=100" },
  },
];

async function load(ventureId: string, files: Files): Promise<string[]> {
  const codes: string[] = [];
  for (const [kind, text] of Object.entries(files) as [Kind, string][]) {
    const previewed = await importFile(actor, csvFile(ventureId, kind, text));
    if (!previewed.ok) throw new Error(`${kind}: ${previewed.refusal} ${JSON.stringify(previewed.problems)}`);
    const { importId } = previewed.value;
    const applied = await applyImport(actor, importId, NOW);
    if (!applied.ok) throw new Error(`${kind}: ${applied.refusal}`);
    const rejects = await db.importReject.findMany({ where: { importId }, orderBy: { rowNumber: "asc" } });
    codes.push(...rejects.map((reject) => reject.code));
  }
  return codes;
}

type Shown = { id: string; label?: string; value: string | null; reason?: string | null };
const isShown = (one: object): one is Shown => "id" in one && "value" in one && "unit" in one;

/** Every number that a screen would draw, wherever in its answer it is. */
function shownIn(answer: unknown): Shown[] {
  if (typeof answer !== "object" || answer === null) return [];
  return [...(isShown(answer) ? [answer] : []), ...Object.values(answer).flatMap(shownIn)];
}

/** The pages that show the venture: none breaks, no number is without bounds, and what is unknown has its reason. */
async function expectPagesToHold(ventureId: string): Promise<void> {
  const now = new Date(`${AS_OF}T12:00:00Z`);
  const answers: unknown[] = [];
  for (const span of [1, 12] as const) {
    const table = await getPerformanceTable(actor, ventureId, { month: null, span }, now);
    const { from, through } = table;
    const range = { from: from.slice(0, 7), to: through.slice(0, 7) };
    for (const key of ["mrr", "growth_rate", "cac_payback"])
      answers.push(await getPerformanceTrend(actor, ventureId, { key, span, through, months: 6 }));
    answers.push(table, await getMrrBridge(actor, ventureId, range));
    answers.push(await listTopCustomers(actor, ventureId, { from, to: through }));
  }
  for (const metric of ["revenue", "mrr", "net_burn"] as const)
    answers.push(await getForecastPage(actor, ventureId, { metric, horizon: 6 }, now));
  for (const one of answers.flatMap(shownIn)) {
    const well = one.value === null ? Boolean(one.reason) : Number.isFinite(Number(one.value));
    expect([one.label, one.value, one.reason, well]).toEqual([one.label, one.value, one.reason, true]);
  }
}

test.each(CASES)("$name", async ({ files, rates = [], says, rejects = [] }) => {
  const ventureId = await makeVenture();
  for (const [base, rate] of rates) {
    const days = ["2026-03-31", "2025-03-31"].map((day) => new Date(`${day}T00:00:00Z`));
    const rows = days.map((day) => ({ base, quote: "EUR", day, rate, source: "test" }));
    await db.fxRate.createMany({ data: rows, skipDuplicates: true });
  }
  expect(await load(ventureId, files)).toEqual(rejects);
  const { measures } = await getVenturePerformance(actor, ventureId, AS_OF);
  const byKey = new Map(measures.map(({ key, figure, level }) => [key, { figure, level }]));
  for (const [key, expected] of Object.entries(says)) {
    const { figure, level } = byKey.get(key) ?? {};
    const said = figure?.value == null ? figure?.reason : `=${Number(figure.value)}`;
    if (expected === null) expect([key, figure?.value]).toEqual([key, null]);
    else expect([key, said]).toEqual([key, expected]);
    if (figure?.value == null && level)
      expect([key, level.word]).toEqual([key, said === "not-burning" ? "healthy" : "unknown"]);
  }
  // Whatever is unknown says why in a sentence that a person reads, and no number is without bounds.
  for (const { key, figure } of measures) {
    if (figure.value === null) expect([key, REASON_SENTENCES[figure.reason ?? ""]]).not.toEqual([key, undefined]);
    else expect([key, Number.isFinite(Number(figure.value))]).toEqual([key, true]);
  }
  await expectPagesToHold(ventureId);
});
