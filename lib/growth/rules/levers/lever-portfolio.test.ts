import { describe, expect, test } from "vitest";
import { Exact } from "@/lib/money";
import { roomOf } from "./lever-overlap";
import { choosePortfolio, type PortfolioFacts } from "./lever-portfolio";
import type { CustomerYear } from "./lever-rates";
import { findLevers } from "./levers";

const segment = (name: string, count: number, left: number, grown = 0): CustomerYear[] =>
  Array.from({ length: count }, (_, index) => ({
    ...{ id: `${name}-${index}`, segment: name, channel: null, before: new Exact(1_000) },
    now: new Exact(index < left ? 0 : index < left + grown ? 1_500 : 1_000),
  }));

const list = [
  ...segment("a", 30, 0, 15),
  ...segment("b", 30, 6),
  ...segment("c", 30, 9),
  ...segment("d", 30, 12),
  ...segment("e", 30, 15),
];

const { levers } = findLevers({
  ...{
    seed: "portfolio",
    customers: list,
    prices: [],
    cohorts: [],
    funnel: null,
    benchmarks: [],
    spentByChannel: null,
  },
  ...{ grossMarginRatio: new Exact("0.8"), costPerHead: new Exact(1_000) },
});

const facts = (more: Partial<PortfolioFacts> = {}): PortfolioFacts => ({
  ...{ currency: "EUR", budget: new Exact(100_000), places: 10, minimumRoi: 2, underWay: [] },
  ...{ room: roomOf(list), grossMargin: 0.8, ...more },
});
const choose = (more: Partial<PortfolioFacts> = {}) => choosePortfolio(levers, facts(more));
const reasons = (more: Partial<PortfolioFacts> = {}) =>
  Object.fromEntries(choose(more).choices.map(({ id, reason }) => [id, reason]));

test("five at most, whatever the profile allows, and each out for a reason", () => {
  const portfolio = choose();
  expect(levers.length).toBeGreaterThan(5);
  expect(portfolio.chosen).toHaveLength(5);
  expect(portfolio.places).toBe(5);
  expect(portfolio.short).toBe(false);
  expect(portfolio.choices.filter(({ reason }) => reason === "chosen")).toHaveLength(5);
  expect(portfolio.choices.some(({ reason }) => reason === "number")).toBe(true);
});

test("the chosen set costs no more than the budget, and takes what each needs", () => {
  for (const budget of [4_000, 9_000, 14_000, 21_000, 30_000]) {
    const { chosen, choices } = choose({ budget: new Exact(budget) });
    const cost = chosen.reduce((sum, { outcome }) => sum + (outcome.cost?.p50 ?? 0), 0);
    expect(cost).toBeLessThanOrEqual(budget + 0.05);
    const ids = chosen.map(({ id }) => id);
    for (const { id, needs } of choices)
      if (ids.includes(id)) expect(needs.every((need) => ids.includes(need))).toBe(true);
  }
});

test("the range of a sum is narrower than the sum of the ranges", () => {
  const { chosen, joint } = choose();
  const effect = joint?.effect;
  const sum = (part: "p10" | "p90") => chosen.reduce((total, { outcome }) => total + outcome.effect[part], 0);
  expect(effect?.p10).toBeGreaterThan(sum("p10"));
  expect(effect?.p90).toBeLessThan(sum("p90"));
});

describe("why one is out", () => {
  const top = levers[0]?.id ?? "";

  test.each<[string, Partial<PortfolioFacts>, string]>([
    ["an initiative is under way", { underWay: [top] }, "under-way"],
    ["the profile asks for more", { minimumRoi: 1_000 }, "below-minimum"],
    ["the budget is not known", { budget: null }, "no-budget"],
    ["the budget is used up", { budget: new Exact(0) }, "budget"],
    ["no place is left", { places: 0 }, "number"],
    ["more run than the profile allows", { places: -2 }, "number"],
  ])("%s", (_name, more, reason) => {
    expect(reasons(more)[top]).toBe(reason);
    expect(choose(more).chosen.map(({ id }) => id)).not.toContain(top);
  });

  test("without a return nothing is chosen, and it is said to be short", () => {
    const unknown = findLevers({
      ...{ seed: "x", customers: list, prices: [], cohorts: [], funnel: null, benchmarks: [], spentByChannel: null },
      ...{ grossMarginRatio: null, costPerHead: new Exact(1_000) },
    }).levers;
    const portfolio = choosePortfolio(unknown, facts());
    expect(portfolio).toMatchObject({ chosen: [], joint: null, short: true });
    expect(new Set(portfolio.choices.map(({ reason }) => reason))).toEqual(new Set(["unknown-return"]));
  });

  test("what it needs may be running already", () => {
    const expansion = levers.find(({ kind }) => kind === "expansion-gap");
    const needed = `retention-gap:${expansion?.subject}`;
    expect(choose().choices.find(({ id }) => id === expansion?.id)?.needs).toEqual([needed]);
    expect(choose({ underWay: [needed] }).choices.find(({ id }) => id === expansion?.id)?.needs).toEqual([]);
  });
});
