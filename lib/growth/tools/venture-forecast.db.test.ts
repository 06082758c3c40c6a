import { expect, test } from "vitest";
import { usableTools } from "@/lib/agents/agent";
import { callTool } from "@/lib/agents/define-tool";
import { growthSpecialist } from "@/lib/agents/growth";
import { allTools } from "@/lib/agents/registry";
import type { Actor } from "@/lib/auth/actor";
import { actor, makeVenture, months, reportMonths } from "@/lib/metrics/test-support/facts";
import { ventureForecastOutputSchema } from "../schema/venture-forecast";

const NOW = new Date("2026-11-22T12:00:00Z");
const value = (t: number): number => Math.round(10_000 * 1.01 ** t + (((t * 37) % 19) - 9) * 30);

async function call(as: Actor | null, input: unknown) {
  const tool = (await allTools()).find(({ name }) => name === "venture.forecast");
  if (!tool) throw new Error("no such tool");
  return callTool(tool, input, { actor: as, agent: null, runId: null, now: NOW });
}

test("answers with months whose numbers are figures", async () => {
  const ventureId = await makeVenture();
  await reportMonths(ventureId, "revenue", months("2022-11", 48, value));
  const answer = await call(actor("analyst"), { venture: ventureId, months: 6 });
  if (!answer.ok) throw new Error(answer.error.message);
  const result = ventureForecastOutputSchema.parse(answer.result);
  expect(result).toMatchObject({ metric: "revenue", unit: "EUR", reason: null, through: "2026-10", from: "2022-11" });
  expect(result.points.map(({ month }) => month)).toEqual([
    "2026-11",
    "2026-12",
    "2027-01",
    "2027-02",
    "2027-03",
    "2027-04",
  ]);
  const byId = new Map(answer.figures.map((figure) => [figure.id, figure.value]));
  for (const { figures, values } of result.points) {
    expect(Object.keys(figures)).toEqual([
      ...["point", "low 0.8", "high 0.8", "low 0.95", "high 0.95"],
      ...["wide_low 0.8", "wide_high 0.8", "wide_low 0.95", "wide_high 0.95", "chance_higher"],
    ]);
    for (const [part, id] of Object.entries(figures)) expect(byId.get(id)).toBe(values[part]);
  }
  expect(byId.has(result.accuracy.mase?.figure ?? "")).toBe(true);
  expect(result.calibration.intervals[0]).toEqual({ level: 0.8, held: 0, of: 0, coverage: null });
});

test("says why there is none", async () => {
  const ventureId = await makeVenture();
  const { "2026-05": _missing, ...rest } = months("2026-01", 10, value);
  await reportMonths(ventureId, "net_burn", rest);
  const answer = await call(actor("analyst"), { venture: ventureId, metric: "net_burn" });
  expect(answer).toMatchObject({
    ok: true,
    result: { reason: "months-missing", missingMonths: ["2026-05"], points: [], model: null },
    figures: [],
  });
});

test("is scoped by its caller, and is the growth agent's to use", async () => {
  const ventureId = await makeVenture();
  expect(await call(null, { venture: ventureId })).toMatchObject({ ok: false, error: { code: "FORBIDDEN" } });
  expect(await call(actor("analyst", []), { venture: ventureId })).toMatchObject({ error: { code: "NOT_FOUND" } });
  expect(await call(actor("analyst"), { venture: ventureId, metric: "x" })).toMatchObject({
    error: { path: "metric" },
  });
  expect(usableTools(growthSpecialist, await allTools()).map(({ name }) => name)).toContain("venture.forecast");
});
