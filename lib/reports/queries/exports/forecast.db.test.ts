import Papa from "papaparse";
import { expect, test } from "vitest";
import { GET } from "@/app/api/exports/[table]/route";
import { withActor } from "@/lib/auth/session";
import { db } from "@/lib/db";
import { actor, makeVenture, months, reportMonths } from "@/lib/metrics/test-support/facts";

const CHAIRMAN = actor("chairman");

async function rowsOf(query: Record<string, string>, table = "forecast"): Promise<Record<string, string>[]> {
  const request = new Request(`http://127.0.0.1/api/exports/${table}?${new URLSearchParams(query)}`);
  const context = { params: Promise.resolve({ table }) };
  const response = await withActor(CHAIRMAN, () => GET(request, context));
  expect(response.status).toBe(200);
  const text = (await response.text()).replace(/^\ufeff/, "");
  return Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data;
}

test("the months behind and ahead, each with its figure's id and the ends of its intervals", async () => {
  const ventureId = await makeVenture();
  const { slug } = await db.venture.findUniqueOrThrow({ where: { id: ventureId } });
  const value = (t: number) => Math.round(10_000 * 1.01 ** t + (((t * 37) % 19) - 9) * 30);
  // The route looks at the clock: the months end with the one before the last complete one.
  const now = new Date();
  const begin = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 48, 1)).toISOString().slice(0, 7);
  await reportMonths(ventureId, "revenue", months(begin, 47, value));
  const rows = await rowsOf({ venture: slug, metric: "revenue", months: "6" });
  const ahead = rows.filter(({ Kind }) => Kind === "forecast");
  expect(ahead).toHaveLength(6);
  const [first] = ahead;
  expect(first?.["Revenue figure"]).toMatch(/^[0-9a-f]{16}$/);
  const [low, point, high] = [first?.["80 % low"], first?.Revenue, first?.["80 % high"]].map(Number);
  expect(low).toBeLessThan(point ?? 0);
  expect(high).toBeGreaterThan(point ?? 0);
  expect(Number(first?.["95 % low"])).toBeLessThan(low ?? 0);
  const behind = rows.filter(({ Kind }) => Kind === "actual");
  expect(behind).toHaveLength(36);
  expect(behind.at(-1)?.Revenue).toBe(String(value(46)));
  const accuracy = await rowsOf({ venture: slug, metric: "revenue" }, "forecast-accuracy");
  expect(accuracy.map(({ Measure }) => Measure)).toContain("Scaled error (MASE)");
  expect(accuracy.every(({ "Value figure": id }) => /^[0-9a-f]{16}$/.test(id ?? ""))).toBe(true);
  const trend = await rowsOf({ venture: slug, trend: "growth_rate", span: "12" }, "trend");
  expect(trend.filter(({ Kind }) => Kind === "forecast")).toHaveLength(12);
});
