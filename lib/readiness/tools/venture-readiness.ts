import { z } from "zod";
import { defineTool, type Tool } from "@/lib/agents/define-tool";
import { ok, refuse } from "@/lib/errors";
import { neededBy } from "@/lib/figures/rules";
import type { Figure } from "@/lib/figures/schema";
import { criterionOf } from "../rules/criteria";

const inputSchema = z.strictObject({
  venture: z.string().min(1).describe("The venture's id or its short name in addresses"),
});
const figure = z.string().describe("The id of a figure");

const outputSchema = z.object({
  venture: z.string(),
  asOf: z.string(),
  score: figure,
  coverage: figure,
  band: z.string().nullable(),
  components: z.array(z.object({ label: z.string(), figure })),
  redFlags: z.array(z.object({ label: z.string() })),
  unanswered: z.array(z.object({ label: z.string(), question: z.string() })),
  stale: z.array(z.object({ label: z.string() })),
  actions: z.array(z.object({ label: z.string(), toDo: z.string(), points: figure, worth: figure })),
});

/** As many as a report can hold. */
const MOST_ACTIONS = 8;

export const ventureReadiness = defineTool({
  name: "venture.readiness",
  description:
    "Exit readiness of a venture today: score, coverage, band, the five components, red flags, criteria that nobody has answered, and the next best actions by value per hour (an estimate).",
  input: inputSchema,
  output: outputSchema,
  effect: "read",
  pure: false,
  reads: ["venture-performance"],
  writes: [],
  run: async ({ venture: given }, { actor, now }) => {
    if (!actor) return refuse("FORBIDDEN");
    const { findVentureFor } = await import("@/lib/ventures/queries");
    const { getAssessment } = await import("../queries/assessment");
    const seen = await findVentureFor(actor, given);
    if (!seen) return refuse("NOT_FOUND", [{ path: "venture", expected: "a venture that the caller may see" }]);
    const { venture, today, assessment } = await getAssessment(actor, seen.id, now);
    const { score, coverage, components, lines, scored, figures } = assessment;
    const ranked = assessment.ranked.slice(0, MOST_ACTIONS);
    const told: Figure[] = [
      ...[score, coverage],
      ...components.map((component) => component.figure),
      ...ranked.flatMap(({ points, worth }) => [points, worth]),
    ];
    const ids = new Set(told.flatMap((one) => neededBy(one, figures)).map(({ id }) => id));
    const labelOf = (id: string) => ({ label: criterionOf(id)?.label ?? id });
    return ok({
      result: {
        ...{ venture: venture.name, asOf: today, score: score.id, coverage: coverage.id, band: scored.band },
        components: components.map(({ label, figure: { id } }) => ({ label, figure: id })),
        redFlags: scored.gates.map(labelOf),
        unanswered: lines.flatMap(({ figure: { value }, criterion: { label, question } }) =>
          value === null ? [{ label, question }] : [],
        ),
        stale: lines.flatMap(({ stale, criterion }) => (stale ? [labelOf(criterion.id)] : [])),
        actions: ranked.map(({ label, toDo, points, worth }) => ({ label, toDo, points: points.id, worth: worth.id })),
      },
      figures: figures.filter(({ id }) => ids.has(id)),
      conventions: {
        score: "five components weighted 30, 25, 20, 15, 10; no total under 70 % coverage; a red flag gates the band",
        weights: "of the criteria: the house's own",
        worth: "an estimate: 0.5 % of the valuation per point over estimated hours",
      },
    });
  },
});

export const ventureReadinessTools: readonly Tool[] = [ventureReadiness];
