import { expect, test } from "vitest";
import { Exact } from "@/lib/money";
import type { Estimate, PlanInputs, ValueDriver } from "../../schema/optimization";
import { sampleInputs } from "../../test-support/inputs";
import type { ValuationContext } from "../venture-methods";
import { ventureValuation } from "../venture-valuation";
import { hasRound, optimizationPlan, type PlanCriterion, type PlanFacts, START_PLAN } from "./plan";
import { dayAfter, stepState } from "./plan-days";
import { derivativeOf, equityWith } from "./shifted";

const comparable = (name: string, multiple: string) => ({
  ...{ id: name, kind: "trading" as const, name, metric: "Revenue, last 12 months", multiple },
  ...{ date: "2026-10-31", source: "Exchange", excluded: null },
});
const context: ValuationContext = {
  asOf: "2026-11-22",
  comparables: [comparable("A", "1"), comparable("B", "1.5"), comparable("C", "2")],
  ...{ classes: null, classesReason: "no-cap-table" },
};
const inputs = sampleInputs();
const standing = ventureValuation(inputs, context);
const revenue = new Exact("1000000");
const number = (measure: { value: Exact | null }) => (measure.value === null ? null : measure.value.toNumber());
const derivative = (driver: ValueDriver) => number(derivativeOf(inputs, context, driver, revenue)) ?? 0;
const dcfCentral = (of: typeof inputs) =>
  number(ventureValuation(of, context).methods.find(({ key }) => key === "dcf")?.central ?? { value: null }) ?? 0;

test("one percent of revenue at the same margin is one percent of the enterprise: every method scales with it", () => {
  const enterprise = number(standing.bridge.enterpriseValue) ?? 0;
  expect(derivative("revenue")).toBeCloseTo(enterprise / 100, 6);
});

test("a point of margin reaches the discounted flows and no multiple of revenue", () => {
  // 1 % of 1,000,000 = 10,000 before and 7,500 after 25 % tax, each year; half of it, for the median of two methods.
  const { dcf } = inputs.methods;
  const moved = {
    ...inputs,
    methods: { ...inputs.methods, dcf: { ...dcf, freeCashFlows: ["107500", "117500", "127500"], metric: "130000" } },
  };
  const step = number(equityWith(inputs, context, { moves: { margin: new Exact(1) }, revenue }));
  const now = number(standing.bridge.equityValue) ?? 0;
  expect((step ?? 0) - now).toBeCloseTo((dcfCentral(moved) - dcfCentral(inputs)) / 2, 4);
  expect(number(derivativeOf(inputs, context, "margin", null))).toBeNull();
});

test("growth and less risk add value, and a difference of zero steps is none", () => {
  expect(derivative("growth")).toBeGreaterThan(0);
  expect(derivative("risk")).toBeGreaterThan(0);
  const still = equityWith(inputs, context, { moves: { growth: new Exact(0) }, revenue });
  expect(number(still)).toBeCloseTo(number(standing.bridge.equityValue) ?? 0, 6);
});

const criterion = (id: string, score: number | null, points: string | null, hoursPerStep = 10): PlanCriterion => ({
  ...{ id, label: id, toDo: "more", score, points: points === null ? null : new Exact(points), hoursPerStep },
});
const facts = (criteria: readonly PlanCriterion[]): PlanFacts => ({
  ...{ inputs, context, equity: standing.bridge.equityValue, revenue, criteria },
  metrics: { revenue, growth: new Exact("0.1") },
});
const estimate = (lever: string, more: Partial<Estimate> = {}): Estimate => ({
  ...{ lever, size: null, hours: null, cost: "0", months: 0, after: null, out: false },
  ...more,
});
const plan = (more: Partial<PlanInputs>, criteria: readonly PlanCriterion[], months = 9) =>
  optimizationPlan({ ...START_PLAN, ...more }, facts(criteria), months);
const placed = ({ lines }: ReturnType<typeof plan>) =>
  lines.flatMap(({ lever, place }) => (place ? [[place.number, lever]] : [])).sort();

test("a point of readiness is worth the stated part of the equity; steps go to the planned score", () => {
  const { lines } = plan({ estimates: [estimate("readiness:tax", { size: "1" })] }, [criterion("tax", 2, "3", 30)]);
  const line = lines.find(({ lever }) => lever === "readiness:tax");
  const equity = number(standing.bridge.equityValue) ?? 0;
  // Three points for two steps: one step is 1.5 points of 0.5 % each.
  expect(number(line?.derivative ?? { value: null })).toBeCloseTo(equity * 0.005 * 1.5, 6);
  expect([line?.hours, line?.estimated, line?.to?.toFixed(), line?.place?.number]).toEqual([30, true, "3", 1]);
  expect(number(line?.cost ?? { value: null })).toBe(3_000);
});

