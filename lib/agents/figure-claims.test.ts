import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { claimProblems, type FigureFact } from "./figure-claims";
import { METRIC_TERMS } from "./metric-terms";

const ID: Record<string, string> = {};
const facts = new Map<string, FigureFact>();
function figure(key: string, value: string | null, unit: string, label = key.replaceAll("_", " ")): void {
  const id = (Object.keys(ID).length + 1).toString(16).padStart(16, "0");
  ID[key] = id;
  facts.set(id, { method: key.includes(".") ? key : `metrics.venture.${key}@1`, label, unit, value });
}
figure("growth_rate", "0.24", "ratio", "Growth rate, year over year");
figure("net_revenue_retention", "1.04", "ratio", "Net revenue retention");
figure("gross_revenue_retention", "0.91", "ratio", "Gross revenue retention");
figure("cash_runway", "14", "months", "Cash runway");
figure("monthly_net_burn", "90000", "EUR", "Net burn per month");
figure("burn_multiple", "1.4", "multiple", "Burn multiple");
figure("cash", "1300000", "EUR", "Cash");
figure("mrr", "100000", "EUR", "MRR");
figure("arr", "1200000", "EUR", "ARR");
figure("valuation_change", "-0.18", "ratio", "Valuation change in a quarter");
figure("customer_concentration", "0.4", "ratio", "Revenue of the top 3 customers");
figure("growth.lever.measure@1", "0.8", "ratio", "Retention of Mid 50");
figure("growth.lever.against@1", "0.93", "ratio", "Retention of the best group");
figure("revenue_3m", "300000", "EUR", "Revenue, 3 months");

/** "{growth_rate}" stands for the reference to that figure. */
const said = (text: string) => text.replace(/\{([^}]+)\}/g, (_, key: string) => `[[fig:${ID[key] ?? "0".repeat(16)}]]`);
const codes = (text: string) => claimProblems(said(text), facts).map(({ code }) => code);

describe("the figure of another metric is refused", () => {
  test.each([
    "The growth rate is {net_revenue_retention}.",
    "Net revenue retention stands at {growth_rate}.",
    "NRR is {gross_revenue_retention}.",
    "- Cash runway: {burn_multiple}.",
    "The runway of {growth_rate} is short.",
    "ARR reached {mrr}.",
    "The burn multiple is {cash_runway}.",
    "Customer concentration is {growth_rate}.",
    "**Gross revenue retention** is {net_revenue_retention}.",
  ])("%s", (text) => {
    expect(codes(text)).toEqual(["wrong-figure"]);
  });
  test("two that were swapped are both refused, with the mismatch named", () => {
    const text = said("The growth rate is {net_revenue_retention}, while net revenue retention is {growth_rate}.");
    expect(claimProblems(text, facts)).toEqual([
      { code: "wrong-figure", found: "Growth over the year [[Net revenue retention]]" },
      { code: "wrong-figure", found: "Net revenue retention [[Growth rate, year over year]]" },
    ]);
  });
});

describe("a direction that the figures contradict is refused", () => {
  test.each([
    "The valuation rose by {valuation_change} in the quarter.",
    "Revenue fell by {growth_rate} over the year.",
    "Retention rose from {net_revenue_retention} to {gross_revenue_retention}.",
    "It fell from {growth.lever.measure@1} to {growth.lever.against@1}.",
    "At {growth.lever.measure@1} it is above the {growth.lever.against@1} of the best group.",
    "NRR of {net_revenue_retention} is below gross revenue retention of {gross_revenue_retention}.",
  ])("%s", (text) => {
    expect(codes(text)).toEqual(["wrong-direction"]);
  });
});

describe("what is right, or could be meant otherwise, passes", () => {
  test.each([
    "The growth rate is {growth_rate}.",
    "The venture grows by {growth_rate} over the year.",
    "The growth rate is {growth_rate}, while net revenue retention is {net_revenue_retention}.",
    "With a growth rate of {growth_rate}, {net_revenue_retention} of revenue was kept.",
    "Runway is {cash_runway} because cash is {cash} and net burn {monthly_net_burn}.",
    "The runway is short: {monthly_net_burn} is burnt each month.",
    "The burn multiple follows from net burn and net new ARR: {burn_multiple}.",
    "The valuation fell by {valuation_change} in the quarter.",
    "The valuation changed by {valuation_change}.",
    "Net revenue retention rests on revenue of {revenue_3m}.",
    "The retention gap: {growth.lever.measure@1} against {growth.lever.against@1}.",
    "Retention rose from {growth.lever.measure@1} to {growth.lever.against@1}.",
    "At {growth.lever.measure@1} it is below the {growth.lever.against@1} of the best group.",
    "At {growth.lever.measure@1} it is not above the {growth.lever.against@1} of the best group.",
    "Growth of {growth_rate} is above what was expected, with cash of {cash}.",
    "If it rose from {net_revenue_retention} to {gross_revenue_retention}, revenue would fall.",
    "It should bring {revenue_3m} of revenue over the coming year, between {mrr} and {arr}.",
    "MRR is {mrr} and ARR is {arr}.",
    "Growth and retention together say more than {growth_rate} alone.",
    "A figure that nobody knows: {nothing}.",
  ])("%s", (text) => {
    expect(codes(text)).toEqual([]);
  });

  test("each metric beside its own figure, under each of its names", () => {
    for (const { key, name } of METRIC_TERMS) {
      const own = new Map([
        ["0".repeat(16), { method: `metrics.venture.${key}@1`, label: name, unit: "ratio", value: "1" }],
      ]);
      expect(claimProblems(`${name} is [[fig:${"0".repeat(16)}]].`, own), name).toEqual([]);
    }
  });

  test("no text without figures is ever refused", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(claimProblems(text.replaceAll("[[", ""), facts)).toEqual([]);
      }),
    );
  });
});
