import { Exact } from "@/lib/money";
import type { WeeklyDocument } from "../../schema/weekly";
import type { DocumentFigure } from "../document";
import type { ExportCell } from "../export-table";
import type { MetricLine, Num, WeeklyFacts } from "./facts";

/** The workbook of a week: inputs apart, a summary whose every number is a formula over them, and checks against what is stored. */

export type BookStyle = "title" | "lead" | "section" | "head" | "row" | "note" | "total";
export type BookRow = { style: BookStyle; cells: ExportCell[] };
export type BookSheet = { title: string; widths: readonly number[]; rows: BookRow[]; frozen: number };

const SUMMARY = "Summary";
const INPUTS = "Inputs";
const CHECKS = "Checks";
const INPUT_HEAD = ["Input", "Value", "Unit", "As of", "Figure", "Revision", "Formula of the figure"];

type Formula = Extract<ExportCell, { formula: string }>;
type Cells = ReadonlyMap<string, { at: string; value: number | null; unit: string }>;

const row = (style: BookStyle, ...cells: ExportCell[]): BookRow => ({ style, cells });
const numeric = (value: string | null): number | null =>
  value === null || value.trim() === "" ? null : new Exact(value).toNumber();

/** Where each figure stands, and what it is worth there; a text or an unknown value is no number. */
export const inputCells = (figures: readonly DocumentFigure[]): Cells =>
  new Map(
    figures.map(({ id, value, unit }, index) => [
      id,
      { at: `${INPUTS}!$B$${index + 2}`, value: unit === "text" ? null : numeric(value), unit },
    ]),
  );

const inputRow = ({ label, value, reason, unit, asOf, id, revision, formula }: DocumentFigure): BookRow =>
  row(
    "row",
    ...[
      label,
      value === null
        ? reason === "not-burning"
          ? "unlimited"
          : "unknown"
        : unit === "text"
          ? value
          : { number: value, unit },
    ],
    ...[unit, { day: asOf }, id, { number: `${revision}` }, formula],
  );

type Rates = ReadonlyMap<string, { at: string; value: string; on: string | null }>;

/** Exchange rates stand below the figures, one for each currency. */
function ratesOf(facts: WeeklyFacts, figures: number): Rates {
  const parts = facts.kind === "holding" ? facts.totals.flatMap((total) => total.parts) : [];
  const known = new Map(
    parts.flatMap(({ figure, rate, rateOn }) => (rate ? [[figure.unit, { rate, on: rateOn ?? null }] as const] : [])),
  );
  return new Map(
    [...known].map(([unit, { rate, on }], index) => [
      unit,
      { at: `${INPUTS}!$B$${figures + index + 2}`, value: rate, on },
    ]),
  );
}

const rateRow = ([unit, { value, on }]: [string, { value: string; on: string | null }], day: string): BookRow =>
  row(
    "row",
    ...[`US dollars for one ${unit}`, { number: value }, "USD", { day: on ?? day }, null, null],
    unit === "USD" ? "one" : "the newest stored rate by the end of the week",
  );

const inputSheet = (figures: readonly DocumentFigure[], rates: Rates, day: string): BookSheet => ({
  ...{ title: INPUTS, widths: [46, 20, 9, 12, 20, 9, 70], frozen: 1 },
  rows: [row("head", ...INPUT_HEAD), ...figures.map(inputRow), ...[...rates].map((rate) => rateRow(rate, day))],
});

/** A formula that says "–" where a part is no number, with what it comes to. */
function live(parts: readonly string[], formula: string, unit: string, value: number | null): Formula {
  const all = parts.map((part) => `ISNUMBER(${part})`).join(",");
  return { formula: `IF(AND(${all}),${formula},"–")`, result: value ?? "–", unit };
}

type Making = { cells: Cells; rates: Rates; checks: Check[] };
type Check = { label: string; at: string; result: number | null; figure: Num };

const linked = ({ cells }: Making, figure: Num | null): ExportCell => {
  const cell = figure && cells.get(figure.id);
  if (!cell) return null;
  return {
    formula: cell.at,
    result: cell.value ?? (figure.reason === "not-burning" ? "unlimited" : "unknown"),
    unit: cell.unit,
  };
};
const amountOf = ({ cells }: Making, figure: Num | null): number | null =>
  (figure && cells.get(figure.id)?.value) ?? null;

const HEAD = ["Measure", "Actual", "Plan", "Against plan", "Month before", "Change", "Level", "As of"];
const isRelative = (unit: string): boolean => /^[A-Z]{3}$/.test(unit) || unit === "count" || unit === "shares";

