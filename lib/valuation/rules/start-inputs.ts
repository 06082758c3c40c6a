import { SIMULATED, type ValuationInputs } from "../schema/venture";

/** What the venture's stored figures say, in plain units; null is unknown. */
export type StartFacts = {
  asOf: string;
  revenue: string | null;
  ebitda: string | null;
  cash: string | null;
};

const ASSUMED = "Assumption of the house, to be replaced";
const INDEPENDENT = SIMULATED.map((_, row) => SIMULATED.map((__, column) => (row === column ? 1 : 0)));

/** Where an analyst begins: stored facts where there are some, the house's assumptions (labelled) elsewhere; no method is used yet. */
export function startInputs({ asOf, revenue, ebitda, cash }: StartFacts): ValuationInputs {
  const assumed = { used: false, source: ASSUMED, asOf };
  const reported = { used: false, source: revenue ? "Stored metrics of the venture" : ASSUMED, asOf };
  const flow = ebitda && Number(ebitda) > 0 ? Math.round(Number(ebitda) * 0.6) : 0;
  const sales = revenue && Number(revenue) > 0 ? revenue : "0";
  return {
    methods: {
      dcf: {
        ...assumed,
        freeCashFlows: [1.2, 1.4, 1.6, 1.75, 1.9].map((factor) => String(Math.round(flow * factor))),
        ...{ riskFree: "0.03", beta: "1.3", equityRiskPremium: "0.055", premium: "0.05" },
        ...{ debtShare: "0", costOfDebt: "0.07", taxRate: "0.25" },
        ...{ growth: "0.025", multiple: "10", metric: String(flow), spread: "0.01" },
      },
      trading: { ...reported, metricName: "Revenue, last 12 months", metric: sales, outliers: "mad3" },
      precedents: {
        ...{ ...reported, metricName: "Revenue, last 12 months", metric: sales, outliers: "mad3" },
        ...{ staleAfterDays: "730", index: "" },
      },
      ventureCapital: {
        ...{ ...assumed, exitValue: "0", years: "4", targetReturn: "0.3", investment: "1000000" },
        ...{ laterDilution: ["0.15"], spread: "0.05" },
      },
      firstChicago: {
        ...assumed,
        scenarios: [
          { name: "Success", probability: "0.3", exitValue: "0", years: "3", rate: "0.2" },
          { name: "Survival", probability: "0.5", exitValue: "0", years: "3", rate: "0.2" },
          { name: "Failure", probability: "0.2", exitValue: "0", years: "3", rate: "0.2" },
        ],
        spread: "0.03",
      },
      recentRound: {
        ...{ ...assumed, classId: "", pricePerShare: "0", volatility: "0.6", years: "3", riskFree: "0.03" },
        spread: "0.1",
      },
    },
    bridge: {
      source: cash ? "Stored metrics of the venture" : ASSUMED,
      ...{ asOf, cash: cash && Number(cash) > 0 ? cash : "0", debt: "0", costsRate: "0.03" },
    },
    simulation: {
      ...{ source: ASSUMED, seed: "valuation/1", rateDeviation: "0.015", growthDeviation: "0.005" },
      ...{ multipleDeviation: "0.15", flowDeviation: "0.15", correlation: INDEPENDENT },
    },
  };
}
