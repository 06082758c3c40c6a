import type Fraction from "fraction.js";
import { defineTool, type Tool, type ToolCall } from "@/lib/agents/define-tool";
import { dayCountConvention } from "@/lib/distribution/rules/day-count";
import { approximate } from "@/lib/distribution/rules/exact";
import { moneyUnit } from "@/lib/distribution/rules/payout-figures";
import { exactOf } from "@/lib/distribution/rules/rates";
import { bounded, stated } from "@/lib/distribution/rules/stated";
import { ok } from "@/lib/errors";
import { makeFigure } from "@/lib/figures/rules";
import type { Figure, Unit } from "@/lib/figures/schema";
import { type Described, givenFigures, givenInputs } from "@/lib/metrics/rules/given-figures";
import { known, type Measure } from "@/lib/metrics/rules/measure";
import { accrue } from "../rules/accrual";
import { antiDilution } from "../rules/anti-dilution";
import { type SafeConversion, safeConversion } from "../rules/safe-conversion";
import { treasuryMethod } from "../rules/treasury-method";
import * as schema from "../schema/computing";

const computing = { effect: "read", pure: true, reads: ["pure"], writes: [] } as const;

const figuresOf = (
  measures: Readonly<Record<string, Measure>>,
  described: readonly Described[],
  input: Readonly<Record<string, unknown>>,
  { now }: ToolCall,
) => givenFigures(bounded(measures), described, givenInputs(input), now.toISOString().slice(0, 10), "cap-table");

const exactly = (value: Fraction): Measure => known(exactOf(value));

type Line = { name: string; of: string | null; label: string; unit: Unit; formula: string; value: Fraction };

function conversionLines({ currency }: schema.SafeConversionInput, found: SafeConversion): Line[] {
  const price = "pre-money ÷ the shares that it counts";
  const total = "before + converting + pool increase + new";
  const line = (
    name: string,
    label: string,
    unit: Unit,
    formula: string,
    value: Fraction,
    of: string | null = null,
  ) => ({
    ...{ name, of, label, unit, formula, value },
  });
  return [
    line("pricePerShare", "Price per share of the round", moneyUnit(currency), price, found.pricePerShare),
    line("totalShares", "Shares after the round", "shares", total, found.totalShares),
    line("newShares", "Shares for new money", "shares", "new money ÷ price per share", found.newShares),
    line("poolIncrease", "Shares added to the pool", "shares", "as given, or up to the target", found.poolIncrease),
    ...found.securities.map(({ id, shares }) =>
      line("shares", `Shares that ${id} converts into`, "shares", "claim ÷ conversion price", shares, id),
    ),
    ...[...found.ownership].map(([id, part]) =>
      line("ownership", `Part of ${id} after the round`, "ratio", "shares ÷ shares after the round", part, id),
    ),
  ];
}

function conversionFigures(input: schema.SafeConversionInput, found: SafeConversion, { now }: ToolCall): Figure[] {
  const terms = givenInputs(input);
  return conversionLines(input, found).map(({ name, of, label, unit, formula, value }) =>
    makeFigure({
      ...{ label, unit, formula, value: exactOf(value).toSignificantDigits(30).toFixed() },
      asOf: now.toISOString().slice(0, 10),
      method: `cap-table.safeConversion.${name}@1`,
      inputs: of === null ? terms : { ...terms, of: { value: of } },
      sources: [{ kind: "given", by: "caller" }],
    }),
  );
}

function conversionWarnings({ safes, notes, round }: schema.SafeConversionInput, found: SafeConversion): string[] {
  const warnings: string[] = [];
  for (const { id, cap, discount } of [...safes, ...notes]) {
    if (cap === undefined && discount === undefined)
      warnings.push(`${id} has neither cap nor discount and converts at the price of the round`);
    if (Number(discount ?? 0) > 0.5)
      warnings.push(`${id}: a discount of ${discount} leaves less than half of the price`);
  }
  if (round.poolTarget !== undefined && found.poolIncrease.n === 0n)
    warnings.push("The pool before the round is enough for the target; it is not made smaller");
  return warnings;
}

const safeConversionTool = defineTool({
  name: "cap-table.safe-conversion",
  description:
    "A priced round over SAFEs and notes: price per share, what each converts at and into, the pool increase and everyone's part",
  input: schema.safeConversionInput,
  output: schema.safeConversionOutput,
  ...computing,
  run: (input, call) => {
    const outcome = safeConversion(input);
    if (!outcome.ok) return outcome;
    const found = outcome.value;
    const securities = found.securities.map(({ id, conversionPrice, shares }) => {
      return [id, { conversionPrice: approximate(conversionPrice), shares: approximate(shares) }] as const;
    });
    return ok({
      result: {
        pricePerShare: approximate(found.pricePerShare),
        companyCapitalization: approximate(found.companyCapitalization),
        securities: Object.fromEntries(securities),
        newShares: approximate(found.newShares),
        poolIncrease: approximate(found.poolIncrease),
        totalShares: approximate(found.totalShares),
        ownership: Object.fromEntries([...found.ownership].map(([id, part]) => [id, approximate(part)])),
        reasons: {} as Record<string, string>,
      },
      figures: conversionFigures(input, found, call),
      conventions: {
        conversionPrice: "the lowest of cap price, (1 − discount) × price of the round, price of the round",
        companyCapitalization:
          "stock, options, the pool before the round and everything that converts; not the pool increase, not the new money",
        postMoneyCap: "cap ÷ company capitalization",
        preMoneyCap: "cap ÷ (stock, options, pool and its increase), without what converts",
        noteCap: "cap ÷ (stock, options, pool before the round), without what converts",
        preMoney:
          "counts the pool increase, SAFEs, and notes by percent-ownership; by dollars-invested the notes' money is added to it as well; notes by pre-money are left out",
        poolTarget: "the unissued pool after the round, of all shares; a pool that is large enough stays",
        shares: "fractional, not rounded",
      },
      warnings: conversionWarnings(input, found),
    });
  },
});

