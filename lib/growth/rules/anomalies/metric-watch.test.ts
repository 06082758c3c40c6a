import { describe, expect, test } from "vitest";
import { seededRandom } from "../simulate";
import {
  type Cause,
  decideCauses,
  isBreach,
  type MetricWatch,
  type WatchedMetric,
  watchMetric,
  watchMetrics,
} from "./metric-watch";

const monthAt = (index: number): string =>
  `${2022 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, "0")}`;

/** Growth of 1 % a month, a yearly season and noise of `noise`, in the currency's units. */
function revenueOf(seed: string, length = 48, noise = 0.01): number[] {
  const random = seededRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
  return Array.from(
    { length },
    (_, t) => 50_000 * 1.01 ** t * (1 + 0.05 * Math.sin((t / 12) * 2 * Math.PI) + noise * normal()),
  );
}

const watched = (values: readonly (number | null)[], money = true): WatchedMetric => ({
  ...{ metric: "revenue", label: "Revenue", money },
  points: values.map((value, index) => ({
    month: monthAt(index),
    value,
    reason: value === null ? "contradiction" : null,
  })),
});

const withLast = (values: readonly number[], ...factors: number[]): number[] =>
  values.map((value, index) => value * (factors[index - values.length + factors.length] ?? 1));

describe("the rule of two", () => {
  test.each([
    [[0, 4.9], false],
    [[0, 5.1], true],
    [[0, -5.1], true],
    [[3.1, 3.1], true],
    [[-3.1, -3.1], true],
    [[3.1, -3.1], false],
    [[9, 2.9], false],
  ])("scores %j breach: %s", ([before = 0, newest = 0], breach) => {
    expect(
      isBreach([
        { score: before, move: 0.2 },
        { score: newest, move: 0.2 },
      ]),
    ).toBe(breach);
  });

  test("a distance that nobody would notice is none", () => {
    expect(
      isBreach([
        { score: 9, move: 0.2 },
        { score: 9, move: 0.049 },
      ]),
    ).toBe(false);
  });
});

describe("a metric", () => {
  const calm = revenueOf("calm");

  test("that goes as usual is quiet", () => {
    expect(watchMetric(watched(calm))).toMatchObject({ state: "usual" });
  });

  test("one month far away is said with its month and direction", () => {
    const found = watchMetric(watched(withLast(calm, 0.7)));
    expect(found).toMatchObject({ metric: "revenue", month: "2025-12", direction: "low", state: "unusual" });
    expect((found as { score: number }).score).toBeLessThan(-5);
  });

  test("two months a little away are said, one is not", () => {
    expect(watchMetric(watched(withLast(calm, 0.93, 0.91)))).toMatchObject({ state: "unusual" });
  });

  test("an outlier years ago is no news", () => {
    expect(watchMetric(watched(calm.map((value, t) => (t === 20 ? value * 1.6 : value))))).not.toMatchObject({
      state: "unusual",
    });
  });

  test("is muted where the data and not the venture is at fault, or too little is there", () => {
    const missing = (index: number) => calm.map((value, t) => (t === index ? null : value));
    expect(watchMetric(watched(missing(47)))).toBe("muted");
    expect(watchMetric(watched(missing(45)))).toBe("muted");
    expect(watchMetric(watched(calm.slice(0, 13)))).toBe("muted");
    expect(
      watchMetric(
        watched(
          withLast(
            calm.map((value) => value / 100),
            0.2,
          ),
        ),
      ),
    ).toBe("muted");
    expect(
      watchMetric(
        watched(
          calm.map((value) => Math.round(value / 5_000)),
          false,
        ),
      ),
    ).toBe("muted");
    expect(watchMetric(watched([]))).toBe("muted");
  });

  test("of forty calm ventures hardly any is called", () => {
    const called = Array.from({ length: 40 }, (_, i) => watchMetric(watched(revenueOf(`venture ${i}`, 36, 0.02))));
    expect(called.filter((found) => found !== "muted" && found.state === "unusual").length).toBeLessThanOrEqual(2);
  });
});

test("of a metric that is muted nothing is said", () => {
  expect(watchMetrics([watched([])])).toEqual([]);
  expect(watchMetrics([watched([]), watched(revenueOf("one"))])).toMatchObject([{ state: "usual" }]);
});

describe("causes", () => {
  const one = (metric: string, direction: "high" | "low", state: MetricWatch["state"]): MetricWatch => ({
    ...{ metric, direction, state, label: metric, month: "2026-10", score: direction === "high" ? 6 : -6 },
  });
  const low: Cause = { metric: "revenue", direction: "low" };

  test.each([
    {
      name: "each metric is a cause of its own",
      now: [one("revenue", "low", "unusual"), one("mrr", "low", "unusual")],
      raise: 2,
    },
    { name: "what stands is not raised again", now: [one("revenue", "low", "unusual")], standing: [low] },
    { name: "what is near goes on standing", now: [one("revenue", "low", "near")], standing: [low] },
    { name: "what is near does not begin", now: [one("revenue", "low", "near")] },
    { name: "what is usual again ends", now: [one("revenue", "low", "usual")], standing: [low], clear: 1 },
    {
      name: "what turned ends, and the other begins",
      now: [one("revenue", "high", "unusual")],
      standing: [low],
      raise: 1,
      clear: 1,
    },
    { name: "what was not looked at goes on standing", now: [one("mrr", "low", "usual")], standing: [low] },
  ])("$name", ({ now, standing = [], raise = 0, clear = 0 }) => {
    const decided = decideCauses(now, standing);
    expect([decided.raise.length, decided.clear.length]).toEqual([raise, clear]);
  });
});
