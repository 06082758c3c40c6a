import { describe, expect, test } from "vitest";
import { CLASS_POLICY } from "@/lib/decisions/rules/policy";
import { failuresInARow, type Outcome, returnTooLow } from "@/lib/growth/rules/initiatives/initiative-review";
import { Exact } from "@/lib/money";
import { type RollbackFacts as PreparationFacts, rollbacks } from "./exit-rollbacks";
import { LIFT_PERMISSION, remediationPlan } from "./impediments";
import { nextRealizationMove, type RollbackFacts as SaleFacts, saleRules } from "./realization";
import {
  type RegisterFacts,
  ROLLBACK_IDS,
  ROLLBACK_RULES,
  type RollbackId,
  type RollbackState,
  rollbackRegister,
  rowOfCause,
} from "./rollback-register";

/** spec/stage-40, section 4, "Rollbacks": each of the eleven rows is played from facts, just short of it and just there. */
const day = (on: string, value: string) => ({ day: on, value });

const CALM_40_2: PreparationFacts = {
  ...{ today: "2026-11-22", startedOn: "2026-01-10", qualified: 3, remediatedOn: null, multiplesFall: "0.1" },
  ...{ readiness: [day("2026-11-20", "90")], growth: [day("2026-10-31", "0.2")], departedOn: null },
};
const CALM_40_3: SaleFacts = {
  ...{ bids: [{ offerId: "a", version: 1, total: "80" }], target: "100", valuedOn: "2026-11-01" },
  ...{ multiplesFall: "0.1", crash: "2026-02-28", today: "2026-11-22", startedOn: "2026-06-01" },
  ...{ growth: [day("2026-10-31", "0.2")], departedOn: null },
};
const NOTHING: RegisterFacts = {
  ...{ open: ["40.1", "40.2", "40.3"], preparation: [], sale: [], always: [], impediments: [], unansweredFalls: 0 },
  ...{ earnOuts: 1, initiatives: { low: 0, known: 1, running: 1 } },
};

const in402 = (more: Partial<PreparationFacts>): RegisterFacts => ({
  ...NOTHING,
  preparation: rollbacks({ ...CALM_40_2, ...more }),
});
const in403 = (more: Partial<SaleFacts>): RegisterFacts => ({ ...NOTHING, sale: saleRules({ ...CALM_40_3, ...more }) });
const stateOf = (id: RollbackId, facts: RegisterFacts): RollbackState | undefined =>
  rollbackRegister(facts).find((row) => row.id === id)?.state;

const shrinking = [day("2026-07-31", "-0.01"), day("2026-10-31", "-0.02")];
const recorded = (kind: "regulatory-block" | "earn-out-dispute" | "fundamental-issue", open: boolean) => ({
  ...NOTHING,
  impediments: [{ kind, open }],
});

