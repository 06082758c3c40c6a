import { z } from "zod";

export const verificationSchema = z.object({
  chains: z.number().int().nonnegative(),
  events: z.number().int().nonnegative(),
  firstBreak: z
    .object({
      chain: z.string(),
      seq: z.number().int().positive(),
      problem: z.enum(["missing", "altered", "unlinked", "truncated", "unrecorded", "resealed"]),
    })
    .nullable(),
});
