import { z } from "zod";
import { defineTool, type Tool } from "@/lib/agents/define-tool";
import { ok, refuse } from "@/lib/errors";
import { neededBy } from "@/lib/figures/rules";
import type { Figure } from "@/lib/figures/schema";
import { HISTORY_YEARS } from "./rules/percentile";
import { partOf } from "./rules/timing-figures";
import { RULE_TEXT } from "./rules/verdict";
import { DRIVER_NAMES, exitWindowInputSchema, TIMING } from "./schema/timing";

const told = z.object({ figure: z.string(), value: z.string().nullable(), reason: z.string().nullable() });

const outputSchema = z.object({
  venture: z.string(),
  asOf: z.string(),
  assumptionsVersion: z.int(),
  verdict: told,
  market: z.enum(["open", "between", "shut"]).nullable(),
  ready: z.boolean().nullable(),
  shortRunway: z.boolean().nullable(),
  waitingPays: z.boolean().nullable(),
  missing: z.array(z.string()),
  score: told,
  coverage: told,
  drivers: z.array(
    z.object({
      driver: z.string(),
      sign: z.int(),
      weight: z.number(),
      percentile: told,
      value: told,
      day: z.string().nullable(),
    }),
  ),
  waiting: z.array(
    z.object({ months: z.int(), p10: told, p50: told, p90: told, mean: told, beats: told, breakEven: told }),
  ),
  waitingReason: z.string().nullable(),
  changes: z.array(z.object({ input: z.string(), direction: z.string(), threshold: z.number(), verdict: z.string() })),
});

const CONVENTIONS = {
  percentile: `100 × (values below + half of those equal) ÷ values, over ${HISTORY_YEARS} years of the series' own history`,
  score: "Σ weight × sign × (percentile − 50) ÷ 50 ÷ Σ weight, over the drivers that are known",
  asOf: "only values that were published by the day; later revisions are not used",
  waiting:
    "10,000 seeded draws; values are today's, after growth, drift of the multiple, dilution, failure and discount",
  verdict: RULE_TEXT,
};

const answered = ({ id, value, reason }: Figure) => ({ figure: id, value, reason: reason ?? null });

export const exitWindow = defineTool({
  name: "market.exit-window",
  description:
    "The exit window of a venture: where the market stands in its own ten years, driver by driver, what waiting 6, 12 and 24 months is worth against selling today as a distribution with the break-even multiple, and hold, prepare or execute with what would change the answer.",
  input: exitWindowInputSchema,
  output: outputSchema,
  effect: "read",
  pure: false,
  reads: ["market-conditions", "venture-performance"],
  writes: [],
  run: async ({ venture, asOf }, { actor, now }) => {
    if (!actor) return refuse("FORBIDDEN");
    const { findExitWindow } = await import("./queries/timing");
    const found = await findExitWindow(actor, venture, now, asOf ?? null);
    if (!found) return refuse("NOT_FOUND", [{ path: "venture", expected: "a venture that you may see" }]);
    const { timing, figures, kept, facts } = found;
    const made = figures.filter(({ method }) => method.startsWith(`${TIMING}.`));
    const byPart = new Map(made.map((figure) => [partOf(figure), figure]));
    const of = (part: string) => {
      const figure = byPart.get(part);
      return figure ? answered(figure) : { figure: "", value: null, reason: "no-data" };
    };
    const { verdict, market } = timing;
    const ids = new Set(made.flatMap((figure) => neededBy(figure, figures)).map(({ id }) => id));
    return ok({
      result: {
        ...{ venture, asOf: facts.asOf, assumptionsVersion: kept.version, verdict: of("verdict") },
        ...{
          market: verdict.market,
          ready: verdict.ready,
          shortRunway: verdict.short,
          waitingPays: verdict.waitingPays,
        },
        ...{ missing: verdict.missing, score: of("score"), coverage: of("coverage") },
        drivers: market.lines.map(({ key, sign, weight, latest }) => ({
          ...{ driver: DRIVER_NAMES[key], sign, weight, day: latest?.day ?? null },
          ...{ percentile: of(`driver.${key}.percentile`), value: of(`driver.${key}.value`) },
        })),
        waiting: (timing.waiting?.ranges ?? []).map(({ months }) => {
          const part = (name: string) => of(`waiting.${months}.${name}`);
          return {
            ...{ months, p10: part("p10"), p50: part("p50"), p90: part("p90"), mean: part("mean") },
            ...{ beats: part("beats"), breakEven: part("breakEven") },
          };
        }),
        waitingReason: timing.waitingReason,
        changes: verdict.flips.map(({ input, direction, threshold, verdict: then }) => ({
          ...{ input, direction, threshold, verdict: then },
        })),
      },
      figures: figures.filter(({ id }) => ids.has(id)),
      conventions: CONVENTIONS,
    });
  },
});

export const marketTools: readonly Tool[] = [exitWindow];
