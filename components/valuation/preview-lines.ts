import type { Measure } from "@/lib/metrics/rules/measure";
import { groupOf } from "@/lib/valuation/rules/holder-proceeds";
import type { ValuationContext } from "@/lib/valuation/rules/venture-methods";
import { type Valuation, ventureValuation } from "@/lib/valuation/rules/venture-valuation";
import { METHOD_NAMES, type ValuationInputs } from "@/lib/valuation/schema/venture";

export type PreviewLineOf = { name: string; now: Measure; before: Measure };

/** What inputs come to, with what reaches the group; null where nobody has said who the group is. */
export type Previewed = { valuation: Valuation; group: Measure | null };

export function previewed(inputs: ValuationInputs, context: ValuationContext): Previewed {
  const valuation = ventureValuation(inputs, context);
  const { classes, groupParts } = context;
  const group = classes && groupParts ? groupOf(classes, groupParts, valuation.bridge.distributable) : null;
  return { valuation, group };
}

/** The methods used and what they come to, by the inputs as they stand and by those that are kept. */
export function previewLines(before: Previewed, now: Previewed): PreviewLineOf[] {
  const [was, is] = [before.valuation, now.valuation];
  const methods = is.methods.flatMap(({ key, used, central }, index) => {
    const then = was.methods[index]?.central ?? central;
    return used ? [{ name: METHOD_NAMES[key], now: central, before: then }] : [];
  });
  return [
    ...methods,
    { name: "Enterprise value", now: is.central.central, before: was.central.central },
    { name: "from", now: is.central.low, before: was.central.low },
    { name: "to", now: is.central.high, before: was.central.high },
    { name: "Equity value", now: is.bridge.equityValue, before: was.bridge.equityValue },
    { name: "Per common share", now: is.bridge.perShare, before: was.bridge.perShare },
    ...(now.group && before.group ? [{ name: "The group’s net proceeds", now: now.group, before: before.group }] : []),
  ];
}
