import { z } from "zod";

export const explainSchema = z.strictObject({
  ventureId: z.uuid(),
  /** Of the contradictions as they were read: each its metric, subject, day and values. */
  keys: z
    .array(z.string().regex(/^[0-9a-f]{64}$/))
    .min(1)
    .max(200),
  reason: z.string().trim().min(3, "a reason of at least three letters").max(500, "at most 500 characters"),
});
export type Explain = z.output<typeof explainSchema>;
