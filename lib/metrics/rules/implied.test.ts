import { describe, expect, test } from "vitest";
import { Exact } from "@/lib/money";
import { impliedContradiction, impliedNote, impliedWarning } from "./implied";
import { known, unknown } from "./measure";
import { coveredPeriod } from "./periods";
import type { ResolvedPoint } from "./series";

const point = (month: string, value: string | null): ResolvedPoint => ({
  period: coveredPeriod(`${month}-01`, "month"),
  value: value === null ? unknown("contradiction") : known(new Exact(value)),
  points: [],
  disagree: false,
});
const implied = (values: Record<string, string>) =>
  new Map(Object.entries(values).map(([day, value]) => [day, new Exact(value)]));

describe("reported against implied", () => {
  test.each([
    ["the same", "1000", "1000", false],
    ["half a percent apart", "1000", "995", false],
    ["a little more than that", "1000", "994.99", true],
    ["reported without subscriptions", "1000", "0", true],
    ["both nothing", "0", "0", false],
    ["one customer of a hundred", "100", "99", true],
  ])("%s", (_, reported, other, differs) => {
    const found = impliedContradiction(
      "recurring_revenue",
      [point("2026-03", reported)],
      implied({ "2026-03-31": other }),
    );
    expect(found !== null).toBe(differs);
  });

  test("lists only the months that both know, latest first, with the difference", () => {
    const reported = [
      point("2026-01", "100"),
      point("2026-02", "110"),
      point("2026-03", null),
      point("2026-04", "120"),
    ];
    const found = impliedContradiction(
      "recurring_revenue",
      reported,
      implied({ "2026-01-31": "90", "2026-02-28": "110", "2026-03-31": "1", "2026-04-30": "130" }),
    );
    expect(found?.compared).toBe(3);
    expect(found?.differences.map(({ day, difference }) => [day, difference.toFixed()])).toEqual([
      ["2026-04-30", "-10"],
      ["2026-01-31", "10"],
    ]);
    if (!found) throw new Error("none found");
    expect(impliedWarning(found)).toBe(
      "Reported MRR and the MRR of the subscriptions differ by more than 0.5 % in 2 of 3 months; figures use the subscriptions",
    );
    expect(impliedNote([found], "recurring_revenue", "2026-04-30")).toContain("differs by more than 0.5 %");
    expect(impliedNote([found], "recurring_revenue", "2026-02-28")).toBe("");
    expect(impliedNote([found], "customers", "2026-04-30")).toBe("");
  });
});
