import type Fraction from "fraction.js";
import { defineTool, type Tool, type ToolCall } from "@/lib/agents/define-tool";
import { ok } from "@/lib/errors";
import type { Figure } from "@/lib/figures/schema";
import { givenInputs } from "@/lib/metrics/rules/given-figures";
import { contingentPayouts, type Paid, type Release } from "../rules/contingent";
import { classConventions, currencyConvention, roundingConvention } from "../rules/conventions";
import { earnOut } from "../rules/earn-out";
import { payment, sum } from "../rules/exact";
import { type Given, moneyFigure } from "../rules/payout-figures";
import { purchasePrice } from "../rules/purchase-price";
import { bounded, payments, stated } from "../rules/stated";
import { digitsOf } from "../rules/waterfall";
import type { ShareClass } from "../schema";
import * as schema from "../schema/price";

const computing = { effect: "read", pure: true, reads: ["pure"], writes: [] } as const;

const givenOf = (input: Readonly<Record<string, unknown>>, currency: string | undefined, call: ToolCall): Given => ({
  currency,
  inputs: givenInputs(input),
  asOf: call.now.toISOString().slice(0, 10),
  by: call.actor?.ref ?? call.agent ?? "caller",
});

/** Beyond this many, what a class receives is asked of one release at a time. */
const MOST_FIGURES = 300;

function contingentFigures(
  classes: readonly ShareClass[],
  releases: readonly Release[],
  paid: readonly Paid[],
  given: Given,
): Figure[] {
  if (classes.length * releases.length > MOST_FIGURES) return [];
  return paid.flatMap(({ payouts }, index) =>
    [...payouts].map(([id, amount]) => {
      const label = `${releases[index]?.label ?? "Release"}: to ${classes.find((one) => one.id === id)?.name ?? id}`;
      const formula = "the part of all consideration so far, as if one payment, less what was paid before";
      const of = { class: { value: id }, release: { value: index } };
      return moneyFigure({ label, formula, method: "distribution.contingentPayout@1", of }, amount, null, given);
    }),
  );
}

const contingent = defineTool({
  name: "distribution.contingent",
  description:
    "Who receives what of each release (closing, escrow, earn-out) as if all so far were one payment, less what was paid before",
  input: schema.contingentInput,
  output: schema.contingentOutput,
  ...computing,
  run: ({ classes, releases, currency }, call) => {
    const digits = digitsOf(currency);
    const paid = contingentPayouts(classes, releases, digits);
    if (!paid.ok) return paid;
    const rows = paid.value.map(({ payouts, converted, soFar }, index) => ({
      ...{ ...releases[index], label: releases[index]?.label ?? "", amount: releases[index]?.amount ?? 0 },
      ...{ payouts: payments(payouts), converted, soFar: payment(soFar) },
    }));
    const totals = new Map(
      classes.map(({ id }) => [id, sum(paid.value.flatMap(({ payouts }) => payouts.get(id) ?? []))] as const),
    );
    return ok({
      result: { releases: rows, payouts: rows.map(({ payouts }) => payouts), totals: payments(totals) },
      figures: contingentFigures(classes, releases, paid.value, givenOf({ classes, releases }, currency, call)),
      conventions: {
        ...classConventions(classes, false),
        rounding: `${roundingConvention(digits)}; nobody pays a rounded unit back`,
        currency: currencyConvention(currency),
        order: "by date where every release has one, otherwise as listed; answers are in the order given",
        escrow: "a release is split after what was paid before, not by the percentages of the closing",
      },
    });
  },
});

