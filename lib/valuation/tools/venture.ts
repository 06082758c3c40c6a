import { defineTool, type Tool } from "@/lib/agents/define-tool";
import { ok, refuse } from "@/lib/errors";
import { ventureValuationInput, ventureValuationOutput } from "../schema/venture";

const CONVENTIONS = {
  central: "median of the central enterprise values of the methods used",
  range: "what the methods used have in common; where they have nothing, from the lowest to the highest",
  equity: "enterprise value − debt outside the cap table + cash",
  group: "the group's part of the waterfall of the equity value after transaction costs, at the central estimate",
  simulated: "seeded draws of the discounted cash flow over its drivers together",
};

const ventureValuation = defineTool({
  name: "venture.valuation",
  description:
    "What a venture is worth by its newest kept valuation: each method's range with its source, what they have in common, the bridge to equity, per share and the group's net proceeds, what moves it, and percentiles of the simulation",
  input: ventureValuationInput,
  output: ventureValuationOutput,
  effect: "read",
  pure: false,
  reads: ["venture-performance", "market-conditions"],
  writes: [],
  run: async ({ venture }, { actor, now }) => {
    if (!actor) return refuse("FORBIDDEN" as const, [{ path: "", expected: "somebody who is signed in" }]);
    // Here, so that the computing tools start without a database client.
    const { findToldValuation } = await import("../queries/told");
    const told = await findToldValuation(actor, venture, now);
    if (!told) return refuse("NOT_FOUND" as const, [{ path: "venture", expected: "a venture that you may see" }]);
    if (told.result.version === 0)
      return refuse("NO_DATA" as const, [{ path: "venture", expected: "a venture whose valuation was kept" }]);
    return ok({ ...told, conventions: CONVENTIONS });
  },
});

export const ventureValuationTools: readonly Tool[] = [ventureValuation] as unknown as Tool[];
