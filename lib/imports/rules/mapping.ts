import { createHash } from "node:crypto";
import type { FieldProblem } from "@/lib/errors";
import { findMetric, findMetricByName } from "@/lib/metrics/schema";
import type { ImportKind, Mapping, MappingOptions, Question } from "../schema";
import { parsePeriod } from "./dates";
import { type Cell, cellText, detectDateOrder, detectDecimalMark } from "./detection";
import { FIELDS, findField, plainName } from "./fields";

type Layout = MappingOptions["layout"];

/** The same columns in the same order have the same signature, whatever their case and punctuation. */
export function headerSignature(kind: ImportKind, headers: readonly string[]): string {
  return createHash("sha256")
    .update(JSON.stringify([kind, headers.map(plainName)]))
    .digest("hex")
    .slice(0, 32);
}

export const isKnownHeader =
  (kind: ImportKind) =>
  (name: string): boolean => {
    const plain = plainName(name);
    if (FIELDS[kind].some((field) => field.names.includes(plain))) return true;
    return (
      kind === "metrics" && (findMetricByName(name)?.origin === "stored" || parsePeriod(name, "dmy", "month") !== null)
    );
  };

/** Each field takes the free column whose header stands earliest among its names; required fields choose first. */
function matchFields(kind: ImportKind, headers: readonly string[]): string[] {
  const targets: string[] = headers.map(() => "");
  const plain = headers.map(plainName);
  const ordered = [...FIELDS[kind]].sort((a, b) => Number(b.required) - Number(a.required));
  for (const field of ordered) {
    for (const name of field.names) {
      const column = plain.findIndex((header, i) => header === name && targets[i] === "");
      if (column < 0) continue;
      targets[column] = field.key;
      break;
    }
  }
  return targets;
}

function metricTargets(headers: readonly string[]): { targets: string[]; layout: Layout } {
  const order = detectDateOrder(headers).order;
  const periods = headers.map((header) => parsePeriod(header, order, "month"));
  if (periods.filter(Boolean).length >= 2) {
    const rest = matchFields(
      "metrics",
      headers.map((header, i) => (periods[i] ? "" : header)),
    );
    const named = rest.includes("metric")
      ? rest
      : rest.map((target, i) => (i === periods.indexOf(null) ? "metric" : target));
    const targets = headers.map((_, i) => {
      const period = periods[i];
      if (period) return `period:${period.start}/${period.grain}`;
      return named[i] === "value" || named[i] === "period" ? "" : (named[i] ?? "");
    });
    return { targets, layout: "period-columns" };
  }
  const fields = matchFields("metrics", headers);
  if (fields.includes("metric") && fields.includes("value")) return { targets: fields, layout: "long" };
  const metrics = headers.map((header) => {
    const metric = findMetricByName(header);
    return metric?.origin === "stored" ? metric.key : null;
  });
  if (!metrics.some(Boolean)) return { targets: fields, layout: "long" };
  const used = new Set<string>();
  const targets = fields.map((target, i) => {
    const metric = metrics[i];
    if (target === "period" || target === "currency" || target === "basis") return target;
    if (!metric || used.has(metric)) return "";
    used.add(metric);
    return `metric:${metric}`;
  });
  return { targets, layout: "metric-columns" };
}

const MINOR = /\b(cents|minor)\b/;
/** Headers as only the raw interface of a payment provider has them; its amounts are in cents. */
const RAW = new Set([
  "current_period_start",
  "unit_amount",
  "plan.amount",
  "amount_due",
  "amount_paid",
  "plan_amount",
  "object",
  "livemode",
]);

function amountScale(headers: readonly string[], targets: readonly string[], sample: readonly (readonly Cell[])[]) {
  const columns = targets.flatMap((target, i) => (["amount", "total"].includes(target) ? [i] : []));
  if (columns.some((i) => MINOR.test(plainName(headers[i] ?? "")))) return "minor" as const;
  const raw = headers.some((header) => RAW.has(header.trim()));
  const whole = columns.every((i) => sample.every((row) => /^-?\d*$/.test(cellText(row[i]).trim())));
  return raw && columns.length > 0 && whole ? null : ("major" as const);
}

