import type { InvoiceRow } from "./billing";
import { lastDayOf } from "./calendar";
import { type CustomerBook, monthlyOf } from "./customers";
import type { Random } from "./random";
import { along, type FinanceScript } from "./script";

/** One reported value: money in the minor unit, everything else in tenths where `tenths` says so. */
export type MetricRow = {
  metric: string;
  month: string;
  basis: "actual" | "plan";
  /** Money in the minor unit, or a count. */
  amount: bigint;
  unit: "money" | "count" | "tenths";
};

export type MonthFacts = {
  month: string;
  ago: number;
  billed: bigint;
  receipts: bigint;
  recurring: bigint;
  customers: number;
  won: number;
  lost: number;
  acquisition: number;
};

export type Ledger = {
  month: string;
  revenue: bigint;
  costOfRevenue: bigint;
  salesAndMarketing: bigint;
  researchAndDevelopment: bigint;
  generalAndAdministrative: bigint;
  headcount: number;
  receipts: bigint;
  funding: bigint;
  /** At the end of the month. */
  cash: bigint;
};

const sumBy = (invoices: readonly InvoiceRow[], month: (invoice: InvoiceRow) => string | null): Map<string, bigint> => {
  const sums = new Map<string, bigint>();
  for (const invoice of invoices) {
    const key = invoice.status === "void" ? null : month(invoice);
    if (key) sums.set(key, (sums.get(key) ?? 0n) + invoice.amountMinor);
  }
  return sums;
};

/** What the books of customers and invoices say about each month. */
export function countMonths(
  book: CustomerBook,
  invoices: readonly InvoiceRow[],
  months: readonly string[],
): MonthFacts[] {
  const billed = sumBy(invoices, (invoice) => invoice.issuedOn.slice(0, 7));
  const received = sumBy(invoices, (invoice) => invoice.paidOn?.slice(0, 7) ?? null);
  let before = new Set<string>();
  return months.map((month, index) => {
    const end = lastDayOf(month);
    const live = book.subscriptions.filter((row) => row.startOn <= end && (row.endOn === null || row.endOn > end));
    const paying = new Set(live.map((row) => row.customerId));
    const won = book.customers.filter((customer) => customer.startedOn.startsWith(month));
    const lost = [...before].filter((id) => !paying.has(id)).length;
    before = paying;
    return {
      month,
      ago: months.length - 1 - index,
      billed: billed.get(month) ?? 0n,
      receipts: received.get(month) ?? 0n,
      recurring: live.reduce((sum, row) => sum + monthlyOf(row), 0n),
      customers: paying.size,
      won: won.length,
      lost,
      acquisition: won.reduce((sum, customer) => sum + (book.channelOf.get(customer.id)?.acquisitionCost ?? 0), 0),
    };
  });
}

const minor = (amount: number): bigint => BigInt(Math.round(amount));

/**
 * Costs follow revenue and the margin that the script wants, in whole employees; cash closes the bridge
 * cash(t) = cash(t − 1) + receipts − costs + funding, from an opening balance that leads to the scripted end.
 */
export function keepLedger(
  script: FinanceScript,
  facts: readonly MonthFacts[],
  funding: ReadonlyMap<string, bigint>,
  random: Random,
  unit: number,
): Ledger[] {
  const entries = facts.map((fact, index) => {
    const recent = facts.slice(Math.max(0, index - 2), index + 1);
    const smooth = recent.reduce((sum, f) => sum + Number(f.billed), 0) / recent.length;
    // The first month also wins everybody who was there before: that was paid for earlier.
    const acquisition = (index === 0 ? (facts[1]?.acquisition ?? 0) : fact.acquisition) * unit;
    return { ...costsOf(script, fact, smooth, acquisition, random, unit), funding: funding.get(fact.month) ?? 0n };
  });
  return withCash(script, entries, unit);
}

type Entry = Omit<Ledger, "cash">;

function costsOf(
  script: FinanceScript,
  fact: MonthFacts,
  smooth: number,
  acquisition: number,
  random: Random,
  unit: number,
): Omit<Entry, "funding"> {
  const gross = along(script.grossMargin, fact.ago);
  const pool = Math.max(smooth * (gross - along(script.ebitdaMargin, fact.ago)) - acquisition, 0);
  const overhead = Math.max(4, Math.round(pool / (script.costPerHead * unit)));
  const staff = overhead * script.costPerHead * unit;
  const part = (share: number) => minor(staff * share * (1 + 0.02 * random.noise()));
  const { payroll } = script;
  const costOfRevenue = smooth * (1 - gross) * (1 + 0.015 * random.noise());
  return {
    month: fact.month,
    revenue: fact.billed,
    costOfRevenue: minor(costOfRevenue),
    salesAndMarketing: part(payroll.salesAndMarketing) + minor(acquisition * (1 + 0.05 * random.noise())),
    researchAndDevelopment: part(payroll.researchAndDevelopment),
    generalAndAdministrative: part(payroll.generalAndAdministrative),
    headcount: overhead + Math.round((smooth * (1 - gross) * script.deliveryStaff) / (script.costPerHead * unit)),
    receipts: fact.receipts,
  };
}

export const costsIn = (entry: Entry): bigint =>
  entry.costOfRevenue + entry.salesAndMarketing + entry.researchAndDevelopment + entry.generalAndAdministrative;

