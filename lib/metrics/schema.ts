import { z } from "zod";
import { isCurrency } from "@/lib/money";
import { COMPUTED_METRICS } from "./rules/computed-metrics";
import { STORED_METRICS } from "./rules/stored-metrics";

export const METRIC_UNITS = ["money", "count", "ratio", "months", "score"] as const;
export type MetricUnit = (typeof METRIC_UNITS)[number];

export const GRAINS = ["day", "month", "quarter"] as const;
export const grainSchema = z.enum(GRAINS);
export type Grain = z.infer<typeof grainSchema>;

export const BASES = ["actual", "plan", "forecast"] as const;
export const basisSchema = z.enum(BASES);
export type Basis = z.infer<typeof basisSchema>;

export type MetricDefinition = {
  readonly key: string;
  readonly name: string;
  readonly definition: string;
  /** What belongs in and what does not. */
  readonly inclusion: string;
  readonly unit: MetricUnit;
  /** A flow adds up over a period; a stock is what stands at its end. */
  readonly kind: "flow" | "stock";
  /** Which way is good; "none" where neither is. */
  readonly direction: "up" | "down" | "none";
  /** The finest grain in which it is usually kept. */
  readonly grain: Grain;
  /** Stored metrics are imported or corrected; computed ones are figures over the data sets in `requires`. */
  readonly origin: "stored" | "computed";
  /** Data sets it is computed from ("subscriptions", "metric:cash"); empty for stored metrics. */
  readonly requires: readonly string[];
  /** Other names under which files and people know it; lower case. */
  readonly aliases: readonly string[];
  /** May a value be below zero? */
  readonly signed: boolean;
};

/** Every metric there is, stored ones first. The keys are what imports, corrections and figures use. */
export const METRICS: readonly MetricDefinition[] = [...STORED_METRICS, ...COMPUTED_METRICS];

const byKey = new Map(METRICS.map((metric) => [metric.key, metric]));
const storedByName = new Map(
  STORED_METRICS.flatMap((metric) =>
    [metric.name.toLowerCase(), ...metric.aliases].map((name) => [name, metric] as const),
  ),
);

export function findMetric(key: string): MetricDefinition | null {
  return byKey.get(key) ?? null;
}

/** A stored metric by key, name or alias, without regard to case, spaces and dashes: for headers of files. */
export function findMetricByName(name: string): MetricDefinition | null {
  const plain = name
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, " ");
  const metric = byKey.get(plain.replaceAll(" ", "_"));
  return metric?.origin === "stored" ? metric : (storedByName.get(plain) ?? null);
}

/** The data set whose version moves when this metric's stored values change. */
export const metricDataset = (key: string): string => `metric:${key}`;

// Subscriptions and invoices can come from two sources as well.
const believable = z
  .string()
  .refine(
    (key) => byKey.get(key)?.origin === "stored" || key === "subscriptions" || key === "invoices",
    "the key of a stored metric, subscriptions or invoices",
  );

/** A correction names the row it was made against; one that was changed since is a conflict. */
export const correctionSchema = z.object({
  ventureId: z.uuid(),
  pointId: z.string().regex(/^\d+$/, "the id of the value that is corrected"),
  value: z
    .string()
    .trim()
    .regex(/^[+-]?\d{1,28}(\.\d{1,10})?$/, "a decimal number such as 1234.56"),
  reason: z.string().trim().min(3, "why the value is wrong, in a few words").max(500),
});
export type Correction = z.infer<typeof correctionSchema>;

export const bookOfRecordSchema = z.object({
  ventureId: z.uuid(),
  metric: believable,
  sourceId: z.uuid(),
  reason: z.string().trim().min(3, "why this source is the book of record").max(500),
});
export type BookOfRecordInput = z.infer<typeof bookOfRecordSchema>;

const currencyCode = z.string().trim().toUpperCase().refine(isCurrency, "an ISO 4217 code such as EUR");

/** One exchange rate by a person: units of `quote` for one of `base`. */
export const rateSchema = z
  .object({
    base: currencyCode,
    quote: currencyCode,
    day: z.iso.date("a day such as 2026-10-31"),
    rate: z
      .string()
      .trim()
      .regex(/^\d{1,12}(\.\d{1,12})?$/, "a number such as 1.0845")
      .refine((text) => /[1-9]/.test(text), "a rate above zero"),
    source: z.string().trim().min(1, "who published it").max(120),
    /** Needed where the rate takes the place of another. */
    reason: z.string().trim().max(500).default(""),
  })
  .refine(({ base, quote }) => base !== quote, { path: ["quote"], error: "another currency than the first" });
export type RateInput = z.infer<typeof rateSchema>;

export const takeBackRateSchema = z.object({
  rateId: z.string().regex(/^\d+$/, "the id of the rate"),
  reason: z.string().trim().min(3, "why it is taken back").max(500),
});
export type TakeBackRate = z.infer<typeof takeBackRateSchema>;
