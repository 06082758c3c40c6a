import { z } from "zod";
import { unitSchema } from "@/lib/figures/schema";

/** A calculation that a workbook carries out again: inputs apart from steps, each step a formula over named cells. */

const key = z.string().regex(/^[a-z][a-zA-Z0-9_]{0,60}$/);
/** What a formula may call; nothing that fetches, links or runs. */
export const SHEET_FUNCTIONS = [
  "ABS",
  "AND",
  "AVERAGE",
  "IF",
  "IFERROR",
  "MAX",
  "MEDIAN",
  "MIN",
  "NA",
  "PRODUCT",
  "QUARTILE",
  "SUM",
] as const;
const isFormula = (text: string): boolean =>
  /^[A-Za-z0-9_{}.,:()+\-*/^<>= ]+$/.test(text) &&
  [...text.matchAll(/([A-Za-z_][\w.]*)\(/g)].every(([, name]) => SHEET_FUNCTIONS.some((one) => one === name));

const row = { key, label: z.string(), unit: unitSchema };
export const modelInputSchema = z.object({ ...row, value: z.string(), source: z.string() });
export const modelStepSchema = z.object({
  ...row,
  /** Over `{key}` and `{key}:{key}`. */
  formula: z.string().max(2_000).refine(isFormula, "a formula over cells and the functions that are known"),
  /** As it came out when the model was written; null where it cannot be computed. */
  result: z.number().nullable(),
});
const section = <T extends z.ZodType>(of: T) => z.array(z.object({ title: z.string(), rows: z.array(of) }));

export const reportModelSchema = z.object({
  kind: z.literal("model"),
  title: z.string(),
  inputs: section(modelInputSchema),
  steps: section(modelStepSchema),
  /** What must agree: a step, and the stored figure of the same question. */
  checks: z.array(
    z.object({
      ...{ label: z.string(), step: key, figure: z.string().regex(/^[0-9a-f]{16}$/) },
      /** By how much they may differ, where rounding alone is too much: half a cent of what is paid. */
      within: z
        .string()
        .regex(/^\d+(\.\d+)?$/)
        .optional(),
    }),
  ),
});
export type ReportModel = z.infer<typeof reportModelSchema>;
export type ModelInput = z.infer<typeof modelInputSchema>;
export type ModelStep = z.infer<typeof modelStepSchema>;
