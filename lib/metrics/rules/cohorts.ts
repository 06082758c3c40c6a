import { z } from "zod";
import { ok } from "@/lib/errors";
import { Exact } from "@/lib/money";
import { amount, byText, contradicts, day, identifier, monthIndex, monthOf } from "./measure";
import { firstDuplicate } from "./retention";

export const cohortsInput = z.strictObject({
  customers: z.array(
    z.strictObject({
      id: identifier,
      start: day,
      end: day.nullish(),
      mrr: amount("MRR of the customer, at least 0").optional(),
    }),
    { error: "a list of customers" },
  ),
  months: z.int({ error: "a whole number of months from 0 to 1200" }).min(0).max(1_200),
});
export type CohortCustomer = z.output<typeof cohortsInput>["customers"][number];

/** `mrr` is null where it is not known of an active customer; `retention` is the part of customers still active. */
export type CohortCell = { offset: number; active: number; mrr: Exact | null; retention: Exact };
export type Cohort = { month: string; size: number; cells: CohortCell[] };

export function checkCohorts({ customers }: z.output<typeof cohortsInput>) {
  const again = firstDuplicate(customers, (customer) => customer.id);
  if (again >= 0) {
    return contradicts(`customers[${again}].id`, `one row per customer (${customers[again]?.id} is there twice)`);
  }
  const backwards = customers.findIndex((customer) => customer.end && customer.end < customer.start);
  return backwards < 0
    ? ok(customers)
    : contradicts(`customers[${backwards}].end`, `not before start (${customers[backwards]?.start})`);
}

type Leaving = { count: number; mrr: Exact; withoutMrr: number };

/** The last offset at which a customer is active, at most `months`. */
const lastOffset = (customer: CohortCustomer, months: number): number =>
  customer.end ? Math.min(monthIndex(customer.end) - monthIndex(customer.start), months) : months;

function cohortOf(month: string, members: readonly CohortCustomer[], months: number): Cohort {
  const last = new Map<number, Leaving>();
  for (const member of members) {
    const offset = lastOffset(member, months);
    const leaving = last.get(offset) ?? { count: 0, mrr: new Exact(0), withoutMrr: 0 };
    leaving.count += 1;
    leaving.mrr = leaving.mrr.plus(member.mrr ?? 0);
    leaving.withoutMrr += member.mrr ? 0 : 1;
    last.set(offset, leaving);
  }
  const cells: CohortCell[] = [];
  let active = 0;
  let mrr = new Exact(0);
  let withoutMrr = 0;
  for (let offset = months; offset >= 0; offset -= 1) {
    const leaving = last.get(offset);
    active += leaving?.count ?? 0;
    mrr = mrr.plus(leaving?.mrr ?? 0);
    withoutMrr += leaving?.withoutMrr ?? 0;
    cells.push({ offset, active, mrr: withoutMrr > 0 ? null : mrr, retention: new Exact(active).div(members.length) });
  }
  return { month, size: members.length, cells: cells.reverse() };
}

/** By calendar month of the start; a customer is active from that month to the one in which it ends, both included. */
export function cohorts(customers: readonly CohortCustomer[], months: number): Cohort[] {
  const groups = Map.groupBy(customers, (customer) => monthOf(customer.start));
  return [...groups].sort(([a], [b]) => byText(a, b)).map(([month, members]) => cohortOf(month, members, months));
}

export const COHORT_CONVENTIONS = {
  cohort: "by calendar month of the start; offset 0 is that month, offsets 0…months are months + 1 points",
  active: "in every month up to and including the one in which it ends",
  future: "no as-of date is given, so every offset is shown; without an end a customer counts as active throughout",
  retention: "active customers ÷ size of the cohort",
  mrr: "the MRR given for each customer, unchanged over time",
};
