import { describe, expect, test } from "vitest";
import { z } from "zod";
import { usableTools } from "./agent";
import { defineTool, type Tool } from "./define-tool";
import { growthSpecialist } from "./growth";
import { mayCall, modelToolName, outsideRow, registryToolName } from "./matrix";
import type { Resource } from "./schema";

const tool = (name: string, reads: Resource[], writes: Resource[] = []): Tool =>
  defineTool({
    name,
    description: "",
    input: z.object({}),
    output: z.unknown(),
    effect: "read",
    pure: false,
    reads,
    writes,
    run: () => ({ ok: true, value: { result: null } }),
  });

describe("the interaction matrix", () => {
  test("reading does not allow writing, and one resource outside is enough", () => {
    expect(mayCall("growth", tool("x", [], ["venture-performance"]))).toBe(false);
    expect(outsideRow("growth", tool("x", ["venture-performance", "deal-terms"], ["valuation"]))).toEqual([
      "deal-terms",
      "valuation",
    ]);
  });

  test("an agent is offered what it works with, within its row", () => {
    const tools = [
      tool("venture.performance", ["venture-performance"]),
      tool("venture.sell", [], ["closing-documents"]),
      tool("distribution.waterfall", ["pure"]),
    ];
    expect(usableTools(growthSpecialist, tools).map(({ name }) => name)).toEqual(["venture.performance"]);
  });

  test("a tool's name survives the way to a provider and back", () => {
    for (const name of ["venture.performance", "growth.propose-initiative"]) {
      expect(modelToolName(name)).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
      expect(registryToolName(modelToolName(name))).toBe(name);
    }
  });
});
