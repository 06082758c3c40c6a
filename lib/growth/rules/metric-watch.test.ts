import { describe, expect, test } from "vitest";
import { isBreach, type WatchedMetric, watchMetric, watchMetrics } from "./metric-watch";
import { seededRandom } from "./simulate";

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
    expect(watchMetric(watched(calm))).toBeNull();
  });

  test("one month far away is said with its month and direction", () => {
    const found = watchMetric(watched(withLast(calm, 0.7)));
    expect(found).toMatchObject({ metric: "revenue", month: "2025-12" });
    expect((found as { score: number }).score).toBeLessThan(-5);
  });

  test("two months a little away are said, one is not", () => {
    expect(watchMetric(watched(withLast(calm, 0.93, 0.91)))).toMatchObject({ month: "2025-12" });
  });

  test("an outlier years ago is no news", () => {
    expect(watchMetric(watched(calm.map((value, t) => (t === 20 ? value * 1.6 : value))))).toBeNull();
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
    expect(called.filter((found) => found !== null).length).toBeLessThanOrEqual(2);
  });
});

test("nothing is known where every metric is muted", () => {
  expect(watchMetrics([watched([])])).toBeNull();
  expect(watchMetrics([watched([]), watched(revenueOf("one"))])).toEqual([]);
});
