import { describe, expect, test } from "vitest";
import { formatOf } from "../schema/design";
import { design } from "../test-support/designs";
import { readCounts } from "./read-counts";

const own = design({
  metrics: [
    { key: "signup", name: "Sign-up", kind: "rate", role: "primary" },
    { key: "spend", name: "Spend", kind: "mean", role: "goal" },
    { key: "basket", name: "Basket", kind: "ratio", role: "exploration" },
  ],
});

const problems = (text: string, format: "csv" | "growthbook" | "posthog" = "csv") =>
  readCounts(format, text, own).problems.map(({ row, problem }) => `${row ?? "-"}: ${problem}`);

describe("CSV", () => {
  test("totals, days, means and ratios; names and keys alike, a BOM and blank lines ignored", () => {
    const text = [
      "\uFEFFArm,Metric,N,Successes,Sum,Sum Squares,Denominator sum,denominator_sum_squares,denominator_sum_product",
      "control,signup,100,10,,,,,",
      "Annual plan first,Sign-up,101,12,,,,,",
      "",
      "control,spend,100,,250.5,1200.25,,,",
      "b,spend,101,,260,1300,,,",
      "b,basket,101,,260,1300,300,1700,1400",
    ].join("\r\n");
    const { counts, problems: none, through } = readCounts("csv", text, own);
    expect(none).toEqual([]);
    expect(through).toBeNull();
    expect(counts).toHaveLength(5);
    expect(counts[1]).toEqual({ arm: "b", metric: "signup", day: null, units: 101, sums: { successes: "12" } });
    expect(counts[4]?.sums).toEqual({
      ...{ sum: "260", sumSquares: "1300" },
      denominator: { sum: "300", sumSquares: "1700", sumProduct: "1400" },
    });
  });

  test("without a metric column the primary one is meant", () => {
    const { counts, through } = readCounts(
      "csv",
      "arm,day,n,successes\ncontrol,2026-11-02,10,1\nb,2026-11-01,10,1\nb,2026-11-02,9,1\ncontrol,2026-11-01,9,1\n",
      own,
    );
    expect(counts.every(({ metric }) => metric === "signup")).toBe(true);
    expect(through).toBe("2026-11-02");
  });

  test.each([
    ["a column that nobody knows", "arm,n,succes\ncontrol,1,1\n", /no such column "succes"/],
    ["no arm column", "variant,n\nb,1\n", /no such column "variant".*column "arm" is missing/s],
    ["a decimal comma", 'arm,n,successes\ncontrol,10,"1,5"\nb,10,1\n', /2: successes is "1,5"/],
    ["more successes than units", "arm,n,successes\ncontrol,10,11\nb,10,1\n", /Sign-up, control: a rate needs/],
    ["an arm missing", "arm,n,successes\ncontrol,10,1\n", /Sign-up is missing for Annual plan first/],
    ["a row twice", "arm,n,successes\ncontrol,10,1\ncontrol,10,1\nb,9,1\n", /given twice/],
    ["days and totals mixed", "arm,day,n,successes\ncontrol,2026-11-01,10,1\nb,,9,1\n", /some rows have a day/],
    ["a day that is none", "arm,day,n,successes\ncontrol,2026-13-01,10,1\nb,,9,1\n", /"2026-13-01" is no day/],
    ["a fraction of a unit", "arm,n,successes\ncontrol,10.5,1\nb,9,1\n", /n is "10.5"/],
    [
      "squares below sum² ÷ n",
      "arm,metric,n,successes,sum,sum_squares\ncontrol,signup,10,1,,\nb,signup,10,1,,\ncontrol,spend,10,,100,20\nb,spend,10,,1,1\n",
      /Spend, control.sumSquares/,
    ],
    ["nothing", "arm,n,successes\n", /Sign-up is missing for Control/],
  ])("refuses %s", (_name, text, expected) => {
    expect(problems(text).join("\n")).toMatch(expected);
  });
});