function against(making: Making, line: MetricLine, other: Num | null, [a, b]: readonly [string, string]): ExportCell {
  if (!other) return null;
  const [is, was] = [amountOf(making, line.actual), amountOf(making, other)];
  const both = is !== null && was !== null;
  if (isRelative(line.actual.unit)) {
    const able = both && was > 0;
    const all = [a, b].map((part) => `ISNUMBER(${part})`).join(",");
    return {
      formula: `IF(AND(${all}),IF(${b}>0,${a}/${b}-1,"–"),"–")`,
      result: able ? is / was - 1 : "–",
      unit: "ratio",
    };
  }
  const scale =
    line.actual.unit === "ratio" || line.actual.unit === "percent" ? (line.actual.unit === "ratio" ? 100 : 1) : 1;
  const unit = scale === 100 ? "index" : line.actual.unit;
  return live([a, b], scale === 100 ? `(${a}-${b})*100` : `${a}-${b}`, unit, both ? (is - was) * scale : null);
}

const resultOf = (cell: ExportCell): number | null =>
  cell !== null && typeof cell === "object" && "formula" in cell && typeof cell.result === "number"
    ? cell.result
    : null;

function metricRow(making: Making, line: MetricLine, at: number): BookRow {
  const change = against(making, line, line.prior, [`B${at}`, `E${at}`]);
  if (line.change?.value != null && change)
    making.checks.push({
      label: line.change.label,
      at: `${SUMMARY}!F${at}`,
      result: resultOf(change),
      figure: line.change,
    });
  return row(
    "row",
    ...[line.label, linked(making, line.actual), linked(making, line.plan)],
    ...[against(making, line, line.plan, [`B${at}`, `C${at}`]), linked(making, line.prior), change],
    ...[line.level?.word ?? null, { day: line.actual.asOf }],
  );
}

/** Cash ÷ burn is the runway: the sheet carries it out again. */
function runwayRow(making: Making, lines: readonly MetricLine[], first: number): BookRow[] {
  const place = (key: string) => lines.findIndex((line) => line.key === key);
  const [cash, burn, runway] = [
    place("cash"),
    place("monthly_net_burn"),
    lines.find(({ key }) => key === "cash_runway"),
  ];
  if (cash < 0 || burn < 0 || runway?.actual.value == null) return [];
  const [a, b] = [`B${first + cash}`, `B${first + burn}`];
  const [has, burns] = [amountOf(making, lines[cash]?.actual ?? null), amountOf(making, lines[burn]?.actual ?? null)];
  const able = has !== null && burns !== null && burns > 0;
  const at = first + lines.length;
  const result = able ? has / burns : null;
  making.checks.push({
    label: "Runway: cash ÷ net burn of a month",
    at: `${SUMMARY}!B${at}`,
    result,
    figure: runway.actual,
  });
  return [
    row("total", "Cash ÷ net burn of a month", {
      formula: `IF(AND(ISNUMBER(${a}),ISNUMBER(${b})),IF(${b}>0,${a}/${b},"–"),"–")`,
      ...{ result: result ?? "–", unit: "months" },
    }),
  ];
}

function ventureRows(facts: Extract<WeeklyFacts, { kind: "venture" }>, making: Making, from: number): BookRow[] {
  const cash = facts.cash.map(({ line }) => line);
  const rows: BookRow[] = [row("section", "Metrics"), row("head", ...HEAD)];
  for (const line of facts.metrics) rows.push(metricRow(making, line, from + rows.length));
  rows.push(row("section", "Cash"), row("head", ...HEAD));
  const first = from + rows.length;
  for (const line of cash) rows.push(metricRow(making, line, from + rows.length));
  rows.push(...runwayRow(making, cash, first));
  return rows;
}

type Holding = Extract<WeeklyFacts, { kind: "holding" }>;

function totalRows(making: Making, { label, figure, parts }: Holding["totals"][number], from: number): BookRow[] {
  const rows: BookRow[] = [
    row("section", label),
    row("head", "Venture", "Amount", "US dollars for one", "In US dollars"),
  ];
  const first = from + rows.length;
  let sum: number | null = 0;
  for (const part of parts) {
    const at = from + rows.length;
    const [amount, rate] = [amountOf(making, part.figure), numeric(part.rate)];
    const dollars = amount !== null && rate !== null ? amount * rate : null;
    sum = sum === null || dollars === null ? null : sum + dollars;
    const held = making.rates.get(part.figure.unit);
    const given: ExportCell = held ? { formula: held.at, result: rate } : "no rate";
    rows.push(
      row(
        "row",
        part.venture,
        linked(making, part.figure),
        given,
        live([`B${at}`, `C${at}`], `B${at}*C${at}`, "USD", dollars),
      ),
    );
  }
  const last = from + rows.length - 1;
  const at = from + rows.length;
  const span = `D${first}:D${last}`;
  rows.push(
    row("total", "Total", null, null, {
      formula: `IF(COUNT(${span})=ROWS(${span}),SUM(${span}),"–")`,
      ...{ result: sum ?? "–", unit: "USD" },
    }),
  );
  making.checks.push({ label, at: `${SUMMARY}!D${at}`, result: sum, figure });
  return rows;
}

