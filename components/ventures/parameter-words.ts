import { formatMoney, formatNumber } from "@/lib/format";
import { PARAMETERS, type ParameterKey } from "@/lib/ventures/schema";

/** The parameters in the order of a venture's life in stage 40. */
export const PARAMETER_GROUPS: readonly { title: string; keys: readonly ParameterKey[] }[] = [
  { title: "To enter", keys: ["ventureMaturityScore", "metricsPositive", "minimumMetricsPeriod"] },
  {
    title: "To grow",
    keys: [
      "growthOptimizationTarget",
      "growthAlertBelow",
      "growthInitiativesAtOnce",
      "minimumInitiativeRoi",
      "growthBudgetCap",
      "strategyReview",
    ],
  },
  {
    title: "To prepare the exit",
    keys: [
      "exitReadinessTarget",
      "readinessCheck",
      "minimumValuation",
      "valuationDropAlert",
      "valuationOptimizationPeriod",
      "targetBuyerPool",
      "dueDiligenceLeadTime",
      "marketTimingSensitivity",
    ],
  },
  {
    title: "To sell",
    keys: ["investmentBankerFrom", "negotiation", "closing", "earnOutPeriod", "escrow"],
  },
  { title: "To decide", keys: ["secondPerson"] },
];

/** "85 %", "5 M USD", "monthly": a parameter's value as a person reads it. */
export function parameterText(key: ParameterKey, value: string | number): string {
  const definition = PARAMETERS[key];
  if (definition.kind === "choice" || typeof value === "string") return String(value);
  return definition.unit === "USD" ? formatMoney(value, "USD") : `${formatNumber(value)} ${definition.unit}`;
}
