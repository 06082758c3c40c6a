import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { call, refusalOf, resultOf } from "../test-support/calls";
import { cholesky } from "./draws";
import { compileExpression } from "./expression";

type Simulated = {
  percentiles: Record<string, number>;
  mean: number;
  standardDeviation: number;
  standardError: number;
  rejectedShare: number;
  accepted: number;
  reasons?: Record<string, string>;
};

const normal = (name: string, mean: number, sd: number) => ({
  name,
  distribution: "normal",
  mean,
  standardDeviation: sd,
});
const run = (drivers: object[], model: unknown, more: object = {}) =>
  resultOf<Simulated>("simulate", { drivers, model, draws: 40_000, seed: 7, ...more });

describe("the same seed", () => {
  test("gives the same numbers, another gives others", async () => {
    const [one, again, other] = [
      await run([normal("x", 10, 2)], "x"),
      await run([normal("x", 10, 2)], "x"),
      await run([normal("x", 10, 2)], "x", { seed: 8 }),
    ];
    expect(again).toEqual(one);
    expect(other.percentiles.p50).not.toBe(one.percentiles.p50);
  });

  test("a driver's draws do not depend on the drivers beside it", async () => {
    const alone = await run([normal("x", 10, 2)], "x");
    expect((await run([normal("y", 0, 1), normal("x", 10, 2)], "x")).percentiles).toEqual(alone.percentiles);
  });
});

// Means, deviations and percentiles of the distributions in closed form.
describe("distributions", () => {
  test.each([
    [normal("x", 10, 2), 10, 2, 10 - 2 * 1.2815515655446004],
    [
      { name: "x", distribution: "lognormal", mean: 10, sd: 5 },
      10,
      5,
      Math.exp(Math.log(10 / Math.sqrt(1.25)) - 1.2815515655446004 * Math.sqrt(Math.log(1.25))),
    ],
    [{ name: "x", distribution: "triangular", low: 0, mode: 3, high: 9 }, 4, Math.sqrt(63 / 18), Math.sqrt(2.7)],
    [{ name: "x", distribution: "uniform", min: 2, max: 6 }, 4, 4 / Math.sqrt(12), 2.4],
    [{ name: "x", distribution: "discrete", values: [10, 0], probabilities: [0.3, 0.7] }, 3, Math.sqrt(21), 0],
    [{ name: "x", distribution: "fixed", value: 5 }, 5, 0, 5],
  ])("%j", async (driver, mean, deviation, p10) => {
    const result = await run([driver], "x");
    const near = deviation / 40 + 1e-12;
    expect(Math.abs(result.mean - mean)).toBeLessThan(near);
    expect(Math.abs(result.standardDeviation - deviation)).toBeLessThan(near * 2);
    expect(Math.abs((result.percentiles.p10 ?? 0) - p10)).toBeLessThan(near * 2);
  });

  test("the standard error of the median of a normal is σ √(π ÷ 2n)", async () => {
    const { standardError } = await run([normal("x", 0, 1)], "x");
    expect(standardError).toBeGreaterThan(0.8 * Math.sqrt(Math.PI / 2 / 40_000));
    expect(standardError).toBeLessThan(1.2 * Math.sqrt(Math.PI / 2 / 40_000));
  });
});

