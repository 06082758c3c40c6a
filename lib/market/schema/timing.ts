import { z } from "zod";
import { seriesKeySchema } from "./series";

/** Each driver of the exit window, with its sign: does a high value favour a sale or speak against it? */
export const DRIVERS = ["multiple", "yield", "yieldChange", "volatility", "spread", "ipos", "deals"] as const;
export type DriverKey = (typeof DRIVERS)[number];
export const DRIVER_SIGNS: Readonly<Record<DriverKey, 1 | -1>> = {
  ...{ multiple: 1, yield: -1, yieldChange: -1, volatility: -1, spread: -1, ipos: 1, deals: 1 },
};
export const DRIVER_NAMES: Readonly<Record<DriverKey, string>> = {
  multiple: "Sector multiple",
  yield: "10-year yield",
  yieldChange: "Change of the yield in 12 months",
  volatility: "Volatility",
  spread: "Credit spread",
  ipos: "IPOs",
  deals: "Sector sales",
};
/** What a venture may choose a series for. */
export const CHOSEN_KINDS = ["multiple", "yield", "volatility", "spread", "ipos", "deals"] as const;
export type ChosenKind = (typeof CHOSEN_KINDS)[number];
export const seriesOf = (driver: DriverKey): ChosenKind => (driver === "yieldChange" ? "yield" : driver);

const decimal = z
  .string()
  .trim()
  .regex(/^-?\d{1,6}(\.\d{1,8})?$/, "a number such as 0.15");
const inRange = (low: number, high: number, expected: string) =>
  decimal.refine((text) => Number(text) >= low && Number(text) <= high, expected);
/** Empty: taken from the data. */
const orOwn = (low: number, high: number, expected: string) => z.union([z.literal(""), inRange(low, high, expected)]);
const weight = inRange(0, 100, "a weight from 0 to 100");
const share = inRange(0, 0.95, "a fraction from 0 to 0.95");
const whole = (low: number, high: number) =>
  inRange(low, high, `a whole number from ${low} to ${high}`).refine(
    (text) => Number.isInteger(Number(text)),
    `a whole number from ${low} to ${high}`,
  );

export const timingAssumptionsSchema = z.strictObject({
  /** Which series stands for what; null: by the venture's sector and business model, or the only one there is. */
  series: z.strictObject({
    ...{ multiple: seriesKeySchema.nullable(), yield: seriesKeySchema.nullable() },
    ...{ volatility: seriesKeySchema.nullable(), spread: seriesKeySchema.nullable() },
    ...{ ipos: seriesKeySchema.nullable(), deals: seriesKeySchema.nullable() },
  }),
  weights: z.strictObject({
    ...{ multiple: weight, yield: weight, yieldChange: weight, volatility: weight },
    ...{ spread: weight, ipos: weight, deals: weight },
  }),
  history: z.strictObject({ leastPoints: whole(12, 500), staleAfterDays: whole(1, 400) }),
  waiting: z.strictObject({
    growth: orOwn(-0.9, 5, "a yearly growth from -0.9 to 5, or nothing for the venture's own"),
    growthDeviation: inRange(0, 2, "a fraction from 0 to 2"),
    drift: orOwn(-1, 1, "a yearly drift from -1 to 1, or nothing for the series' own"),
    volatility: orOwn(0, 3, "a yearly volatility from 0 to 3, or nothing for the series' own"),
    ...{ dilution: share, failure: share, recovery: inRange(0, 1, "a fraction from 0 to 1") },
    discountRate: inRange(0, 1, "a yearly rate from 0 to 1"),
    seed: z.string().trim().min(1, "any word").max(60),
  }),
  rule: z.strictObject({
    openFrom: inRange(0, 1, "a score from 0 to 1"),
    waitingFrom: inRange(0.5, 1, "a probability from 0.5 to 1"),
    leastRunway: whole(0, 60),
  }),
});
export type TimingAssumptions = z.infer<typeof timingAssumptionsSchema>;

export const START_ASSUMPTIONS: TimingAssumptions = {
  series: { multiple: null, yield: null, volatility: null, spread: null, ipos: null, deals: null },
  weights: { multiple: "30", yield: "10", yieldChange: "15", volatility: "10", spread: "10", ipos: "10", deals: "15" },
  history: { leastPoints: "36", staleAfterDays: "100" },
  waiting: {
    ...{ growth: "", growthDeviation: "0.15", drift: "", volatility: "" },
    ...{ dilution: "0.05", failure: "0.03", recovery: "0.2", discountRate: "0.15", seed: "timing" },
  },
  rule: { openFrom: "0.2", waitingFrom: "0.6", leastRunway: "12" },
};

export const keepTimingSchema = z.strictObject({
  ventureId: z.uuid(),
  /** The version on the person's screen; 0 before the first. */
  version: z.int().nonnegative(),
  reason: z.string().trim().min(3, "why, in a few words").max(300),
  assumptions: timingAssumptionsSchema,
});
export type KeepTiming = z.infer<typeof keepTimingSchema>;
export const TIMING_REFUSALS = ["STALE_TIMING", "UNKNOWN_SERIES"] as const;
export type TimingRefusal = (typeof TIMING_REFUSALS)[number];

export const TIMING = "market.timing";
/** The data set of a venture's assumptions. */
export const TIMING_DATASET = "market-timing";
export const HORIZONS = [6, 12, 24] as const;
export type Horizon = (typeof HORIZONS)[number];
export const TIMING_DRAWS = 10_000;

export const VERDICTS = ["hold", "prepare", "execute"] as const;
export type Verdict = (typeof VERDICTS)[number];

export const exitWindowInputSchema = z.strictObject({
  venture: z.uuid().describe("id of the venture"),
  asOf: z.iso.date().optional().describe("a day in the past: nothing that was published later is used"),
});
