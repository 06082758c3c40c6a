import { describe, expect, test } from "vitest";
import { argumentsFor, isRepeatable, type ToolShape } from "./mcp-arguments";

const BODY = JSON.stringify({ event: "initiative.approved", venture: "Lumen", initiative: { title: "Raise prices" } });
const tool = (properties: string[], required: string[] = []): ToolShape => ({
  inputSchema: { properties: Object.fromEntries(properties.map((name) => [name, {}])), required },
});

describe("the announcement as a tool's arguments", () => {
  test.each<[string, ToolShape, object]>([
    [
      "its title and text by the usual names",
      tool(["title", "description"]),
      { title: "Raise prices", description: BODY },
    ],
    ["its members by their own", tool(["venture", "event"]), { venture: "Lumen", event: "initiative.approved" }],
    ["never what the tool does not declare", tool(["name", "assignee"]), { name: "Raise prices" }],
    ["the key where one is taken", tool(["idempotencyKey"], ["idempotencyKey"]), { idempotencyKey: "k" }],
    ["everything where nothing is declared", tool([]), { ...JSON.parse(BODY), idempotencyKey: "k" }],
  ])("%s", (_case, shape, value) => {
    expect(argumentsFor(shape, BODY, "k")).toEqual({ ok: true, value });
  });

  test("not at all where the tool asks for something that the memo does not hold", () => {
    expect(argumentsFor(tool(["title", "project"], ["project"]), BODY, "k")).toEqual({ ok: false, missing: "project" });
  });
});

test.each<[string, ToolShape, boolean]>([
  ["takes a key", tool(["idempotencyKey"]), true],
  ["says that twice is once", { ...tool([]), annotations: { idempotentHint: true } }, true],
  ["only reads", { ...tool([]), annotations: { readOnlyHint: true } }, true],
  ["says nothing", tool(["title"]), false],
  ["says that twice is twice", { ...tool([]), annotations: { idempotentHint: false } }, false],
])("a tool that %s may be called again: %s", (_case, shape, repeatable) => {
  expect(isRepeatable(shape)).toBe(repeatable);
});
