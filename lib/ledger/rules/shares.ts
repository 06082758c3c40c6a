import type Fraction from "fraction.js";
import { contingentPayouts } from "@/lib/distribution/rules/contingent";
import type { ShareClass } from "@/lib/distribution/schema";
import { type FieldProblem, ok, type Result, refuse } from "@/lib/errors";
import { fromMinor, minorDigits, splitByLargestRemainder } from "@/lib/money";
import type { Holding } from "../schema";

export type Share = { classId: string; holderId: string; name: string; amountMinor: bigint };
export type Paid = { classId: string; holderId: string; amountMinor: bigint };

const inMinor = (amount: Fraction, currency: string): bigint => {
  const scaled = amount.mul(10n ** BigInt(minorDigits(currency)));
  return (scaled.s * scaled.n) / scaled.d;
};

/**
 * What is due now: each part of the whole so far less what was paid before. A unit of rounding that somebody was paid
 * early is not asked back; who has most due waits for it.
 */
function dueOf(targets: readonly bigint[], before: readonly bigint[]): bigint[] {
  const due = targets.map((target, index) => target - (before[index] ?? 0n));
  for (let index = due.length - 1; index >= 0; index -= 1) {
    const over = due[index] ?? 0n;
    if (over >= 0n) continue;
    const most = due.reduce((best, amount, place) => (amount > (due[best] ?? 0n) ? place : best), 0);
    due[index] = 0n;
    due[most] = (due[most] ?? 0n) + over;
  }
  return due;
}

export type Sharing = {
  classes: readonly ShareClass[];
  holdings: readonly Holding[];
  currency: string;
  /** Amounts distributed before, oldest first. */
  earlier: readonly bigint[];
  /** What each holder was paid of each class until now. */
  paid: readonly Paid[];
};

export type SharesRefusal = "NO_HOLDERS" | "CONTRADICTION";

/**
 * Who receives what of an amount that comes after others: classes by the waterfall over all so far as if it were one
 * payment, then holders of a class by units and largest remainder. The parts add up to the amount, to the minor unit.
 * Source: methods a1; NVCA charter 2.3.4.
 */
export function sharesOf(
  { classes, holdings, currency, earlier, paid }: Sharing,
  amountMinor: bigint,
): Result<Share[], SharesRefusal> {
  const releases = [...earlier, amountMinor].map((amount, index) => ({
    label: String(index + 1),
    amount: fromMinor(amount, currency).toFixed(),
  }));
  const payouts = contingentPayouts(classes, releases, minorDigits(currency));
  if (!payouts.ok) return payouts;
  const problems: FieldProblem[] = [];
  const shares: Share[] = [];
  for (const { id } of classes) {
    const soFar = payouts.value.reduce((sum, release) => {
      const part = release.payouts.get(id);
      return part ? sum + inMinor(part, currency) : sum;
    }, 0n);
    if (soFar === 0n) continue;
    const held = holdings.filter(({ classId }) => classId === id);
    const targets = splitByLargestRemainder(
      soFar,
      held.map(({ units }) => units),
    );
    if (!targets) {
      problems.push({ path: id, expected: "somebody who holds the class" });
      continue;
    }
    const before = held.map(({ holderId }) =>
      paid.reduce((sum, one) => (one.classId === id && one.holderId === holderId ? sum + one.amountMinor : sum), 0n),
    );
    dueOf(targets, before).forEach((due, index) => {
      const holder = held[index];
      if (due > 0n && holder)
        shares.push({ classId: id, holderId: holder.holderId, name: holder.name, amountMinor: due });
    });
  }
  return problems.length > 0 ? refuse("NO_HOLDERS", problems) : ok(shares);
}
