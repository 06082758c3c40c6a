import type { Measure } from "@/lib/metrics/rules/measure";
import type { ValuationContext } from "@/lib/valuation/rules/venture-methods";
import { ventureValuation } from "@/lib/valuation/rules/venture-valuation";
import { METHOD_NAMES, type ValuationInputs } from "@/lib/valuation/schema/venture";

export type PreviewLineOf = { name: string; now: Measure; before: Measure };

/** The methods used and what they come to, by the inputs as they stand and by those that are kept. */
export function previewLines(
  kept: ValuationInputs,
  inputs: ValuationInputs,
  context: ValuationContext,
): PreviewLineOf[] {
  const [was, is] = [ventureValuation(kept, context), ventureValuation(inputs, context)];
  const methods = is.methods.flatMap(({ key, used, central }, index) => {
    const before = was.methods[index]?.central ?? central;
    return used ? [{ name: METHOD_NAMES[key], now: central, before }] : [];
  });
  return [
    ...methods,
    { name: "Enterprise value", now: is.central.central, before: was.central.central },
    { name: "Equity value", now: is.bridge.equityValue, before: was.bridge.equityValue },
    { name: "Per common share", now: is.bridge.perShare, before: was.bridge.perShare },
  ];
}