const burnIn = (entry: Entry): bigint => costsIn(entry) - entry.receipts;

function withCash(script: FinanceScript, entries: readonly Entry[], unit: number): Ledger[] {
  const quarter = entries.slice(-3).reduce((sum, entry) => sum + burnIn(entry), 0n);
  const ending =
    "amount" in script.endingCash
      ? minor(script.endingCash.amount * unit)
      : minor((Number(quarter) / 3) * script.endingCash.months);
  let cash = ending + entries.reduce((sum, entry) => sum + burnIn(entry) - entry.funding, 0n);
  return entries.map((entry) => {
    cash += entry.funding - burnIn(entry);
    return { ...entry, cash };
  });
}

type Reported = readonly [metric: string, amount: bigint | number, unit: MetricRow["unit"]];

/** The monthly report of one venture: what its finance people send. */
export function reportMonths(
  script: FinanceScript,
  facts: readonly MonthFacts[],
  ledger: readonly Ledger[],
  random: Random,
  unit: number,
): MetricRow[] {
  return facts.flatMap((fact, index) => {
    const entry = ledger[index];
    if (!entry || script.gaps?.months.includes(fact.ago)) return [];
    const rows = [
      ...booksOf(script, fact, entry, unit),
      ...countsOf(script, fact, entry, random),
      ...assessmentsOf(script, fact, unit),
    ];
    return rows
      .filter(([metric]) => !script.gaps?.metrics.includes(metric))
      .map(([metric, amount, kind]) => ({
        metric,
        month: fact.month,
        basis: "actual" as const,
        amount: BigInt(amount),
        unit: kind,
      }));
  });
}

function booksOf(script: FinanceScript, fact: MonthFacts, entry: Ledger, unit: number): Reported[] {
  const booked = script.disagreement?.find(([ago]) => ago === fact.ago)?.[1] ?? 0;
  const revenue = entry.revenue + minor(booked * unit);
  const opex = costsIn(entry) - entry.costOfRevenue;
  const merchandise = script.takeRate ? minor(Number(entry.revenue) / script.takeRate) : null;
  return [
    ["revenue", revenue, "money"],
    ["recurring_revenue", fact.recurring, "money"],
    ["cost_of_revenue", entry.costOfRevenue, "money"],
    ["gross_margin", revenue - entry.costOfRevenue, "money"],
    ["sales_and_marketing", entry.salesAndMarketing, "money"],
    ["research_and_development", entry.researchAndDevelopment, "money"],
    ["general_and_administrative", entry.generalAndAdministrative, "money"],
    ["operating_expenses", opex, "money"],
    ["ebitda", revenue - entry.costOfRevenue - opex, "money"],
    ["net_burn", burnIn(entry), "money"],
    ["cash", entry.cash, "money"],
    ...(merchandise === null ? [] : [["gross_merchandise_value", merchandise, "money"] as const]),
  ];
}

function countsOf(script: FinanceScript, fact: MonthFacts, entry: Ledger, random: Random): Reported[] {
  const left = script.keyPeopleLeft?.filter((ago) => ago === fact.ago).length ?? 0;
  const visitors = Math.round((fact.ago === 0 && fact.won === 0 ? 1 : fact.won + 1) * script.visitorsPerCustomer);
  const funnel: Reported[] =
    script.visitorsPerCustomer === 0
      ? []
      : [
          ["visitors", Math.round(visitors * (1 + 0.06 * random.noise())), "count"],
          ["leads", Math.round((fact.won + 1) * 9 * (1 + 0.08 * random.noise())), "count"],
          ["trials", Math.round((fact.won + 1) * 3.2 * (1 + 0.06 * random.noise())), "count"],
        ];
  return [
    ["customers", fact.customers, "count"],
    ["new_customers", fact.won, "count"],
    ["churned_customers", fact.lost, "count"],
    ...funnel,
    ["headcount", entry.headcount, "count"],
    ["key_people", script.keyPeople, "count"],
    ["key_people_left", left, "count"],
  ];
}

/** Valuation and readiness are assessed from outside for the last two years. */
function assessmentsOf(script: FinanceScript, { ago }: MonthFacts, unit: number): Reported[] {
  if (ago > 24) return [];
  const { valuation, readiness } = script;
  const central = valuationAt(valuation, ago);
  return [
    ["valuation", minor(central) * BigInt(unit), "money"],
    ["valuation_low", minor(central * (1 - valuation.spread)) * BigInt(unit), "money"],
    ["valuation_high", minor(central * (1 + valuation.spread)) * BigInt(unit), "money"],
    ...(ago > 18 ? [] : [["exit_readiness", Math.round(along(readiness, ago) * 10), "tenths"] as const]),
  ];
}

/** In plain units, to the thousand; quarter by quarter back from the last one, straight lines between. */
export function valuationAt(valuation: FinanceScript["valuation"], ago: number): number {
  let value = valuation.amount;
  for (let quarter = 0; quarter * 3 < ago; quarter++) {
    const earlier = value / (1 + (valuation.quarters[quarter] ?? 0.03));
    const within = Math.min(ago - quarter * 3, 3);
    value += ((earlier - value) * within) / 3;
  }
  return Math.round(value / 1000) * 1000;
}
