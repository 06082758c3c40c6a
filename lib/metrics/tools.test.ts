import { describe, expect, test } from "vitest";
import { callTool } from "@/lib/agents/define-tool";
import { figureSchema } from "@/lib/figures/schema";
import { metricsTools } from "./tools";

const call = { actor: null, agent: null, runId: null, now: new Date("2026-11-22T10:00:00Z") };

async function run(name: string, input: unknown) {
  const tool = metricsTools.find((candidate) => candidate.name === `metrics.${name}`);
  if (!tool) throw new Error(`no tool ${name}`);
  return callTool(tool, input, call);
}

async function result(name: string, input: unknown): Promise<Record<string, unknown>> {
  const answer = await run(name, input);
  if (!answer.ok) throw new Error(answer.error.message);
  const tool = metricsTools.find((candidate) => candidate.name === `metrics.${name}`);
  expect(() => tool?.output.parse(answer.result)).not.toThrow();
  for (const figure of answer.figures) expect(() => figureSchema.parse(figure)).not.toThrow();
  expect(Object.keys(answer.conventions).length).toBeGreaterThan(0);
  return answer.result as Record<string, unknown>;
}

async function error(name: string, input: unknown) {
  const answer = await run(name, input);
  if (answer.ok) throw new Error(`${name} accepted ${JSON.stringify(input)}`);
  return answer.error;
}

const close = (value: unknown, expected: number, digits = 9) => expect(value).toBeCloseTo(expected, digits);
const month = { interval: "month" as const };

/** Published examples; each line names where it comes from. */
describe("worked cases of others", () => {
  test("gross and net MRR churn (ChartMogul help centre, d-cm-grossnet)", async () => {
    const bridge = await result("revenue-bridge", { startMrr: 100, churn: 10, contraction: 10, expansion: 10 });
    close(bridge.grossChurnRate, 0.2);
    close(bridge.netChurnRate, 0.1);
  });

  test.each([
    [0.025, 0.26],
    [0.015, 0.17],
  ])("monthly %f compounds to about %f a year (nmalinowski, d-healthy-annual)", async (monthlyRate, annual) => {
    const { annualRate } = await result("annualize-churn", { monthlyRate });
    expect(Math.abs(Number(annualRate) - annual)).toBeLessThan(0.005);
  });

  test("bridge and quick ratio (nmalinowski, d-healthy-bridge)", async () => {
    const movements = { new: 100_000, expansion: 80_000, churn: 30_000, contraction: 10_000 };
    const bridge = await result("revenue-bridge", { startMrr: 2_000_000, ...movements });
    expect(bridge.endMrr).toBe(2_140_000);
    expect(bridge.quickRatio).toBe(4.5);
  });

  test("net dollar retention (pitchkit glossary, d-pitch-ndr)", async () => {
    const input = { startMrr: 100_000, expansion: 15_000, contraction: 3_000, churn: 5_000 };
    close((await result("revenue-bridge", input)).netRevenueRetention, 1.07);
  });

  test("a falling MRR (digital-tools, d-dt-mrr3)", async () => {
    const movements = { new: 1_000, expansion: 500, contraction: 3_000, churn: 2_000 };
    const bridge = await result("revenue-bridge", { startMrr: 100_000, ...movements });
    expect(bridge.endMrr).toBe(96_500);
    expect(bridge.netNew).toBe(-3_500);
  });

  test.each([
    [0.3, 0.15, 0.45],
    [0.2, 0.1, 0.3],
    [0.5, -0.05, 0.45],
  ])("rule of 40: %f and %f make %f (digital-tools, d-dt-r40)", async (revenueGrowth, margin, score) => {
    expect((await result("efficiency", { revenueGrowth, margin })).ruleOf40).toBe(score);
  });

  test("negative net revenue churn (digital-tools, d-dt-churn)", async () => {
    const bridge = await result("revenue-bridge", { startMrr: 100_000, churn: 5_000, expansion: 8_000 });
    close(bridge.grossChurnRate, 0.05);
    close(bridge.netChurnRate, -0.03);
    expect((await result("churn", { openingCustomers: 100, churnedOfOpening: 5 })).churnRate).toBe(0.05);
  });

  test("burn multiple (Sacks 2020, d-sacks)", async () => {
    expect((await result("efficiency", { netBurn: 3_000_000, netNewArr: 1_000_000 })).burnMultiple).toBe(3);
  });

  test("unit economics (aibizhub, d-aib-unit)", async () => {
    const input = { salesAndMarketing: 20_000, newCustomers: 100, arpa: 50, grossMargin: 0.8, churnRate: 0.03 };
    const economics = await result("unit-economics", input);
    expect(economics.cac).toBe(200);
    expect(economics.paybackMonths).toBe(5);
    expect(Math.abs(Number(economics.ltv) - 1_333)).toBeLessThan(1.4);
    expect(Math.abs(Number(economics.ltvToCac) - 6.7)).toBeLessThan(0.05);
  });

  test("cohort retention with churn (CohortCalculator TC-COH-011 and 012, d-coh-0, d-coh-6)", async () => {
    const customers = [
      { id: "cust-1", start: "2023-01-15", end: null, mrr: 1_000 },
      { id: "cust-2", start: "2023-01-20", end: "2023-04-20", mrr: 500 },
      { id: "cust-3", start: "2023-01-25", end: null, mrr: 200 },
    ];
    const { cohorts } = await result("cohorts", { customers, months: 6 });
    const [cohort] = cohorts as { month: string; size: number; cells: Record<string, number>[] }[];
    expect(cohort).toMatchObject({ month: "2023-01", size: 3 });
    expect(cohort?.cells).toHaveLength(7);
    expect(cohort?.cells[0]).toEqual({ offset: 0, active: 3, mrr: 1_700, retention: 1 });
    expect(cohort?.cells[3]).toMatchObject({ active: 3, mrr: 1_700 });
    expect(cohort?.cells[4]).toMatchObject({ active: 2, mrr: 1_200 });
    expect(cohort?.cells[6]).toMatchObject({ active: 2, mrr: 1_200 });
    close(cohort?.cells[6]?.retention, 2 / 3);
  });

  test("normalisation to months (GRO-MRR-001, d-gro-mrr)", async () => {
    const start = "2024-01-01";
    const subscriptions = [
      { customer: "a", subscription: "1", start, amount: "29.00", ...month },
      { customer: "b", subscription: "2", start, amount: "99.00", ...month },
      { customer: "c", subscription: "3", start, amount: "1200.00", interval: "year" },
    ];
    const { bridge } = await result("mrr-movements", { subscriptions, from: start, to: "2024-01-31" });
    expect(bridge).toMatchObject({ startMrr: 0, new: 228, endMrr: 228 });
  });

  test("magic number (Klipfolio, d-klip-magic)", async () => {
    const input = { revenue: [500_000, 700_000], salesAndMarketingPreviousQuarter: 600_000 };
    close((await result("efficiency", input)).magicNumber, 4 / 3);
  });
});

