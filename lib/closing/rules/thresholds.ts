import { Exact } from "@/lib/money";
import type { Regulatory } from "../schema";

/** Fee by size of transaction in US dollars, from `from` on; a fee that nobody has stored is null. */
export type FeeTier = { from: number; fee: number | null };
export type ThresholdYear = {
  id: string;
  /** The day of closing decides, both included; null: until others are published. */
  validFrom: string;
  validTo: string | null;
  sizeOfTransaction: number;
  /** The smaller and the larger person of the size-of-person test. */
  smallerPerson: number;
  largerPerson: number;
  /** Above it the size of the persons does not matter. */
  withoutPersonTest: number;
  fees: readonly FeeTier[];
  waitingDays: number;
  source: string;
};

/**
 * Hart-Scott-Rodino thresholds (15 U.S.C. 18a) as published, year by year. The schedule of 2026 between the first and
 * the last tier is not stored, so those fees are unknown.
 */
export const HSR_YEARS: readonly ThresholdYear[] = [
  {
    ...{ id: "2025", validFrom: "2025-02-21", validTo: "2026-02-16", waitingDays: 30 },
    ...{ sizeOfTransaction: 126_400_000, smallerPerson: 25_300_000, largerPerson: 252_900_000 },
    withoutPersonTest: 505_800_000,
    fees: [
      { from: 0, fee: 30_000 },
      { from: 179_400_000, fee: 105_000 },
      { from: 555_500_000, fee: 265_000 },
      { from: 1_111_000_000, fee: 425_000 },
      { from: 2_222_000_000, fee: 850_000 },
      { from: 5_555_000_000, fee: 2_390_000 },
    ],
    source: "Federal Trade Commission, revised thresholds for 2025, published 22 January 2025",
  },
  {
    ...{ id: "2026", validFrom: "2026-02-17", validTo: null, waitingDays: 30 },
    ...{ sizeOfTransaction: 133_900_000, smallerPerson: 26_800_000, largerPerson: 267_800_000 },
    withoutPersonTest: 535_500_000,
    fees: [
      { from: 0, fee: 35_000 },
      { from: 189_600_000, fee: null },
      { from: 5_869_000_000, fee: 2_460_000 },
    ],
    source: "Federal Trade Commission, revised thresholds for 2026, published 16 January 2026",
  },
];

export const yearOn = (day: string): ThresholdYear | null =>
  HSR_YEARS.find(({ validFrom, validTo }) => validFrom <= day && (validTo === null || day <= validTo)) ?? null;

export type Verdict =
  | { answer: "applies" | "does-not"; why: string; year: ThresholdYear; fee: number | null }
  | { answer: "unknown"; why: string; year: ThresholdYear | null; missing: readonly string[] };

type Sizes = { transaction: string | null; acquirer: string | null; target: string | null };
export const sizesOf = ({ transaction, acquirer, target }: Regulatory, headlineUsd: string | null): Sizes => ({
  transaction: transaction.value ?? headlineUsd,
  ...{ acquirer: acquirer.value, target: target.value },
});

const feeOf = ({ fees }: ThresholdYear, transaction: InstanceType<typeof Exact>): number | null =>
  fees.findLast(({ from }) => transaction.gte(from))?.fee ?? null;

/**
 * Whether a filing is needed for a closing on a day: above the size of transaction, and either above the size at which
 * the persons do not matter, or between a smaller and a larger person ("in excess of" for the transaction, "or more" for
 * the persons, 15 U.S.C. 18a(a)(2)). Amounts in US dollars, null is not known. Exemptions are counsel's to find.
 */
export function filingNeeded({ transaction, acquirer, target }: Sizes, closesOn: string | null): Verdict {
  const year = closesOn === null ? null : yearOn(closesOn);
  if (closesOn === null)
    return unknown(null, "The thresholds are those of the day of closing.", ["the day of closing"]);
  if (!year) return unknown(null, "No thresholds are stored for that day.", ["the thresholds of that year"]);
  if (transaction === null)
    return unknown(year, "It depends on the size of the transaction.", ["the size of the transaction"]);
  const size = new Exact(transaction);
  const told = (answer: "applies" | "does-not", why: string): Verdict => ({
    ...{ answer, why, year, fee: answer === "applies" ? feeOf(year, size) : null },
  });
  if (size.lte(year.sizeOfTransaction))
    return told("does-not", "The transaction is not above the size of transaction.");
  if (size.gt(year.withoutPersonTest))
    return told("applies", "Above this size a filing is needed whatever the parties’ sizes.");
  return personTest(year, acquirer, target, told);
}

const unknown = (year: ThresholdYear | null, why: string, missing: readonly string[]): Verdict => ({
  ...{ answer: "unknown", why, year, missing },
});

type Told = (answer: "applies" | "does-not", why: string) => Verdict;

/** One person of the smaller size or more, the other of the larger or more. One that is too small decides alone. */
function personTest(year: ThresholdYear, acquirer: string | null, target: string | null, told: Told): Verdict {
  const reaches = (size: string | null, least: number) => (size === null ? null : new Exact(size).gte(least));
  const small = [acquirer, target].map((size) => reaches(size, year.smallerPerson));
  const large = [acquirer, target].map((size) => reaches(size, year.largerPerson));
  if (small.includes(false)) return told("does-not", "One of the parties is below the smaller size of person.");
  if (large[0] === false && large[1] === false)
    return told("does-not", "Neither of the parties reaches the larger size of person.");
  const missing = [
    ...(acquirer === null ? ["the size of the buyer’s ultimate parent"] : []),
    ...(target === null ? ["the size of our ultimate parent"] : []),
  ];
  if (missing.length > 0) return unknown(year, "It depends on the sizes of the parties.", missing);
  return told("applies", "The transaction and both parties reach the thresholds.");
}
