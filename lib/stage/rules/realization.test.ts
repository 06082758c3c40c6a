import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DEAL_STAGES, type DealStage } from "@/lib/deals/schema/deal";
import { PHASES } from "../schema/realization";
import {
  type Bidding,
  backupFor,
  bestBid,
  isBack,
  nextRealizationMove,
  phaseOf,
  type RollbackFacts,
  type RunFacts,
  type SaleFacts,
  saleRollbacks,
} from "./realization";

const bids = (dealId: string, stage: DealStage, stepId: string | null = null): Bidding => ({
  ...{ dealId, bidder: dealId, companyId: `company-${dealId}`, stage },
  fell: stepId === null ? null : { stepId, from: "loi", reason: "No financing" },
});
const NO_MONEY = { distributions: 0, payableMinor: 0n, deferred: 0 };
const sale = (more: Partial<SaleFacts> = {}): SaleFacts => ({ deals: [], closing: null, money: NO_MONEY, ...more });
const run = (more: Partial<RunFacts> = {}): RunFacts => ({
  ...{ status: "running", open: true, phase: "negotiate", sale: sale(), done: new Set(), rollbacks: [], ...more },
});

describe("the phase is what the facts are in", () => {
  test.each<[string, Partial<SaleFacts>, string]>([
    ["nobody bids", {}, "negotiate"],
    ["talks only", { deals: [bids("a", "negotiating"), bids("b", "not-started")] }, "negotiate"],
    ["the furthest bidder counts", { deals: [bids("a", "loi"), bids("b", "due-diligence")] }, "due-diligence"],
    ["who dropped out does not", { deals: [bids("a", "fallen-through", "1"), bids("b", "loi")] }, "loi"],
    ["the agreement is signed", { deals: [bids("a", "definitive-agreement")] }, "definitive"],
    ["nobody keeps a checklist", { deals: [bids("a", "closing")] }, "conditions"],
    [
      "a condition is open",
      { deals: [bids("a", "closing")], closing: { openConditions: 1, openSignatures: 3 } },
      "conditions",
    ],
    [
      "signatures are held",
      { deals: [bids("a", "closing")], closing: { openConditions: 0, openSignatures: 3 } },
      "sign",
    ],
    ["all is signed", { deals: [bids("a", "closing")], closing: { openConditions: 0, openSignatures: 0 } }, "close"],
    ["nothing is distributed", { deals: [bids("a", "complete")] }, "distribute"],
    [
      "payees wait",
      { deals: [bids("a", "complete")], money: { distributions: 1, payableMinor: 1n, deferred: 0 } },
      "distribute",
    ],
    [
      "escrow is held",
      { deals: [bids("a", "complete")], money: { distributions: 1, payableMinor: 0n, deferred: 1 } },
      "contingent",
    ],
    [
      "the last cent is paid",
      { deals: [bids("a", "complete")], money: { distributions: 2, payableMinor: 0n, deferred: 0 } },
      "over",
    ],
  ])("%s", (_, facts, phase) => {
    expect(phaseOf(sale(facts))).toBe(phase);
  });

  test("a bidder that goes on never takes the sale back", () => {
    const live = DEAL_STAGES.filter((stage) => stage !== "fallen-through");
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...live), { minLength: 1, maxLength: 5 }), fc.nat(4), (stages, which) => {
        const before = stages.map((stage, index) => bids(String(index), stage));
        const moved = before.map((one, index) => {
          const next = live[live.indexOf(one.stage as (typeof live)[number]) + 1];
          return index === which && next ? { ...one, stage: next } : one;
        });
        expect(isBack(phaseOf(sale({ deals: before })), phaseOf(sale({ deals: moved })))).toBe(false);
      }),
    );
  });
});

describe("what the run does next", () => {
  const fell = sale({ deals: [bids("a", "fallen-through", "7"), bids("b", "negotiating")] });
  test.each<[string, Partial<RunFacts>, object]>([
    ["it is done", { status: "done" }, { kind: "end" }],
    ["40.3 was closed", { open: false }, { kind: "stop" }],
    ["paused, it waits whatever happens", { status: "paused", sale: fell }, { kind: "wait" }],
    ["a bidder dropped out", { sale: fell }, { kind: "fallen", dealId: "a", cause: "fallen:7" }],
    ["once", { sale: fell, done: new Set(["fallen:7"]) }, { kind: "wait" }],
    [
      "again after it came back",
      { sale: sale({ deals: [bids("a", "fallen-through", "9")] }), done: new Set(["fallen:7"]) },
      { kind: "fallen", cause: "fallen:9" },
    ],
    [
      "a rule asks",
      { rollbacks: [{ kind: "market-crash", cause: "2026-01-31" }] },
      { kind: "ask", cause: "ask:market-crash:2026-01-31" },
    ],
    [
      "once for a fall",
      { rollbacks: [{ kind: "market-crash", cause: "2026-01-31" }], done: new Set(["ask:market-crash:2026-01-31"]) },
      { kind: "wait" },
    ],
    ["the facts went on", { sale: sale({ deals: [bids("a", "loi")] }) }, { kind: "phase", to: "loi" }],
    [
      "and back",
      { phase: "conditions", sale: sale({ deals: [bids("a", "negotiating")] }) },
      { kind: "phase", to: "negotiate" },
    ],
    [
      "all is paid",
      {
        phase: "over",
        sale: sale({ deals: [bids("a", "complete")], money: { distributions: 1, payableMinor: 0n, deferred: 0 } }),
      },
      { kind: "finish" },
    ],
  ])("%s", (_, facts, move) => {
    expect(nextRealizationMove(run(facts))).toMatchObject(move);
  });
});

