import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { call } from "./test-support/calls";

const FILE = path.resolve(import.meta.dirname, "../../../shared/cases/c-valuation.json");

type Case = {
  id: string;
  inputs: Record<string, number & number[]>;
  expected: Record<string, number | number[] | boolean>;
  tolerance: { abs?: number; rel?: number };
};
type Translation = { tool: string; input: unknown; from: Record<string, string> };

/** From the source's terms to the tools; every case of the file must have its translation. */
const TRANSLATIONS: Readonly<Record<string, (inputs: Case["inputs"]) => Translation>> = {
  "c-dcf-nt1": ({ fcf, wacc, terminal_growth: growth }) => ({
    tool: "dcf",
    input: { freeCashFlows: fcf, discountRate: wacc, timing: "end", terminal: { growth } },
    from: { enterprise_value: "enterpriseValue" },
  }),
  "c-dcf-nt2": ({ fcf, wacc, terminal_multiple_of_final_fcf: multiple }) => ({
    tool: "dcf",
    input: { freeCashFlows: fcf, discountRate: wacc, timing: "end", terminal: { multiple } },
    from: { enterprise_value: "enterpriseValue" },
  }),
  "c-wacc-nt": ({ equity, debt, cost_of_equity, cost_of_debt, tax_rate }) => ({
    tool: "wacc",
    input: { equity, debt, costOfEquity: cost_of_equity, costOfDebt: cost_of_debt, taxRate: tax_rate },
    from: { wacc: "wacc" },
  }),
  "c-fcf-finsim": ({ ebit, tax_rate, d_and_a, capex, change_nwc }) => ({
    tool: "free-cash-flow",
    input: { ebit, taxRate: tax_rate, depreciation: d_and_a, capex, changeInWorkingCapital: change_nwc },
    from: { fcff: "freeCashFlow" },
  }),
  "c-inv-dev011": ({ final_fcf, wacc, growth }) => ({
    tool: "dcf",
    input: { freeCashFlows: [final_fcf], discountRate: wacc, timing: "end", terminal: { growth } },
    from: {},
  }),
  "c-comps-iib": ({ ebitda, multiples, debt = 0, preferred = 0, cash = 0, shares }) => ({
    tool: "multiples",
    input: {
      ...{ kind: "trading", metric: ebitda, outliers: "none", netDebt: debt + preferred - cash, shares },
      comparables: [{ name: "median", multiple: multiples?.[1] }],
    },
    from: { ev: "impliedEnterpriseValue", equity: "impliedEquityValue", per_share: "perShare" },
  }),
  "c-vc-base": ({ net_income_exit = 0, pe = 0, years, target_return }) => ({
    tool: "venture-capital",
    input: { exitValue: net_income_exit * pe, targetReturn: target_return, years, investment: 1 },
    from: { post_money: "postMoney" },
  }),
  "c-firstchicago": ({ outcomes_musd = [], probabilities = [] }) => ({
    tool: "first-chicago",
    input: {
      scenarios: [...outcomes_musd].map((value, index) => ({
        name: `s${index}`,
        value,
        probability: probabilities[index],
      })),
    },
    from: { expected_value_musd: "value" },
  }),
};

describe.runIf(existsSync(FILE))("every published case", () => {
  const cases: Case[] = existsSync(FILE) ? JSON.parse(readFileSync(FILE, "utf8")).cases : [];

  test.each(cases.map((one) => [one.id, one] as const))("%s", async (id, { inputs, expected, tolerance }) => {
    const translated = TRANSLATIONS[id]?.(inputs);
    if (!translated) throw new Error(`no translation of ${id}`);
    const answer = await call(translated.tool, translated.input);
    expect(answer.ok).toBe(expected.error !== true);
    if (!answer.ok) return;
    for (const [theirs, ours] of Object.entries(translated.from)) {
      const given = expected[theirs];
      const value = Array.isArray(given) ? Number(given[1]) : Number(given);
      const got = Number((answer.result as Record<string, unknown>)[ours]);
      expect(Math.abs(got - value)).toBeLessThanOrEqual(
        Math.max(tolerance.abs ?? 0, (tolerance.rel ?? 0) * Math.abs(value)),
      );
    }
  });
});