const earnOutTool = defineTool({
  name: "distribution.earn-out",
  description: "What an earn-out pays per outcome of its metric, its expected value and what that is worth today",
  input: schema.earnOutInput,
  output: schema.earnOutOutput,
  ...computing,
  run: (input, call) => {
    const digits = digitsOf(input.currency);
    const outcome = earnOut(input, digits);
    if (!outcome.ok) return outcome;
    const { payouts, expected, presentValue } = outcome.value;
    const given = givenOf(input, input.currency, call);
    const figures = Object.entries(bounded({ expected, presentValue })).map(([name, measure]): Figure => {
      const line = {
        label: name === "expected" ? "Expected earn-out" : "Present value of the earn-out",
        method: `distribution.earnOut.${name}@1`,
        formula:
          name === "expected"
            ? "Σ probability × payoff of the outcome"
            : "expected earn-out ÷ (1 + discount rate)^years",
        of: {},
      };
      const figure = moneyFigure(line, null, measure.value === null ? measure.reason : null, given);
      return measure.value === null ? figure : { ...figure, value: measure.value.toSignificantDigits(30).toFixed() };
    });
    return ok({
      result: { payouts: payouts.map(payment), ...stated({ expected, presentValue }) },
      figures,
      conventions: {
        payoff:
          "nothing below the threshold; at it amountAtThreshold, above it ratePerUnit for each unit, up to the cap",
        expected: "the payoff is taken per outcome, then weighted; a single outcome counts as certain",
        presentValue: "expected ÷ (1 + discountRate)^years",
        rounding: `payouts to ${digits} digits, half up; expected and present value are not rounded`,
        currency: currencyConvention(input.currency),
      },
    });
  },
});

const PRICE_LINES = {
  workingCapitalAdjustment: ["Working-capital adjustment", "actual − peg, nothing within the collar"],
  equityProceeds: ["Equity proceeds", "enterprise value + cash − debt ± working capital − transaction costs"],
  atClosing: ["Paid at closing", "equity proceeds − withheld"],
  withheld: ["Withheld in escrow", "rate × equity proceeds, or the amount agreed"],
} as const;

const COLLAR = {
  edge: "within the collar nothing; beyond it what exceeds the collar",
  zero: "within the collar nothing; beyond it everything from the peg on",
} as const;

const purchasePriceTool = defineTool({
  name: "distribution.purchase-price",
  description:
    "From a cash-free, debt-free price to equity proceeds: cash, debt, working capital against its peg, costs, escrow",
  input: schema.purchasePriceInput,
  output: schema.purchasePriceOutput,
  ...computing,
  run: (input, call) => {
    const digits = digitsOf(input.currency);
    const price = purchasePrice(input, digits);
    if (!price.ok) return price;
    const lines: Record<keyof typeof PRICE_LINES, Fraction | null> = price.value;
    const under = lines.atClosing === null;
    const given = givenOf(input, input.currency, call);
    const names = Object.keys(PRICE_LINES) as (keyof typeof PRICE_LINES)[];
    const { workingCapitalAdjustment, equityProceeds } = price.value;
    return ok({
      result: {
        workingCapitalAdjustment: payment(workingCapitalAdjustment),
        equityProceeds: payment(equityProceeds),
        atClosing: lines.atClosing ? payment(lines.atClosing) : null,
        withheld: lines.withheld ? payment(lines.withheld) : null,
        reasons: (under ? { atClosing: "no-proceeds", withheld: "no-proceeds" } : {}) as Record<string, string>,
      },
      figures: names.map((name) => {
        const [label, formula] = PRICE_LINES[name];
        const line = { label, formula, method: `distribution.purchasePrice.${name}@1`, of: {} };
        return moneyFigure(line, lines[name], "no-proceeds", given);
      }),
      conventions: {
        workingCapital: COLLAR[input.workingCapital?.outside ?? "edge"],
        escrow: "a rate is of the equity proceeds; the rest is paid at closing",
        rounding: `each line to ${digits} digits, half up; closing and withheld add up to the equity proceeds`,
        currency: currencyConvention(input.currency),
      },
      warnings: under
        ? [`Debt and costs exceed the price by ${payment(equityProceeds.neg())}; nothing is left for holders`]
        : [],
    });
  },
});

/** From the price to the holders; lib/agents/registry.ts lists them. */
export const priceTools: readonly Tool[] = [contingent, earnOutTool, purchasePriceTool] as unknown as Tool[];
