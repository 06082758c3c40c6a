import "server-only";
import type { Tx } from "@/lib/db";
import { type Figure, REASON_SENTENCES } from "@/lib/figures/schema";
import { withChartFigures } from "@/lib/metrics/queries/chart-figures";
import {
  FACT_METRICS,
  loadVentureBase,
  loadVentureFacts,
  type VentureBase,
  type VentureRow,
} from "@/lib/metrics/queries/performance";
import { loadResolvedSeries } from "@/lib/metrics/queries/series";
import { levelOf } from "@/lib/metrics/rules/levels";
import { type ChartSeries, chartSeries, figuresByKey, onBasis, ventureFigures } from "@/lib/metrics/rules/performance";
import { definitionOf } from "@/lib/metrics/rules/performance-table";
import { monthEndAfter } from "@/lib/metrics/rules/periods";
import type { VentureFacts as Performance } from "@/lib/metrics/rules/venture-facts";
import { weeklyChart } from "../../rules/weekly/charts";
import { type MetricLine, num, numOrNull, type VentureFacts } from "../../rules/weekly/facts";
import { changeFigure } from "../../rules/weekly/weekly-figures";
import type { Week } from "../../rules/weekly/weeks";

export type Collected<T> = { facts: T; figures: Figure[] };

/** What a chairman asks about first; a measure that a venture cannot have is left out. */
const SHOWN = [
  ...["revenue_1m", "growth_rate", "mrr", "net_revenue_retention", "gross_margin_ratio", "customer_concentration"],
  ...["team_retention", "valuation", "valuation_change", "exit_readiness", "rule_of_40", "burn_multiple"],
] as const;
const CASH = ["cash", "monthly_net_burn", "cash_runway"] as const;
const CHARTS = ["revenue", "mrr", "cash"] as const;
const NAMES: Readonly<Record<string, string>> = { revenue_1m: "Revenue of the month" };

type Column = ReadonlyMap<string, Figure>;

/** Measures over their own windows, and the revenue of the last month alone. */
function columnOf(facts: Performance, all: Figure[]): Column {
  const own = ventureFigures(facts, []).figures;
  const month = ventureFigures({ ...facts, span: 1 }, []).figures;
  const revenue = figuresByKey(month).get("revenue_1m");
  all.push(...own, ...month);
  return new Map([...figuresByKey(own), ...(revenue ? [["revenue_1m", revenue] as const] : [])]);
}

async function planOf(tx: Tx, venture: VentureRow, facts: Performance, day: string): Promise<Performance | null> {
  const series = await loadResolvedSeries(tx, venture, FACT_METRICS, day, "plan");
  return series.size === 0 ? null : onBasis(facts, "plan", series);
}

type Columns = { now: Column; plan: Column; prior: Column; before: ReadonlyMap<string, MetricLine> };

function lineOf(key: string, { now, plan, prior, before }: Columns, all: Figure[]): MetricLine | null {
  const actual = now.get(key);
  if (!actual) return null;
  const was = prior.get(key);
  const known = was && was.value !== null && was.id !== actual.id ? was : null;
  const made = known && actual.value !== null ? changeFigure(actual, known) : null;
  const change = made && made.value !== null ? made : null;
  if (change) all.push(change);
  const planned = plan.get(key);
  const told = before.get(key);
  return {
    ...{ key, label: NAMES[key] ?? definitionOf(key)?.name ?? actual.label, actual: num(actual) },
    plan: planned && planned.value !== null ? num(planned) : null,
    ...{ prior: numOrNull(known), change: numOrNull(change) },
    level: levelOf(key, actual.value, actual.reason),
    moved: told ? told.actual.value !== actual.value : null,
  };
}

const throughOf = ({ billing, financeThrough }: Performance, day: string): string =>
  billing.facts?.window.to ?? financeThrough ?? monthEndAfter(day, -1);

async function chartsOf(tx: Tx, venture: VentureRow, facts: Performance, day: string) {
  const series = await withChartFigures(tx, venture, chartSeries(facts), day);
  return CHARTS.flatMap((key) => {
    const found = series.find((one): one is ChartSeries => one.key === key);
    return found?.points.some(({ value }) => value !== null) ? [weeklyChart(found)] : [];
  });
}

type Told = Pick<VentureFacts, "metrics" | "cash" | "charts" | "gaps"> & { all: MetricLine[] };

/** The measures of a venture as of the last day of the week, beside plan and the month before. */
export async function collectMeasures(
  tx: Tx,
  venture: VentureRow,
  week: Week,
  last: VentureFacts | null,
): Promise<Collected<Told>> {
  const figures: Figure[] = [];
  const base: VentureBase = await loadVentureBase(tx, venture);
  const reading = { base, cohorts: false };
  const { facts } = await loadVentureFacts(tx, venture, week.endsOn, undefined, reading);
  const priorDay = monthEndAfter(throughOf(facts, week.endsOn), -1);
  const { facts: earlier } = await loadVentureFacts(tx, venture, priorDay, undefined, reading);
  const planned = await planOf(tx, venture, facts, week.endsOn);
  const told = last ? [...last.metrics, ...last.cash.map(({ line }) => line)] : [];
  const columns: Columns = {
    now: columnOf(facts, figures),
    plan: planned ? columnOf(planned, figures) : new Map(),
    prior: columnOf(earlier, figures),
    before: new Map(told.map((line) => [line.key, line])),
  };
  const lines = (keys: readonly string[]) => keys.flatMap((key) => lineOf(key, columns, figures) ?? []);
  const { gaps, warnings } = ventureFigures(facts, []);
  const metrics = lines(SHOWN);
  const cash = lines(CASH);
  const all = lines([...new Set([...columns.now.keys()])]);
  return {
    figures,
    facts: {
      // A measure that was never known, before or now, is a gap and no row.
      metrics: metrics.filter(
        ({ key, actual, plan }) => actual.value !== null || plan !== null || NEEDED.includes(key),
      ),
      cash: cash.map((line) => ({ key: line.key, line })),
      charts: await chartsOf(tx, venture, facts, week.endsOn),
      gaps: [
        ...gaps.map(({ label, reason }) => ({ what: label, why: REASON_SENTENCES[reason] ?? "Unknown." })),
        ...warnings.map((why) => ({ what: "Sources", why: `${why}.` })),
      ],
      all,
    },
  };
}

const NEEDED: readonly string[] = ["growth_rate", "valuation", "exit_readiness"];
