import { defineTool, type Tool } from "@/lib/agents/define-tool";
import { ok, refuse } from "@/lib/errors";
import { makeFigure } from "@/lib/figures/rules";
import type { Figure } from "@/lib/figures/schema";
import { driverSensitivity } from "./rules/driver-tree";
import type { LeverFigures } from "./rules/lever-figures";
import {
  type DriverSensitivity,
  type DriverSensitivityInput,
  driverSensitivityInputSchema,
  driverSensitivityOutputSchema,
  LEVER_DISPROOF,
  ventureLeversInputSchema,
  ventureLeversOutputSchema,
} from "./schema";

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

const CONFIDENCE: Readonly<Record<"low" | "medium" | "high", string>> = {
  low: "It rests on fewer than a dozen customers.",
  medium: "It rests on a dozen customers or more, but fewer than thirty.",
  high: "It rests on thirty customers or more.",
};

const ventureLevers = defineTool({
  name: "venture.levers",
  description:
    "Growth levers that the venture's own data show: gaps in retention and expansion between segments, in retention between channels, in prices on the same plan, and concentration. Each with expected revenue as a range, cost, return, confidence and what would disprove it; best return first.",
  input: ventureLeversInputSchema,
  output: ventureLeversOutputSchema,
  effect: "read",
  pure: false,
  reads: ["venture-performance"],
  writes: [],
  run: async ({ venture, asOf }, { actor, now }) => {
    if (!actor) return refuse("FORBIDDEN");
    const { getVentureLevers } = await import("./queries");
    const found = await getVentureLevers(actor, venture, asOf ?? null, now);
    const levers = found.levers.map(({ lever, figures }, index) => ({
      ...{ id: lever.id, kind: lever.kind, subject: lever.subject, rank: index + 1 },
      figures: mapFigures(figures, (figure) => figure.id),
      values: mapFigures(figures, (figure) => figure.value),
      meetsMinimum: lever.roi === null ? null : lever.roi.gte(found.minimumRoi),
      ...{ monthsToEffect: lever.monthsToEffect, confidence: lever.confidence },
      ...{ confidenceReason: CONFIDENCE[lever.confidence], disproof: LEVER_DISPROOF[lever.kind] },
    }));
    return ok({
      result: { venture: found.venture, asOf: found.asOf, reason: found.reason, minimumRoi: found.minimumRoi, levers },
      figures: [...found.inputs, ...found.levers.flatMap(({ figures }) => Object.values(figures))],
      conventions: {
        potential: "a gap inside the venture, on today's revenue, won evenly over twelve months",
        range: "a quarter, half and three quarters of the potential",
        cost: "assumed person-months per kind of lever × the venture's own operating expenses per head",
        return: "gross margin of 24 months: won evenly in the first year, kept through the second; over cost",
        ranking: "by return on cost, unknown returns last, then by effect",
      },
    });
  },
});

function mapFigures<T>(figures: LeverFigures, of: (figure: Figure) => T): Record<keyof LeverFigures, T> {
  return Object.fromEntries(Object.entries(figures).map(([name, figure]) => [name, of(figure)])) as Record<
    keyof LeverFigures,
    T
  >;
}

export const growthTools: readonly Tool[] = [growthLevers];
export const ventureGrowthTools: readonly Tool[] = [ventureLevers];
