import fc from "fast-check";
import { expect, test } from "vitest";
import { approximate, rational, sum } from "@/lib/distribution/rules/exact";
import { ALLOCATION_TYPES, vestingInput } from "../schema";
import { allocate, vesting } from "./vesting";

/** Open Cap Format, AllocationType: 18 shares over 4 tranches. */
test.each([
  ["CUMULATIVE_ROUNDING", [5, 4, 5, 4]],
  ["CUMULATIVE_ROUND_DOWN", [4, 5, 4, 5]],
  ["FRONT_LOADED", [5, 5, 4, 4]],
  ["BACK_LOADED", [4, 4, 5, 5]],
  ["FRONT_LOADED_TO_SINGLE_TRANCHE", [6, 4, 4, 4]],
  ["BACK_LOADED_TO_SINGLE_TRANCHE", [4, 4, 4, 6]],
  ["FRACTIONAL", [4.5, 4.5, 4.5, 4.5]],
] as const)("%s", (type, expected) => {
  expect(allocate([4.5, 4.5, 4.5, 4.5].map(rational), type).map(approximate)).toEqual(expected);
});

test("whatever the rounding, the tranches add up to the grant", () => {
  const type = fc.constantFrom(...ALLOCATION_TYPES);
  fc.assert(
    fc.property(type, fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 1, max: 60 }), (allocation, shares, n) => {
      const exact = Array.from({ length: n }, () => rational(shares).div(n));
      expect(approximate(sum(allocate(exact, allocation)))).toBe(shares);
    }),
  );
});

const months = (length: number, occurrences: number, relativeTo: string, more: object = {}) => ({
  type: "VESTING_SCHEDULE_RELATIVE",
  period: {
    length,
    type: "MONTHS",
    occurrences,
    day_of_month: "VESTING_START_DAY_OR_LAST_DAY_OF_MONTH",
    ...more,
  },
  relative_to_condition_id: relativeTo,
});
const start = (...next: string[]) => ({
  id: "start",
  quantity: "0",
  trigger: { type: "VESTING_START_DATE" },
  next_condition_ids: next,
});
const condition = (id: string, part: [number, number], trigger: object, ...next: string[]) => ({
  id,
  portion: { numerator: String(part[0]), denominator: String(part[1]) },
  trigger,
  next_condition_ids: next,
});

function run(conditions: object[], asOf: string, grant: object = {}, allocation = "CUMULATIVE_ROUNDING") {
  const input = vestingInput.parse({
    vestingTerms: { allocation_type: allocation, vesting_conditions: conditions },
    grant: { quantity: "4800", vestingStartDate: "2022-12-31", ...grant },
    asOf,
  });
  const outcome = vesting(input.vestingTerms, input.grant, input.asOf);
  if (!outcome.ok) return { refused: outcome.problems?.[0]?.path };
  const { vested, unvested, schedule, expires, warnings } = outcome.value;
  return {
    vested: approximate(vested),
    unvested: approximate(unvested),
    schedule: schedule.map(({ date, shares, conditionId }) => [date, approximate(shares), conditionId]),
    expires,
    warnings,
  };
}

const fourYears = [
  start("cliff"),
  condition("cliff", [12, 48], months(12, 1, "start"), "monthly"),
  condition("monthly", [1, 48], months(1, 36, "cliff")),
];

/** Open Cap Format, samples: 4yr-1yr-cliff-schedule. */
test("four years with a cliff, month ends clamped from the start day each time", () => {
  const { schedule } = run(fourYears, "2023-12-31");
  expect(schedule?.slice(0, 5)).toEqual([
    ["2023-12-31", 1200, "cliff"],
    ["2024-01-31", 100, "monthly"],
    ["2024-02-29", 100, "monthly"],
    ["2024-03-31", 100, "monthly"],
    ["2024-04-30", 100, "monthly"],
  ]);
  expect(schedule).toHaveLength(37);
  expect(schedule?.at(-1)?.[0]).toBe("2026-12-31");
});

test.each([
  ["2023-12-30", 0],
  ["2023-12-31", 1200],
  ["2024-02-28", 1300],
  ["2024-02-29", 1400],
  ["2030-01-01", 4800],
])("vested on %s: %d", (asOf, vested) => {
  expect(run(fourYears, asOf)).toMatchObject({ vested, unvested: 4800 - vested });
});