test("who is out says why", () => {
  const { lines } = plan(
    {
      ...{ hoursPerMonth: 10, budget: "5000" },
      estimates: [
        estimate("driver:growth", { size: "1", hours: 20, months: 9 }),
        estimate("driver:revenue", { size: "1", hours: 1, cost: "90000" }),
        estimate("readiness:ip-title", { out: true }),
      ],
    },
    [
      criterion("tax", null, null),
      criterion("ip-title", 0, "4"),
      criterion("litigation", 3, "0"),
      criterion("cap-table", 4, "0"),
    ],
  );
  expect(Object.fromEntries(lines.map(({ lever, outReason }) => [lever, outReason]))).toEqual({
    "driver:revenue": "too-dear",
    "driver:margin": "no-estimate",
    "driver:growth": "too-long",
    "driver:risk": "no-estimate",
    "readiness:tax": "no-effect",
    "readiness:ip-title": "left-out",
    "readiness:litigation": "no-gain",
  });
});

test("what comes first is worked on first, and a criterion that is at its best holds up nobody", () => {
  const criteria = [criterion("tax", 3, "1"), criterion("audited-accounts", 3, "9"), criterion("cap-table", 4, "0")];
  const after = [
    estimate("readiness:audited-accounts", { after: "readiness:tax" }),
    estimate("readiness:tax", { after: "readiness:cap-table" }),
  ];
  expect(placed(plan({ estimates: after }, criteria))).toEqual([
    [1, "readiness:tax"],
    [2, "readiness:audited-accounts"],
  ]);
  expect(hasRound({ ...START_PLAN, estimates: after })).toBe(false);
  expect(
    hasRound({
      ...START_PLAN,
      estimates: [...after.slice(0, 1), estimate("readiness:tax", { after: "readiness:audited-accounts" })],
    }),
  ).toBe(true);
});

test("drivers of one plan are valued together: what the steps add sums to the valuation made again with all of them", () => {
  const size = new Exact("2");
  const drivers = ["revenue", "margin", "growth", "risk"] as const;
  const estimates = drivers.map((driver, at) => estimate(`driver:${driver}`, { size: "2", hours: 10, months: at }));
  const { lines, total, atLeast } = plan({ estimates }, [criterion("tax", 3, "2")]);
  const moves = Object.fromEntries(drivers.map((driver) => [driver, size]));
  const together = number(equityWith(inputs, context, { moves, revenue })) ?? 0;
  const now = number(standing.bridge.equityValue) ?? 0;
  const of = (lever: string) => lines.find((line) => line.lever === lever);
  const tax = number(of("readiness:tax")?.gain ?? { value: null }) ?? 0;
  expect(number(total)).toBeCloseTo(together - now + tax, 4);
  const gains = lines.flatMap(({ gain }) => number(gain) ?? []);
  expect(gains.reduce((sum, gain) => sum + gain, 0)).toBeCloseTo(number(total) ?? 0, 4);
  // Each alone they would add up to another sum: growth and a lower rate work on each other.
  const alone = lines.reduce((sum, { place, effect }) => sum + (place ? (number(effect) ?? 0) : 0), 0);
  expect(Math.abs(alone - (number(total) ?? 0))).toBeGreaterThan(1);
  const risk = number(of("driver:risk")?.gain ?? { value: null }) ?? 0;
  expect(number(atLeast ?? { value: null })).toBeCloseTo((number(total) ?? 0) - Math.min(risk, tax), 4);
  expect(plan({}, [criterion("tax", 3, "2")]).atLeast).toBeNull();
});

test("hours become days of the calendar, and a step is late only when its day has passed", () => {
  expect(dayAfter("2026-11-22", 160, START_PLAN)).toBe("2026-12-23");
  expect(dayAfter("2026-11-22", 0, START_PLAN)).toBe("2026-11-22");
  const step = { to: "4", startsOn: "2026-11-22", showsOn: "2026-12-22" };
  expect([
    stepState(step, "4", "2026-11-25"),
    stepState(step, "3", "2026-12-22"),
    stepState(step, "3", "2026-12-23"),
    stepState(step, null, "2026-11-21"),
  ]).toEqual(["reached", "under way", "late", "to come"]);
});
