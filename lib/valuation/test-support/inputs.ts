import { startInputs } from "../rules/start-inputs";
import type { ValuationInputs } from "../schema/venture";

/** A plan of 100, 110 and 120 thousand at 10 %, and comparables of 1 M revenue. */
export function sampleInputs(): ValuationInputs {
  const start = startInputs({ asOf: "2026-11-22", revenue: "1000000", ebitda: null, cash: "50000" });
  const { methods } = start;
  return {
    ...start,
    methods: {
      ...methods,
      dcf: {
        ...methods.dcf,
        used: true,
        freeCashFlows: ["100000", "110000", "120000"],
        ...{ riskFree: "0.03", beta: "1", equityRiskPremium: "0.05", premium: "0.02", debtShare: "0" },
        ...{ growth: "0.03", multiple: "14", metric: "120000", spread: "0.01" },
      },
      trading: { ...methods.trading, used: true },
    },
    bridge: { ...start.bridge, cash: "50000", debt: "150000", costsRate: "0.02" },
  };
}
