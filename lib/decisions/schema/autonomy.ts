import { z } from "zod";
import { AGENTS } from "@/lib/agents/schema";
import { AUTONOMIES } from "@/lib/ventures/schema";
import { ACTION_CLASSES } from "../schema";

const reason = z.string().trim().min(3, "a reason of at least three letters").max(500, "at most 500 characters");

/** Plain US dollars; nobody can type more than the house's own limit (spec/stage-40, section 7). */
export const limitSchema = z
  .string()
  .trim()
  .regex(/^\d{1,5}(\.\d{1,2})?$/, "US dollars such as 25000, at most 50000")
  .refine((typed) => Number(typed) <= 50_000, "at most 50,000 US dollars: above that it always goes to the chairman");

const about = { ventureId: z.uuid(), agent: z.enum(AGENTS), actionClass: z.enum(ACTION_CLASSES) };
/** The version of the row that the person read; 0 where there was none. */
const version = z.int().nonnegative();

export const setRowSchema = z.strictObject({
  ...{ ...about, version, reason, level: z.enum(AUTONOMIES) },
  /** Null: the limits of the house. */
  limitUsd: limitSchema.nullable().default(null),
});
export type SetRow = z.output<typeof setRowSchema>;

export const clearRowSchema = z.strictObject({ ...about, version, reason });
export type ClearRow = z.output<typeof clearRowSchema>;

export const liftSchema = z.strictObject({ demotionId: z.uuid(), reason });
export type Lift = z.output<typeof liftSchema>;

export const pauseSchema = z.strictObject({ reason });
export const resumeSchema = z.strictObject({ pauseId: z.uuid() });
