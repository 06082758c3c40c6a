import { z } from "zod";

export const DIVIDEND_KINDS = ["none", "cumulative", "declared", "in-kind"] as const;
export type DividendKind = (typeof DIVIDEND_KINDS)[number];
export const DIVIDEND_COMPOUNDING = ["simple", "annual", "semi-annual", "quarterly", "monthly"] as const;

const ratio = z
  .string()
  .trim()
  .regex(/^0?\.\d{1,8}$|^1(\.0{1,8})?$/, "a rate above 0 and up to 100 % a year, such as 0.08");
const amount = z
  .string()
  .trim()
  .regex(/^\d{1,20}(\.\d{1,6})?$/, "an amount such as 250000");

/** Dividends of a preferred class that count at an exit, as a person read them. Source of the kinds: methods a4. */
export const classDividendsSchema = z
  .object({
    ventureId: z.uuid(),
    classId: z.string().min(1),
    kind: z.enum(DIVIDEND_KINDS, "a kind of dividend"),
    ratio: ratio.nullable().default(null),
    compounding: z.enum(DIVIDEND_COMPOUNDING).nullable().default(null),
    accruesFrom: z.iso.date("a day").nullable().default(null),
    amount: amount.nullable().default(null),
    onConversion: z.enum(["forfeited", "kept"]).default("forfeited"),
    evidence: z.string().trim().min(3, "where it is written, for example charter, section 3").max(500),
  })
  .superRefine((given, context) => {
    const problem = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
    const accrues = given.kind === "cumulative" || given.kind === "in-kind";
    if (accrues !== (given.ratio !== null)) problem("ratio", accrues ? "a rate a year" : "no rate");
    if (accrues !== (given.compounding !== null)) problem("compounding", accrues ? "how it compounds" : "nothing");
    if ((given.kind === "declared") !== (given.amount !== null))
      problem("amount", given.kind === "declared" ? "what was declared and not paid" : "no amount");
  });
export type ClassDividendsInput = z.output<typeof classDividendsSchema>;
export type ClassDividends = Omit<ClassDividendsInput, "ventureId">;
