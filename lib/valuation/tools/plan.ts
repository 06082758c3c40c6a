import { z } from "zod";
import { defineTool, type Tool } from "@/lib/agents/define-tool";
import { ok, refuse } from "@/lib/errors";
import { neededBy } from "@/lib/figures/rules";
import { ventureValuationInput } from "../schema/venture";

const figure = z.string().describe("The id of a figure");
const outputSchema = z.object({
  ...{ venture: z.string(), asOf: z.string(), months: z.number(), version: z.number(), moved: z.boolean() },
  levers: z.array(
    z.object({
      ...{ label: z.string(), kind: z.string(), step: z.string(), place: z.number().nullable() },
      ...{ perStep: figure, asPlanned: figure, cost: figure, valueForCost: figure, outBecause: z.string().nullable() },
    }),
  ),
  steps: z.array(z.object({ label: z.string(), startsOn: z.string(), showsOn: z.string(), state: z.string() })),
  figures: z.record(z.string(), figure),
});

const TOTALS = ["equity", "total", "total-cost", "reached", "planned", "gap"];

export const venturePlan = defineTool({
  name: "venture.optimization-plan",
  description:
    "What raises a venture's value most for the effort within the profile's period: each lever with its value per step by the venture's own valuation, cost and place in the exact best sequence, and of the kept plan what was promised and how far it has come.",
  input: ventureValuationInput,
  output: outputSchema,
  effect: "read",
  pure: false,
  reads: ["venture-performance"],
  writes: [],
  run: async ({ venture: given }, { actor, now }) => {
    if (!actor) return refuse("FORBIDDEN");
    // Here, so that the computing tools start without a database client.
    const { findVentureFor } = await import("@/lib/ventures/queries");
    const { findToldPlan } = await import("../queries/optimization-page");
    const seen = await findVentureFor(actor, given);
    const found = seen && (await findToldPlan(actor, seen.id, now));
    if (!found) return refuse("NOT_FOUND", [{ path: "venture", expected: "a venture that the caller may see" }]);
    const { page, told } = found;
    if (!page.valued) return refuse("NO_DATA", [{ path: "venture", expected: "a venture whose valuation was kept" }]);
    const totals = TOTALS.flatMap((part) => (page.figures[part] ? [[part, page.figures[part].id] as const] : []));
    const shown = new Set([
      ...totals.map(([, id]) => id),
      ...page.lines.flatMap(({ derivative, effect, cost, perCost }) => [derivative.id, effect.id, cost.id, perCost.id]),
    ]);
    const needed = told.filter(({ id }) => shown.has(id)).flatMap((one) => neededBy(one, told));
    return ok({
      result: {
        ...{ venture: page.venture.name, asOf: page.today, months: page.months },
        ...{ version: page.version, moved: page.moved, figures: Object.fromEntries(totals) },
        levers: page.lines.map(({ label, kind, step, place, outReason, ...line }) => ({
          ...{ label, kind, step, place: place?.number ?? null, outBecause: outReason },
          ...{ perStep: line.derivative.id, asPlanned: line.effect.id },
          ...{ cost: line.cost.id, valueForCost: line.perCost.id },
        })),
        steps: page.steps.map(({ label, startsOn, showsOn, state }) => ({ label, startsOn, showsOn, state })),
      },
      figures: [...new Map(needed.map((one) => [one.id, one])).values()],
      conventions: {
        perStep:
          "(equity value one step up − one step down) ÷ 2 by the venture's own methods; readiness: the house's own rate per point",
        sequence: "worth most together within hours, money, number and period; exact; effects are added up",
      },
    });
  },
});

export const venturePlanTools: readonly Tool[] = [venturePlan] as unknown as Tool[];
