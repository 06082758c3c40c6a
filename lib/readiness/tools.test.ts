import { describe, expect, test } from "vitest";
import { callTool } from "@/lib/agents/define-tool";
import { readinessTools } from "./tools";

const call = { actor: null, agent: null, runId: null, now: new Date("2026-11-22T00:00:00Z") };
const criterion = { component: "Due diligence preparation", id: "a", score: 3, weight: "2.5" };
const answer = (input: unknown) => {
  const [tool] = readinessTools;
  if (!tool) throw new Error("no tool");
  return callTool(tool, input, call);
};

describe("readiness.score", () => {
  test("answers under the caller's names and says why a total is unknown", async () => {
    const said = await answer({ criteria: [criterion], asOf: "2026-11-22" });
    expect(said).toMatchObject({
      ok: true,
      result: {
        score: null,
        band: null,
        coverage: 0.1,
        components: { "Due diligence preparation": { score: 75, weight: 0.1, coverage: 1 } },
        reasons: { score: "coverage-below-70", band: "coverage-below-70", "components.legal": "unanswered" },
      },
    });
  });

  test.each([
    ["criteria", { criteria: [], asOf: "2026-11-22" }],
    ["criteria[0].component", { criteria: [{ ...criterion, component: "luck" }], asOf: "2026-11-22" }],
    ["criteria[0].score", { criteria: [{ ...criterion, score: 5 }], asOf: "2026-11-22" }],
    ["criteria[0].score", { criteria: [{ ...criterion, score: 2.5 }], asOf: "2026-11-22" }],
    ["criteria[0].weight", { criteria: [{ ...criterion, weight: 0 }], asOf: "2026-11-22" }],
    ["criteria[0].weight", { criteria: [{ ...criterion, weight: -1 }], asOf: "2026-11-22" }],
    ["criteria[1].id", { criteria: [criterion, criterion], asOf: "2026-11-22" }],
    ["asOf", { criteria: [criterion], asOf: "2026-02-30" }],
    [
      "criteria[0].evidence[0].date",
      { criteria: [{ ...criterion, evidence: [{ date: "2027-01-01" }] }], asOf: "2026-11-22" },
    ],
    ["extra", { criteria: [criterion], asOf: "2026-11-22", extra: 1 }],
  ])("refuses %s", async (path, input) => {
    expect(await answer(input)).toMatchObject({ ok: false, error: { path } });
  });
});
