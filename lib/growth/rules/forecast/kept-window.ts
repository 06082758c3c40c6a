import { makeFigure } from "@/lib/figures/rules";
import type { Figure, FigureInput, Unit } from "@/lib/figures/schema";
import { byText, known, type Measure, mapMeasure, ratio, sum, unknown } from "@/lib/metrics/rules/measure";
import { measureOfKey } from "@/lib/metrics/rules/performance-table";
import { dayWords, monthEnd, monthsOf, monthsUntil, monthWords, type Period } from "@/lib/metrics/rules/periods";
import { monthsText } from "@/lib/metrics/rules/venture-facts";
import { Exact } from "@/lib/money";
import type { ForecastMetric, RecordedPoint } from "../../schema/venture-forecast";
import type { KeptForecast } from "./forecast-record-figures";

const METHOD = "growth.kept-window.";
export const isKeptWindowMethod = (method: string): boolean => method.startsWith(METHOD);

export type KeptWindow = {
  venture: { id: string; currency: string };
  /** The last month of the window, "2026-10", and its length. */
  month: string;
  span: number;
  /** All forecasts that were kept of the venture, of every metric. */
  records: readonly KeptForecast[];
  /** What came of a flow over whole months, as a figure. */
  came: (metric: ForecastMetric, period: Period) => Figure;
};

/** A number of the column: a forecast as it was kept, or figures of which the last one is it. */
export type KeptCell = { ref: { id: string; revision: number } } | { figures: [...Figure[], Figure] };

type Said = { measure: Measure; input: FigureInput; below: Figure[]; ref: RecordedPoint | null; kept: string };

const windowOf = ({ month, span }: KeptWindow): Period => monthsUntil(monthEnd(`${month}-01`), span);

/** The newest forecast of a metric that was kept before the window began; else the oldest since that had its end ahead. */
export function keptFor(window: KeptWindow, metric: ForecastMetric): KeptForecast | null {
  const begin = windowOf(window).from.slice(0, 7);
  const ahead = window.records
    .filter((one) => one.metric === metric && one.through < window.month)
    .filter(({ points }) => points.some(({ month }) => month === window.month))
    .sort((a, b) => byText(a.through, b.through) || byText(a.madeOn, b.madeOn));
  return ahead.findLast(({ through }) => through < begin) ?? ahead[0] ?? null;
}

const pointInput = (point: RecordedPoint): FigureInput => ({ figure: point.figure, revision: point.revision });

/** A stock at the end of the window, or the flow of a single month: the forecast itself. */
function ofMonth(window: KeptWindow, metric: ForecastMetric): Said | null {
  const record = keptFor(window, metric);
  const point = record?.points.find(({ month }) => month === window.month);
  if (!record || !point) return null;
  return { measure: known(point.value), input: pointInput(point), below: [], ref: point, kept: record.madeOn };
}

type Drawn = {
  key: string;
  label: string;
  unit: Unit;
  measure: Measure;
  formula: string;
  kept: string;
  inputs: Record<string, FigureInput>;
};

function draw(window: KeptWindow, { key, label, unit, measure, formula, kept, inputs }: Drawn): Figure {
  return makeFigure({
    ...{ label: `${label}, as forecast`, unit, formula, asOf: monthEnd(`${window.month}-01`) },
    value: measure.value === null ? null : measure.value.toSignificantDigits(30).toFixed(),
    ...(measure.value === null ? { reason: measure.reason } : {}),
    method: `${METHOD}${measureOfKey(key)}@1`,
    inputs: {
      venture: { value: window.venture.id },
      month: { value: window.month },
      span: { value: window.span, label: "months of the window" },
      kept: { value: kept, label: "kept on" },
      ...inputs,
    },
    sources: [],
  });
}

const FLOW_LABELS = { revenue: "Revenue", new_customers: "New customers", net_burn: "Net burn" } as const;
type Flow = keyof typeof FLOW_LABELS;

const unitOf = (window: KeptWindow, metric: Flow): Unit =>
  metric === "new_customers" ? "count" : window.venture.currency;

/** A flow over the window: what had come when it was forecast, and the forecasts of the other months. */
function overWindow(window: KeptWindow, metric: Flow): Said | null {
  if (window.span === 1) return ofMonth(window, metric);
  const record = keptFor(window, metric);
  if (!record) return null;
  const period = windowOf(window);
  const months = monthsOf(period).map((day) => day.slice(0, 7));
  const said = months.filter((month) => month > record.through);
  const points = said.flatMap((month) => record.points.find((point) => point.month === month) ?? []);
  if (points.length < said.length) return null;
  const before =
    record.through < period.from.slice(0, 7)
      ? null
      : window.came(metric, { from: period.from, to: monthEnd(`${record.through}-01`) });
  const parts = [...(before ? [before.value] : []), ...points.map(({ value }) => value)];
  const text = `${points.length} forecasts kept on ${dayWords(record.madeOn)}`;
  const figure = draw(window, {
    ...{ key: metric, label: `${FLOW_LABELS[metric]}, ${monthsText(window.span)}`, unit: unitOf(window, metric) },
    measure: parts.includes(null)
      ? unknown(before?.reason ?? "no-data")
      : known(sum(parts.flatMap((part) => part ?? []))),
    formula: before ? `What had come by ${monthWords(record.through)}, and ${text}` : `Σ of ${text}`,
    kept: record.madeOn,
    inputs: {
      ...(before ? { came: { figure: before.id, label: `${before.label} to ${monthWords(record.through)}` } } : {}),
      ...Object.fromEntries(points.map((point) => [point.month, pointInput(point)])),
    },
  });
  const below = [...(before ? [before] : []), figure];
  return { measure: measureOf(figure), input: { figure: figure.id }, below, ref: null, kept: record.madeOn };
}

