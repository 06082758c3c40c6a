import { z } from "zod";
import { IN_KIND_FORMS } from "../rules/accounts";
import { distributeSchema, minorInput } from "../schema";

const reason = z.string().trim().min(3, "why").max(500, "why, in at most 500 characters");
const day = z.iso.date("a day, YYYY-MM-DD");

/** The closing as the funds-flow statement has it. */
export const askClosingSchema = z.object({ ventureId: z.uuid(), planVersion: z.int().positive(), paidOn: day, reason });
export type AskClosing = z.output<typeof askClosingSchema>;

/** An amount by the cap table. */
export const askProceedsSchema = distributeSchema.extend({ reason });
export type AskProceeds = z.output<typeof askProceedsSchema>;

export const askReversalSchema = z.object({ distributionId: z.uuid(), paidOn: day, reason });
export type AskReversal = z.output<typeof askReversalSchema>;

export const requestReadSchema = z.object({ requestId: z.uuid(), version: z.int().positive() });
export type RequestRead = z.output<typeof requestReadSchema>;

export const REQUEST_KINDS = ["closing", "proceeds", "reversal"] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

const charge = z.object({
  kind: z.enum(["costs", "fees"]),
  party: z.string(),
  name: z.string(),
  amountMinor: minorInput,
});
/** As long as the split lets an office be: what was asked for is read again, however it is named. */
const withheld = z.object({
  ...{ holderId: z.string(), classId: z.string().nullable().default(null), amountMinor: minorInput },
  ...{ party: z.string(), name: z.string() },
});
const inKind = z.object({ holderId: z.string(), form: z.enum(IN_KIND_FORMS), amountMinor: minorInput });
const sum = { charges: z.array(charge), withholdings: z.array(withheld) };

/** What was asked for, as it is stored: amounts as text. */
export const requestContentSchema = z.discriminatedUnion("kind", [
  z.object({
    ...{ kind: z.literal("closing"), planVersion: z.int(), statementId: z.uuid(), ...sum },
    holders: z.array(z.object({ id: z.string(), name: z.string(), amountMinor: minorInput })),
    inKind: z.array(inKind).default([]),
  }),
  z.object({ kind: z.literal("proceeds"), ...sum, byRate: z.boolean().default(false) }),
  z.object({ kind: z.literal("reversal"), distributionId: z.uuid() }),
]);
export type RequestContent = z.output<typeof requestContentSchema>;
