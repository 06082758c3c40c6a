import { describe, expect, test } from "vitest";
import type { Design, Method } from "../schema/design";
import { design } from "../test-support/designs";
import { type Count, countsText, totalOf } from "./counts";
import { plannedSize } from "./design";
import { goalMovement, guardrailMovement } from "./ship-rule";
import { standingOf } from "./standing";

const rate = (arm: string, units: number, successes: number, metric = "signup", day: string | null = null): Count => ({
  ...{ arm, metric, day, units },
  sums: { successes: String(successes) },
});
const stand = (counts: Count[], method: Method, plannedUnits: number | null, own: Design = design()) =>
  standingOf(counts, { design: own, method, plannedUnits });

describe("what is shown", () => {
  test.each([
    ["nothing counted", [], "fixed", "no-data", "keep-running"],
    ["a broken split", [rate("control", 1000, 100), rate("b", 1200, 240)], "sequential", "sample-ratio", "cannot-tell"],
    [
      "a broken split at the planned size",
      [rate("control", 10000, 1000), rate("b", 12000, 2400)],
      "fixed",
      "sample-ratio",
      "cannot-tell",
    ],
    [
      "a fixed horizon too early",
      [rate("control", 900, 90), rate("b", 900, 180)],
      "fixed",
      "not-reached",
      "keep-running",
    ],
  ] as const)("%s", (_name, counts, method, hidden, said) => {
    const standing = stand([...counts], method, 8000);
    expect(standing).toMatchObject({ hidden, comparisons: [], values: [], verdict: { said } });
  });

  test("a sequence and a posterior may be looked at on any day", () => {
    const counts = [rate("control", 900, 90), rate("b", 900, 180)];
    for (const method of ["sequential", "bayesian"] as const) {
      const standing = stand(counts, method, 8000);
      expect(standing.hidden).toBeNull();
      expect(standing.verdict).toMatchObject({ said: "ship", arm: "b" });
    }
  });

  test("a design of no size never reaches it", () => {
    const standing = stand([rate("control", 9000, 900), rate("b", 9000, 1800)], "fixed", null);
    expect(standing).toMatchObject({ hidden: "not-reached", progress: null });
  });
});

describe("the ship rule", () => {
  const guarded = design({
    metrics: [
      { key: "signup", name: "Sign-up", kind: "rate", role: "primary" },
      { key: "refund", name: "Refunds", kind: "rate", role: "guardrail", better: "down", margin: 0.2 },
    ],
  });
  const better = [rate("control", 5000, 500), rate("b", 5000, 700)];
  test.each([
    [
      "better, guardrail holds",
      [...better, rate("control", 5000, 2500, "refund"), rate("b", 5000, 2500, "refund")],
      "ship",
    ],
    [
      "better, guardrail broken",
      [...better, rate("control", 5000, 500, "refund"), rate("b", 5000, 900, "refund")],
      "do-not-ship",
    ],
    [
      "better, guardrail unclear",
      [...better, rate("control", 5000, 50, "refund"), rate("b", 5000, 52, "refund")],
      "cannot-tell",
    ],
    ["worse", [rate("control", 5000, 700), rate("b", 5000, 500)], "do-not-ship"],
    ["no change, and what matters is ruled out", [rate("control", 5000, 1000), rate("b", 5000, 1001)], "do-not-ship"],
    ["no change told, and what matters is possible", [rate("control", 5000, 100), rate("b", 5000, 112)], "cannot-tell"],
  ] as const)("%s", (_name, counts, said) => {
    expect(stand([...counts], "fixed", 8000, guarded).verdict.said).toBe(said);
  });

  test("before the planned size a sequence goes on instead of giving up", () => {
    const same = [rate("control", 3000, 300), rate("b", 3000, 301)];
    expect(stand(same, "sequential", 20_000).verdict.said).toBe("keep-running");
    expect(stand(same, "sequential", 6000).verdict.said).toBe("cannot-tell");
  });

  test("of several arms that may be shipped, the best one", () => {
    const three = design({
      arms: [
        { key: "control", name: "Control", weight: 1 },
        { key: "b", name: "B", weight: 1 },
        { key: "c", name: "C", weight: 1 },
        { key: "off", name: "Not used", weight: 0 },
      ],
    });
    const counts = [rate("control", 5000, 500), rate("b", 5000, 700), rate("c", 5000, 760)];
    const standing = stand(counts, "fixed", 9000, three);
    expect(standing.verdict).toMatchObject({ said: "ship", arm: "c" });
    expect(standing.comparisons.map(({ arm }) => arm.key)).toEqual(["b", "c"]);
  });

  test("several goals share α: what alone would pass does not among five", () => {
    const goals = [1, 2, 3, 4].map((n) => ({
      key: `g${n}`,
      name: `Goal ${n}`,
      kind: "rate" as const,
      role: "goal" as const,
    }));
    const many = design({ metrics: [{ key: "signup", name: "Sign-up", kind: "rate", role: "primary" }, ...goals] });
    const close = (metric: string) => [rate("control", 5000, 500, metric), rate("b", 5000, 572, metric)];
    const flat = (metric: string) => [rate("control", 5000, 500, metric), rate("b", 5000, 500, metric)];
    const alone = stand(close("signup"), "fixed", 9000);
    expect(alone.comparisons[0]).toMatchObject({ adjusted: alone.comparisons[0]?.analysis.pValue });
    expect(alone.verdict.said).toBe("ship");
    const among = stand([...close("signup"), ...goals.flatMap(({ key }) => flat(key))], "fixed", 9000, many);
    expect(among.comparisons[0]?.adjusted).toBeGreaterThan(0.05);
    expect(among.verdict.said).not.toBe("ship");
  });

  test("down is better where the metric says so", () => {
    const churn = design({
      metrics: [{ key: "signup", name: "Churn", kind: "rate", role: "primary", better: "down" }],
    });
    const standing = stand([rate("control", 5000, 700), rate("b", 5000, 500)], "bayesian", 8000, churn);
    expect(standing.verdict.said).toBe("ship");
    const [one] = standing.comparisons;
    if (!one) throw new Error("no comparison");
    expect(goalMovement(one, churn, "bayesian")).toBe("better");
    expect(guardrailMovement(one)).toBe("better");
  });
});