const measureOf = ({ value, reason }: Figure): Measure =>
  value === null ? unknown(reason ?? "no-data") : { value: new Exact(value) };

const cellOf = ({ ref, below }: Said): KeptCell | null => {
  if (ref) return { ref: { id: ref.figure, revision: ref.revision } };
  const shown = below.at(-1);
  return shown ? { figures: [...below.slice(0, -1), shown] } : null;
};

type Rule = Pick<Drawn, "key" | "label" | "unit" | "formula">;

/** A measure that follows from others which forecasts were kept of. */
function follows(
  window: KeptWindow,
  rule: Rule,
  of: Readonly<Record<string, Said | null>>,
  measure: (...values: Exact[]) => Measure,
): Said | null {
  const parts = Object.entries(of).flatMap(([name, said]) => (said ? [{ name, said }] : []));
  if (parts.length < Object.keys(of).length) return null;
  const gap = parts.find(({ said }) => said.measure.value === null)?.said.measure;
  const kept =
    parts
      .map(({ said }) => said.kept)
      .sort(byText)
      .at(-1) ?? "";
  const figure = draw(window, {
    ...{ ...rule, kept },
    measure: gap ?? measure(...parts.flatMap(({ said }) => said.measure.value ?? [])),
    inputs: Object.fromEntries(parts.map(({ name, said }) => [name, said.input])),
  });
  const below = [...parts.flatMap(({ said }) => said.below), figure];
  return { measure: measureOf(figure), input: { figure: figure.id }, below, ref: null, kept };
}

function growth(window: KeptWindow): Said | null {
  const now = overWindow(window, "revenue");
  if (!now) return null;
  const { month, span } = window;
  const year = `${Number(month.slice(0, 4)) - 1}${month.slice(4)}`;
  const before = window.came("revenue", monthsUntil(monthEnd(`${year}-01`), span));
  const past = { measure: measureOf(before), input: { figure: before.id }, below: [before], ref: null, kept: now.kept };
  const rule = {
    ...{ key: "growth_rate", label: "Growth rate, year over year", unit: "ratio" as const },
    formula: `Revenue of ${monthsText(span)} as forecast ÷ revenue of the same ${monthsText(span)} a year before − 1`,
  };
  return follows(window, rule, { now, before: past }, (value, base) => {
    if (value.lt(0)) return unknown("negative-revenue");
    return base.lt(0) ? unknown("negative-base") : mapMeasure(ratio(value, base), (of) => known(of.minus(1)));
  });
}

function burn(window: KeptWindow): Said | null {
  const rule = {
    ...{ key: "monthly_net_burn", label: "Net burn per month", unit: window.venture.currency },
    formula: `Net burn of ${monthsText(window.span)} as forecast ÷ ${window.span}`,
  };
  const total = overWindow(window, "net_burn");
  return window.span === 1 ? total : follows(window, rule, { total }, (value) => known(value.div(window.span)));
}

const MEASURES: Readonly<Record<string, (window: KeptWindow) => Said | null>> = {
  "revenue_…m": (window) => overWindow(window, "revenue"),
  growth_rate: growth,
  mrr: (window) => ofMonth(window, "mrr"),
  arr: (window) => {
    const rule = { key: "arr", label: "ARR", unit: window.venture.currency, formula: "MRR as forecast × 12" };
    return follows(window, rule, { mrr: ofMonth(window, "mrr") }, (mrr) => known(mrr.times(12)));
  },
  customers: (window) => ofMonth(window, "customers"),
  "new_customers_…m": (window) => overWindow(window, "new_customers"),
  arpa: (window) => {
    const of = { mrr: ofMonth(window, "mrr"), customers: ofMonth(window, "customers") };
    const label = "Average revenue per account";
    const formula = "MRR as forecast ÷ paying customers as forecast";
    return follows(window, { key: "arpa", label, unit: window.venture.currency, formula }, of, ratio);
  },
  cash: (window) => ofMonth(window, "cash"),
  monthly_net_burn: burn,
  cash_runway: (window) => {
    const rule = { key: "cash_runway", label: "Cash runway", unit: "months" as const };
    const formula = "Cash as forecast ÷ net burn per month as forecast; none left when overdrawn";
    const of = { cash: ofMonth(window, "cash"), burn: burn(window) };
    return follows(window, { ...rule, formula }, of, (cash, per) =>
      per.gt(0) ? ratio(Exact.max(cash, 0), per) : unknown("not-burning"),
    );
  },
};

/** Measures of the performance page that kept forecasts can say something of; of others none are kept. */
export const KEPT_KEYS: readonly string[] = Object.keys(MEASURES);

/** What had been forecast of a measure over a window, from forecasts as they were kept; null where none was. */
export function keptCell(window: KeptWindow, key: string): KeptCell | null {
  const said = MEASURES[key]?.(window);
  return said ? cellOf(said) : null;
}
