import { known, type Measure, MISSING, mapMeasure, ratio, unknown } from "@/lib/metrics/rules/measure";
import type { Exact } from "@/lib/money";

/** Enterprise value − net debt, and that per share; unknown without the one or the other, or where shares are worth nothing. */
export function equityOf(
  enterpriseValue: Measure,
  netDebt: Exact | undefined,
  shares: Exact | undefined,
): { equityValue: Measure; perShare: Measure } {
  const equityValue = mapMeasure(enterpriseValue, (value) => (netDebt ? known(value.minus(netDebt)) : MISSING));
  const perShare = mapMeasure(equityValue, (value) => {
    if (!shares) return MISSING;
    return value.isNegative() ? unknown("negative-equity") : ratio(value, shares);
  });
  return { equityValue, perShare };
}
