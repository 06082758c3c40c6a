import { z } from "zod";

export const explainSchema = z.strictObject({
  ventureId: z.uuid(),
  /** Of the contradiction as it was read: its metric, subject, day and values. */
  key: z.string().regex(/^[0-9a-f]{64}$/),
  reason: z.string().trim().min(3, "a reason of at least three letters").max(500, "at most 500 characters"),
});
export type Explain = z.output<typeof explainSchema>;
