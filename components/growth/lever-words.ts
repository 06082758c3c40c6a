import type { LeverKind } from "@/lib/growth/schema";

/** What a lever does, as a person says it; the subject is a name out of the data. */
const DEEDS: Readonly<Record<LeverKind, (subject: string) => string>> = {
  "retention-gap": (subject) => `Keep more of the revenue of ${subject}`,
  "expansion-gap": (subject) => `Sell more to the customers of ${subject}`,
  "price-dispersion": (subject) => `Bring low prices on ${subject} up to what others pay`,
  "channel-mix": (subject) => `Win customers who stay: fewer through ${subject}`,
  concentration: () => "Depend less on the largest customers",
  "benchmark-retention": () => "Keep as much revenue as comparable companies do",
  "benchmark-expansion": () => "Grow accounts as comparable companies do",
  "cohort-decay": () => "Keep new customers through their first half year",
  "funnel-drop": () => "Win back what the funnel has lost in a year",
  "channel-payback": (subject) => `Move spending from ${subject} to the channel that pays back sooner`,
};

export const deedOf = (kind: LeverKind, subject: string | null): string => DEEDS[kind](subject ?? "one group");

export const KIND_WORDS: Readonly<Record<LeverKind, string>> = {
  "retention-gap": "Retention between segments",
  "expansion-gap": "Expansion between segments",
  "price-dispersion": "Prices on the same plan",
  "channel-mix": "Retention between channels",
  concentration: "The largest customers",
  "benchmark-retention": "Retention against a benchmark",
  "benchmark-expansion": "Expansion against a benchmark",
  "cohort-decay": "Later cohorts against earlier ones",
  "funnel-drop": "Steps of the funnel against a year before",
  "channel-payback": "Payback by channel",
};

/** Ids may hold names out of the data: only what an address may carry. */
export const anchorOf = (id: string): string => `lever-${id.replaceAll(/[^A-Za-z0-9-]+/g, "-")}`;
