import type Fraction from "fraction.js";
import type { z } from "zod";
import { contradiction, defineTool, type Tool, type ToolCall } from "@/lib/agents/define-tool";
import { digestOf } from "@/lib/figures/rules";
import type { Figure } from "@/lib/figures/schema";
import { type Breakpoint, engineSchedule, type Schedule } from "./rules/breakpoints";
import {
  classConventions,
  currencyConvention,
  roundingConvention,
  waterfallConventions,
  waterfallWarnings,
} from "./rules/conventions";
import { approximate, payment, rational } from "./rules/exact";
import { type Given, moneyFigure } from "./rules/payout-figures";
import { payments } from "./rules/stated";
import {
  digitsOf,
  liquidationWaterfall,
  type PayoffRow,
  payoffCurve,
  readEngine,
  type Waterfall,
} from "./rules/waterfall";
import {
  breakpointsInput,
  breakpointsOutput,
  payoffCurveInput,
  payoffCurveOutput,
  type ShareClass,
  type WaterfallInput,
  waterfallInput,
  waterfallOutput,
} from "./schema";
import { priceTools } from "./tools/price";
import { returnTools } from "./tools/returns";

const givenOf = (currency: string | undefined, inputs: Given["inputs"], call: ToolCall): Given => ({
  ...{ currency, inputs },
  asOf: call.now.toISOString().slice(0, 10),
  by: call.actor?.ref ?? call.agent ?? "caller",
});

/** Many classes stand among a figure's inputs as their digest. */
const MOST_NAMED = 40;
const namedClasses = (classes: readonly ShareClass[]) => (classes.length > MOST_NAMED ? digestOf(classes) : classes);

function waterfallFigures(input: WaterfallInput, waterfall: Waterfall, call: ToolCall): Figure[] {
  const { classes, ...terms } = input;
  const given = givenOf(input.currency, { terms: { value: terms }, classes: { value: namedClasses(classes) } }, call);
  const line = {
    method: "distribution.liquidationWaterfall@1",
    formula: "claims by rank, then shares × common price, each class at its best choice",
  };
  return [...waterfall.payouts].map(([id, amount]) => {
    const label = `Proceeds to ${classes.find((one) => one.id === id)?.name ?? id}`;
    return moneyFigure({ ...line, label, of: { class: { value: id } } }, amount, null, given);
  });
}

/** Beyond this many numbers, what a class receives is asked of distribution.waterfall, one exit at a time. */
const MOST_FIGURES = 300;

function curveFigures(input: z.infer<typeof payoffCurveInput>, rows: readonly PayoffRow[], call: ToolCall): Figure[] {
  const { classes, mandatoryConversion, currency } = input;
  if (classes.length * rows.length > MOST_FIGURES) return [];
  const given = givenOf(
    currency,
    { classes: { value: namedClasses(classes) }, mandatoryConversion: { value: mandatoryConversion ?? null } },
    call,
  );
  return rows.flatMap(({ exit, payouts }) =>
    [...payouts].map(([id, amount]) => {
      const label = `To ${classes.find((one) => one.id === id)?.name ?? id} at an exit of ${exit}`;
      const formula = "claims by rank, then shares × common price, each class at its best choice";
      const of = { class: { value: id }, exit: { value: exit } };
      return moneyFigure({ label, formula, method: "distribution.payoffCurve@1", of }, rational(amount), null, given);
    }),
  );
}

function breakpointFigures(
  { classes, mandatoryConversion, currency }: z.infer<typeof breakpointsInput>,
  breakpoints: readonly Breakpoint[],
  call: ToolCall,
): Figure[] {
  if (breakpoints.length > MOST_FIGURES) return [];
  const given = givenOf(
    currency,
    { classes: { value: namedClasses(classes) }, mandatoryConversion: { value: mandatoryConversion ?? null } },
    call,
  );
  return breakpoints.map(({ at, reason, ids }, place) => {
    const label = `Exit at which the split changes: ${reason} of ${ids.join(", ")}`;
    const of = {
      reason: { value: reason },
      ids: { value: ids },
      place: { value: place },
    };
    const formula = "the exit at which the common price reaches the point";
    return moneyFigure({ label, formula, method: "distribution.breakpoint@1", of }, at, null, given);
  });
}

