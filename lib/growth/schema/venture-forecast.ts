import { z } from "zod";

/** What a venture's forecasts are made for, in the order of the page. */
export const FORECAST_METRICS = ["revenue", "mrr", "customers", "new_customers", "cash", "net_burn", "users"] as const;
export const forecastMetricSchema = z.enum(FORECAST_METRICS, { error: `one of ${FORECAST_METRICS.join(", ")}` });
export type ForecastMetric = z.infer<typeof forecastMetricSchema>;

export const FORECAST_LABELS: Readonly<Record<ForecastMetric, string>> = {
  revenue: "Revenue",
  mrr: "MRR",
  customers: "Paying customers",
  new_customers: "New customers",
  cash: "Cash",
  net_burn: "Net burn",
  users: "Users",
};

/** How far a forecast can be looked at, in months; all are computed to the furthest, so that one number has one id. */
export const FORECAST_HORIZONS = [6, 12, 24] as const;
export const FURTHEST_MONTHS = 24;
export const FORECAST_LEVELS = [0.8, 0.95] as const;

export const makeForecastSchema = z.object({ ventureId: z.uuid(), metric: forecastMetricSchema });
export type MakeForecast = z.infer<typeof makeForecastSchema>;

const figureId = z.string();
const revision = z.int();
const recordedInterval = z.object({
  ...{ level: z.number(), low: z.string(), high: z.string() },
  ...{ lowFigure: figureId, lowRevision: revision, highFigure: figureId, highRevision: revision },
});

/** One month of a forecast as it was kept; values are exact decimals, as the figures have them. */
export const recordedPointSchema = z.object({
  month: z.string(),
  value: z.string(),
  figure: figureId,
  revision,
  intervals: z.array(recordedInterval),
  /** Probability, as then believed, that the month ends above the last known value. */
  chanceHigher: z.number().nullable(),
});
export type RecordedPoint = z.infer<typeof recordedPointSchema>;

export const ventureForecastInputSchema = z.strictObject({
  venture: z.string().min(1).describe("The venture's id or its short name in addresses"),
  metric: forecastMetricSchema.default("revenue"),
  months: z.int().min(1, "1 to 24 months").max(FURTHEST_MONTHS, "1 to 24 months").default(12),
});

const calibration = z.object({
  intervals: z.array(z.object({ level: z.number(), held: z.int(), of: z.int(), coverage: z.number().nullable() })),
  brier: z.object({ score: z.number().nullable(), of: z.int() }),
});

export const ventureForecastOutputSchema = z.object({
  venture: z.object({ id: z.string(), slug: z.string(), name: z.string(), currency: z.string() }),
  metric: z.string(),
  unit: z.string(),
  /** Why there is no forecast; null when there is one. */
  reason: z.string().nullable(),
  missingMonths: z.array(z.string()),
  from: z.string().nullable(),
  through: z.string().nullable(),
  model: z.string().nullable(),
  /** Figure ids beside the numbers: text refers to the ids. */
  points: z.array(
    z.object({
      month: z.string(),
      figures: z.record(z.string(), z.string()),
      values: z.record(z.string(), z.string().nullable()),
    }),
  ),
  accuracy: z.record(z.string(), z.object({ figure: z.string(), value: z.string().nullable() })),
  anomalies: z.array(z.object({ month: z.string(), score: z.string(), expected: z.string() })),
  /** Of forecasts kept before, over months that have come since. */
  calibration,
});

/** How well a forecast would have done at past months, in the order of its page and its file. */
export const ACCURACY_MEASURES: readonly { key: string; label: string; meaning: string }[] = [
  {
    key: "versus_naive",
    label: "Error against “as last month”",
    meaning: "Below 100 % is closer than the last value carried on",
  },
  {
    key: "versus_seasonal_naive",
    label: "Error against “as a year before”",
    meaning: "Below 100 % is closer than the same month of the year before",
  },
  {
    key: "mase",
    label: "Scaled error (MASE)",
    meaning: "Below 100 % is closer than the naive forecast was inside the months it learnt from",
  },
  {
    key: "coverage|0.8",
    label: "Coverage of the model’s own 80 %",
    meaning:
      "Values inside it at all past origins; the line under the chart counts only those that widening was tried at",
  },
  { key: "coverage|0.95", label: "Coverage of the model’s own 95 %", meaning: "As above" },
  {
    key: "wide_coverage|0.8",
    label: "Coverage of 80 %, widened by past errors",
    meaning: "The interval that is shown, tried at later months by what had come until then",
  },
  { key: "wide_coverage|0.95", label: "Coverage of 95 %, widened by past errors", meaning: "As above" },
];

const KEPT: Readonly<Record<string, ForecastMetric>> = { mrr: "mrr", customers: "customers", cash: "cash" };
const KEPT_FLOWS: Readonly<Record<string, ForecastMetric>> = {
  "revenue_…m": "revenue",
  "new_customers_…m": "new_customers",
  monthly_net_burn: "net_burn",
};

/** The metric that forecasts are kept of for a measure of the performance page; of flows only month by month. */
export const keptMetricOf = (key: string, span: number): ForecastMetric | undefined =>
  KEPT[key] ?? (span === 1 ? KEPT_FLOWS[key] : undefined);
