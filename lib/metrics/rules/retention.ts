import { z } from "zod";
import { ok } from "@/lib/errors";
import { Exact } from "@/lib/money";
import {
  amount,
  contradicts,
  identifier,
  known,
  type Measure,
  MISSING,
  ratio,
  share,
  sum,
  wholeNumber,
} from "./measure";

/** One customer's MRR at the start of the window and now; 0 is "does not pay". */
export type CustomerMrr = { id: string; before: Exact; now: Exact };

export const retentionInput = z.strictObject({
  customers: z.array(
    z.strictObject({ id: identifier, before: amount("MRR before, at least 0"), now: amount("MRR now, at least 0") }),
    { error: "a list of customers" },
  ),
});

/** The index of the first row whose key was there before, or −1. */
export function firstDuplicate<Row>(rows: readonly Row[], key: (row: Row) => string): number {
  const seen = new Set<string>();
  return rows.findIndex((row) => seen.size === seen.add(key(row)).size);
}

export function checkCustomers(customers: readonly CustomerMrr[]) {
  const again = firstDuplicate(customers, (customer) => customer.id);
  return again < 0
    ? ok(customers)
    : contradicts(`customers[${again}].id`, `one row per customer (${customers[again]?.id} is there twice)`);
}

const opening = (customers: readonly CustomerMrr[]) => customers.filter((customer) => customer.before.gt(0));

/** Σ MRR now ÷ Σ MRR before, over those who paid before. */
export function netRevenueRetention(customers: readonly CustomerMrr[]): Measure {
  const base = opening(customers);
  return ratio(sum(base.map((customer) => customer.now)), sum(base.map((customer) => customer.before)));
}

/** Σ min(now, before) ÷ Σ before, over those who paid before: at most 1, and at most the net retention. */
export function grossRevenueRetention(customers: readonly CustomerMrr[]): Measure {
  const base = opening(customers);
  const kept = base.map((customer) => Exact.min(customer.now, customer.before));
  return ratio(sum(kept), sum(base.map((customer) => customer.before)));
}

/** Those who paid before and still pay ÷ those who paid before. */
export function logoRetention(customers: readonly CustomerMrr[]): Measure {
  const base = opening(customers);
  return ratio(base.filter((customer) => customer.now.gt(0)).length, base.length);
}

export function retentionCounts(customers: readonly CustomerMrr[]) {
  const base = opening(customers);
  const retained = base.filter((customer) => customer.now.gt(0));
  return {
    opening: base.length,
    retained: retained.length,
    lost: base.length - retained.length,
    expanded: retained.filter((customer) => customer.now.gt(customer.before)).length,
    contracted: retained.filter((customer) => customer.now.lt(customer.before)).length,
    unchanged: retained.filter((customer) => customer.now.eq(customer.before)).length,
    new: customers.filter((customer) => customer.before.isZero() && customer.now.gt(0)).length,
  };
}

export const retention = (customers: readonly CustomerMrr[]) => ({
  grossRevenueRetention: grossRevenueRetention(customers),
  netRevenueRetention: netRevenueRetention(customers),
  logoRetention: logoRetention(customers),
});

export const RETENTION_CONVENTIONS = {
  retention: "cohort method, per customer: over those with MRR before; customers won since are out",
  gross: "per customer min(now, before): no one's expansion covers another's loss",
  zero: "an MRR of 0 is not a paying customer",
};

export const churnInput = z.strictObject({
  openingCustomers: wholeNumber("customers at the start, a whole number of at least 0"),
  churnedOfOpening: wholeNumber("customers of the start that were lost, a whole number of at least 0"),
  newCustomers: wholeNumber("customers won in the period, a whole number of at least 0").optional(),
  churnedOfNew: wholeNumber("customers won and lost in the period, a whole number of at least 0").optional(),
});
type ChurnInput = z.output<typeof churnInput>;

export function checkChurn(input: ChurnInput) {
  const { openingCustomers, churnedOfOpening, newCustomers, churnedOfNew } = input;
  if (churnedOfOpening.gt(openingCustomers)) {
    return contradicts("churnedOfOpening", `at most openingCustomers (${openingCustomers})`);
  }
  if (churnedOfNew?.gt(newCustomers ?? 0)) {
    return contradicts("churnedOfNew", `at most newCustomers (${newCustomers ?? "not given"})`);
  }
  return ok(input);
}

/** Opening customers lost ÷ opening customers. */
export const logoChurn = (churned: Exact, openingCustomers: Exact): Measure => ratio(churned, openingCustomers);

export const churn = ({ openingCustomers, churnedOfOpening, newCustomers, churnedOfNew }: ChurnInput) => ({
  churnRate: logoChurn(churnedOfOpening, openingCustomers),
  earlyChurnRate: newCustomers && churnedOfNew ? ratio(churnedOfNew, newCustomers) : MISSING,
});

export const CHURN_CONVENTIONS = {
  churn: "opening customers lost in the period ÷ opening customers; those won and lost in the same period are out",
  earlyChurn: "customers won and lost in the same period ÷ customers won",
};

export const annualizeChurnInput = z.strictObject({
  monthlyRate: share("a monthly churn from 0 to 1 (2 % is 0.02)"),
});

/** 1 − (1 − m)^12, never 12 · m. `monthlyRate` is a fraction in [0, 1]. */
export const annualizedChurn = (monthlyRate: Exact): Measure =>
  known(new Exact(1).minus(new Exact(1).minus(monthlyRate).pow(12)));

export const ANNUALIZE_CONVENTIONS = { annualization: "compounded: 1 − (1 − monthly)^12, not 12 × monthly" };