const waterfall = defineTool({
  name: "distribution.waterfall",
  description:
    "Who receives what of the proceeds of an exit: costs, debt, carve-out, preferences by rank, participation, conversion as a Nash equilibrium, options net of strike, SAFEs and notes.",
  input: waterfallInput,
  output: waterfallOutput,
  effect: "read",
  pure: true,
  reads: ["pure"],
  writes: [],
  run: (input, call) => {
    const outcome = liquidationWaterfall(input);
    if (!outcome.ok) return outcome;
    const { value } = outcome;
    const { commonPrice } = value;
    const breakdown = [...value.breakdown].map(([id, parts]) => [
      id,
      {
        preference: payment(parts.preference),
        participation: payment(parts.participation),
        conversion: payment(parts.conversion),
        strikeOffset: payment(parts.strikeOffset),
      },
    ]);
    return {
      ok: true,
      value: {
        result: {
          payouts: payments(value.payouts),
          converted: value.converted,
          indifferent: value.indifferent,
          commonPrice: commonPrice ? approximate(commonPrice) : null,
          breakdown: Object.fromEntries(breakdown),
          carveOut: payment(value.carveOut),
          transactionCosts: payment(value.transactionCosts),
          ...(commonPrice ? {} : { reasons: { commonPrice: "no-shares-in-the-residual" } }),
        },
        figures: waterfallFigures(input, value, call),
        conventions: waterfallConventions(input, digitsOf(input.currency)),
        warnings: waterfallWarnings(input, value),
      },
    };
  },
});

const payoffCurveTool = defineTool({
  name: "distribution.payoff-curve",
  description: "What each class receives at each of a list of exits, and which classes convert there.",
  input: payoffCurveInput,
  output: payoffCurveOutput,
  effect: "read",
  pure: true,
  reads: ["pure"],
  writes: [],
  run: (input, call) => {
    const { classes, exits, mandatoryConversion, currency } = input;
    const digits = digitsOf(currency);
    const curve = payoffCurve(classes, exits, mandatoryConversion, digits);
    if (!curve.ok) return curve;
    const rows = curve.value.map((row) => ({ ...row, payouts: Object.fromEntries(row.payouts) }));
    const conventions = {
      ...classConventions(classes, mandatoryConversion !== undefined),
      rounding: roundingConvention(digits),
      currency: currencyConvention(currency),
      exits: "proceeds to debt and equity, after costs and carve-out",
      figures: `for up to ${MOST_FIGURES} numbers; beyond that, ask distribution.waterfall for one exit`,
    };
    return { ok: true, value: { result: { rows }, figures: curveFigures(input, curve.value, call), conventions } };
  },
});

function breakpointWarnings({ jumps, slopes }: Schedule, within: (at: Fraction) => boolean): string[] {
  const warnings = jumps
    .filter(within)
    .map((at) => `Payoffs jump at ${payment(at)}: a majority of the preferred begins or ceases to impose conversion`);
  if (slopes.at(-1)?.shares.every((share) => share.equals(0)))
    warnings.push("Above the last breakpoint nobody is entitled to anything more");
  return warnings;
}

const breakpointsTool = defineTool({
  name: "distribution.breakpoints",
  description:
    "The exits at which the split of each further unit of money changes (debt, preference, exercise, cap, conversion, forced jumps), and the split between them.",
  input: breakpointsInput,
  output: breakpointsOutput,
  effect: "read",
  pure: true,
  reads: ["pure"],
  writes: [],
  run: (input, call) => {
    const { classes, upTo, mandatoryConversion } = input;
    const engine = readEngine(classes, mandatoryConversion);
    if (!engine.ok) return engine;
    const schedule = engineSchedule(engine.value);
    const limit = upTo === undefined ? null : rational(upTo);
    if (limit?.equals(0)) return contradiction("upTo", "an exit above 0");
    const within = (at: Fraction) => limit === null || at.lte(limit);
    const slopes = schedule.slopes.filter(({ from }) => from.equals(0) || (within(from) && !limit?.equals(from)));
    const breakpoints = schedule.breakpoints.filter(({ at }) => within(at));
    return {
      ok: true,
      value: {
        result: {
          breakpoints: breakpoints.map(({ at, reason, ids }) => ({ at: approximate(at), reason, ids })),
          slopes: slopes.map(({ from, to, shares }, index) => ({
            from: approximate(from),
            to: to && index < slopes.length - 1 ? approximate(to) : null,
            shares: Object.fromEntries(classes.map(({ id }, i) => [id, shares[i] ? approximate(shares[i]) : 0])),
          })),
        },
        figures: breakpointFigures(input, breakpoints, call),
        conventions: {
          ...classConventions(classes, mandatoryConversion !== undefined),
          exits: "proceeds to debt and equity, after costs and carve-out; exact, not rounded to the minor unit",
          lastSlope: limit ? "the last slope is the one at upTo; its end is not given" : "the last slope has no end",
        },
        warnings: breakpointWarnings(schedule, within),
      },
    };
  },
});

/** Computing tools of the room; lib/agents/registry.ts lists them. */
export const distributionTools: readonly Tool[] = [
  ...([waterfall, payoffCurveTool, breakpointsTool] as unknown as Tool[]),
  ...priceTools,
  ...returnTools,
];
