import { z } from "zod";
import { shareClassSchema } from "@/lib/distribution/schema";
import { withholdingRateSchema } from "@/lib/distribution/schema/split";
import { isCurrency } from "@/lib/money";

const line = (most: number) => z.string().trim().min(1, "some text").max(most);
export const dayInput = z.iso.date("a day, YYYY-MM-DD");
export const currencyInput = z.string().refine(isCurrency, { error: "an ISO 4217 code such as EUR" });

/** Integer minor units as text: JSON has no bigint. Fits the database's 64 bits. */
export const minorInput = z
  .string()
  .regex(/^\d{1,18}$/, "an amount in minor units")
  .transform(BigInt);
export const positiveMinor = minorInput.refine((amount) => amount > 0n, { error: "an amount above zero" });

export const sha256Input = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[0-9a-f]{64}$/, "the SHA-256 of the document: 64 hexadecimal digits");

const party = z.string().trim().min(1).max(120);

export const holdingSchema = z.object({
  classId: party,
  holderId: party,
  name: line(200),
  /** Of the class: shares, or 1 for a single security. */
  units: z.string().regex(/^\d{1,30}(\.\d{1,20})?$/, "a number of units"),
});
export type Holding = z.output<typeof holdingSchema>;

/** A part of every payment that goes to participants outside the cap table, and the account of the ledger that it is owed on. */
export const carveOutSchema = z.object({
  ratio: z.string().regex(/^(0(\.\d{1,6})?|1(\.0{1,6})?)$/, "a fraction from 0 to 1"),
  party,
  name: line(200),
});
export type CarveOut = z.output<typeof carveOutSchema>;

export const basisSchema = z.object({
  ventureId: z.uuid(),
  currency: currencyInput,
  classes: z.array(shareClassSchema).min(1).max(300),
  holdings: z.array(holdingSchema).min(1).max(5_000),
  /** Kept of every payment that comes after, as the split that was agreed says. */
  withholdings: z.array(withholdingRateSchema).max(5_000).default([]),
  /** Taken of every payment that comes after, as of the closing. */
  carveOut: carveOutSchema.nullable().default(null),
});
export type BasisInput = z.output<typeof basisSchema>;

/** What is taken off before the holders, and who is owed it. */
export const chargeSchema = z.object({
  kind: z.enum(["costs", "fees"]),
  party,
  name: line(200),
  amountMinor: positiveMinor,
});

/** Withheld of what a holder receives, and the office that it is owed to. */
export const withholdingSchema = z.object({
  holderId: party,
  /** Of what this class pays first; null: of the classes in their order. */
  classId: party.nullable().default(null),
  amountMinor: positiveMinor,
  party,
  name: line(200),
});

export const distributeSchema = z.object({
  ventureId: z.uuid(),
  currency: currencyInput,
  label: line(120),
  paidOn: dayInput,
  /** All that is taken from the proceeds received: charges first, the rest to the holders. */
  amountMinor: positiveMinor,
  charges: z.array(chargeSchema).max(100).default([]),
  withholdings: z.array(withholdingSchema).max(5_000).default([]),
});
export type DistributeInput = z.output<typeof distributeSchema>;

export const TRANCHE_KINDS = ["escrow", "holdback", "earn-out", "vendor-note"] as const;
export type TrancheKind = (typeof TRANCHE_KINDS)[number];

export const trancheSchema = z
  .object({
    ventureId: z.uuid(),
    kind: z.enum(TRANCHE_KINDS),
    label: line(120),
    currency: currencyInput,
    amountMinor: positiveMinor,
    heldBy: line(160),
    buyer: line(160),
    seller: line(160),
    opensOn: dayInput,
    endsOn: dayInput,
    milestone: line(600).nullable().default(null),
    schedule: z
      .array(
        z.object({
          dueOn: dayInput,
          /** Null: what is left by then. */
          amountMinor: positiveMinor.nullable(),
          condition: line(400),
        }),
      )
      .min(1, "at least one day of release")
      .max(60),
  })
  .superRefine((tranche, context) => {
    const problem = (path: (string | number)[], message: string) => context.addIssue({ code: "custom", path, message });
    if (tranche.endsOn < tranche.opensOn) problem(["endsOn"], "a day that is not before it opens");
    if (tranche.kind === "earn-out" && tranche.milestone === null) problem(["milestone"], "what has to be met");
    tranche.schedule.forEach(({ dueOn }, index) => {
      if (dueOn < tranche.opensOn || dueOn > tranche.endsOn)
        problem(["schedule", index, "dueOn"], "a day from the opening to the end");
    });
    const named = tranche.schedule.reduce((sum, { amountMinor }) => sum + (amountMinor ?? 0n), 0n);
    if (named > tranche.amountMinor) problem(["schedule"], "releases that do not exceed the amount");
  });
export type TrancheInput = z.output<typeof trancheSchema>;

const trancheRead = { trancheId: z.uuid(), version: z.int().positive() };

export const claimSchema = z.object({
  ...trancheRead,
  amountMinor: positiveMinor,
  claimedOn: dayInput,
  grounds: line(600),
});
export type ClaimInput = z.output<typeof claimSchema>;

export const closeClaimSchema = z.object({
  claimId: z.uuid(),
  version: z.int().positive(),
  status: z.enum(["settled", "withdrawn"]),
  resolution: line(600),
});
export type CloseClaimInput = z.output<typeof closeClaimSchema>;

export const freezeSchema = z.object({ ...trancheRead, frozen: z.boolean(), reason: line(300) });
export type FreezeInput = z.output<typeof freezeSchema>;

export const instructionSchema = z
  .object({
    trancheId: z.uuid(),
    documentName: line(200),
    documentHash: sha256Input,
    datedOn: dayInput,
    buyerSigner: line(160),
    sellerSigner: line(160),
    sellersMinor: minorInput,
    buyerMinor: minorInput,
    note: z.string().trim().max(600).default(""),
  })
  .refine(({ sellersMinor, buyerMinor }) => sellersMinor + buyerMinor > 0n, {
    error: "an amount above zero",
    path: ["sellersMinor"],
  });
export type InstructionInput = z.output<typeof instructionSchema>;

export const releaseSchema = z.object({ instructionId: z.uuid() });