type Scenario = [row: RollbackId, words: string, facts: RegisterFacts, state: RollbackState];
const SCENARIOS: readonly Scenario[] = [
  ["growth-negative", "40.2: one quarter below zero", in402({ growth: [day("2026-10-31", "-0.02")] }), "near"],
  ["growth-negative", "40.2: two quarters below zero", in402({ growth: shrinking }), "holds"],
  ["growth-negative", "40.3: two quarters below zero", in403({ growth: shrinking }), "holds"],
  ["growth-negative", "40.3: exactly zero is not below", in403({ growth: [day("2026-10-31", "0")] }), "far"],
  ["no-buyer", "a day short of 18 months", in402({ qualified: 0, startedOn: "2025-05-23" }), "near"],
  ["no-buyer", "18 months", in402({ qualified: 0, startedOn: "2025-05-22" }), "holds"],
  ["no-buyer", "18 months, one qualified buyer", in402({ qualified: 1, startedOn: "2025-05-22" }), "far"],
  ["offers-low", "exactly half", in403({ bids: [{ offerId: "a", version: 1, total: "50" }] }), "near"],
  ["offers-low", "a cent below half", in403({ bids: [{ offerId: "a", version: 1, total: "49.99" }] }), "holds"],
  [
    "offers-low",
    "a bid that nobody can compute",
    in403({ bids: [{ offerId: "a", version: 1, total: null }] }),
    "unknown",
  ],
  ["deal-fell", "nobody dropped out", NOTHING, "far"],
  ["deal-fell", "one that was not answered yet", { ...NOTHING, unansweredFalls: 1 }, "holds"],
  ["regulatory-block", "lifted", recorded("regulatory-block", false), "far"],
  ["regulatory-block", "open", recorded("regulatory-block", true), "holds"],
  ["earn-out-dispute", "settled", recorded("earn-out-dispute", false), "far"],
  ["earn-out-dispute", "open", recorded("earn-out-dispute", true), "holds"],
  ["fundamental-issue", "cleared", recorded("fundamental-issue", false), "far"],
  ["fundamental-issue", "open", recorded("fundamental-issue", true), "holds"],
  ["market-crash", "40.2: 49 % down", in402({ multiplesFall: "0.49" }), "near"],
  ["market-crash", "40.2: 50 % down", in402({ multiplesFall: "0.5" }), "holds"],
  ["market-crash", "40.3: 50 % down", in403({ multiplesFall: "0.5" }), "holds"],
  ["market-crash", "no series", in403({ multiplesFall: null }), "unknown"],
  [
    "readiness-low",
    "a day short of six months below 85",
    in402({ readiness: [day("2026-05-23", "84"), day("2026-11-20", "84")] }),
    "near",
  ],
  [
    "readiness-low",
    "six months below 85",
    in402({ readiness: [day("2026-05-22", "84"), day("2026-11-20", "84")] }),
    "holds",
  ],
  [
    "readiness-low",
    "three months of remediation without progress",
    in402({
      remediatedOn: "2026-08-22",
      readiness: [day("2026-05-22", "70"), day("2026-08-20", "70"), day("2026-11-20", "70.5")],
    }),
    "holds",
  ],
  ["initiative-roi", "one below 1×", { ...NOTHING, initiatives: { low: 1, known: 1, running: 2 } }, "holds"],
  ["initiative-roi", "none below", NOTHING, "far"],
  ["initiative-roi", "nobody can tell", { ...NOTHING, initiatives: { low: 0, known: 0, running: 2 } }, "unknown"],
  ["key-person", "40.2: left in September", in402({ departedOn: "2026-09-30" }), "holds"],
  ["key-person", "40.2: left before it began", in402({ departedOn: "2025-12-31" }), "far"],
  ["key-person", "40.3: left in September", in403({ departedOn: "2026-09-30" }), "holds"],
  ["key-person", "nobody counts them", in403({ departedOn: undefined }), "unknown"],
];

describe("every rollback of the specification", () => {
  test.each(SCENARIOS)("%s, %s", (row, _words, facts, state) => {
    expect(stateOf(row, facts)).toBe(state);
  });

  test("has its row, in the order of the table, and is detected from facts at least once", () => {
    expect(rollbackRegister(NOTHING).map(({ id }) => id)).toEqual([...ROLLBACK_IDS]);
    const detected = new Set(SCENARIOS.filter(([, , , state]) => state === "holds").map(([row]) => row));
    expect([...detected].toSorted()).toEqual([...ROLLBACK_IDS].toSorted());
  });

  // Section 7: whatever the level of autonomy, what the table gives to the chairman is asked of him. To pause an
  // initiative is the Growth Specialist's.
  test("asks the chairman where the table names him", () => {
    for (const id of ROLLBACK_IDS) {
      const { asks, authority } = ROLLBACK_RULES[id];
      expect(asks.length, id).toBeGreaterThan(0);
      const own = asks.filter((one) => CLASS_POLICY[one].ceilings.length === 0);
      expect(own, id).toEqual(id === "initiative-roi" ? ["growth.pause-initiative"] : []);
      expect(authority.toLowerCase(), id).toContain("chairman");
    }
    expect(CLASS_POLICY["stage.regress-to-39"].ceilings).toEqual(["regress-to-39"]);
  });

  test("can be taken back, all but the exit's approval", () => {
    for (const id of ROLLBACK_IDS)
      for (const one of ROLLBACK_RULES[id].asks) expect(CLASS_POLICY[one].reversible).toBe(true);
  });

  test("outside stage 40 nothing is watched, and what is open still stands", () => {
    const outside = { ...NOTHING, open: [], earnOuts: 0, initiatives: { low: 0, known: 0, running: 0 } };
    expect(new Set(rollbackRegister(outside).map(({ state }) => state))).toEqual(new Set(["not-watched"]));
    const held = { ...outside, impediments: [{ kind: "fundamental-issue" as const, open: true }] };
    expect(stateOf("fundamental-issue", held)).toBe("holds");
  });

  test("a cause that a run noted finds its row", () => {
    expect(rowOfCause("readiness-stalled")).toBe("readiness-low");
    expect(rowOfCause("market-crash")).toBe("market-crash");
    expect(rowOfCause("approval")).toBeNull();
  });
});

