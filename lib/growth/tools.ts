import { defineTool, type Tool } from "@/lib/agents/define-tool";
import { ok } from "@/lib/errors";
import { makeFigure } from "@/lib/figures/rules";
import type { Figure } from "@/lib/figures/schema";
import { driverSensitivity } from "./rules/drivers/driver-tree";
import {
  type DriverSensitivity,
  type DriverSensitivityInput,
  driverSensitivityInputSchema,
  driverSensitivityOutputSchema,
} from "./schema";
import { ventureLevers } from "./tools/levers";

function sensitivityFigures(input: DriverSensitivityInput, result: DriverSensitivity, asOf: string): Figure[] {
  if (!input.currency) return [];
  const { currency: unit, ...rest } = input;
  const shared = { unit, asOf, sources: [{ kind: "given" as const, by: "the driver tree" }] };
  return result.drivers.map((driver) =>
    makeFigure({
      ...shared,
      label: `Change of revenue from ${driver.label}`,
      value: String(driver.revenueDelta),
      method: "growth.driverSensitivity@1",
      formula: "Σ revenue over the horizon with the driver changed − Σ revenue with it as it is",
      inputs: { tree: { value: rest }, driver: { value: driver.id } },
    }),
  );
}

export const growthLevers = defineTool({
  name: "growth.levers",
  description:
    "Sensitivity of revenue over a horizon, and of the valuation at its end, to each driver of a metric tree: one driver at a time, ranked, with the path of computation.",
  input: driverSensitivityInputSchema,
  output: driverSensitivityOutputSchema,
  effect: "read",
  pure: true,
  reads: ["pure"],
  writes: [],
  run: (input, { now }) => {
    const outcome = driverSensitivity(input);
    if (!outcome.ok) return outcome;
    return ok({
      result: outcome.value,
      figures: sensitivityFigures(input, outcome.value, now.toISOString()),
      conventions: {
        month: "month 1 is the coming month, with the drivers as given; monthlyGrowth compounds from month 2 on",
        revenue: "sum of the root over the months of the horizon",
        shock: "relative, one driver at a time; +10 % where none is given",
        stock: "value of the month before × (1 + growthRate − lossRate) + inflow",
        valuation: "last month × 12 × valuationMultiple",
        ranking: "by the size of the change of revenue",
      },
    });
  },
});

export const growthTools: readonly Tool[] = [growthLevers];
export const ventureGrowthTools: readonly Tool[] = [ventureLevers];
