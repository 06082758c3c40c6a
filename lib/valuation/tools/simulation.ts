import { defineTool, type Tool } from "@/lib/agents/define-tool";
import { ok } from "@/lib/errors";
import { known, type Measure, unknown } from "@/lib/metrics/rules/measure";
import { type Described, givenFigures } from "../rules/given-figures";
import { type OptionPricing, optionPricing, optionPricingConventions } from "../rules/option-pricing";
import { SIMULATE_CONVENTIONS, simulate } from "../rules/simulate";
import { type OptionPricingInput, optionPricingInput, optionPricingOutput } from "../schema/option-pricing";
import { simulateInput, simulateOutput } from "../schema/simulation";

const computing = { effect: "read", pure: true, reads: ["pure"], writes: [] } as const;

const simulateTool = defineTool({
  name: "valuation.simulate",
  description:
    "Monte Carlo over correlated drivers with a seed: percentiles of a DCF, a multiple or any arithmetic over the drivers, the standard error of the median, and the share of draws that cannot be",
  input: simulateInput,
  output: simulateOutput,
  ...computing,
  run: (input) => {
    const found = simulate(input);
    if (!found.ok) return found;
    const { simulation, warnings } = found.value;
    return ok({ result: simulation, conventions: { ...SIMULATE_CONVENTIONS }, warnings });
  },
});

function pricingFigures(input: OptionPricingInput, priced: OptionPricing, asOf: string) {
  if (!input.currency) return [];
  const measures: Record<string, Measure> = {
    equityValue: priced.equityValue === null ? unknown(priced.reason ?? "no-data") : known(priced.equityValue),
  };
  const described: Described[] = [
    { name: "equityValue", label: "Value of all classes", formula: "given, or solved for the price of one class" },
  ];
  for (const { id, value, reason } of priced.classes) {
    measures[id] = value === null ? unknown(reason ?? "no-data") : known(value);
    described.push({ name: id, label: `Fair value of ${id}`, formula: "Σ share of tranche × (call − next call)" });
  }
  return givenFigures("option-pricing", input, measures, described, asOf);
}

const optionPricingTool = defineTool({
  name: "valuation.option-pricing",
  description:
    "Fair value of each share class today by option pricing on the waterfall's breakpoints, or the value of all of them that the price of one class implies (backsolve); never proceeds",
  input: optionPricingInput,
  output: optionPricingOutput,
  ...computing,
  run: (input, { now }) => {
    const found = optionPricing(input);
    if (!found.ok) return found;
    const { equityValue, reason, classes, tranches } = found.value;
    const reasons: Record<string, string> = reason ? { equityValue: reason } : {};
    for (const one of classes) if (one.reason) reasons[`classes.${one.id}.perShare`] = one.reason;
    const ids = input.classes.map(({ id }) => id);
    return ok({
      result: {
        equityValue,
        classes: Object.fromEntries(classes.map(({ id, value, perShare }) => [id, { value, perShare }])),
        tranches: tranches.map(({ from, to, value, shares }) => ({
          from,
          to,
          value,
          shares: Object.fromEntries(ids.map((id, index) => [id, shares[index] ?? 0])),
        })),
        reasons,
      },
      figures: pricingFigures(input, found.value, now.toISOString().slice(0, 10)),
      conventions: optionPricingConventions(input),
      warnings: ["Fair value today: it must not be shown as proceeds of an exit"],
    });
  },
});

export const simulationTools: readonly Tool[] = [simulateTool, optionPricingTool] as unknown as Tool[];
