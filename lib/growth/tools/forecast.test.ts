import { describe, expect, test } from "vitest";
import { callTool } from "@/lib/agents/define-tool";
import { computingTools } from "@/lib/agents/registry";
import { CO2, PASSENGERS } from "../test-support/series";

const NOBODY = { actor: null, agent: null, runId: null, now: new Date("2026-11-22T00:00:00Z") };

async function call(name: string, input: unknown) {
  const tool = (await computingTools()).find((one) => one.name === name);
  if (!tool) throw new Error(`no tool ${name}`);
  return callTool(tool, input, NOBODY);
}

async function refusal(name: string, input: unknown) {
  const answer = await call(name, input);
  return answer.ok ? null : [answer.error.code, answer.error.path];
}

describe("what is refused, and where", () => {
  test.each([
    ["growth.forecast", { series: [], horizon: 1 }, "series"],
    ["growth.forecast", { series: [1, null, 3], horizon: 1 }, "series[1]"],
    ["growth.forecast", { series: [1, Number.NaN, 3], horizon: 1 }, "series[1]"],
    ["growth.forecast", { series: [1, "x"], horizon: 1 }, "series[1]"],
    ["growth.forecast", { series: [1, 2], horizon: 0 }, "horizon"],
    ["growth.forecast", { series: [1, 2], horizon: 1.5 }, "horizon"],
    ["growth.forecast", { series: [1, 2], horizon: 1, levels: [1.2] }, "levels[0]"],
    ["growth.forecast", { series: [1, 2], horizon: 1, model: { error: "X", trend: "N", season: "N" } }, "model.error"],
    ["growth.forecast", { series: [1, 2], horizon: 1, seasons: 4 }, "seasons"],
    ["growth.anomalies", { series: [1, 2, 3, 4], method: "stl-mad" }, "period"],
    ["growth.anomalies", { series: [1, 2, 3, 4], period: 12, method: "stl-mad" }, "series"],
    ["growth.anomalies", { series: [1, 2, 3, 4], method: "gesd", maxOutliers: 3 }, "maxOutliers"],
    ["growth.anomalies", { series: [1, 2, 3, 4], method: "zscore" }, "method"],
    ["growth.decompose", { series: [1, 2, 3, 4, 5], period: 12, robust: false }, "series"],
    ["growth.decompose", { series: [1, 2, 3, 4], period: 1, robust: false }, "period"],
    ["growth.decompose", { series: CO2, period: 12, robust: false, degrees: { trend: 2 } }, "degrees.trend"],
    ["growth.decompose", { series: CO2, period: 12, robust: false, jumps: { trend: 0 } }, "jumps.trend"],
  ])("%s %#", async (name, input, path) => {
    expect(await refusal(name, input)).toEqual(["INVALID_INPUT", path]);
  });

  test("grubbs looks for one outlier", async () => {
    const input = { series: [1, 2, 3, 4, 50], method: "grubbs", maxOutliers: 2 };
    expect(await refusal("growth.anomalies", input)).toEqual(["CONTRADICTION", "maxOutliers"]);
  });
});

describe("answers", () => {
  test("decimal texts count as numbers; a unit gives figures", async () => {
    const answer = await call("growth.forecast", { series: ["1.5", "2.5", "3.5"], horizon: 2, unit: "EUR" });
    if (!answer.ok) throw new Error(answer.error.message);
    expect(answer.result).toMatchObject({ forecast: [4.5, 5.5], model: { method: "drift", reason: "too-few-values" } });
    expect(answer.figures).toMatchObject([{ value: "4.5", unit: "EUR" }, { value: "5.5" }]);
    expect(answer.warnings).toContain("No model was fitted (too-few-values): the drift forecast stands in");
  });

  test("null parameters are absent ones", async () => {
    const model = { error: "A", trend: "N", season: "N", alpha: 0.5, beta: null, gamma: null, phi: null, damped: null };
    const initial = { level: 1, trend: null, seasonal: [] };
    const answer = await call("growth.forecast", { series: [1, 2, 3], horizon: 1, model: { ...model, initial } });
    expect(answer).toMatchObject({ ok: true, result: { forecast: [2.25] } });
  });

  test("every method answers with median and scale; gesd and grubbs with their steps", async () => {
    const series = [...PASSENGERS.slice(0, 40), 900];
    for (const method of ["mad", "stl-mad", "gesd", "grubbs"]) {
      const answer = await call("growth.anomalies", { series, period: 12, method });
      if (!answer.ok) throw new Error(answer.error.message);
      const result = answer.result as { anomalies: unknown[]; steps?: unknown[] };
      expect(result.anomalies[0]).toMatchObject({ index: 40, value: 900 });
      expect(result.steps !== undefined).toBe(["gesd", "grubbs"].includes(method));
    }
  });

  test("decomposition adds up and says which settings it used", async () => {
    const answer = await call("growth.decompose", { series: CO2, period: 12, robust: true, windows: { seasonal: 8 } });
    if (!answer.ok) throw new Error(answer.error.message);
    expect(answer.conventions.windows).toBe("seasonal 9, trend 23, low pass 13");
    expect(answer.warnings).toEqual(["Even windows became the next odd ones"]);
    expect(answer.conventions.iterations).toContain("inner 2, outer 15");
  });
});