const antiDilutionTool = defineTool({
  name: "cap-table.anti-dilution",
  description:
    "The conversion price of a protected class after an issue below it, and how many shares one converts into",
  input: schema.antiDilutionInput,
  output: schema.antiDilutionOutput,
  ...computing,
  run: (input, call) => {
    const measures = antiDilution(input);
    const formula =
      input.kind === "full-ratchet"
        ? "the price of the issue"
        : "CP × (A + B) ÷ (A + C); B = new money ÷ CP, C = new shares";
    const described: Described[] = [
      { name: "adjustedPrice", label: "Conversion price after the issue", unit: moneyUnit(undefined), formula },
      { name: "ratio", label: "Conversion ratio", unit: "multiple", formula: "conversion price before ÷ after" },
    ];
    return ok({
      result: stated(measures),
      figures: figuresOf(measures, described, input, call),
      conventions: {
        direction: "never upwards: an issue at or above the conversion price, or of no shares, changes nothing",
        outstanding:
          input.kind === "narrow-based"
            ? "the shares that the charter counts for a narrow base, as given"
            : "all shares as converted with options outstanding, not the unissued pool, as given",
        ratio: "conversion price before ÷ after, as if it was issued at the price before",
      },
    });
  },
});

const treasuryMethodTool = defineTool({
  name: "cap-table.treasury-method",
  description: "Net shares of options and warrants when what exercising brings buys shares back at the deal price",
  input: schema.treasuryMethodInput,
  output: schema.treasuryMethodOutput,
  ...computing,
  run: (input, call) => {
    const { diluted, instruments } = treasuryMethod(input.price, input.instruments);
    const rows = instruments.map(({ id, netShares, repurchased }) => {
      return [id, { netShares: approximate(netShares), repurchased: approximate(repurchased) }] as const;
    });
    const formula = "Σ shares × (1 − strike ÷ price), in the money only";
    const described: Described = { name: "dilutedShares", label: "Diluted shares", unit: "shares", formula };
    return ok({
      result: {
        dilutedShares: approximate(diluted),
        perInstrument: Object.fromEntries(rows),
        reasons: {} as Record<string, string>,
      },
      figures: figuresOf({ dilutedShares: exactly(diluted) }, [described], input, call),
      conventions: {
        price: "the price of the deal, not today's",
        outOfTheMoney: "at or above the price nothing is exercised or repurchased",
        shares: "fractional, not rounded; stock is an instrument with strike 0",
      },
    });
  },
});

const ACCRUAL_FORMULAS = {
  simple: "base × rate × years",
  compound: "base × ((1 + rate ÷ m)^(m × years) − 1)",
} as const;

const accrueTool = defineTool({
  name: "cap-table.accrue",
  description:
    "Dividends or interest accrued on a base, and the claim with it, with end fee and change-of-control multiple",
  input: schema.accrueInput,
  output: schema.accrueOutput,
  ...computing,
  run: (input, call) => {
    const outcome = accrue(input);
    if (!outcome.ok) return outcome;
    const measures = { accrued: known(outcome.value.accrued), claim: known(outcome.value.claim) };
    const unit = moneyUnit(input.currency);
    const formula = ACCRUAL_FORMULAS[input.compounding === "simple" ? "simple" : "compound"];
    const claim = "base × change-of-control multiple + accrued + end fee";
    const described: Described[] = [
      { name: "accrued", label: input.kind === "interest" ? "Interest accrued" : "Dividends accrued", unit, formula },
      { name: "claim", label: "Claim", unit, formula: claim },
    ];
    return ok({
      result: stated(measures),
      figures: figuresOf(measures, described, input, call),
      conventions: {
        compounding: `${input.compounding}; m is 1, 2, 4, 12 or 365 a year, parts of a period by the exponent`,
        dayCount: input.years === undefined ? dayCountConvention(input.dayCount) : "years as given",
        claim: `${claim}; the end fee is an amount`,
        rounding: "none; amounts are rounded when they are paid",
        ...(input.kind === "dividend" && {
          declared: input.declared === undefined ? "cumulative" : "not cumulative: accrues only if declared",
        }),
      },
    });
  },
});

/** Arithmetic over what the caller gives, beside vesting; lib/cap-table/tools.ts lists them. */
export const termTools: readonly Tool[] = [
  safeConversionTool,
  antiDilutionTool,
  treasuryMethodTool,
  accrueTool,
] as unknown as Tool[];
