import { z } from "zod";
import { currencyInput, dayInput, minorInput } from "@/lib/ledger/schema";

/** The data set of what people said was paid for a lot, and the question that every figure of a record answers. */
export const LOT_COST = "lot-cost";
export const RECORD_ASK = "distribution.records";

/** What the statements of a sale are stored under, and the record of the whole. */
export const STATEMENT_KIND = "holder-statement";
export const DISTRIBUTION_RECORD = "distribution-record";
export const statementKind = (currency: string, holderId: string): string =>
  `${STATEMENT_KIND}:${currency}:${holderId}`;

const line = (least: number, most: number, expected: string) =>
  z.string().trim().min(least, expected).max(most, `at most ${most} characters`);
const emailSchema = z.string().trim().toLowerCase().max(254).pipe(z.email("an e-mail address"));
const holder = z.string().trim().min(1).max(120);

export const recordSchema = z.strictObject({ ventureId: z.uuid(), currency: currencyInput });
export type AskedRecord = z.output<typeof recordSchema>;

export const freezeSchema = z.strictObject({
  ...recordSchema.shape,
  /** Of holders who have a statement that says something else: why it is corrected. */
  reason: z.string().trim().max(300),
});
export type Freeze = z.output<typeof freezeSchema>;

export const stateCostSchema = z.strictObject({
  ...recordSchema.shape,
  securityId: z.string().trim().min(1).max(200),
  amountMinor: minorInput,
  evidence: line(5, 300, "where it is written"),
});
export type StateCost = z.output<typeof stateCostSchema>;

export const MOST_HOLDERS = 200;
/** As many as a memo can name one by one. */
const MOST_ADDRESSES = 300;
/** What is asked of the chairman: this revision to these addresses. */
export const issuedSchema = z.strictObject({
  ...{ holderId: holder, name: z.string().min(1).max(200), statementId: z.uuid(), version: z.int().positive() },
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  emails: z.array(emailSchema).min(1, "at least one address").max(10),
});
export type Issued = z.output<typeof issuedSchema>;

export const askIssueSchema = z.strictObject({
  ...recordSchema.shape,
  expiresOn: dayInput,
  rationale: line(10, 600, "why now, in a sentence or two"),
  holders: z
    .array(
      z.strictObject({
        holderId: holder,
        version: z.int().positive(),
        emails: z.array(emailSchema).min(1, "at least one address").max(10),
      }),
    )
    .min(1, "at least one holder")
    .max(MOST_HOLDERS)
    .refine((all) => all.reduce((sum, { emails }) => sum + emails.length, 0) <= MOST_ADDRESSES, {
      error: `at most ${MOST_ADDRESSES} addresses at once`,
    }),
});
export type AskIssue = z.output<typeof askIssueSchema>;

export const accessReadSchema = z.strictObject({ accessId: z.uuid(), version: z.int().positive() });
export type AccessRead = z.output<typeof accessReadSchema>;
export const revokeAccessSchema = z.strictObject({ accessId: z.uuid(), reason: line(3, 300, "why") });
export type RevokeAccess = z.output<typeof revokeAccessSchema>;

/** The token of a holder's link: 256 bits, as `newToken` writes them, told from a buyer's by its first letters. */
const LINK = /^holder_[A-Za-z0-9_-]{43}$/;
export const isHolderLink = (link: string): boolean => LINK.test(link);
const linkSchema = z.string().regex(LINK, "a holder’s link");
export const askHolderCodeSchema = z.object({ link: linkSchema, email: emailSchema });
export const enterHolderSchema = z.object({
  ...askHolderCodeSchema.shape,
  code: z
    .string()
    .trim()
    .regex(/^\d{6}$/, "six digits"),
});
export type EnterHolder = z.output<typeof enterHolderSchema>;
export const leaveHolderSchema = z.object({ link: linkSchema });
export const holderStatementSchema = z.object({ link: linkSchema, statementId: z.uuid() });

export const statementFileSchema = z.object({ statementId: z.uuid() });
export const statementsZipSchema = z.object({ ventureId: z.uuid(), currency: currencyInput });

export type RecordRefusal =
  | "NOTHING_DISTRIBUTED"
  | "NOTHING_NEW"
  | "REASON_NEEDED"
  | "NO_SUCH_LOT"
  | "NO_STATEMENT"
  | "CONFLICT"
  | "IN_THE_PAST"
  | "REVOKED"
  | "EXPIRED";