function holdingRows(facts: Holding, making: Making, from: number): BookRow[] {
  const rows: BookRow[] = [row("section", "Ventures by light"), row("head", "Light", "Ventures")];
  const first = from + rows.length;
  for (const { light, count } of facts.lights) rows.push(row("row", light, linked(making, count)));
  rows.push(
    row("total", "All", {
      formula: `SUM(B${first}:B${from + rows.length - 1})`,
      result: facts.ventures.length,
      unit: "count",
    }),
  );
  for (const total of facts.totals) rows.push(...totalRows(making, total, from + rows.length));
  return rows;
}

const CHECK_HEAD = ["Check", "Summary", "Stored figure", "Difference", "Result", "Figure"];

function checkRow({ label, at, result, figure }: Check, index: number, cells: Cells): BookRow {
  const line = index + 2;
  const stored = cells.get(figure.id);
  const difference = result === null || stored?.value == null ? null : result - stored.value;
  const agrees = difference !== null && Math.abs(difference) <= Math.max(1, Math.abs(stored?.value ?? 0)) * 1e-6;
  const within = `MAX(1,ABS(C${line}))*0.000001`;
  return row(
    "row",
    ...[label, { formula: at, result: result ?? "–", unit: figure.unit }],
    { formula: stored?.at ?? "NA()", result: stored?.value ?? null, unit: figure.unit },
    {
      formula: `IF(AND(ISNUMBER(B${line}),ISNUMBER(C${line})),B${line}-C${line},"–")`,
      result: difference ?? "–",
      unit: figure.unit,
    },
    {
      formula: `IF(ISNUMBER(D${line}),IF(ABS(D${line})<=${within},"agrees","differs"),"differs")`,
      result: agrees ? "agrees" : "differs",
    },
    figure.id,
  );
}

const agreed = ({ cells }: BookRow): boolean => {
  const verdict = cells[4];
  return typeof verdict === "object" && verdict !== null && "result" in verdict && verdict.result === "agrees";
};

function checkSheet(checks: readonly Check[], cells: Cells): BookSheet {
  const rows = checks.map((check, index) => checkRow(check, index, cells));
  const span = `E2:E${rows.length + 1}`;
  const all = row("total", "All checks", null, null, null, {
    formula: `IF(COUNTIF(${span},"agrees")=ROWS(${span}),"agrees","differs")`,
    result: rows.every(agreed) ? "agrees" : "differs",
  });
  const none = row("note", "Nothing in this week could be computed a second way.");
  return {
    ...{ title: CHECKS, widths: [52, 18, 18, 16, 12, 20], frozen: 1 },
    rows: [row("head", ...CHECK_HEAD), ...(rows.length > 0 ? [...rows, all] : [none])],
  };
}

type Book = {
  document: WeeklyDocument;
  facts: WeeklyFacts;
  figures: readonly DocumentFigure[];
  lead: readonly string[];
  revision: number;
};

/** Summary, Inputs and Checks; `lead` are the headline and the bottom line in plain words. */
export function weeklyBook({ document, facts, figures, lead, revision }: Book): BookSheet[] {
  const rates = ratesOf(facts, figures.length);
  const making: Making = { cells: inputCells(figures), rates, checks: [] };
  const [headline = "", ...sentences] = lead;
  const head = [
    row("title", document.title),
    row(
      "note",
      `${document.startsOn} to ${document.endsOn} · ${revision === 0 ? "PREVIEW, not the week's report" : `revision ${revision}`}`,
    ),
    row("lead", headline),
    ...sentences.map((sentence) => row("note", sentence)),
    row(
      "note",
      "Black numbers are formulas over the sheet “Inputs”; the sheet “Checks” holds them against the stored figures.",
    ),
  ];
  const from = head.length + 1;
  const body = facts.kind === "venture" ? ventureRows(facts, making, from) : holdingRows(facts, making, from);
  const summary = { title: SUMMARY, widths: [44, 18, 18, 16, 18, 16, 14, 13], frozen: 0, rows: [...head, ...body] };
  return [summary, inputSheet(figures, rates, document.endsOn), checkSheet(making.checks, making.cells)];
}
