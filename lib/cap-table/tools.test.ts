import { expect, test } from "vitest";
import { callTool } from "@/lib/agents/define-tool";
import { capTableComputingTools } from "./tools";

const call = { actor: null, agent: null, runId: null, now: new Date("2026-11-22T00:00:00Z") };
const [vesting] = capTableComputingTools;
if (!vesting) throw new Error("cap-table.vesting");

const terms = {
  object_type: "VESTING_TERMS",
  id: "quarterly",
  name: "Four quarters",
  allocation_type: "CUMULATIVE_ROUND_DOWN",
  vesting_conditions: [
    { id: "start", quantity: "0", trigger: { type: "VESTING_START_DATE" }, next_condition_ids: ["q"] },
    {
      id: "q",
      portion: { numerator: "1", denominator: "4" },
      trigger: {
        type: "VESTING_SCHEDULE_RELATIVE",
        period: { length: 3, type: "MONTHS", occurrences: 4, day_of_month: "VESTING_START_DAY_OR_LAST_DAY_OF_MONTH" },
        relative_to_condition_id: "start",
      },
      next_condition_ids: [],
    },
  ],
};

test("answers the whole contract", async () => {
  const grant = { quantity: 18, vestingStartDate: "2025-08-31" };
  expect(await callTool(vesting, { vestingTerms: terms, grant, asOf: "2026-02-28" }, call)).toMatchObject({
    ok: true,
    result: {
      vested: 9,
      unvested: 9,
      schedule: [
        { date: "2025-11-30", shares: 4, conditionId: "q" },
        { date: "2026-02-28", shares: 5, conditionId: "q" },
        { date: "2026-05-31", shares: 4, conditionId: "q" },
        { date: "2026-08-31", shares: 5, conditionId: "q" },
      ],
      expires: null,
    },
    conventions: { allocation: "CUMULATIVE_ROUND_DOWN", rounding: "half up" },
  });
});

test.each([
  ["a quantity below 0", { grant: { quantity: "-1", vestingStartDate: "2025-01-01" } }, "grant.quantity"],
  ["no start", { grant: { quantity: 1 } }, "grant.vestingStartDate"],
  ["a date that is none", { asOf: "2025-02-30" }, "asOf"],
  ["an unknown allocation", { vestingTerms: { ...terms, allocation_type: "EVEN" } }, "vestingTerms.allocation_type"],
  [
    "an event of no condition",
    { grant: { quantity: 1, vestingStartDate: "2025-01-01", events: [{ conditionId: "x", date: "2025-01-01" }] } },
    "grant.events[0].conditionId",
  ],
])("refuses %s", async (_what, change, path) => {
  const input = { vestingTerms: terms, grant: { quantity: 1, vestingStartDate: "2025-01-01" }, asOf: "2025-06-01" };
  expect(await callTool(vesting, { ...input, ...change }, call)).toMatchObject({ ok: false, error: { path } });
});