describe("correlation", () => {
  test.each([-1, -0.6, 0, 0.6, 1])("of %d widens or narrows a sum", async (r) => {
    const drivers = [normal("x", 0, 3), normal("y", 0, 4)];
    const { standardDeviation } = await run(drivers, "x + y", {
      correlation: [
        [1, r],
        [r, 1],
      ],
    });
    expect(standardDeviation).toBeCloseTo(Math.sqrt(9 + 16 + 24 * r), 0.5);
  });

  test.each([
    [
      [
        [1, 0.9, -0.9],
        [0.9, 1, 0.9],
        [-0.9, 0.9, 1],
      ],
      "CONTRADICTION",
      "correlation",
    ],
    [
      [
        [1, 1.1, 0],
        [1.1, 1, 0],
        [0, 0, 1],
      ],
      "INVALID_INPUT",
      "correlation[0][1]",
    ],
    [
      [
        [1, 0.5, 0],
        [0.4, 1, 0],
        [0, 0, 1],
      ],
      "CONTRADICTION",
      "correlation[0][1]",
    ],
    [
      [
        [0.9, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
      "CONTRADICTION",
      "correlation[0][0]",
    ],
    [
      [
        [1, 0],
        [0, 1],
      ],
      "CONTRADICTION",
      "correlation",
    ],
    [
      [
        [1, 0, 0],
        [0, 1],
        [0, 0, 1],
      ],
      "CONTRADICTION",
      "correlation[1]",
    ],
    // Two that move as one cannot move differently with a third.
    [
      [
        [1, 1, 0.5],
        [1, 1, 0],
        [0.5, 0, 1],
      ],
      "CONTRADICTION",
      "correlation",
    ],
  ])("%j is refused", async (correlation, code, path) => {
    const drivers = ["a", "b", "c"].map((name) => normal(name, 0, 1));
    expect(await refusalOf("simulate", { drivers, model: "a", draws: 10, seed: 1, correlation })).toEqual([code, path]);
  });

  test("the lower triangle times itself is the matrix", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 9, maxLength: 9 }), (given) => {
        const rows = [0, 1, 2].map((i) => given.slice(3 * i, 3 * i + 3));
        const dot = (a: readonly number[], b: readonly number[]) => a.reduce((t, x, k) => t + x * (b[k] ?? 0), 0);
        const product = rows.map((a) => rows.map((b) => dot(a, b)));
        const lower = cholesky(product.map((row, i) => row.map((value, j) => value + (i === j ? 0.01 : 0))));
        expect(lower).not.toBeNull();
        lower?.forEach((row, i) => {
          for (let j = 0; j <= i; j += 1) {
            expect(dot(row, lower[j] ?? [])).toBeCloseTo((product[i]?.[j] ?? 0) + (i === j ? 0.01 : 0), 9);
          }
        });
      }),
    );
  });
});

