import { z } from "zod";

/** The data set of a venture's plan, and the question of its figures. */
export const PLAN = "valuation-plan";

/** What of the business the valuation itself depends on: each is moved by its step, and the valuation made again. */
export const VALUE_DRIVERS = ["revenue", "margin", "growth", "risk"] as const;
export type ValueDriver = (typeof VALUE_DRIVERS)[number];
type Driven = { label: string; step: string; metric: string | null };
export const DRIVERS_OF_VALUE: Readonly<Record<ValueDriver, Driven>> = {
  revenue: { label: "Revenue", step: "1 % more at the same margin", metric: "revenue_12m" },
  margin: { label: "EBITDA margin", step: "1 percentage point more", metric: "ebitda_margin" },
  growth: { label: "Yearly growth", step: "1 percentage point more a year", metric: "growth_rate" },
  risk: { label: "Risk a buyer sees", step: "half a percentage point off the rate", metric: null },
};

export const driverLever = (driver: ValueDriver): string => `driver:${driver}`;
export const criterionLever = (criterion: string): string => `readiness:${criterion}`;

const lever = z.string().regex(/^(driver|readiness):[a-z-]{1,60}$/, "a lever of the plan");
const amount = (most: number, expected: string) =>
  z
    .string()
    .trim()
    .regex(/^\d{1,13}(\.\d{1,6})?$/, expected)
    .refine((text) => Number(text) <= most, expected);

/** What a person says about one lever; hours of a criterion left empty are the house's estimate. */
export const estimateSchema = z.strictObject({
  lever,
  size: amount(100, "steps from 0 to 100")
    .nullable()
    .describe("how many steps; null: of a criterion all that are left"),
  hours: z.int("whole hours").min(0).max(20_000, "at most 20,000 hours").nullable(),
  cost: amount(1e12, "an amount of at least 0").describe("money beside the hours"),
  months: z.int("whole months").min(0).max(18, "at most 18 months").describe("until it shows, after the work"),
  after: lever.nullable().describe("the lever whose work comes first"),
  out: z.boolean(),
});
export type Estimate = z.infer<typeof estimateSchema>;

export const planInputsSchema = z.strictObject({
  hoursPerMonth: z.int("whole hours").min(1, "at least 1 hour").max(5_000, "at most 5,000 hours"),
  hourCost: amount(100_000, "an amount of at least 0"),
  budget: amount(1e12, "an amount of at least 0").nullable(),
  atMost: z.int("a whole number").min(1, "at least 1").max(12, "at most 12"),
  worthPerPoint: amount(0.05, "a fraction from 0 to 0.05").describe("of the equity value, for a point of readiness"),
  estimates: z
    .array(estimateSchema)
    .max(60)
    .refine((all) => new Set(all.map((one) => one.lever)).size === all.length, "each lever once"),
});
export type PlanInputs = z.infer<typeof planInputsSchema>;

export const keepPlanSchema = z.strictObject({
  ventureId: z.uuid(),
  /** The version on the person's screen; 0 before the first. */
  version: z.int().nonnegative(),
  reason: z.string().trim().min(3, "why, in a few words").max(300),
  inputs: planInputsSchema,
});
export type KeepPlan = z.infer<typeof keepPlanSchema>;
export const PLAN_REFUSALS = ["STALE_PLAN", "NO_VALUATION", "UNKNOWN_LEVER", "ROUND_ORDER"] as const;
export type PlanRefusal = (typeof PLAN_REFUSALS)[number];

const ref = z.object({ figure: z.string(), revision: z.int(), value: z.string().nullable() });
/** What a kept plan promised: the sequence, each step's worth, and where its measure stood and has to come. */
export const planRunSchema = z.object({
  equity: ref,
  total: ref,
  cost: ref,
  steps: z.array(
    z.object({
      lever: z.string(),
      effect: ref,
      cost: ref,
      from: z.string().nullable(),
      to: z.string().nullable(),
      hours: z.number(),
      startsOn: z.string(),
      endsOn: z.string(),
      showsOn: z.string(),
    }),
  ),
});
export type PlanRun = z.infer<typeof planRunSchema>;