test("a cliff inside a monthly condition gathers what came before it", () => {
  const monthly = {
    ...condition("monthly", [1, 48], months(1, 48, "start")),
    cliff_condition: { id: "c", period: { length: 12, type: "MONTHS" } },
  };
  const { schedule } = run([start("monthly"), monthly], "2023-12-31");
  expect(schedule?.slice(0, 2)).toEqual([
    ["2023-12-31", 1200, "monthly"],
    ["2024-01-31", 100, "monthly"],
  ]);
  const installment = condition("monthly", [1, 48], months(1, 48, "start", { cliff_installment: 12 }));
  expect(run([start("monthly"), installment], "2023-12-31").schedule).toEqual(schedule);
});

test("a day of the month can be named, and days be counted", () => {
  const named = condition("m", [1, 2], months(1, 2, "start", { day_of_month: "15" }));
  expect(run([start("m"), named], "2024-01-01").schedule?.map(([date]) => date)).toEqual(["2023-01-15", "2023-02-15"]);
  const trigger = {
    type: "VESTING_SCHEDULE_RELATIVE",
    period: { length: 30, type: "DAYS", occurrences: 2 },
    relative_to_condition_id: "start",
  };
  const { schedule } = run([start("d"), condition("d", [1, 2], trigger)], "2024-01-01");
  expect(schedule?.map(([date]) => date)).toEqual(["2023-01-30", "2023-03-01"]);
});

const event = { type: "VESTING_EVENT" };
/** Open Cap Format, documentation, example 2 and multi-tranche-event-based. */
const bySale = [
  start("expired", "all", "sale"),
  { id: "expired", quantity: "0", trigger: months(48, 1, "start"), next_condition_ids: [] },
  {
    ...condition("all", [1, 1], event),
    portion: { numerator: "1", denominator: "1", remainder: true },
  },
  condition("sale", [20, 100], event, "expired", "all"),
];

test("without its event nothing vests, and the end is known", () => {
  expect(run(bySale, "2024-01-01")).toMatchObject({
    vested: 0,
    schedule: [],
    expires: { date: "2026-12-31", conditionId: "expired" },
  });
});

test("an event vests its part, an acceleration what is left, and then nothing expires", () => {
  const events = [
    { conditionId: "all", date: "2025-06-01" },
    { conditionId: "sale", date: "2024-06-01" },
  ];
  expect(run(bySale, "2025-05-31", { events })).toMatchObject({
    vested: 960,
    schedule: [
      ["2024-06-01", 960, "sale"],
      ["2025-06-01", 3840, "all"],
    ],
    expires: null,
  });
});

test("an event after the end does not count", () => {
  const events = [{ conditionId: "sale", date: "2027-01-01" }];
  expect(run(bySale, "2028-01-01", { events })).toMatchObject({ vested: 0, expires: { conditionId: "expired" } });
});

test("relative to a condition that does not exist: counted from the one before, and said", () => {
  const slipped = [fourYears[0], fourYears[1], condition("monthly", [1, 48], months(1, 36, "clif"))] as object[];
  const answer = run(slipped, "2024-01-31");
  expect(answer.vested).toBe(1300);
  expect(answer.warnings?.[0]).toContain("clif");
});

test.each([
  [
    "portions above the whole",
    [start("a"), condition("a", [3, 2], months(1, 1, "start"))],
    "vestingTerms.vesting_conditions",
  ],
  ["neither portion nor quantity", [{ ...start(), quantity: undefined }], "vestingTerms.vesting_conditions[0].portion"],
  ["an unknown next", [start("x")], "vestingTerms.vesting_conditions[0].next_condition_ids[0]"],
  ["the same id twice", [start(), start()], "vestingTerms.vesting_conditions[1].id"],
  [
    "a zero denominator",
    [start("a"), condition("a", [1, 0], event)],
    "vestingTerms.vesting_conditions[1].portion.denominator",
  ],
])("refuses %s", (_what, conditions, path) => {
  expect(run(conditions as object[], "2024-01-01")).toEqual({ refused: path });
});
