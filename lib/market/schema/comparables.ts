import { z } from "zod";

export const COMPARABLE_KINDS = ["trading", "precedent"] as const;
export type ComparableKind = (typeof COMPARABLE_KINDS)[number];
export const COMPARABLES = "comparables";
export const COMPARABLE_COLUMNS = ["kind", "name", "metric", "multiple", "date", "source"] as const;

const text = (expected: string, most: number) => z.string().trim().min(1, expected).max(most);

/** One line of a file of multiples. */
export const comparableRowSchema = z.object({
  kind: z.enum(COMPARABLE_KINDS, { error: '"trading" or "precedent"' }),
  name: text("the company or the sale", 120),
  metric: text("what the multiple is of, with its period", 80),
  multiple: z
    .string()
    .trim()
    .regex(/^-?\d{1,6}(\.\d{1,8})?$/, "a multiple such as 6.4"),
  date: z.iso.date({ error: "a calendar day as YYYY-MM-DD" }),
  source: text("who says so", 200),
});
export type ComparableRow = z.infer<typeof comparableRowSchema>;

export const excludeComparableSchema = z.strictObject({
  id: z.uuid(),
  /** Null counts it again. */
  reason: z.string().trim().min(3, "why, in a few words").max(200).nullable(),
});
export type ExcludeComparable = z.infer<typeof excludeComparableSchema>;