describe("the backup", () => {
  const list = ["x", "y", "z", "w"].map((name) => ({ companyId: `company-${name}`, name }));
  test("is the furthest bidder that is left", () => {
    const deals = [bids("a", "fallen-through", "1"), bids("b", "negotiating"), bids("c", "due-diligence")];
    expect(backupFor(deals, list)).toEqual({ kind: "bidder", dealId: "c", bidder: "c" });
  });
  test("of several at the same stage the one whose bid is worth most to the group; unknown comes last", () => {
    const worth = (id: string, value: string | null) => ({ ...bids(id, "negotiating"), worth: value });
    const deals = [bids("a", "fallen-through", "1"), worth("b", null), worth("c", "9"), worth("d", "10")];
    expect(backupFor(deals, list)).toMatchObject({ dealId: "d" });
    expect(backupFor(deals.slice(0, 2), list)).toMatchObject({ dealId: "b" });
  });
  test("otherwise the best of the list who never bid, in its order, three at a time", () => {
    const deals = [bids("x", "fallen-through", "1")];
    expect(backupFor(deals, list)).toEqual({ kind: "candidates", candidates: list.slice(1) });
    expect(backupFor([], list)).toEqual({ kind: "candidates", candidates: list.slice(0, 3) });
  });
  test("is nobody where everybody was tried", () => {
    expect(backupFor([bids("x", "fallen-through", "1")], list.slice(0, 1))).toEqual({ kind: "none" });
  });
});

describe("the rules of 40.3", () => {
  const facts: RollbackFacts = {
    ...{ bids: [], target: "100", valuedOn: "2026-11-01", multiplesFall: null, crash: "" },
    ...{ today: "2026-11-22", startedOn: "2026-06-01", growth: [], departedOn: undefined },
  };
  const bid = (offerId: string, total: string | null) => ({ offerId, version: 1, total });
  const quarter = (day: string, value: string) => ({ day, value });
  // spec/stage-40, section 4: offers below 50 % of target valuation; multiples down 50 % or more; growth below 0 % for 2
  // quarters or more; a key person leaves.
  test.each<[string, Partial<RollbackFacts>, string[]]>([
    ["no bid", {}, []],
    ["exactly half is not below", { bids: [bid("a", "50")] }, []],
    ["below half", { bids: [bid("a", "49.99")] }, ["offers-low a:1:2026-11-01"]],
    ["the best counts", { bids: [bid("a", "10"), bid("b", "50")] }, []],
    ["an unknown bid may be better", { bids: [bid("a", "10"), bid("b", null)] }, []],
    ["no valuation to measure by", { bids: [bid("a", "10")], target: null }, []],
    ["49 % down", { multiplesFall: "0.49", crash: "2026-01-31" }, []],
    ["half down", { multiplesFall: "0.5", crash: "2026-01-31" }, ["market-crash 2026-01-31"]],
    ["one shrinking quarter", { growth: [quarter("2026-07-31", "0"), quarter("2026-10-31", "-0.1")] }, []],
    [
      "two of them",
      { growth: [quarter("2026-07-31", "-0.1"), quarter("2026-10-31", "-0.1")] },
      ["growth-negative 2026-07-31"],
    ],
    ["somebody left before the sale", { departedOn: "2026-05-31" }, []],
    ["somebody left during it", { departedOn: "2026-10-31" }, ["key-person 2026-10-31"]],
  ])("%s", (_, more, found) => {
    expect(saleRollbacks({ ...facts, ...more }).map(({ kind, cause }) => `${kind} ${cause}`)).toEqual(found);
  });
  test("the best bid is the one that brings all holders most", () => {
    expect(bestBid([bid("a", "9"), bid("b", "10")])?.offerId).toBe("b");
    expect(bestBid([])).toBeNull();
  });
  test("phases have one order", () => {
    expect(isBack("loi", "negotiate")).toBe(true);
    expect(PHASES.at(-1)).toBe("over");
  });
});
