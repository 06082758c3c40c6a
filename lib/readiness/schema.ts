import { z } from "zod";
import { COMPONENT_LABELS, type ComponentId } from "./rules/criteria";

/** Components by any of the names they go by: the short one, the one of the stage's rule, with or without spaces. */
const NAMES: Readonly<Record<string, ComponentId>> = {
  financial: "financial",
  financialreadiness: "financial",
  operational: "operational",
  operationalmaturity: "operational",
  legal: "legal",
  legalip: "legal",
  legalipcompliance: "legal",
  legalandipcompliance: "legal",
  legalcompliance: "legal",
  market: "market",
  marketpositioning: "market",
  diligence: "diligence",
  duediligence: "diligence",
  duediligencepreparation: "diligence",
};

export const componentNamed = (name: string): ComponentId | null =>
  NAMES[name.toLowerCase().replace(/[^a-z]/g, "")] ?? null;

const day = z.iso.date({ error: "a day, YYYY-MM-DD" });
const weight = z.union([z.number(), z.string().regex(/^\d+(\.\d+)?$/)], { error: "a number above 0" });

const criterionInput = z.strictObject({
  component: z.string().refine((name) => componentNamed(name) !== null, {
    error: `one of ${Object.values(COMPONENT_LABELS).join(", ")}`,
  }),
  id: z.string().min(1).max(200),
  score: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.null()], {
    error: "0, 1, 2, 3, 4, or null for unanswered",
  }),
  weight: weight.refine((value) => Number(value) > 0 && Number.isFinite(Number(value)), { error: "a number above 0" }),
  evidence: z.array(z.object({ date: day })).optional(),
  redFlag: z.boolean().optional().describe("the criterion stops a sale as it stands"),
});

export const readinessInput = z.strictObject({
  criteria: z
    .array(criterionInput)
    .min(1, { error: "at least one criterion" })
    .superRefine((criteria, context) => {
      const seen = new Set<string>();
      for (const [index, { id }] of criteria.entries()) {
        if (seen.has(id))
          context.addIssue({ code: "custom", path: [index, "id"], message: `an id used once; ${id} is there twice` });
        seen.add(id);
      }
    }),
  asOf: day,
});
export type ReadinessInput = z.output<typeof readinessInput>;

const number = z.number().nullable();
export const readinessOutput = z.object({
  score: number,
  band: z.enum(["not ready", "approaching", "ready", "optimal"]).nullable(),
  components: z.record(z.string(), z.object({ score: number, weight: z.number(), coverage: z.number() })),
  coverage: z.number(),
  gates: z.array(z.string()),
  stale: z.array(z.string()),
  nextBestActions: z.array(
    z.object({ id: z.string(), component: z.string(), pointsLost: number, coverageGain: z.number() }),
  ),
  reasons: z.record(z.string(), z.string()),
});
