import { Exact } from "@/lib/money";
import type { ClassDividends } from "../schema/dividends";
import { accrue } from "./accrual";
import type { Security } from "./ledger";

/** What a class has been paid for with and since when, one line for each security of it. */
export type Paid = { base: string; issuedOn: string };

/** Actual days ÷ 365, as methods a4 has it; nothing before the day from which it accrues. */
function accruedOn({ base, issuedOn }: Paid, { ratio, compounding, accruesFrom }: ClassDividends, day: string): Exact {
  const from = accruesFrom !== null && accruesFrom > issuedOn ? accruesFrom : issuedOn;
  if (ratio === null || compounding === null || day <= from) return new Exact(0);
  const outcome = accrue({ kind: "dividend", base, rate: ratio, compounding, dayCount: "ACT/365F", from, to: day });
  return outcome.ok ? outcome.value.accrued : new Exact(0);
}

export type DividendTerms = {
  accruedDividends?: string;
  dividendsOnConversion?: "forfeited" | "kept";
  /** Of dividends in kind: by what shares, and what was paid for them, have grown. */
  growth?: string;
};

/**
 * What dividends add to a class on a day. Cumulative and declared ones are a claim beside the preference, lost or kept on
 * conversion; those paid in kind are more shares with a preference and a conversion of their own. Source: methods a4.
 */
export function dividendTerms(given: ClassDividends | undefined, paid: readonly Paid[], day: string): DividendTerms {
  if (!given || given.kind === "none") return {};
  const { kind, onConversion } = given;
  if (kind === "declared") return { accruedDividends: given.amount ?? "0", dividendsOnConversion: onConversion };
  const accrued = paid.reduce((sum, one) => sum.plus(accruedOn(one, given, day)), new Exact(0));
  if (kind === "cumulative")
    return { accruedDividends: accrued.toDecimalPlaces(12).toFixed(), dividendsOnConversion: onConversion };
  const base = paid.reduce((sum, one) => sum.plus(one.base), new Exact(0));
  return base.isZero() ? {} : { growth: accrued.div(base).plus(1).toDecimalPlaces(20).toFixed() };
}

export const paidFor = ({ issuedOn }: Security, base: Exact): Paid => ({ base: base.toFixed(), issuedOn });
