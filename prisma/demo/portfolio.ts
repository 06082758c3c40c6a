import type { ImportKind, VentureKind } from "@/lib/imports/schema";
import { minorDigits } from "@/lib/money";
import { billCustomers, type InvoiceRow } from "./billing";
import { budgetYears } from "./budget";
import { addDays, lastDayOf, monthsUpTo } from "./calendar";
import { capTablePackage, fundingByMonth, type OcfFile, termsAnswers } from "./cap-table";
import { type CustomerBook, simulateCustomers } from "./customers";
import { countMonths, keepLedger, type Ledger, type MetricRow, type MonthFacts, reportMonths } from "./finance";
import { type Table, toCsv, toWorkbook } from "./formats";
import { makeRandom } from "./random";
import type { VentureScript } from "./script";
import { customerTable, invoiceTable, metricTable, subscriptionTable } from "./tables";

/** The last month of the seeded portfolio; a later one makes the same past and goes on from it only roughly. */
export const DEMO_UNTIL = "2026-10";

export type DemoFacts = {
  months: string[];
  book: CustomerBook;
  invoices: InvoiceRow[];
  facts: MonthFacts[];
  ledger: Ledger[];
  funding: Map<string, bigint>;
  metrics: MetricRow[];
  /** The billing system's own revenue, where it and the finance people are two sources. */
  billingMetrics: MetricRow[];
};

export type DemoFile = {
  name: string;
  kind: ImportKind;
  sourceName: string;
  bytes: Uint8Array;
};

export type DemoVenture = {
  script: VentureScript;
  facts: DemoFacts;
  files: DemoFile[];
  capTable: OcfFile[];
  terms: ReturnType<typeof termsAnswers>;
  /** The day that the files speak about: a few days after the last month closed. */
  asOf: string;
};

export const minorUnit = (currency: string): number => 10 ** minorDigits(currency);

/** Everything about a venture that its files say, and the payment days that they do not. */
export function simulateVenture(script: VentureScript, until: string = DEMO_UNTIL): DemoFacts {
  const { currency } = script.venture;
  const unit = minorUnit(currency);
  const months = monthsUpTo(until, script.history);
  const book = simulateCustomers(script.customers, makeRandom(`${script.seed} customers`), months, unit);
  const invoices = billCustomers(script.billing, book, makeRandom(`${script.seed} billing`), months, unit);
  const facts = countMonths(book, invoices, months);
  const funding = fundingByMonth(script.capTable, currency);
  const ledger = keepLedger(script.finance, facts, funding, makeRandom(`${script.seed} finance`), unit);
  const actuals = reportMonths(script.finance, facts, ledger, makeRandom(`${script.seed} report`), unit);
  const metrics = [...actuals, ...budgetYears(script.finance, facts, ledger)];
  const billingMetrics = script.finance.disagreement
    ? facts.map(
        ({ month, billed }): MetricRow => ({
          metric: "revenue",
          month,
          basis: "actual",
          amount: billed,
          unit: "money",
        }),
      )
    : [];
  return { months, book, invoices, facts, ledger, funding, metrics, billingMetrics };
}

export async function buildVenture(script: VentureScript, until: string = DEMO_UNTIL): Promise<DemoVenture> {
  const facts = simulateVenture(script, until);
  const { currency, slug } = script.venture;
  const asOf = addDays(lastDayOf(until), 5);
  return {
    script,
    facts,
    files: await writeTables(script, facts, until),
    capTable: capTablePackage(script.capTable, slug, currency, asOf),
    terms: termsAnswers(script.capTable),
    asOf,
  };
}

async function writeTables(script: VentureScript, facts: DemoFacts, until: string): Promise<DemoFile[]> {
  const { venture, files } = script;
  const { dialect } = files;
  const title = `${venture.name}: monthly report up to ${until}`;
  const file = async (kind: VentureKind, sourceName: string, table: Table, name: string = kind): Promise<DemoFile> => {
    if (!files.workbooks.includes(kind)) return { name: `${name}.csv`, kind, sourceName, bytes: toCsv(table, dialect) };
    const created = new Date(`${lastDayOf(until)}T00:00:00Z`);
    return { name: `${name}.xlsx`, kind, sourceName, bytes: await toWorkbook(table, name, created) };
  };
  const billing = `${dialect === "stripe" ? "Stripe" : "Billing"} export`;
  const written = [
    await file("customers", billing, customerTable(facts.book.customers, dialect)),
    await file("subscriptions", billing, subscriptionTable(facts.book.subscriptions, dialect, venture.currency)),
    await file("invoices", billing, invoiceTable(facts.invoices, dialect, venture.currency)),
    await file("metrics", "Finance report", { title, ...metricTable(facts.metrics, files.metrics, venture.currency) }),
  ];
  if (facts.billingMetrics.length === 0) return written;
  const second = metricTable(facts.billingMetrics, "long", venture.currency);
  return [...written, await file("metrics", billing, second, "billing-metrics")];
}
