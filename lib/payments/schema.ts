import { z } from "zod";
import { currencyInput, dayInput, positiveMinor } from "@/lib/ledger/schema";

const line = (most: number) => z.string().trim().min(1, "some text").max(most);

export const RAILS = ["sepa", "ach"] as const;
export type Rail = (typeof RAILS)[number];

export const PAYEE_KINDS = ["holder", "adviser", "tax", "buyer"] as const;
export type PayeeKind = (typeof PAYEE_KINDS)[number];

const bic = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$/, "a BIC of 8 or 11 characters")
  .nullable()
  .default(null);

/** As a person types it; checked for check digits in rules/bank-details. */
export const numberSchema = z.discriminatedUnion("rail", [
  z.object({ rail: z.literal("sepa"), iban: line(42), bic }),
  z.object({
    rail: z.literal("ach"),
    routing: line(11),
    account: z
      .string()
      .trim()
      .regex(/^[A-Za-z0-9-]{4,17}$/, "4 to 17 letters or digits"),
    accountType: z.enum(["checking", "savings"]),
    owner: z.enum(["person", "company"]),
  }),
]);
export type AccountNumber = z.output<typeof numberSchema>;

export const bankAccountSchema = z.object({
  ventureId: z.uuid(),
  name: line(80),
  holder: line(70),
  bankName: line(80),
  currency: currencyInput,
  number: numberSchema,
  /** Of an ACH originator, as its bank gave it. */
  companyId: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9]{1,10}$/, "up to 10 letters or digits")
    .nullable()
    .default(null),
});
export type BankAccountInput = z.output<typeof bankAccountSchema>;

export const payeeSchema = z.object({
  ventureId: z.uuid(),
  party: line(120),
  name: line(120),
  kind: z.enum(PAYEE_KINDS),
});
export type PayeeInput = z.output<typeof payeeSchema>;

export const detailsSchema = z.object({
  payeeId: z.uuid(),
  version: z.int().positive(),
  holder: line(70),
  number: numberSchema,
  reason: line(300),
});
export type DetailsInput = z.output<typeof detailsSchema>;

export const callbackSchema = z.object({
  detailsId: z.uuid(),
  calledAt: z.iso.datetime({ offset: true, error: "a day and time" }),
  numberCalled: z
    .string()
    .trim()
    .regex(/^\+?[\d\s()./-]{5,30}$/, "a telephone number"),
  numberSource: line(200),
  confirmedBy: line(120),
});
export type CallbackInput = z.output<typeof callbackSchema>;

export const detailsReadSchema = z.object({ detailsId: z.uuid() });

export const MOST_PAYMENTS = 200;

export const batchSchema = z.object({
  /** Made by the form once: the same request is the same batch. */
  requestId: z.uuid(),
  ventureId: z.uuid(),
  bankAccountId: z.uuid(),
  title: line(120),
  executeOn: dayInput,
  lines: z
    .array(z.object({ payeeId: z.uuid(), accountId: z.uuid(), amountMinor: positiveMinor, remittance: line(140) }))
    .min(1, "at least one payment")
    .max(MOST_PAYMENTS),
});
export type BatchInput = z.output<typeof batchSchema>;

export const batchReadSchema = z.object({ batchId: z.uuid(), version: z.int().positive() });
export type BatchRead = z.output<typeof batchReadSchema>;

export const proposeBatchSchema = batchReadSchema.extend({ why: line(600) });
export const cancelSchema = z.object({ instructionId: z.uuid(), version: z.int().positive(), reason: line(300) });
export type CancelInput = z.output<typeof cancelSchema>;

export const fileSchema = z.object({ fileId: z.uuid() });
export const voidFileSchema = fileSchema.extend({ reason: line(300) });

export const MOST_STATEMENT_BYTES = 900_000;
export const statementSchema = z.object({
  bankAccountId: z.uuid(),
  fileName: line(200),
  xml: z.string().min(1).max(MOST_STATEMENT_BYTES, "a file below 900 kB"),
});
export type StatementInput = z.output<typeof statementSchema>;

export const SETTLEMENTS = ["proceeds", "tranche", "charges", "not-ours", "match"] as const;
export type Settlement = (typeof SETTLEMENTS)[number];
export const settleLineSchema = z.object({
  lineId: z.uuid(),
  as: z.enum(SETTLEMENTS),
  /** For money that came from a tranche. */
  trancheId: z.uuid().nullable().default(null),
  reason: line(300),
});
export type SettleInput = z.output<typeof settleLineSchema>;

export const lineBackSchema = z.object({ lineId: z.uuid(), reason: line(300) });
export type LineBackInput = z.output<typeof lineBackSchema>;
