import { defineTool } from "@/lib/agents/define-tool";
import { ok, refuse } from "@/lib/errors";
import { neededBy } from "@/lib/figures/rules";
import type { Figure } from "@/lib/figures/schema";
import type { VentureLevers } from "../queries/levers/levers";
import type { LeverFigures } from "../rules/levers/lever-figures";
import {
  CHOICE_REASONS,
  CONFIDENCE_REASONS,
  LEVER_DISPROOF,
  MISSING_REASONS,
  ventureLeversInputSchema,
  ventureLeversOutputSchema,
} from "../schema";

function mapFigures<T>(figures: LeverFigures, of: (figure: Figure) => T): Record<keyof LeverFigures, T> {
  return Object.fromEntries(Object.entries(figures).map(([name, figure]) => [name, of(figure)])) as Record<
    keyof LeverFigures,
    T
  >;
}

/** As many as an agent can weigh; what is chosen is always among them. */
const MOST_TOLD = 20;

/** What was found with only the levers that are told. */
function toldOf(found: VentureLevers): VentureLevers {
  const chosen = new Set(found.portfolio?.choice.chosen.map(({ id }) => id));
  const levers = found.levers.filter(({ lever }, index) => index < MOST_TOLD || chosen.has(lever.id));
  return { ...found, levers };
}

/** The figures of what is told, with what they rest on and nothing else. */
function toldFigures({ levers, portfolio }: VentureLevers, all: readonly Figure[]): Figure[] {
  const own = [...levers.flatMap(({ figures }) => Object.values(figures)), ...Object.values(portfolio?.figures ?? {})];
  const ids = new Set(own.flatMap((figure) => neededBy(figure, all)).map(({ id }) => id));
  return all.filter(({ id }) => ids.has(id));
}

function leverRows({ levers, portfolio, minimumRoi }: VentureLevers, ranked: VentureLevers["levers"]) {
  return levers.map((found) => {
    const { lever, figures } = found;
    const choice = portfolio?.choice.choices.find(({ id }) => id === lever.id);
    const roi = lever.outcome.roi?.p50 ?? null;
    return {
      ...{ id: lever.id, kind: lever.kind, subject: lever.subject, rank: ranked.indexOf(found) + 1 },
      figures: mapFigures(figures, (figure) => figure.id),
      values: mapFigures(figures, (figure) => figure.value),
      meetsMinimum: roi === null ? null : roi >= minimumRoi,
      ...{ monthsToEffect: lever.monthsToEffect, confidence: lever.confidence },
      ...{ confidenceReason: CONFIDENCE_REASONS[lever.confidenceReason], disproof: LEVER_DISPROOF[lever.kind] },
      ...{ needs: [...(choice?.needs ?? [])], excludes: [...(choice?.excludes ?? [])] },
      ...{ chosen: choice?.chosen ?? false, choice: CHOICE_REASONS[choice?.reason ?? "unknown-return"] },
    };
  });
}

const CONVENTIONS = {
  potential: "a gap inside the venture, to its own past or to a dated benchmark, on today's revenue",
  range: "10,000 seeded draws: P10, median and P90; the same seed gives the same numbers",
  gap: "normal around the measured gap with its sampling error, never below zero",
  closure: "triangular from none to all of the gap, most likely half",
  timing: "starts triangular between now and the time to effect, is won evenly over a year, then kept",
  cost: "assumed person-months per kind × a triangular overrun (0.8, 1, 1.6) × the venture's own operating expenses per head",
  return: "gross margin of 24 months over cost, draw by draw",
  ranking: "by median return on cost, unknown returns last, then by effect",
  choice:
    "the set worth most (expected gross margin of 24 months less cost) within the budget left and the places left, with what each needs and without what counts the same revenue, less what levers on one driver would win twice; exact over expected values",
  together:
    "branches of the driver tree add up; cuts of the losses (segment, channel, size, age) work on what the others left; a better step of the funnel and better channels multiply; errors are drawn independently",
};

export const ventureLevers = defineTool({
  name: "venture.levers",
  description:
    "Growth levers that the venture's own data show: gaps between segments and channels, to benchmarks and to its own past, in prices, in the funnel, in payback, and concentration. Each with expected revenue as a range, cost, return, confidence with its reason and what would disprove it; best return first. And which of them to do now: the set that is worth most within the growth budget.",
  input: ventureLeversInputSchema,
  output: ventureLeversOutputSchema,
  effect: "read",
  pure: false,
  reads: ["venture-performance", "market-data"],
  writes: [],
  run: async ({ venture, asOf }, { actor, now }) => {
    if (!actor) return refuse("FORBIDDEN");
    const { getVentureLevers, figuresOf } = await import("../queries/levers/levers");
    const found = await getVentureLevers(actor, venture, asOf ?? null, now);
    const told = toldOf(found);
    const left = found.levers.length - told.levers.length;
    const { portfolio } = found;
    const figures = Object.entries(portfolio?.figures ?? {}).map(([name, figure]) => [name, figure.id] as const);
    return ok({
      result: {
        ...{ venture: found.venture, asOf: found.asOf, reason: found.reason, minimumRoi: found.minimumRoi },
        levers: leverRows(told, found.levers),
        missing: found.missing.map(({ kind, reason }) => ({ kind, reason: MISSING_REASONS[reason] })),
        portfolio: {
          chosen: portfolio?.choice.chosen.map(({ id }) => id) ?? [],
          ...{ short: portfolio?.choice.short ?? true, places: portfolio?.choice.places ?? 0 },
          figures: Object.fromEntries(figures),
        },
      },
      figures: toldFigures(told, figuresOf(found)),
      warnings: left > 0 ? ["Levers of lower rank are left out; the levers page shows them all"] : [],
      conventions: CONVENTIONS,
    });
  },
});
