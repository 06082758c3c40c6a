import { conditionUnit } from "@/lib/decisions/rules/conditions";
import { OFFER_TERMS } from "@/lib/decisions/schema/conditions";
import { METRICS } from "@/lib/metrics/schema";
import type { ConditionMetric } from "./condition-fields";

/** Every metric that an approval can hang on: the computed ones first, then the stored ones, each by its name. */
export function listConditionMetrics(currency: string): ConditionMetric[] {
  const offer = OFFER_TERMS.map(({ key, name }) => ({ key, name, origin: "computed" }));
  const named = [...METRICS, ...offer].map(({ key, name, origin }) => ({
    ...{ value: key, label: name, unit: conditionUnit(key, currency) },
    computed: origin === "computed",
  }));
  return named
    .sort((a, b) => Number(b.computed) - Number(a.computed) || a.label.localeCompare(b.label, "en"))
    .map(({ computed: _computed, ...metric }) => metric);
}
