import { z } from "zod";

/** What a number is counted in. A currency is its ISO 4217 code. */
export const UNITS = [
  "ratio",
  "percent",
  "months",
  "count",
  "multiple",
  "score",
  "index",
  "days",
  "shares",
  "text",
] as const;
export const unitSchema = z.union([z.enum(UNITS), z.string().regex(/^[A-Z]{3}$/, "an ISO 4217 code")]);
export type Unit = z.infer<typeof unitSchema>;

/** Stands for a venture where a data set belongs to all of them: exchange rates. */
export const SHARED_DATA = "00000000-0000-0000-0000-000000000000";

/** Rows a figure was computed from: a stored data set of a venture, narrowed by a filter that can be run again. */
export const datasetSourceSchema = z.object({
  kind: z.literal("dataset"),
  ventureId: z.uuid(),
  dataset: z.string(),
  version: z.int().nonnegative(),
  rows: z.int().nonnegative(),
  filter: z.record(z.string(), z.unknown()),
});
/** A number that the caller gave: the what-if panels and the command line. */
export const givenSourceSchema = z.object({ kind: z.literal("given"), by: z.string() });
export const sourceSchema = z.discriminatedUnion("kind", [datasetSourceSchema, givenSourceSchema]);
export type FigureSource = z.infer<typeof sourceSchema>;

/** An input is another figure (by id and revision) or a plain value. */
export const figureInputSchema = z.union([
  z.object({ figure: z.string(), revision: z.int().positive().optional(), label: z.string().optional() }),
  z.object({ value: z.unknown(), unit: z.string().optional(), label: z.string().optional() }),
]);
export type FigureInput = z.infer<typeof figureInputSchema>;

export const figureIdSchema = z.string().regex(/^[0-9a-f]{16}$/, "16 hexadecimal digits");

export const figureSchema = z.object({
  id: figureIdSchema,
  label: z.string(),
  /** An exact decimal as text; null is unknown, and `reason` says why. */
  value: z.string().nullable(),
  reason: z.string().optional(),
  unit: unitSchema,
  asOf: z.string(),
  /** The rule and its version: "metrics.netRevenueRetention@1". */
  method: z.string(),
  /** As a person reads it: "Σ MRR now ÷ Σ MRR 12 months ago, over the customers of 12 months ago". */
  formula: z.string(),
  inputs: z.record(z.string(), figureInputSchema),
  sources: z.array(sourceSchema),
});
export type Figure = z.infer<typeof figureSchema>;

/** How a figure that a screen shows but nobody has opened yet is made again: the question, for the domain `of` names. */
export const figureAskSchema = z.strictObject({
  of: z.string().max(40),
  args: z.record(z.string().max(40), z.union([z.string().max(300), z.number()])),
});
export type FigureAsk = z.infer<typeof figureAskSchema>;

/** What a screen needs of a figure to show it; everything else is fetched when it is opened. */
export type FigureView = {
  id: string;
  /** 0: computed for this screen, stored with its proof when somebody opens it; then `ask` says how. */
  revision: number;
  ask?: FigureAsk;
  /** Exact decimal as text; null is unknown. */
  value: string | null;
  unit: Unit;
  label: string;
  asOf: string;
  /** Why the value is unknown: "no-data", "zero-denominator", "not-burning" (then the runway is unlimited), … */
  reason?: string | null;
  /** What changed since it was computed; absent or null while it is current. */
  stale?: string | null;
};

