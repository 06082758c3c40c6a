import "server-only";
import { z } from "zod";
import type { Tx } from "@/lib/db";
import type { Figure, FigureAsk, FigureSource } from "@/lib/figures/schema";
import type { VentureRow } from "@/lib/metrics/queries/performance";
import { loadActualTrend, type TrendPoint } from "@/lib/metrics/queries/trends";
import { definitionOf, figureKey, measureOfKey, TREND_KEYS } from "@/lib/metrics/rules/performance-table";
import { monthEnd } from "@/lib/metrics/rules/periods";
import { findMetric } from "@/lib/metrics/schema";
import {
  type Derivation,
  derivedForecast,
  type MeasureForecast,
  measureForecast,
} from "../../rules/forecast/measure-forecast";
import type { ForecastContext } from "../../rules/forecast/venture-forecast-figures";
import type { ForecastMetric } from "../../schema/venture-forecast";
import { computeForecast } from "./forecast";
import { loadMonthlyFacts } from "./monthly-series";

/** As many months as the performance page draws, up to the newest known one; accounts may end a quarter before subscriptions. */
const MONTHS = 36;
const LATE = 3;

/** Where accounts end before subscriptions, a figure may stand that is of an earlier month: as a point it is none. */
const isOfItsMonth = ({ day, figure }: TrendPoint): boolean =>
  figure?.value != null && figure.asOf.slice(0, 7) === day.slice(0, 7);

/** What has not been reported yet is late; anything else, such as a burn multiple where nothing is burnt, is no number. */
const NOT_YET: readonly string[] = ["no-data", "incomplete-period", "periods-differ"];
const cannotBeTold = ({ figure }: TrendPoint): boolean =>
  figure !== null && figure.value === null && !NOT_YET.includes(figure.reason ?? "no-data");

export type AskedMeasure = { key: string; span: number; through: string };

/** Measures that follow from the months of a metric which forecasts are kept of. */
const DERIVED: Readonly<Record<string, { metric: ForecastMetric; of: (span: number) => Derivation }>> = {
  "revenue_…m": { metric: "revenue", of: (window) => ({ window, factor: 1 }) },
  "new_customers_…m": { metric: "new_customers", of: (window) => ({ window, factor: 1 }) },
  monthly_net_burn: { metric: "net_burn", of: (window) => ({ window, factor: 1 / window }) },
  arr: { metric: "mrr", of: () => ({ window: 1, factor: 12 }) },
};

/** What may come of a measure of the performance page over one window; one that is kept by month follows from its months. */
export async function computeMeasureForecast(
  tx: Tx,
  venture: VentureRow,
  asked: AskedMeasure,
): Promise<MeasureForecast> {
  const derived = DERIVED[asked.key];
  if (!derived) return ownForecast(tx, venture, asked);
  const monthly = await loadMonthlyFacts(tx, venture, monthEnd(`${asked.through}-01`));
  const { made, usable } = await computeForecast(tx, venture, monthly, derived.metric);
  if (!usable.ok || !made) return { usable, context: null, figures: [] };
  const { key, span } = asked;
  const { unit, sources } = made.context;
  const label = definitionOf(key)?.name ?? made.context.label;
  const series = { ventureId: venture.id, key: figureKey(key, span), span, label, unit, sources };
  return derivedForecast(series, made, derived.of(span));
}

/** From the measure's own values at the last month ends. */
async function ownForecast(
  tx: Tx,
  venture: VentureRow,
  { key, span, through }: AskedMeasure,
): Promise<MeasureForecast> {
  const reach = { key, span, through: monthEnd(`${through}-01`), months: MONTHS + LATE };
  const all = await loadActualTrend(tx, venture, reach);
  const last = all.findLastIndex(isOfItsMonth);
  const actual = all.slice(0, last + 1).slice(-MONTHS);
  const since = last < 0 ? [] : all.slice(last + 1);
  const untold = since.length > LATE || since.some(cannotBeTold) ? since.map(({ day }) => day.slice(0, 7)) : [];
  const metric = findMetric(measureOfKey(key));
  const known = actual.at(-1)?.figure;
  const versions = await tx.datasetVersion.findMany({ where: { ventureId: venture.id } });
  const filter = { from: actual[0]?.day ?? "", to: actual.at(-1)?.day ?? "" };
  const requires = metric?.requires.length ? metric.requires : [`metric:${measureOfKey(key)}`];
  return measureForecast({
    ...{ ventureId: venture.id, key: figureKey(key, span), span, signed: metric?.signed ?? true },
    ...{ label: definitionOf(key)?.name ?? known?.label ?? key, unit: known?.unit ?? venture.currency },
    untold,
    points: actual.map((point) => {
      const { day, figure } = point;
      const month = day.slice(0, 7);
      if (!isOfItsMonth(point)) return { month, value: null, reason: figure?.reason ?? "no-data" };
      return { month, value: Number(figure?.value), reason: null };
    }),
    sources: requires.map((dataset): FigureSource => {
      const version = versions.find((row) => row.dataset === dataset)?.version ?? 0;
      return { kind: "dataset", ventureId: venture.id, dataset, version, rows: 0, filter };
    }),
  });
}

const asked = z.object({
  metric: z.string(),
  span: z.number().int().min(1).max(12),
  through: z.string().regex(/^\d{4}-\d{2}$/),
});

/** The key of the page behind that of a figure: "revenue_12m" is "revenue_…m". */
const trendKey = (key: string, span: number): string | undefined =>
  TREND_KEYS.find((one) => figureKey(one, span) === key);

/** All figures of such a forecast as the facts are now; null where they no longer allow it. */
export async function measureFiguresAgain(tx: Tx, ventureId: string, raw: FigureAsk["args"]): Promise<Figure[] | null> {
  const args = asked.safeParse(raw);
  const venture = await tx.venture.findUnique({ where: { id: ventureId } });
  const key = args.success ? trendKey(args.data.metric, args.data.span) : undefined;
  if (!args.success || !venture || !key) return null;
  const { figures, usable } = await computeMeasureForecast(tx, venture, { ...args.data, key });
  return usable.ok && usable.months.at(-1) === args.data.through ? figures : null;
}

export const measureAsk = ({ ventureId, metric, months, span }: ForecastContext): FigureAsk => ({
  of: "measure-forecast",
  args: { venture: ventureId, metric, span: span ?? 1, through: months.at(-1) ?? "" },
});
