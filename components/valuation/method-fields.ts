import type { MethodKey } from "@/lib/valuation/schema/venture";
import type { InputPath } from "./input-paths";

export type InputField = { path: InputPath; label: string; hint?: string; text?: boolean };

const of = (key: MethodKey, name: string, label: string, hint?: string, text = false): InputField => ({
  ...{ path: ["methods", key, name], label, text },
  ...(hint ? { hint } : {}),
});
const FRACTION = "A fraction: 0.08 is 8 %";

const compared = (key: "trading" | "precedents"): InputField[] => [
  of(key, "metricName", "Multiple of", "As in the table of comparables", true),
  of(key, "metric", "Amount of it at the venture"),
];

/** The single inputs of each method; lists (cash flows, scenarios, later rounds) have their own fields. */
export const METHOD_FIELDS: Readonly<Record<MethodKey, readonly InputField[]>> = {
  dcf: [
    of("dcf", "riskFree", "Risk-free rate", FRACTION),
    of("dcf", "beta", "Beta"),
    of("dcf", "equityRiskPremium", "Equity risk premium", FRACTION),
    of("dcf", "premium", "Size and venture premium", FRACTION),
    of("dcf", "debtShare", "Debt, part of the capital", FRACTION),
    of("dcf", "costOfDebt", "Cost of debt", FRACTION),
    of("dcf", "taxRate", "Tax rate", FRACTION),
    of("dcf", "growth", "Growth after the plan", FRACTION),
    of("dcf", "multiple", "Exit multiple"),
    of("dcf", "metric", "What it is of, last year"),
    of("dcf", "spread", "Range: rate ±", FRACTION),
  ],
  trading: compared("trading"),
  precedents: [...compared("precedents"), of("precedents", "staleAfterDays", "Stale after", "Days before the version")],
  ventureCapital: [
    of("ventureCapital", "exitValue", "Value of the equity at the exit"),
    of("ventureCapital", "years", "Years until then"),
    of("ventureCapital", "targetReturn", "Return asked for", FRACTION),
    of("ventureCapital", "investment", "Investment"),
    of("ventureCapital", "spread", "Range: return ±", FRACTION),
  ],
  firstChicago: [of("firstChicago", "spread", "Range: all rates ±", FRACTION)],
  recentRound: [
    of("recentRound", "pricePerShare", "Price per share"),
    of("recentRound", "volatility", "Volatility per year", FRACTION),
    of("recentRound", "years", "Years to the exit"),
    of("recentRound", "riskFree", "Risk-free rate", FRACTION),
    of("recentRound", "spread", "Range: volatility ±", FRACTION),
  ],
};

export const BRIDGE_FIELDS: readonly InputField[] = [
  { path: ["bridge", "cash"], label: "Cash" },
  { path: ["bridge", "debt"], label: "Debt outside the cap table", hint: "Notes of the cap table are counted there" },
  { path: ["bridge", "costsRate"], label: "Transaction costs", hint: FRACTION },
  { path: ["bridge", "source"], label: "Source", text: true },
  { path: ["bridge", "asOf"], label: "As of", text: true },
];

export const SIMULATION_FIELDS: readonly InputField[] = [
  { path: ["simulation", "rateDeviation"], label: "Cost of capital, standard deviation", hint: FRACTION },
  { path: ["simulation", "growthDeviation"], label: "Growth, standard deviation", hint: FRACTION },
  { path: ["simulation", "multipleDeviation"], label: "Multiple, relative deviation", hint: FRACTION },
  { path: ["simulation", "flowDeviation"], label: "Cash flows, relative deviation", hint: FRACTION },
  { path: ["simulation", "seed"], label: "Seed", hint: "The same seed gives the same numbers", text: true },
  { path: ["simulation", "source"], label: "Source", text: true },
];

/** Above the diagonal of the correlation matrix, in the order of SIMULATED. */
export const CORRELATIONS: readonly { row: number; column: number; label: string }[] = [
  { row: 0, column: 1, label: "Rate and growth" },
  { row: 0, column: 2, label: "Rate and multiple" },
  { row: 0, column: 3, label: "Rate and cash flows" },
  { row: 1, column: 2, label: "Growth and multiple" },
  { row: 1, column: 3, label: "Growth and cash flows" },
  { row: 2, column: 3, label: "Multiple and cash flows" },
];