describe("what the run of 40.3 does about it", () => {
  const run = {
    ...{ status: "running" as const, open: true, phase: "negotiate" as const, done: new Set<string>() },
    sale: { deals: [], closing: null, money: { distributions: 0, payableMinor: 0n, deferred: 0 } },
  };
  test("a drop-out is answered before anybody is asked, and each occasion is asked about once", () => {
    const fell = { stepId: "7", from: "loi" as const, reason: "No financing" };
    const deal = { dealId: "d", bidder: "N", companyId: null, stage: "fallen-through" as const, fell };
    const crash = { kind: "market-crash" as const, cause: "2026-02-28" };
    const facts = { ...run, sale: { ...run.sale, deals: [deal] }, rollbacks: [crash] };
    expect(nextRealizationMove(facts)).toMatchObject({ kind: "fallen", dealId: "d" });
    const answered = { ...facts, done: new Set(["fallen:7"]) };
    expect(nextRealizationMove(answered)).toMatchObject({ kind: "ask", rollback: crash });
    const asked = { ...facts, done: new Set(["fallen:7", "ask:market-crash:2026-02-28"]) };
    expect(nextRealizationMove(asked)).toMatchObject({ kind: "wait" });
  });
});

describe("what a person records", () => {
  test.each([
    ["regulatory-block", "blocked", "deal:edit"],
    ["regulatory-block", "conditions", "deal:edit"],
    ["earn-out-dispute", "milestone", "payment:release"],
    ["fundamental-issue", "fraud", "venture:configure"],
  ] as const)("%s (%s) comes with a plan, and %s says that it is over", (kind, nature, permission) => {
    const plan = remediationPlan(kind, nature);
    expect(plan.length).toBeGreaterThanOrEqual(4);
    expect(plan.every(({ title, days }) => title.length <= 200 && days > 0)).toBe(true);
    expect(LIFT_PERMISSION[kind]).toBe(permission);
  });
  test("a block and a clearance with conditions are remedied differently", () => {
    expect(remediationPlan("regulatory-block", "blocked")).not.toEqual(
      remediationPlan("regulatory-block", "conditions"),
    );
  });
});

describe("an initiative that does not pay", () => {
  const facts = { status: "running" as const, startedOn: "2026-01-01", reviewOn: "2026-07-01" };
  const failed = (on: string): Outcome => ({
    ...{ initiativeId: on, on, verdict: "cannot-tell", roi: null, lowReturn: true, ended: false },
  });
  test("is paused below 1× after six months, and three in a row go to the chairman", () => {
    expect(returnTooLow({ ...facts, roi: new Exact("0.99") })).toBe(true);
    expect(returnTooLow({ ...facts, roi: new Exact(1) })).toBe(false);
    expect(returnTooLow({ ...facts, reviewOn: "2026-06-30", roi: new Exact("0.99") })).toBe(false);
    expect(failuresInARow([failed("1"), failed("2"), failed("3")])).toHaveLength(3);
  });
});
