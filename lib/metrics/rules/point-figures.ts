import type { Figure, FigureView, Unit } from "@/lib/figures/schema";
import { Exact } from "@/lib/money";
import { findMetric } from "../schema";
import { monthIndex, ratio } from "./measure";
import { monthEnd, monthEndAfter, monthWords, type Period } from "./periods";
import {
  datasetSource,
  drawFigure,
  flowFigure,
  inputOf,
  monthsText,
  stockFigure,
  type VentureFacts,
} from "./venture-facts";

/** Figures of single points: a month of a series, a cell of a cohort, a movement of one customer. */

export type CohortRow = { month: string; size: number; cells: { offset: number; active: number; mrr: string }[] };
export type CohortBy = "customers" | "revenue";

type Facts = Pick<VentureFacts, "venture" | "versions">;

/** What is left of a cohort some months on, of its customers; null where there is no such cell. */
export function cohortFigure(facts: Facts, { month, size, cells }: CohortRow, offset: number): Figure | null {
  const cell = cells[offset];
  if (!cell || size === 0) return null;
  return drawFigure(facts, {
    key: "cohort_retention",
    label: `Customers of ${monthWords(month)} still paying after ${monthsText(offset)}`,
    unit: "ratio",
    measure: { value: new Exact(cell.active).div(size) },
    formula: "Customers with a paid day in the month ÷ customers won in the cohort's month",
    asOf: monthEndAfter(`${month}-01`, offset),
    inputs: { cohort: { value: month }, offset: { value: offset } },
    sources: [datasetSource(facts, "subscriptions", size, { firstPaidIn: month })],
  });
}

/** The same of its MRR, at the ends of both months and at the rates of one day. */
export function cohortRevenueFigure(facts: Facts, cohort: CohortRow, offset: number, rates: string): Figure | null {
  const { month, size, cells } = cohort;
  const [first, cell] = [cells[0], cells[offset]];
  if (!first || !cell || size === 0) return null;
  return drawFigure(facts, {
    key: "cohort_revenue_retention",
    label: `MRR of the customers of ${monthWords(month)} after ${monthsText(offset)}`,
    unit: "ratio",
    measure: ratio(cell.mrr, first.mrr),
    formula: "MRR at the end of the month ÷ MRR at the end of the cohort's first month",
    asOf: monthEndAfter(`${month}-01`, offset),
    inputs: { cohort: { value: month }, offset: { value: offset }, rates: { value: rates, label: "rates of" } },
    sources: [datasetSource(facts, "subscriptions", size, { firstPaidIn: month })],
  });
}

type Cell = { id: string; value: string | null };
type CellPlace = { venture: string; rates: string; cohort: string; offset: number };

/** A cell as a figure that nobody has opened yet: hundreds of them on a screen carry only id and value. */
export const cohortCellView = ({ id, value }: Cell, place: CellPlace): FigureView => ({
  ...{ id, value, revision: 0, unit: "ratio", reason: value === null ? "zero-denominator" : null },
  label: `Cohort of ${monthWords(place.cohort)} after ${monthsText(place.offset)}`,
  asOf: monthEndAfter(`${place.cohort}-01`, place.offset),
  ask: { of: "cohort", args: place },
});

export type CustomerMovement = { customer: string; month: string; annual: Exact };

/** The change of one customer's MRR in a month, at the rates of one day. */
export function movementFigure(facts: Facts, { customer, month, annual }: CustomerMovement, rates: string): Figure {
  const day = monthEnd(`${month}-01`);
  const filter = { customer, paidOnEither: [monthEndAfter(day, -1), day] };
  return drawFigure(facts as VentureFacts, {
    key: "mrr_movement",
    label: `Change of MRR in ${monthWords(month)}`,
    unit: facts.venture.currency,
    measure: { value: annual.div(12) },
    formula: "MRR of the customer at the end of the month − at the end of the month before",
    asOf: day,
    inputs: { customer: { value: customer }, month: { value: month }, rates: { value: rates, label: "rates of" } },
    sources: [datasetSource(facts, "subscriptions", 0, filter)],
  });
}

export type InvoicedBy = { customer: string; amount: Exact; rows: number; total: Exact; totalRows: number };

/** What was invoiced to one customer in a period, and its part of all that was. */
export function shareFigures(facts: Facts, of: InvoicedBy, { from, to }: Period): [Figure, Figure, Figure] {
  const window = { from: { value: from }, to: { value: to } };
  const filter = { issuedFrom: from, issuedTo: to };
  const unit = facts.venture.currency;
  const amount = drawFigure(facts, {
    ...{ key: "customer_invoiced", label: "Invoiced to the customer", unit, measure: { value: of.amount }, asOf: to },
    formula: "Σ invoices of the customer, without voids, refunds off",
    inputs: { customer: { value: of.customer }, ...window },
    sources: [datasetSource(facts, "invoices", of.rows, { ...filter, customer: of.customer })],
  });
  const total = drawFigure(facts, {
    ...{ key: "invoiced", label: "Invoiced", unit, measure: { value: of.total }, asOf: to },
    formula: "Σ invoices, without voids, refunds off",
    inputs: window,
    sources: [datasetSource(facts, "invoices", of.totalRows, filter)],
  });
  const share = drawFigure(facts, {
    ...{ key: "customer_share", label: "Share of what was invoiced", unit: "ratio", asOf: to },
    measure: of.total.gt(0) ? ratio(of.amount, of.total) : { value: null, reason: "zero-denominator" },
    formula: "Invoiced to the customer ÷ invoiced",
    inputs: { customer: { value: of.customer }, ...window, amount: inputOf(amount), total: inputOf(total) },
  });
  return [amount, total, share];
}

/** MRR at the end of a day, as the figure of that day has it. */
export const mrrPointFigure = (facts: Facts, day: string, value: string): Figure =>
  drawFigure(facts, {
    ...{ key: "mrr", label: "MRR", unit: facts.venture.currency, measure: { value: new Exact(value) }, asOf: day },
    formula: "Σ amount × quantity per month, of subscriptions paid at the end of the day",
    inputs: { day: { value: day } },
    sources: [datasetSource(facts, "subscriptions", 0, { paidOn: day })],
  });

const unitOf = (metric: string, currency: string): Unit => {
  const unit = findMetric(metric)?.unit;
  return unit === "money" || unit === undefined ? currency : unit;
};

const monthsIn = ({ from, to }: Period): number => monthIndex(to) - monthIndex(from) + 1;

/** A stored value of a period, in the venture's currency and from the source that is believed. */
export function storedPointFigure(facts: VentureFacts, metric: string, period: Period): Figure {
  const definition = findMetric(metric);
  const name = definition?.name ?? metric;
  const unit = unitOf(metric, facts.venture.currency);
  if (definition?.kind === "stock") return stockFigure(facts, { key: metric, metric, label: name, unit }, period.to);
  const months = monthsIn(period);
  const whole = period.from.endsWith("-01") && period.to === monthEnd(period.to);
  const stored = whole
    ? { key: `${metric}_${months}m`, label: `${name}, ${monthsText(months)}` }
    : { key: `${metric}_days`, label: name };
  return flowFigure(facts, { ...stored, metric, unit }, period);
}
