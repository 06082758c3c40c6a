import { z } from "zod";

const decimal = z
  .string()
  .trim()
  .regex(/^-?\d{1,11}(\.\d{1,8})?$/, "a decimal number such as 0.92");
const whole = z
  .string()
  .trim()
  .regex(/^\d{1,15}$/, "a whole number");
const words = (most: number) => z.string().trim().min(1, "some text").max(most);
const earlier = (row: { p25: string; p50: string; p75: string }) =>
  Number(row.p25) <= Number(row.p50) && Number(row.p50) <= Number(row.p75);

export const BUSINESS_MODELS = ["saas", "marketplace", "commerce", "services"] as const;

/** One row of a benchmark file; rates are fractions, sizes are yearly revenue in US dollars. */
export const benchmarkRowSchema = z
  .object({
    metric: z
      .string()
      .trim()
      .regex(/^[a-z_0-9]{2,60}$/, "the key of a metric such as gross_revenue_retention"),
    business_model: z.enum(BUSINESS_MODELS, { error: `one of ${BUSINESS_MODELS.join(", ")}` }),
    revenue_from: whole,
    revenue_to: z.union([z.literal(""), whole], { error: "a whole number, or nothing for no end" }),
    p25: decimal,
    p50: decimal,
    p75: decimal,
    sample_size: whole.refine((text) => Number(text) > 0, "at least 1"),
    source: words(200),
    as_of: z.iso.date("a day as YYYY-MM-DD"),
  })
  .refine(earlier, { path: ["p50"], error: "p25 ≤ p50 ≤ p75" })
  .refine(({ revenue_from, revenue_to }) => revenue_to === "" || BigInt(revenue_to) > BigInt(revenue_from), {
    path: ["revenue_to"],
    error: "more than revenue_from",
  });
export type BenchmarkFileRow = z.infer<typeof benchmarkRowSchema>;
export const BENCHMARK_COLUMNS = [
  ...["metric", "business_model", "revenue_from", "revenue_to", "p25", "p50", "p75", "sample_size", "source", "as_of"],
] as const;

/** One row of a file of channel costs: what was spent in a month, in the venture's currency. */
export const channelSpendRowSchema = z.object({
  channel: words(120),
  month: z
    .string()
    .trim()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/, "a month as YYYY-MM"),
  amount: decimal.refine((text) => !text.startsWith("-"), "an amount of at least 0"),
  currency: z
    .string()
    .trim()
    .regex(/^[A-Z]{3}$/, "an ISO 4217 code"),
  source: words(200),
});
export type ChannelSpendRow = z.infer<typeof channelSpendRowSchema>;
export const CHANNEL_SPEND_COLUMNS = ["channel", "month", "amount", "currency", "source"] as const;

/** The text of a CSV file with a head row; at most a few thousand rows. */
const csv = z.string().min(1, "the text of a CSV file").max(1_000_000, "at most a million characters");
export const loadBenchmarksSchema = z.object({ csv });
export const loadChannelSpendSchema = z.object({ ventureId: z.uuid(), csv });
export const undoBenchmarksSchema = z.object({ loadId: z.uuid() });

const benchmarkKeySchema = z.object({
  ...{ metric: z.string(), businessModel: z.string(), revenueFrom: z.string(), asOf: z.string(), source: z.string() },
});
export type BenchmarkKey = z.infer<typeof benchmarkKeySchema>;

/** What a load did to each row that it changed: the values before, as text, so that they can be put back exactly. */
export const benchmarkChangesSchema = z.array(
  z.object({
    key: benchmarkKeySchema,
    before: z
      .object({
        ...{ p25: z.string(), p50: z.string(), p75: z.string(), sampleSize: z.int(), revenueTo: z.string().nullable() },
        ...{ loadedBy: z.string(), loadedAt: z.string() },
      })
      .nullable(),
  }),
);
export type BenchmarkChange = z.infer<typeof benchmarkChangesSchema>[number];