describe("adjusting by the time before", () => {
  // Ten units whose spending after is twice that before, plus a little; the treatment adds three to each.
  const units = [4, 7, 1, 9, 3, 8, 2, 6, 5, 10].map((pre, index) => ({ pre, post: 2 * pre + (index % 3) }));
  const total = (list: readonly number[]) => String(list.reduce((all, value) => all + value, 0));
  const spend = (arm: string, added: number): Count => {
    const post = units.map((unit) => unit.post + added);
    const pre = units.map((unit) => unit.pre);
    return {
      ...{ arm, metric: "spend", day: null, units: 10 },
      sums: {
        ...{ sum: total(post), sumSquares: total(post.map((value) => value ** 2)) },
        pre: {
          ...{ sum: total(pre), sumSquares: total(pre.map((value) => value ** 2)) },
          sumProduct: total(post.map((value, index) => value * (pre[index] ?? 0))),
        },
      },
    };
  };
  const counts = [spend("control", 0), spend("b", 3)];
  const own = (cuped: boolean) =>
    design({
      ...{ cuped, difference: "absolute", minimalEffect: 1, baseline: { mean: 12, variance: 40 } },
      metrics: [{ key: "spend", name: "Spend", kind: "mean", role: "primary" }],
    });

  test("is done where the design says so, and makes the interval narrower about the same change", () => {
    const plain = stand(counts, "sequential", 20, own(false)).comparisons[0]?.analysis;
    const adjusted = stand(counts, "sequential", 20, own(true)).comparisons[0]?.analysis;
    expect(plain).toMatchObject({ theta: null, estimate: 3, decision: "none" });
    expect(adjusted).toMatchObject({ estimate: 3, decision: "increase" });
    // Σ(pre − 5.5)(post − mean) ÷ Σ(pre − 5.5)² = 2 − 5.5 ÷ 82.5, the same in both arms
    expect(adjusted?.theta).toBeCloseTo(2 - 5.5 / 82.5, 12);
    expect((adjusted?.standardError ?? 9) / (plain?.standardError ?? 1)).toBeLessThan(0.2);
  });
});

describe("counts and size", () => {
  test("days add up to totals, pre-period included, exactly", () => {
    const day = (on: string, sum: string): Count => ({
      ...{ arm: "b", metric: "spend", day: on, units: 2 },
      sums: { sum, sumSquares: "0.05", pre: { sum: "0.1", sumSquares: "0.02", sumProduct: "0.01" } },
    });
    expect(totalOf([day("2026-11-01", "0.1"), day("2026-11-02", "0.2")], "b", "spend")).toEqual({
      units: 4,
      sums: { sum: "0.3", sumSquares: "0.1", pre: { sum: "0.2", sumSquares: "0.04", sumProduct: "0.02" } },
    });
  });

  test("the order of rows does not matter to what the counts are", () => {
    const counts = [rate("control", 10, 1), rate("b", 11, 2)];
    expect(countsText(counts)).toBe(countsText(counts.toReversed()));
    expect(countsText(counts)).not.toBe(countsText([rate("control", 10, 2), rate("b", 11, 2)]));
  });

  test("the planned size is that of the power tool; more goals and a sequence need more", () => {
    const base = plannedSize(design(), "fixed");
    // (z₀.₉₇₅ + z₀.₈)² (0.12·0.88 + 0.1·0.9·1.2²) ÷ 0.02², both arms: the delta method for the relative lift
    expect(base.units).toBe(
      Math.ceil(2 * (1.959963984540054 + 0.8416212335729143) ** 2 * ((0.12 * 0.88 + 0.09 * 1.44) / 0.02 ** 2)),
    );
    expect(base.days).toBe(Math.ceil((base.units ?? 0) / 500));
    expect(plannedSize(design(), "sequential").units).toBeGreaterThan(base.units ?? 0);
    const goals = [{ key: "x", name: "X", kind: "rate" as const, role: "goal" as const }];
    const more = design({ metrics: [{ key: "signup", name: "Sign-up", kind: "rate", role: "primary" }, ...goals] });
    expect(plannedSize(more, "fixed")).toMatchObject({ comparisons: 2, alphaEach: 0.025 });
    expect(plannedSize(more, "fixed").units).toBeGreaterThan(base.units ?? 0);
    expect(plannedSize(design({ minimalEffect: 12 }), "fixed")).toMatchObject({
      units: null,
      reason: "effect-out-of-range",
    });
  });
});