function* column(sample: readonly (readonly Cell[])[], columns: readonly number[]): Generator<Cell | undefined> {
  for (const row of sample) for (const i of columns) yield row[i];
}

const columnsOf = (kind: ImportKind, targets: readonly string[], types: readonly string[]): number[] =>
  targets.flatMap((target, i) => {
    if (target.startsWith("metric:") || target.startsWith("period:")) return types.includes("number") ? [i] : [];
    const type = findField(kind, target)?.type;
    return type && types.includes(type) ? [i] : [];
  });

export type Evidence = {
  dateOrder: MappingOptions["dateOrder"];
  decimalMark: MappingOptions["decimalMark"];
  amountScale: MappingOptions["amountScale"];
  invoiceRows: MappingOptions["invoiceRows"];
  grain: MappingOptions["grain"];
  questions: Question[];
};

/** What the mapped columns' cells prove about dates, numbers and cents, and what they leave open. */
export function readEvidence(
  kind: ImportKind,
  headers: readonly string[],
  targets: readonly string[],
  sample: readonly (readonly Cell[])[],
): Evidence {
  const dateColumns = columnsOf(kind, targets, ["date", "period"]);
  const dates = detectDateOrder([
    ...column(sample, dateColumns),
    ...headers.filter((_, i) => targets[i]?.startsWith("period:")),
  ]);
  const numbers = detectDecimalMark(column(sample, columnsOf(kind, targets, ["amount", "number"])));
  const scale = kind === "subscriptions" || kind === "invoices" ? amountScale(headers, targets, sample) : "major";
  const questions: Question[] = [];
  if (dates.ambiguous) questions.push("dateOrder");
  if (numbers.ambiguous) questions.push("decimalMark");
  if (scale === null) questions.push("amountScale");
  const invoiceRow = kind === "invoices" ? invoiceRows(headers, targets, sample) : "invoices";
  if (invoiceRow === null) questions.push("invoiceRows");
  const period = targets.indexOf("period");
  const grain =
    period < 0
      ? "month"
      : sampleGrain(
          sample.map((row) => cellText(row[period])),
          dates.order,
        );
  return {
    dateOrder: dates.order,
    decimalMark: numbers.mark,
    amountScale: scale,
    invoiceRows: invoiceRow,
    grain,
    questions,
  };
}

/** Several days of one month are a daily series; first and last days are months. */
function sampleGrain(periods: readonly string[], order: MappingOptions["dateOrder"]): MappingOptions["grain"] {
  const days = new Map<string, Set<string>>();
  for (const text of periods) {
    const period = parsePeriod(text, order, "day");
    if (period?.grain !== "day") continue;
    const month = period.start.slice(0, 7);
    days.set(month, (days.get(month) ?? new Set()).add(period.start));
  }
  return [...days.values()].some((set) => set.size > 1) ? "day" : "month";
}

export function suggestTargets(kind: ImportKind, headers: readonly string[]): { targets: string[]; layout: Layout } {
  if (kind === "metrics") return metricTargets(headers);
  const targets = matchFields(kind, headers);
  if (kind === "invoices") return { targets: withoutSecondDiscount(targets, headers), layout: "long" };
  // A list with names only: the name is the customer's key.
  if (kind === "customers" && !targets.includes("externalId"))
    return { targets: targets.map((target) => (target === "name" ? "externalId" : target)), layout: "long" };
  return { targets, layout: "long" };
}

/** Amounts under these headers are before the discount of another column; all others are taken as net of it. */
const BEFORE_DISCOUNT = new Set(["subtotal", "subtotal excluding tax", "line amount", "line item amount"]);

function withoutSecondDiscount(targets: readonly string[], headers: readonly string[]): string[] {
  const amount = headers[targets.indexOf("amount")];
  if (amount !== undefined && BEFORE_DISCOUNT.has(plainName(amount))) return [...targets];
  return targets.map((target) => (target === "discount" ? "" : target));
}

