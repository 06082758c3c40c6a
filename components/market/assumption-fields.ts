import type { InputField } from "@/components/valuation/method-fields";
import { DRIVER_NAMES, DRIVERS } from "@/lib/market/schema/timing";

const of = (path: readonly string[], label: string, hint?: string, text = false): InputField => ({
  ...{ path, label, text },
  ...(hint ? { hint } : {}),
});

const OWN = "Empty: from the data";

export const WAITING_FIELDS: readonly InputField[] = [
  of(["waiting", "growth"], "Growth a year", OWN),
  of(["waiting", "growthDeviation"], "Spread of the growth", "One standard deviation"),
  of(["waiting", "drift"], "Drift of the multiple a year", OWN),
  of(["waiting", "volatility"], "Volatility of the multiple", OWN),
  of(["waiting", "dilution"], "Dilution a year"),
  of(["waiting", "failure"], "Chance of failure a year"),
  of(["waiting", "recovery"], "Left of today's value if it fails"),
  of(["waiting", "discountRate"], "Discount rate a year"),
  of(["waiting", "seed"], "Seed of the draws", undefined, true),
];

export const RULE_FIELDS: readonly InputField[] = [
  of(["rule", "openFrom"], "Market open from a score of", "Shut from the same below zero"),
  of(["rule", "waitingFrom"], "Waiting pays from a chance of"),
  of(["rule", "leastRunway"], "Runway is short under, months"),
  of(["history", "leastPoints"], "Least values of a history"),
  of(["history", "staleAfterDays"], "Too old after, days"),
];

export const WEIGHT_FIELDS: readonly InputField[] = DRIVERS.map((key) => of(["weights", key], DRIVER_NAMES[key]));
