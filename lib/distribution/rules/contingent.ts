import type Fraction from "fraction.js";
import { type FieldProblem, ok, type Result, refuse } from "@/lib/errors";
import type { ShareClass } from "../schema";
import { positive, rational, ZERO } from "./exact";
import { nobody, payoffAt, readEngine } from "./waterfall";

export type Release = { date?: string | undefined; amount: number | string; label: string };
export type Paid = { payouts: Map<string, Fraction>; converted: string[]; soFar: Fraction };

/** Places of the releases in order of time: by date where all have one, as listed where none has. */
function inTime(releases: readonly Release[]): Result<number[], "CONTRADICTION"> {
  const order = releases.map((_, index) => index);
  if (releases.every(({ date }) => date !== undefined)) {
    const dateOf = (index: number) => releases[index]?.date ?? "";
    return ok(order.sort((a, b) => (dateOf(a) === dateOf(b) ? a - b : dateOf(a) < dateOf(b) ? -1 : 1)));
  }
  const problems: FieldProblem[] = [];
  let latest = "";
  releases.forEach(({ date }, index) => {
    if (date === undefined) return;
    if (date < latest)
      problems.push({ path: `releases[${index}].date`, expected: "a date for every release, or releases in order" });
    latest = date;
  });
  return problems.length > 0 ? refuse("CONTRADICTION", problems) : ok(order);
}

/**
 * What each class is due now: its part of everything so far less what it was paid. Rounding may leave a class a unit
 * above its part; nobody pays back, so it gets nothing and the class with the most due gets that much less.
 */
function due(target: ReadonlyMap<string, Fraction>, paid: ReadonlyMap<string, Fraction>): Map<string, Fraction> {
  const open = new Map([...target].map(([id, amount]) => [id, amount.sub(paid.get(id) ?? ZERO)] as const));
  for (const [id, amount] of open) {
    if (amount.s >= 0n || amount.n === 0n) continue;
    const [most] = [...open].sort(([, a], [, b]) => b.compare(a))[0] ?? [id];
    open.set(most, (open.get(most) ?? ZERO).add(amount));
    open.set(id, ZERO);
  }
  return open;
}

/**
 * Payouts per release, in the order given: the waterfall of all consideration up to it, as if it were one payment, less
 * what was paid before. A later release can change who converts. Source: methods a1; NVCA charter 2.3.4.
 */
export function contingentPayouts(
  classes: readonly ShareClass[],
  releases: readonly Release[],
  digits: number,
): Result<Paid[], "CONTRADICTION"> {
  const engine = readEngine(classes, undefined);
  if (!engine.ok) return engine;
  const order = inTime(releases);
  if (!order.ok) return order;
  let sum = ZERO;
  const totals = order.value.map((index) => {
    sum = sum.add(rational(releases[index]?.amount ?? 0));
    return sum;
  });
  let paid = new Map<string, Fraction>();
  const answer: Paid[] = [];
  for (const [step, soFar] of totals.entries()) {
    const index = order.value[step] ?? step;
    const { payouts, converted, left } = payoffAt(engine.value, soFar, digits);
    if (positive(left)) return refuse("CONTRADICTION", [nobody(`releases[${index}].amount`, left)]);
    const now = due(payouts, paid);
    paid = new Map([...now].map(([id, amount]) => [id, amount.add(paid.get(id) ?? ZERO)]));
    answer[index] = { payouts: now, converted, soFar };
  }
  return ok(answer);
}
