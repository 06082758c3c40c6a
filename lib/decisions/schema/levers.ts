import { z } from "zod";
import { figureIdSchema as figureId } from "@/lib/figures/schema";
import { LEVER_KINDS } from "@/lib/growth/schema";

/** A lever as `venture.levers` gives it: what it is in words, and every number as the id of its figure. */
export const proposedLeverSchema = z.object({
  id: z.string().trim().min(1, "some text").max(120),
  kind: z.enum(LEVER_KINDS),
  subject: z.string().trim().max(80).nullable(),
  figures: z.object({
    /** What it costs to carry out, in money. */
    cost: figureId,
    /** Additional revenue over the next twelve months. */
    effect: figureId,
    effectLow: figureId.nullable(),
    effectHigh: figureId.nullable(),
    roi: figureId.nullable(),
    /** What is measured now, and what it is compared with. */
    measure: figureId,
    against: figureId.nullable(),
    /** The metric of the initiative once the gap is closed; the comparison where none is named. */
    target: figureId.nullable().default(null),
  }),
});
export type ProposedLever = z.output<typeof proposedLeverSchema>;
