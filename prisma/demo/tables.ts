import { findMetric } from "@/lib/metrics/schema";
import { minorDigits } from "@/lib/money";
import type { InvoiceRow } from "./billing";
import type { CustomerRow, SubscriptionRow } from "./customers";
import type { MetricRow } from "./finance";
import { type Cell, type Dialect, decimalOf, money, type Table } from "./formats";
import type { FileScript } from "./script";

const HEADERS = {
  customers: {
    plain: ["customer_id", "name", "segment", "country", "channel", "started_on"],
    european: ["Customer number", "Name", "Segment", "Country", "Channel", "Customer since"],
    stripe: ["id", "Name", "Segment", "Card Address Country", "Source", "Created (UTC)"],
  },
  subscriptions: {
    plain: [
      "subscription_id",
      "customer_id",
      "plan",
      "interval",
      "quantity",
      "amount",
      "currency",
      "start_date",
      "end_date",
    ],
    european: [
      "Contract number",
      "Customer number",
      "Plan",
      "Billing period",
      "Licences",
      "Unit price",
      "Currency",
      "Contract start",
      "Contract end",
    ],
    stripe: [
      "id",
      "Customer ID",
      "Plan",
      "Interval",
      "Quantity",
      "Amount",
      "Currency",
      "Start Date (UTC)",
      "Canceled At (UTC)",
    ],
  },
  invoices: {
    plain: [
      "invoice_id",
      "customer_id",
      "issued_on",
      "period_start",
      "period_end",
      "net_amount",
      "currency",
      "kind",
      "status",
    ],
    european: [
      "Invoice number",
      "Customer number",
      "Invoice date",
      "Service from",
      "Service until",
      "Net amount",
      "Currency",
      "Type",
      "Status",
    ],
    stripe: [
      "id",
      "Customer",
      "Date (UTC)",
      "Period Start (UTC)",
      "Period End (UTC)",
      "Subtotal",
      "Currency",
      "Billing Reason",
      "Status",
    ],
  },
} as const;

const STRIPE_KIND: Readonly<Record<InvoiceRow["kind"], string>> = {
  recurring: "subscription_cycle",
  usage: "usage",
  one_off: "manual",
  refund: "credit_note",
};

export const customerTable = (rows: readonly CustomerRow[], dialect: Dialect): Table => ({
  headers: [...HEADERS.customers[dialect]],
  rows: rows.map((row) => [row.id, row.name, row.segment, row.country, row.channel, { day: row.startedOn }]),
});

export const subscriptionTable = (rows: readonly SubscriptionRow[], dialect: Dialect, currency: string): Table => ({
  headers: [...HEADERS.subscriptions[dialect]],
  rows: rows.map((row) => [
    row.id,
    row.customerId,
    row.plan,
    row.interval,
    { number: String(row.quantity) },
    money(row.amountMinor, currency),
    dialect === "stripe" ? currency.toLowerCase() : currency,
    { day: row.startOn },
    { day: row.endOn ?? "" },
  ]),
});

export const invoiceTable = (rows: readonly InvoiceRow[], dialect: Dialect, currency: string): Table => ({
  headers: [...HEADERS.invoices[dialect]],
  rows: rows.map((row) => [
    row.id,
    row.customerId,
    { day: row.issuedOn },
    { day: row.periodStart },
    { day: row.periodEnd },
    money(row.amountMinor, currency),
    dialect === "stripe" ? currency.toLowerCase() : currency,
    dialect === "stripe" ? STRIPE_KIND[row.kind] : row.kind,
    row.status,
  ]),
});

const cellOf = (row: MetricRow, currency: string): Cell => {
  const digits = row.unit === "money" ? minorDigits(currency) : row.unit === "tenths" ? 1 : 0;
  return { number: decimalOf(row.amount, digits) };
};

const unitOf = (row: MetricRow, currency: string): string => (row.unit === "money" ? currency : "");
const nameOf = (metric: string): string => findMetric(metric)?.name ?? metric;
const keyOf = ({ metric, basis }: MetricRow): string => `${metric} ${basis}`;

/** The monthly report in the layout that the venture's people use. */
export function metricTable(rows: readonly MetricRow[], layout: FileScript["metrics"], currency: string): Table {
  if (layout === "long") return longTable(rows, currency);
  return layout === "period-columns" ? periodColumns(rows, currency) : metricColumns(rows, currency);
}

const longTable = (rows: readonly MetricRow[], currency: string): Table => ({
  headers: ["metric", "period", "value", "currency", "basis"],
  rows: rows.map((row) => [row.metric, row.month, cellOf(row, currency), unitOf(row, currency), row.basis]),
});

function periodColumns(rows: readonly MetricRow[], currency: string): Table {
  const months = [...new Set(rows.map((row) => row.month))].sort();
  const lines = Map.groupBy(rows, keyOf);
  return {
    headers: ["KPI", "Scenario", "Currency", ...months],
    rows: [...lines.values()].flatMap((line) => {
      const [first] = line;
      if (!first) return [];
      const byMonth = new Map(line.map((row) => [row.month, cellOf(row, currency)]));
      const values = months.map((month): Cell => byMonth.get(month) ?? "");
      return [[nameOf(first.metric), first.basis, unitOf(first, currency), ...values]];
    }),
  };
}

function metricColumns(rows: readonly MetricRow[], currency: string): Table {
  const metrics = [...new Set(rows.map((row) => row.metric))];
  const lines = Map.groupBy(rows, (row) => `${row.basis} ${row.month}`);
  return {
    headers: ["Month", "Scenario", ...metrics.map(nameOf)],
    rows: [...lines.values()].map((line) => {
      const byMetric = new Map(line.map((row) => [row.metric, cellOf(row, currency)]));
      const head = [line[0]?.month ?? "", line[0]?.basis ?? ""];
      return [...head, ...metrics.map((metric): Cell => byMetric.get(metric) ?? "")];
    }),
  };
}
