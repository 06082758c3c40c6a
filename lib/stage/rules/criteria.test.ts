import { describe, expect, test } from "vitest";
import { criteriaText, exitLines, growthLines, saleLines } from "./criteria";
import type { Bidding, SaleFacts } from "./realization";

const bid = (bidder: string, stage: Bidding["stage"]): Bidding => ({
  ...{ dealId: bidder, bidder, companyId: null, stage, fell: null },
});
const PAID: SaleFacts["money"] = { distributions: 1, payableMinor: 0n, deferred: 0 };
const sale = (deals: Bidding[], money: Partial<SaleFacts["money"]> = {}): SaleFacts => ({
  ...{ deals, closing: null, money: { ...PAID, ...money } },
});
const metIn = (lines: readonly { id: string; met: boolean }[]): string[] =>
  lines.filter(({ met }) => met).map(({ id }) => id.replace(/^\w+(\.\d)?\./, ""));

// "deal negotiated; transaction closed; value distributed" (spec/stage-40, section 2).
describe("the lines of 40.3", () => {
  test.each<[string, SaleFacts, string[]]>([
    ["nobody bids", sale([], { distributions: 0 }), []],
    ["talks only", sale([bid("A", "loi"), bid("B", "due-diligence")], { distributions: 0 }), []],
    ["an agreement", sale([bid("A", "definitive-agreement")], { distributions: 0 }), ["negotiated"]],
    ["an agreement that fell through", sale([bid("A", "fallen-through")], { distributions: 0 }), []],
    ["closed, nothing distributed", sale([bid("A", "complete")], { distributions: 0 }), ["negotiated", "closed"]],
    ["a payee is owed", sale([bid("A", "complete")], { payableMinor: 1n }), ["negotiated", "closed"]],
    ["everybody is paid", sale([bid("A", "complete")]), ["negotiated", "closed", "distributed"]],
    [
      "escrow held, all else paid",
      sale([bid("A", "complete")], { deferred: 2 }),
      ["negotiated", "closed", "distributed"],
    ],
  ])("%s", (_name, facts, met) => {
    expect(metIn(saleLines(facts))).toEqual(met);
  });
});

describe("the exit gate", () => {
  const over = sale([bid("A", "complete")]);
  const done = { growthDone: true, executed: true, growth: "0.2", target: 20, sale: over };
  test.each<[string, Partial<typeof done> | { growth: null }, string[]]>([
    ["everything is there", {}, ["growth-optimized", "executed", "value-captured"]],
    ["growth just below its target", { growth: "0.1999" }, ["executed", "value-captured"]],
    ["growth is not known", { growth: null }, ["executed", "value-captured"]],
    ["a line of 40.1 is open", { growthDone: false }, ["executed", "value-captured"]],
    ["the sale is not closed", { executed: false }, ["growth-optimized"]],
    ["escrow is held", { sale: sale([bid("A", "complete")], { deferred: 1 }) }, ["growth-optimized", "executed"]],
    ["a payee is owed", { sale: sale([bid("A", "complete")], { payableMinor: 5n }) }, ["growth-optimized", "executed"]],
  ])("%s", (_name, some, met) => {
    expect(metIn(exitLines({ ...done, ...some }))).toEqual(met);
  });

  test("what is missing is said by name", () => {
    const lines = exitLines({ ...done, growth: null, sale: sale([bid("A", "complete")], { deferred: 2 }) });
    expect(lines[0]?.found).toEqual(["Growth is not known.", "Every line of 40.1 holds."]);
    expect(lines[2]?.found).toEqual(["2 tranches of the sale still held back."]);
  });
});

test("a line of 40.1 that nobody can tell is not met", () => {
  const line = { key: "metrics-improved" as const, evidence: "No initiative has been measured." };
  expect(growthLines([{ ...line, holds: null }])).toMatchObject([{ id: "40.1.metrics-improved", met: false }]);
  expect(growthLines([{ ...line, holds: true }])).toMatchObject([{ met: true }]);
});

test("the same criteria are the same text in any order", () => {
  expect(criteriaText(["b", "a"])).toBe(criteriaText(["a", "b"]));
});