describe("PostHog", () => {
  // products/experiments/stats and schema.ts of PostHog: ExperimentQueryResponse with ExperimentStatsBaseValidated.
  const stats = (key: string, n: number, sum: number, squares: number) => ({
    ...{ key, number_of_samples: n, sum, sum_squares: squares, validation_failures: [] },
  });
  const signup = {
    kind: "ExperimentQuery",
    metric: { kind: "ExperimentMetric", name: "Sign-up", metric_type: "funnel" },
    baseline: stats("control", 1000, 100, 100),
    variant_results: [{ ...stats("b", 1010, 140, 140), method: "frequentist", p_value: 0.01, significant: true }],
  };
  test("one answer, or one per metric", () => {
    expect(readCounts("posthog", JSON.stringify(signup), own)).toMatchObject({
      problems: [],
      counts: [
        { arm: "control", metric: "signup", units: 1000, sums: { successes: "100" } },
        { arm: "b", units: 1010, sums: { successes: "140" } },
      ],
    });
    const ratio = { denominator_sum: 300, denominator_sum_squares: 1700, numerator_denominator_sum_product: 1400 };
    const list = [
      { results: signup },
      { baseline: stats("control", 100, 250.5, 1200.25), variant_results: [stats("b", 101, 260, 1300)] },
      {
        baseline: { ...stats("control", 101, 260, 1300), ...ratio },
        variant_results: [{ ...stats("b", 101, 260, 1300), ...ratio }],
      },
    ];
    const read = readCounts("posthog", JSON.stringify(list), own);
    expect(read.problems).toEqual([]);
    expect(read.counts.map(({ metric, arm }) => `${metric}/${arm}`)).toEqual([
      ...["signup/control", "signup/b", "spend/control", "spend/b", "basket/control", "basket/b"],
    ]);
    expect(read.counts[2]?.sums).toEqual({ sum: "250.5", sumSquares: "1200.25" });
  });
  test("refuses what is no result, and arms that the design does not have", () => {
    expect(problems("{", "posthog").join()).toMatch(/not an experiment result of PostHog/);
    const other = { ...signup, variant_results: [stats("c", 10, 1, 1)] };
    expect(problems(JSON.stringify(other), "posthog").join()).toMatch(/no arm "c".*missing for Annual plan first/);
  });
});

describe("GrowthBook", () => {
  // GET /api/v1/experiments/{id}/results of GrowthBook's REST API.
  const variation = (id: string, name: string, users: number, analysis: object) => ({
    ...{ variationId: id, variationName: name, users, analyses: [{ engine: "frequentist", ...analysis }] },
  });
  const answer = (metrics: object[]) =>
    JSON.stringify({
      result: { dateUpdated: "2026-11-20T07:00:00.000Z", results: [{ dimension: "", totalUsers: 9, metrics }] },
    });
  const signup = {
    ...{ metricId: "met_1", metricName: "Sign-up" },
    variations: [
      variation("0", "Control", 1000, { numerator: 100, denominator: 1000, mean: 0.1, stddev: 0.3 }),
      variation("1", "Annual plan first", 1010, { numerator: 140, denominator: 1010, mean: 0.1386, stddev: 0.3455 }),
    ],
  };
  test("rates from the numerator, sums of squares from the standard deviation, the day from the export", () => {
    // 1, 2, 3, 4, 5: Σx = 15, Σx² = 55, s = √2.5
    const five = { numerator: 15, denominator: 5, mean: 3, stddev: Math.sqrt(2.5) };
    const spend = {
      ...{ metricId: "spend", metricName: "Anything" },
      variations: [variation("v0", "Control", 5, five), variation("v1", "Annual plan first", 5, five)],
    };
    const read = readCounts("growthbook", answer([signup, spend, { metricId: "unknown", variations: [] }]), own);
    expect(read.problems).toEqual([]);
    expect(read.through).toBe("2026-11-20");
    expect(read.counts[1]).toMatchObject({ arm: "b", metric: "signup", units: 1010, sums: { successes: "140" } });
    expect(Number(read.counts[2]?.sums.sumSquares)).toBeCloseTo(55, 12);
  });
  test("says what the export does not hold", () => {
    const basket = { ...signup, metricId: "basket" };
    expect(problems(answer([signup, basket]), "growthbook").join()).toMatch(/no products of a ratio metric/);
    expect(problems('{"result":{}}', "growthbook").join()).toMatch(/not an experiment result of GrowthBook/);
  });
});

test.each([
  ["arm,metric,n,successes\ncontrol,signup,1,0", "csv"],
  [' {"baseline": {}, "variant_results": []}', "posthog"],
  ['[{"results": {"variant_results": []}}]', "posthog"],
  ['{"result": {"results": [{"metrics": [{"variations": [{"variationId": "0"}]}]}]}}', "growthbook"],
  ['{"something": "else"}', null],
  ["  ", null],
])("%s looks like %s", (text, expected) => {
  expect(formatOf(text)).toBe(expected);
});
