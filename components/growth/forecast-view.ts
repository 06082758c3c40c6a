import { FORECAST_HORIZONS, type ForecastMetric, forecastMetricSchema } from "@/lib/growth/schema/venture-forecast";

/** What the address says: which metric (null: the first that has data), and how far ahead. */
export type ForecastView = { metric: ForecastMetric | null; horizon: number };

export const PLAIN_HORIZON = 12;
type SearchParams = Readonly<Record<string, string | string[] | undefined>>;
const one = (value: string | string[] | undefined): string => (Array.isArray(value) ? (value[0] ?? "") : (value ?? ""));

/** Anything that is not understood falls back to the plain view. */
export function parseForecastView(params: SearchParams): ForecastView {
  const metric = forecastMetricSchema.safeParse(one(params.metric));
  const horizon = FORECAST_HORIZONS.find((months) => String(months) === one(params.months)) ?? PLAIN_HORIZON;
  return { metric: metric.success ? metric.data : null, horizon };
}

export function forecastHref(path: string, { metric, horizon }: ForecastView): string {
  const entries = [
    ["metric", metric ?? ""],
    ["months", horizon === PLAIN_HORIZON ? "" : String(horizon)],
  ].filter(([, value]) => value !== "");
  const query = new URLSearchParams(entries).toString();
  return query ? `${path}?${query}` : path;
}
