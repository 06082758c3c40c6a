import { describe, expect, test } from "vitest";
import { z } from "zod";
import { usableTools } from "./agent";
import { defineTool, type Tool } from "./define-tool";
import { growthSpecialist } from "./growth";
import { MATRIX, mayCall, modelToolName, outsideRow, registryToolName } from "./matrix";
import { AGENTS, RESOURCES, type Resource } from "./schema";

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
  // spec/stage-40, section 3, row by row.
  const expected: Readonly<Record<string, Resource[]>> = {
    growth: ["venture-performance", "market-data", "growth-strategies", "performance-reports", "pure"],
    exit: [
      "market-conditions",
      "buyer-intelligence",
      "venture-performance",
      "due-diligence-package",
      "valuation",
      "pure",
    ],
    value: ["deal-terms", "transaction-status", "cap-table", "closing-documents", "distribution-records", "pure"],
    coordinator: ["agent-outputs", "chairman-reports", "stage-status", "pure"],
  };
  test.each(AGENTS)("%s touches its row and nothing else", (agent) => {
    const allowed = RESOURCES.filter(
      (resource) => mayCall(agent, tool("x", [resource])) || mayCall(agent, tool("x", [], [resource])),
    );
    expect([...allowed].sort()).toEqual([...(expected[agent] ?? [])].sort());
  });

  test("reading does not allow writing, and one resource outside is enough", () => {
    expect(mayCall("growth", tool("x", [], ["venture-performance"]))).toBe(false);
    expect(outsideRow("growth", tool("x", ["venture-performance", "deal-terms"], ["valuation"]))).toEqual([
      "deal-terms",
      "valuation",
    ]);
    expect(MATRIX.value.escalatesTo).toBe("coordinator");
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
