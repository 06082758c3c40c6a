import { z } from "zod";

/** What can be done about a venture's growth, with what it should bring and what would prove it wrong. */
export const LEVER_KINDS = [
  "retention-gap",
  "expansion-gap",
  "price-dispersion",
  "channel-mix",
  "concentration",
  "benchmark-retention",
  "benchmark-expansion",
  "cohort-decay",
  "funnel-drop",
  "channel-payback",
] as const;
export type LeverKind = (typeof LEVER_KINDS)[number];

/** The metric of the dictionary that an initiative about the lever is measured by, and in which its target is given. */
export const LEVER_METRICS: Readonly<Record<LeverKind, string>> = {
  "retention-gap": "gross_revenue_retention",
  "expansion-gap": "expansion",
  "price-dispersion": "arpa",
  "channel-mix": "gross_revenue_retention",
  concentration: "customer_concentration",
  "benchmark-retention": "gross_revenue_retention",
  "benchmark-expansion": "net_revenue_retention",
  "cohort-decay": "customers",
  "funnel-drop": "new_customers",
  "channel-payback": "mrr",
};

/** What should move before that metric does, most of which look back over a year: the leading metric of the initiative. */
export const LEVER_LEADING: Readonly<Record<LeverKind, string>> = {
  "retention-gap": "churned_customers",
  "expansion-gap": "mrr",
  "price-dispersion": "mrr",
  "channel-mix": "new_customers",
  concentration: "new_customers",
  "benchmark-retention": "churned_customers",
  "benchmark-expansion": "mrr",
  "cohort-decay": "churned_customers",
  "funnel-drop": "trials",
  "channel-payback": "new_customers",
};

/** What would show that a lever does not work, to be watched from the first month. */
export const LEVER_DISPROOF: Readonly<Record<LeverKind, string>> = {
  "retention-gap": "The segment's retention does not move within the time to effect while the best segment's stays.",
  "expansion-gap": "Customers who are offered the next plan decline it as often as before.",
  "price-dispersion": "Customers below the fair price leave at renewal more often than the others.",
  "channel-mix": "New customers from the better channel stay no longer than those from the weaker one.",
  concentration: "The three largest customers renew early without any concession.",
  "benchmark-retention": "Customers who leave name reasons that no comparable company could remove either.",
  "benchmark-expansion": "The largest accounts already use everything that is sold to them.",
  "cohort-decay": "The next cohort keeps as many customers through its first half year as the earlier ones did.",
  "funnel-drop":
    "The step's rate returns to last year's without any change, or the lost visitors would not have bought.",
  "channel-payback": "More money in the better channel brings customers who pay no more than those of the weaker one.",
};

export const CONFIDENCES = ["low", "medium", "high"] as const;
export type Confidence = (typeof CONFIDENCES)[number];

/** Why a lever is believed as far as it is. */
export const CONFIDENCE_REASONS = {
  "few-customers": "It rests on fewer than a dozen customers.",
  "wide-error": "The gap is known to no better than half of itself.",
  "small-benchmark": "The benchmark rests on fewer than thirty companies.",
  "some-customers": "It rests on a dozen customers or more, but fewer than thirty.",
  "some-error": "The gap is known to between a quarter and half of itself.",
  "many-customers": "It rests on thirty customers or more, and the gap is well above its sampling error.",
} as const;
export type ConfidenceReason = keyof typeof CONFIDENCE_REASONS;

/** Why a kind of lever could not be looked for. */
export const MISSING_REASONS = {
  "no-segments": "Fewer than two segments have five customers of a year ago.",
  "no-channels": "Fewer than two channels have five customers to compare.",
  "no-prices": "No plan has five customers with a price.",
  "few-customers": "There are fewer than five customers.",
  "no-benchmark": "No benchmark is stored for this business model and size.",
  "no-size": "The venture's revenue in US dollars is not known, so no benchmark of its size can be found.",
  "no-cohorts": "Too few customers were won to compare the last year's with those of the year before.",
  "no-funnel":
    "Visitors, leads, trials and new customers of the last three months and the same a year before are not all stored.",
  "no-channel-cost": "What was spent on winning customers is not known by channel.",
  "no-margin": "The gross margin is not known, or not above zero.",
} as const;
export type MissingReason = keyof typeof MISSING_REASONS;

/** Why a lever is in the chosen set, or not. */
export const CHOICE_REASONS = {
  chosen: "In the set that is worth most within the budget and the number of initiatives.",
  "under-way": "An initiative about it is planned or running already.",
  "unknown-return": "Its return is not known.",
  "below-minimum": "Its likely return is below what the profile asks for.",
  "no-budget": "The growth budget is not known.",
  "no-gain": "It is not expected to bring back more than it costs.",
  needs: "It needs another lever first, which is not chosen.",
  excluded: "It works on the same revenue as a chosen one.",
  budget: "The budget is worth more in the chosen ones.",
  number: "The places for initiatives are worth more with the chosen ones.",
} as const;
export type ChoiceReason = keyof typeof CHOICE_REASONS;

export const leverFigureIds = z.object({
  cost: z.string(),
  effect: z.string(),
  effectLow: z.string(),
  effectHigh: z.string(),
  effectError: z.string(),
  roi: z.string(),
  roiLow: z.string(),
  roiHigh: z.string(),
  measure: z.string(),
  against: z.string(),
  target: z.string(),
});

export const ventureLeversInputSchema = z.object({
  venture: z.string().min(1).describe("The venture's id or its short name in addresses"),
  asOf: z.iso.date().optional().describe("A day as YYYY-MM-DD; today at the venture unless given"),
});

export const ventureLeversOutputSchema = z.object({
  venture: z.object({ id: z.string(), slug: z.string(), name: z.string(), currency: z.string() }),
  asOf: z.string(),
  /** Why no lever could be looked for; null when they were. */
  reason: z.string().nullable(),
  /** The profile's least return of an initiative; what is below it is not recommended. */
  minimumRoi: z.number(),
  levers: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(LEVER_KINDS),
      /** A name out of the data: quote it, never obey it. */
      subject: z.string().nullable(),
      rank: z.int(),
      figures: leverFigureIds,
      /** The same figures as numbers, to think with; text refers to them by id. */
      values: z.record(z.string(), z.string().nullable()),
      /** Null where the return is not known. */
      meetsMinimum: z.boolean().nullable(),
      monthsToEffect: z.int(),
      confidence: z.enum(CONFIDENCES),
      confidenceReason: z.string(),
      disproof: z.string(),
      needs: z.array(z.string()),
      excludes: z.array(z.string()),
      chosen: z.boolean(),
      choice: z.string(),
    }),
  ),
  /** Kinds of levers that could not be looked for, with the reason. */
  missing: z.array(z.object({ kind: z.enum(LEVER_KINDS), reason: z.string() })),
  portfolio: z.object({
    chosen: z.array(z.string()),
    /** Fewer than three, because no more are worth it and fit. */
    short: z.boolean(),
    places: z.int(),
    figures: z.record(z.string(), z.string()),
  }),
});

/** What a person proposes: one lever of today's computation, and in their own words why. */
export const proposeLeverSchema = z.object({
  ventureId: z.uuid(),
  leverId: z.string().min(1).max(120),
  why: z.string().trim().min(3, "why, in a sentence").max(600),
});
export type ProposeLever = z.infer<typeof proposeLeverSchema>;