describe("models", () => {
  const dcf = {
    ...{ kind: "dcf", freeCashFlows: [100, 110, 120], discountRate: "wacc", timing: "end" },
    terminal: { growth: "g" },
  };

  test.each([
    [{ ...dcf }, 1598.583234946871],
    [{ ...dcf, terminal: { multiple: 8 } }, 993.2381667918855],
    [{ ...dcf, timing: "mid" }, 1598.583234946871 * 1.1 ** 0.5],
    [{ ...dcf, netDebt: "100 * 2" }, 1398.583234946871],
    [
      { ...dcf, freeCashFlows: { base: "100 / 1.1", growth: 0.1, years: 2 } },
      100 / 1.1 + 110 / 1.21 + (110 * 1.03) / 0.07 / 1.21,
    ],
    [{ kind: "multiple", metric: 50, multiple: "wacc * 100", netDebt: 20 }, 480],
    [{ kind: "expression", expression: "gordon(100, g, wacc)" }, 103 / 0.07],
    ["pv(121, wacc, 2) - 2 ^ 3 * (1 + -1)", 100],
    ["max(1, 2, min(5, 4)) + -2 ^ 2 + 7 / 2 - 1e0", 2.5],
  ])("%j", async (model, expected) => {
    const drivers = [
      { name: "g", distribution: "fixed", value: 0.03 },
      { name: "wacc", distribution: "fixed", value: 0.1 },
    ];
    const result = await run(drivers, model, { draws: 3 });
    expect(result.percentiles.p50).toBeCloseTo(expected, 8);
    expect(result.standardDeviation).toBeCloseTo(0, 9);
    expect(result.rejectedShare).toBe(0);
  });

  test("draws whose growth reaches the rate are rejected and counted", async () => {
    const drivers = [
      { name: "g", distribution: "uniform", low: 0, high: 0.1 },
      { name: "wacc", distribution: "fixed", value: 0.08 },
    ];
    const result = await run(drivers, dcf);
    expect(result.rejectedShare).toBeCloseTo(0.2, 1);
    expect(result.accepted).toBe(Math.round(40_000 * (1 - result.rejectedShare)));
    const expression = { kind: "expression", expression: "g", rejectWhen: "g >= wacc" };
    expect((await run(drivers, expression)).rejectedShare).toBe(result.rejectedShare);
  });

  test("where all draws are rejected nothing is known", async () => {
    const result = await run([normal("g", 5, 0)], { kind: "expression", expression: "gordon(1, g, 0.1)" });
    expect(result).toMatchObject({ rejectedShare: 1, mean: null, percentiles: { p50: null } });
    expect(result.reasons?.percentiles).toBe("all-draws-rejected");
  });

  test.each([
    ["x +", "model"],
    ["y", "model"],
    ["constructor(1)", "model"],
    ["min()", "model"],
    ["x x", "model"],
    ["x; 1", "model"],
    [`${"(".repeat(300)}x${")".repeat(300)}`, "model"],
    [
      { kind: "dcf", freeCashFlows: ["x", "z"], discountRate: 0.1, timing: "end", terminal: { multiple: 1 } },
      "model.freeCashFlows[1]",
    ],
    [{ kind: "expression", expression: "x", rejectWhen: "x >" }, "model.rejectWhen"],
  ])("%j cannot be read", async (model, path) => {
    expect(await refusalOf("simulate", { drivers: [normal("x", 0, 1)], model, draws: 10, seed: 1 })).toEqual([
      "CONTRADICTION",
      path,
    ]);
  });

  test("names with spaces stand in backticks, or alone as they are", () => {
    const columns = new Map([["net margin", new Float64Array([0.25])]]);
    const value = (text: string) => {
      const compiled = compileExpression(text, columns);
      return compiled.ok ? compiled.of(0) : compiled.expected;
    };
    expect([value("net margin"), value("2 * `net margin`")]).toEqual([0.25, 0.5]);
  });
});

test.each([
  [{ draws: 0 }, "INVALID_INPUT", "draws"],
  [{ draws: 1.5 }, "INVALID_INPUT", "draws"],
  [{ draws: 2_000_000 }, "INVALID_INPUT", "draws"],
  [{ drivers: [] }, "INVALID_INPUT", "drivers"],
  [{ drivers: [{ name: "x", distribution: "cauchy" }] }, "INVALID_INPUT", "drivers[0].distribution"],
  [{ drivers: [{ name: "x", distribution: "normal", mean: 1 }] }, "INVALID_INPUT", "drivers[0].standardDeviation"],
  [
    { drivers: [{ name: "x", distribution: "triangular", low: 2, mode: 1, high: 3 }] },
    "INVALID_INPUT",
    "drivers[0].mode",
  ],
  [{ drivers: [{ name: "x", distribution: "uniform", low: 2, high: 1 }] }, "INVALID_INPUT", "drivers[0].high"],
  [
    { drivers: [{ name: "x", distribution: "discrete", values: [1, 2], probabilities: [0.5, 0.4] }] },
    "INVALID_INPUT",
    "drivers[0].probabilities",
  ],
  [{ drivers: [normal("x", 0, 1), normal("x", 0, 1)] }, "CONTRADICTION", "drivers[1].name"],
])("refuses %j", async (change, code, path) => {
  const input = { drivers: [normal("x", 0, 1)], model: "x", draws: 10, seed: 1, ...change };
  expect(await refusalOf("simulate", input)).toEqual([code, path]);
});

test("one draw has no spread; a driver that the model does not use is told", async () => {
  const answer = await call("simulate", {
    drivers: [normal("x", 0, 1), normal("y", 0, 1)],
    model: "x",
    draws: 1,
    seed: "s",
  });
  if (!answer.ok) throw new Error(answer.error.message);
  expect(answer.result).toMatchObject({ standardError: null, reasons: { standardError: "too-few-draws" } });
  expect(answer.warnings).toContain("Not part of the model: y");
});