/** Why a figure is unknown, as a person reads it. */
export const REASON_SENTENCES: Readonly<Record<string, string>> = {
  "no-data": "Nothing is stored from which this could be computed.",
  "missing-input": "A number that this needs was not given.",
  "incomplete-period": "Some months of the period are missing.",
  "no-recent-data": "The last stored value is too old to stand for today.",
  "zero-denominator": "The number that it would be divided by is zero.",
  contradiction: "Two sources disagree, and nobody has said which to believe.",
  "missing-fx-rate": "An exchange rate of the day is missing.",
  "not-burning": "Unlimited: cash is not falling.",
  "cash-grew": "Cash grew over the period, so nothing was burned.",
  "negative-base": "The value it would be compared with is below zero.",
  "negative-margin": "The margin is below zero, so it is never paid back.",
  "negative-net-churn": "Expansion exceeds churn, so a lifetime has no end.",
  "no-net-new-arr": "No recurring revenue was added in the period.",
  "no-customers-a-year-ago": "There were no paying customers at the start of the window.",
  "negative-revenue": "Revenue of the period is below zero, so a share or a rate of it would mislead.",
  "negative-cost": "The cost of the period is below zero: more was credited than spent.",
  "refunds-exceed-revenue": "More was refunded to some customers than they paid, so the parts exceed the whole.",
  "no-offer-in-hand": "No bidder is negotiated with first, so it is not clear whose offer is meant.",
  "not-stated": "The offer does not state it.",
  "nobody-won": "Nobody was won in the period.",
  "nobody-left": "Nobody left in the period, so a lifetime has no end.",
  "nothing-lost": "No recurring revenue was lost in the period, so there is nothing to divide by.",
  "losses-exceed-opening": "More was lost than was there at the start: customers won since left again.",
  "zero-variance": "Nothing varies in one of the arms, so its uncertainty cannot be told.",
  "too-few-units": "One unit alone tells nothing about how much units differ.",
  "no-units": "Nothing was counted in one of the arms.",
  "infinite-mean": "The control's rate may be so near zero that the lift over it has no mean.",
  "periods-differ": "Its inputs end in different months.",
  "too-few-values": "Too few values are known to tell.",
  "constant-series": "The value never changed, so no width can be told.",
  "no-errors": "The model explains every value, so no width can be told.",
  "no-intervals": "There were no intervals to compare with what came.",
  "no-season": "There is no season in so short a series.",
  "shorter-than-a-season": "Not every past origin had a year behind it.",
  "no-outcomes-yet": "No month of a kept forecast has come yet.",
  "no-target": "No target was approved for this measure.",
  "no-money-value": "The metric has no worth in money by itself.",
  "not-started": "It has not been started.",
  "no-history": "The metric is not kept by month.",
  "too-few-months-before": "Too few months are known before the start.",
  "too-few-months-after": "Too few months have passed since the start.",
  "gap-in-months": "A month since the start is missing.",
  "no-forecast": "No forecast can be made from the months before the start.",
  "overlapping-initiatives": "Another initiative works on the same metric in the same months.",
  "methods-disagree": "Two methods of measuring say different things.",
  "no-revenue": "Revenue of the year is not above zero.",
  "mixed-currencies": "Amounts in different currencies would have to be added up.",
  "missing-driver": "A driver of the tree has no value.",
  "no-cap-table": "No cap table has been imported.",
  "no-group-holder": "Nobody has said which holders of the cap table are the group's own.",
  "open-charter-questions": "The cap table leaves questions open that only the charter answers.",
  "half-unclaimed": "Less than half of the fit is known.",
  unanswered: "Nobody has answered it yet, and no stored data can.",
  "coverage-below-70": "Less than 70 % of the weight is answered, so a total would mislead.",
  "no-data-room": "There is no data room yet.",
  "no-series": "No series of the market is loaded or chosen for it.",
  "coverage-below-half": "Less than half of the weight is known, so a score would be that of another market.",
  "no-sale-value": "There is no valuation above zero that a sale today could bring.",
  "no-verdict": "Something that the rule needs is not known.",
  "no-break-even": "At no multiple is waiting worth as much as selling today.",
  "incomplete-cap-table": "The cap table does not say enough to split proceeds.",
  "no-overlap": "The methods used have nothing in common.",
  "no-ranges": "No method that is used has a range.",
  "no-method-used": "No method that is used has a value.",
  "no-comparables": "No comparable is left to be used.",
  "negative-metric": "What the multiple is of is below zero, so it implies no value.",
  "zero-metric": "What the multiple is of is zero, so it implies no value.",
  "negative-equity": "Debt exceeds the enterprise value.",
  "nothing-for-common": "Nothing is left for common shares.",
  "growth-not-below-rate": "The growth after the plan is not below the cost of capital.",
  "cash-flow-not-positive": "The last cash flow is not above zero, so no growth can be told from it.",
  "ownership-above-one": "The return asked for takes more than the whole company.",
  "price-out-of-reach": "At no value of the company is the class worth this price.",
  "not-unique": "The class is worth this price over a whole range of values.",
  "no-such-class": "The cap table has no such class.",
  "all-draws-rejected": "No draw of the simulation was possible.",
  "several-roots": "Several rates fit the flows, and none of them is the one.",
  "double-root": "The value only touches zero at one rate, without crossing it.",
  "no-root": "No rate fits the flows.",
  "no-sign-change": "Money only goes in or only comes out, so there is no return.",
  "no-flows": "There is no money to compute a return of.",
  "no-index-level": "The index does not reach back to the first flow.",
  "distributions-exceed-nav": "More was distributed since the last valuation than it held.",
  "negative-index-nav": "The same flows would have overdrawn the index, so there is no rate to compare.",
  "no-proceeds": "Debt and costs exceed the price.",
  "price-out-of-sight": "No price within many times the offer brings that much.",
  "ceiling-unknown": "Nobody has said what the bidder would pay at most.",
  "terms-missing": "Terms of the offer on which money hangs are not stated.",
  "bought-from-a-holder":
    "It was bought from another holder; the cap table does not say for how much, and nobody has stated it.",
  "no-cost-recorded": "What was paid for it is not recorded.",
  "no-day-of-purchase": "The day on which it was acquired is not known.",
  "lots-differ": "The cap table of the day of sale holds other units than those by which proceeds are shared.",
  "too-large": "The number is too large to be said.",
};

/** How text refers to a figure: `[[fig:0123456789abcdef]]`. */
export const FIGURE_REFERENCE = /\[\[fig:([0-9a-f]{16})\]\]/g;
export const figureReference = (id: string): string => `[[fig:${id}]]`;
