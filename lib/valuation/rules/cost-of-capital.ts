import { type Measure, ratio, sum } from "@/lib/metrics/rules/measure";
import type { Exact } from "@/lib/money";
import type { CapmInput, FreeCashFlowInput, WaccInput } from "../schema/methods";

/** E/V × Ke + D/V × Kd × (1 − t), at market weights; unknown where there is neither equity nor debt. Source: methods c. */
export function wacc(input: WaccInput): Record<"wacc" | "equityWeight" | "debtWeight", Measure> {
  const { equity, debt, costOfEquity, costOfDebt, taxRate } = input;
  const all = equity.plus(debt);
  const afterTax = costOfDebt.times(taxRate.neg().plus(1));
  return {
    // One division, at the end: thirds cost nothing.
    wacc: ratio(equity.times(costOfEquity).plus(debt.times(afterTax)), all),
    equityWeight: ratio(equity, all),
    debtWeight: ratio(debt, all),
  };
}

/** Risk-free + β × equity risk premium + premia, which are also told apart. Source: methods c. */
export function capm(input: CapmInput): { costOfEquity: Exact; withoutPremia: Exact; premia: Exact } {
  const premia = sum(input.premia.map((one) => ("rate" in one ? one.rate : one)));
  const withoutPremia = input.riskFree.plus(input.beta.times(input.equityRiskPremium));
  return { costOfEquity: withoutPremia.plus(premia), withoutPremia, premia };
}

/** EBIT × (1 − t) + depreciation − capex − increase of working capital. Source: methods c. */
export function freeCashFlow(input: FreeCashFlowInput): { freeCashFlow: Exact; taxes: Exact } {
  const taxes = input.ebit.times(input.taxRate);
  const after = input.ebit.minus(taxes).plus(input.depreciation);
  return { freeCashFlow: after.minus(input.capex).minus(input.changeInWorkingCapital), taxes };
}
