import { expect, test } from "vitest";
import { atOneMoment, getVenturePerformance } from "@/lib/metrics/queries/performance";
import { actor, makeVenture, months, reportMonths, sell } from "@/lib/metrics/test-support/facts";
import { measureOf } from "../../rules/initiatives/initiative-measure";
import { loadMeasureHistory } from "./initiative-history";

const KEYS = ["cac_payback", "rule_of_40", "magic_number", "burn_multiple", "ltv", "gross_margin_ratio", "quick_ratio"];

test("every measure that is computed has its months, each the figure of that month's end", async () => {
  const ventureId = await makeVenture();
  const report = (metric: string, of: (t: number) => number) =>
    reportMonths(ventureId, metric, months("2023-11", 36, of));
  await report("revenue", (t) => 10_000 + 300 * t);
  await report("cost_of_revenue", (t) => 2_000 + 60 * t);
  await report("sales_and_marketing", (t) => 3_000 + 20 * t);
  await report("ebitda", (t) => -500 + 30 * t);
  await report("net_burn", () => 900);
  const sold = Array.from({ length: 30 }, (_, i) => ({
    ...{ id: `s${i}`, customer: `c${i}`, minor: 20_000 + 500 * i },
    start: `${2024 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, "0")}-01`,
    end: i % 7 === 3 ? "2026-08-15" : null,
  }));
  await sell(ventureId, sold);
  const { measures } = await getVenturePerformance(actor("analyst"), ventureId, "2026-11-22");
  for (const metric of KEYS) {
    const measure = measureOf({ metric, lever: "own", currency: "EUR" });
    const { months: found, sources } = await atOneMoment((tx) =>
      loadMeasureHistory(tx, { id: ventureId, currency: "EUR" }, measure, "2026-11-22"),
    );
    const newest = measures.find(({ key }) => key === metric)?.figure.value ?? null;
    expect([metric, found.at(-1)?.month, found.at(-1)?.value]).toEqual([metric, "2026-10", Number(newest)]);
    // A lifetime and what was gained per loss are known from the first customer who left.
    expect(found.length).toBeGreaterThan(["ltv", "quick_ratio"].includes(metric) ? 2 : 12);
    expect(sources.length).toBeGreaterThan(0);
  }
}, 60_000);