describe("what does not exist is null with its reason", () => {
  test.each([
    ["revenue-bridge", { startMrr: 0, new: 10 }, "netRevenueRetention", "zero-denominator"],
    ["revenue-bridge", { startMrr: 100, new: 10 }, "quickRatio", "zero-denominator"],
    ["retention", { customers: [{ id: "a", before: 0, now: 5 }] }, "grossRevenueRetention", "zero-denominator"],
    ["churn", { openingCustomers: 0, churnedOfOpening: 0 }, "churnRate", "zero-denominator"],
    ["churn", { openingCustomers: 9, churnedOfOpening: 0 }, "earlyChurnRate", "missing-input"],
    ["efficiency", {}, "ruleOf40", "missing-input"],
    ["efficiency", { netBurn: 5, netNewArr: 0 }, "burnMultiple", "zero-denominator"],
    ["efficiency", { netBurn: 5, netNewArr: -1 }, "burnMultiple", "no-net-new-arr"],
    ["efficiency", { cash: 5, netBurn: -1 }, "runwayMonths", "not-burning"],
    ["efficiency", { cash: 5, netBurn: 0 }, "runwayMonths", "zero-denominator"],
    ["efficiency", { revenue: [1, 2], salesAndMarketingPreviousQuarter: 0 }, "magicNumber", "zero-denominator"],
  ])("%s %j: %s is %s", async (name, input, key, reason) => {
    const answer = await result(name, input);
    expect(answer[key]).toBeNull();
    expect(answer.reasons).toMatchObject({ [key]: reason });
  });

  test("unit economics without churn has no lifetime, without customers no cost of one", async () => {
    const base = { salesAndMarketing: 100, newCustomers: 0, arpa: 10, grossMargin: 0.8, churnRate: 0 };
    const answer = await result("unit-economics", base);
    expect(answer).toMatchObject({ cac: null, paybackMonths: null, ltv: null, ltvToCac: null, lifetimeMonths: null });
    const growing = await result("unit-economics", { ...base, churnRate: 0.01, expansionRate: 0.02 });
    expect(growing.reasons).toMatchObject({ ltv: "negative-net-churn" });
    expect(growing.lifetimeMonths).toBe(100);
    const losing = await result("unit-economics", { ...base, newCustomers: 1, grossMargin: -0.1 });
    expect(losing.reasons).toMatchObject({ paybackMonths: "negative-margin" });
  });

  test("expansion is added in the payback and taken off the churn of the lifetime value", async () => {
    const input = { salesAndMarketing: 1_000, newCustomers: 10, arpa: 10, grossMargin: 0.8, churnRate: 0.04 };
    const answer = await result("unit-economics", { ...input, expansionContribution: 2, expansionRate: 0.02 });
    expect(answer).toMatchObject({ cac: 100, paybackMonths: 10, ltv: 400, ltvToCac: 4, lifetimeMonths: 25 });
  });

  test("an unknown MRR of an active customer makes the cell unknown, not smaller", async () => {
    const customers = [
      { id: "a", start: "2024-01-31", mrr: 10 },
      { id: "b", start: "2024-01-01", end: "2024-02-01" },
    ];
    const { cohorts, reasons } = await result("cohorts", { customers, months: 2 });
    const [cohort] = cohorts as { cells: { mrr: number | null; active: number }[] }[];
    expect(cohort?.cells.map((cell) => cell.mrr)).toEqual([null, null, 10]);
    expect(cohort?.cells.map((cell) => cell.active)).toEqual([2, 2, 1]);
    expect(reasons).toEqual({ mrr: "missing-input" });
  });
});