/** Headers that only a list of lines has. */
const LINE_HEADERS = new Set(
  "line id|line item id|line number|line no|line item|line amount|line description|line item amount|unit price|unit amount|product service|item|item code|inventory item code|line total".split(
    "|",
  ),
);

/**
 * Whether an invoice has a row per line: an invoice number stands in several rows of the sample, and the columns are those
 * of lines. Numbers that repeat under any other header are a question: lines, or one invoice said twice.
 */
export function invoiceRows(
  headers: readonly string[],
  targets: readonly string[],
  sample: readonly (readonly Cell[])[],
): MappingOptions["invoiceRows"] {
  const id = targets.indexOf("externalId");
  if (id < 0) return "invoices";
  const rows = new Map<string, Set<string>>();
  let repeated = false;
  for (const cells of sample) {
    const key = cellText(cells[id]).trim();
    const text = JSON.stringify(cells.map(cellText));
    const seen = rows.get(key) ?? new Set();
    repeated ||= key !== "" && seen.size > 0 && !seen.has(text);
    rows.set(key, seen.add(text));
  }
  const lined = targets.includes("lineId") || headers.some((header) => LINE_HEADERS.has(plainName(header)));
  return repeated ? (lined ? "lines" : null) : "invoices";
}

/** What is still missing before a preview makes sense, field by field; empty when nothing is. */
export function mappingProblems(kind: ImportKind, mapping: Mapping, questions: readonly Question[]): FieldProblem[] {
  const { targets, options } = mapping;
  const problems: FieldProblem[] = [];
  const used = targets.filter((target) => target !== "");
  for (const target of new Set(used.filter((one, i) => used.indexOf(one) !== i)))
    problems.push({ path: target, expected: "one column only; two are mapped to it" });
  for (const target of used)
    if (!isTarget(kind, target)) problems.push({ path: target, expected: "a field of this kind of file" });
  for (const field of FIELDS[kind]) {
    if (!field.required || used.includes(field.key) || impliedBy(field.key, kind, options.layout, used)) continue;
    problems.push({ path: field.key, expected: `a column for "${field.label}"` });
  }
  if (kind === "metrics" && options.layout === "period-columns" && !used.some((target) => target.startsWith("period:")))
    problems.push({ path: "period", expected: "at least one column that is a period" });
  if (kind === "metrics" && options.layout === "metric-columns" && !used.some((target) => target.startsWith("metric:")))
    problems.push({ path: "metric", expected: "at least one column that is a metric" });
  if (kind === "invoices" && options.invoiceRows === "lines" && !used.includes("amount"))
    problems.push({
      path: "amount",
      expected: "a column with the amount of each line; a total would be counted per line",
    });
  for (const question of questions)
    if (options[question] === null) problems.push({ path: question, expected: QUESTION_SENTENCES[question] });
  return problems;
}

export const QUESTION_SENTENCES: Readonly<Record<Question, string>> = {
  dateOrder: "whether the day or the month comes first: the dates of this file can be read both ways",
  decimalMark: "whether the point or the comma marks decimals: the numbers of this file can be read both ways",
  invoiceRows: "whether a row is an invoice or one line of it: some invoice numbers stand in several rows that differ",
  amountScale: "whether amounts are in cents or in whole units: the headers are those of a raw export",
};

function impliedBy(key: string, kind: ImportKind, layout: Layout, used: readonly string[]): boolean {
  if (kind === "invoices" && key === "amount") return used.includes("total");
  if (kind !== "metrics") return false;
  if (layout === "period-columns") return key === "period" || key === "value";
  return layout === "metric-columns" && (key === "metric" || key === "value");
}

function isTarget(kind: ImportKind, target: string): boolean {
  if (findField(kind, target)) return true;
  if (kind !== "metrics") return false;
  if (target.startsWith("metric:")) return findMetric(target.slice(7))?.origin === "stored";
  return /^period:\d{4}-\d{2}-\d{2}\/(day|month|quarter)$/.test(target);
}