const subscription = { customer: "a", subscription: "s", start: "2024-01-01", amount: 10, interval: "month" };
const window = { from: "2024-01-01", to: "2024-12-31" };

describe("what cannot be true is refused by its path", () => {
  test.each([
    ["revenue-bridge", { startMrr: 100, churn: 101 }, "churn"],
    ["revenue-bridge", { startMrr: 100, churn: 60, contraction: 41 }, "contraction"],
    ["revenue-bridge", { startMrr: 100, new: -1 }, "new"],
    ["revenue-bridge", { startMrr: "12,5" }, "startMrr"],
    ["revenue-bridge", {}, "startMrr"],
    ["revenue-bridge", { startMrr: 1, expnsion: 3 }, "expnsion"],
    ["revenue-bridge", { startMrr: "1e300" }, "startMrr"],
    ["retention", { customers: [{ id: "a", before: 1, now: -1 }] }, "customers[0].now"],
    ["retention", { customers: ["a", "b", "a"].map((id) => ({ id, before: 1, now: 1 })) }, "customers[2].id"],
    ["churn", { openingCustomers: 3, churnedOfOpening: 4 }, "churnedOfOpening"],
    ["churn", { openingCustomers: 3, churnedOfOpening: 0.5 }, "churnedOfOpening"],
    ["churn", { openingCustomers: 3, churnedOfOpening: 1, newCustomers: 1, churnedOfNew: 2 }, "churnedOfNew"],
    ["churn", { openingCustomers: 3, churnedOfOpening: 1, churnedOfNew: 2 }, "churnedOfNew"],
    ["annualize-churn", { monthlyRate: 2.5 }, "monthlyRate"],
    ["efficiency", { revenue: [1] }, "revenue"],
    ["efficiency", { cash: -1 }, "cash"],
    ["efficiency", { margin: 40 }, "margin"],
    ["mrr-movements", { ...window, subscriptions: [{ ...subscription, end: "2023-12-31" }] }, "subscriptions[0].end"],
    ["mrr-movements", { ...window, subscriptions: [{ ...subscription, amount: -1 }] }, "subscriptions[0].amount"],
    [
      "mrr-movements",
      { ...window, subscriptions: [{ ...subscription, start: "2023-02-30" }] },
      "subscriptions[0].start",
    ],
    [
      "mrr-movements",
      { ...window, subscriptions: [{ ...subscription, interval: "week" }] },
      "subscriptions[0].interval",
    ],
    ["mrr-movements", { ...window, subscriptions: [subscription, subscription] }, "subscriptions[1].subscription"],
    ["mrr-movements", { from: "2024-02-01", to: "2024-01-01", subscriptions: [] }, "to"],
    ["cohorts", { customers: [{ id: "a", start: "2024-02-01", end: "2024-01-31" }], months: 1 }, "customers[0].end"],
    ["cohorts", { customers: [], months: -1 }, "months"],
    ["cohorts", { customers: [], months: 1.5 }, "months"],
  ])("%s %j: %s", async (name, input, path) => {
    const refused = await error(name, input);
    expect(refused.path).toBe(path);
    expect(refused.message).not.toBe("");
  });
});

test("decimal text and numbers are the same number, exactly", async () => {
  const text = await result("revenue-bridge", { startMrr: "0.1", new: "0.2" });
  const number = await result("revenue-bridge", { startMrr: 0.1, new: 0.2 });
  expect(text).toEqual(number);
  expect(text.endMrr).toBe(0.3);
});

test("the same question has the same figure ids, another has others", async () => {
  const ids = async (input: unknown) => {
    const answer = await run("revenue-bridge", input);
    return answer.ok ? answer.figures.map((figure) => figure.id) : [];
  };
  const one = await ids({ startMrr: 100, new: 1 });
  expect(await ids({ new: "1", startMrr: "100" })).toEqual(one);
  expect(await ids({ startMrr: 100, new: 2 })).not.toEqual(one);
  expect(new Set(one).size).toBe(one.length);
});
