import { CalendarDate, endOfMonth, parseDate } from "@internationalized/date";
import type Fraction from "fraction.js";
import { floorUnits, positive, rational, sum, whole, ZERO } from "@/lib/distribution/rules/exact";
import { type FieldProblem, ok, type Result, refuse } from "@/lib/errors";
import type { AllocationType, VestingCondition, VestingGrant, VestingPeriod, VestingTerms } from "../schema";

export type Tranche = { date: string; shares: Fraction; conditionId: string };
export type Vesting = {
  vested: Fraction;
  unvested: Fraction;
  schedule: Tranche[];
  /** The condition that ends vesting before all has vested; null when none does. */
  expires: { date: string; conditionId: string } | null;
  warnings: string[];
};

const MONTHS: Readonly<Record<VestingPeriod["type"], number>> = { MONTHS: 1, YEARS: 12, DAYS: 0 };

/** The day of the month that is wanted; where the month is shorter, its last day. */
function wantedDay(period: VestingPeriod, startDay: number): number {
  const named = Number(/^\d\d/.exec(period.day_of_month ?? "")?.[0]);
  return Number.isInteger(named) && named > 0 ? named : startDay;
}

/** `steps` periods after the base; months are counted from the base each time and clamped to the month's end. */
function after(base: string, steps: number, period: Pick<VestingPeriod, "length" | "type">, day: number): string {
  const from = parseDate(base);
  if (period.type === "DAYS") return from.add({ days: steps * period.length }).toString();
  const month = new CalendarDate(from.year, from.month, 1).add({ months: steps * period.length * MONTHS[period.type] });
  return month.set({ day: Math.min(day, endOfMonth(month).day) }).toString();
}

type Walk = {
  terms: VestingTerms;
  grant: VestingGrant;
  conditions: ReadonlyMap<string, VestingCondition>;
  /** When each condition occurred, for the last time. */
  occurred: Map<string, string>;
  warnings: string[];
};

/** Days on which a condition would occur after `reached`; none if it waits for an event that has not come. */
function occurrences(walk: Walk, condition: VestingCondition, reached: string, previous: string | null): string[] {
  const { trigger } = condition;
  const { vestingStartDate, events } = walk.grant;
  if (trigger.type === "VESTING_START_DATE") return [vestingStartDate];
  if (trigger.type === "VESTING_SCHEDULE_ABSOLUTE") return [trigger.date];
  if (trigger.type === "VESTING_EVENT") {
    const days = events.filter(({ conditionId, date }) => conditionId === condition.id && date >= reached);
    return days
      .map(({ date }) => date)
      .sort()
      .slice(0, 1);
  }
  const { period } = trigger;
  const base = baseOf(walk, condition, trigger.relative_to_condition_id, previous);
  const day = wantedDay(period, parseDate(vestingStartDate).day);
  const days = Array.from({ length: period.occurrences }, (_, i) => after(base, i + 1, period, day));
  const cliff = condition.cliff_condition
    ? after(base, 1, condition.cliff_condition.period, day)
    : days[(period.cliff_installment ?? 1) - 1];
  return days.map((each) => (cliff && each < cliff ? cliff : each));
}

function baseOf(walk: Walk, condition: VestingCondition, relativeTo: string, previous: string | null): string {
  const known = walk.occurred.get(relativeTo);
  if (known) return known;
  const fallback = previous ? walk.occurred.get(previous) : undefined;
  walk.warnings.push(
    `${condition.id}: "${relativeTo}", to which it is relative, has not occurred or does not exist; counted from "${previous ?? "the start"}"`,
  );
  return fallback ?? walk.grant.vestingStartDate;
}

type Due = { condition: VestingCondition; days: string[] };

/** Of the conditions that may come next, the one that comes first; on the same day, the first listed. */
function nextDue(walk: Walk, ids: readonly string[], reached: string, previous: string | null): Due | null {
  let first: Due | null = null;
  for (const id of ids) {
    const condition = walk.conditions.get(id);
    if (!condition) continue;
    const days = occurrences(walk, condition, reached, previous);
    const [day] = days;
    if (day !== undefined && (first === null || day < (first.days[0] ?? ""))) first = { condition, days };
  }
  return first;
}

/** Shares of one occurrence, before rounding: a fixed number, a part of the grant, or of what is left. */
function portionOf(condition: VestingCondition, quantity: Fraction, left: Fraction): Fraction {
  if (condition.quantity !== undefined) return rational(condition.quantity);
  if (!condition.portion) return ZERO;
  const part = rational(condition.portion.numerator).div(rational(condition.portion.denominator));
  return (condition.portion.remainder ? left : quantity).mul(part);
}

/** Walks the graph of conditions from its start; a condition named by none is a start. */
function exactTranches(walk: Walk, quantity: Fraction): Pick<Vesting, "schedule" | "expires"> {
  const named = new Set(walk.terms.vesting_conditions.flatMap((condition) => condition.next_condition_ids));
  let ids = walk.terms.vesting_conditions.map(({ id }) => id).filter((id) => !named.has(id));
  let reached = walk.grant.vestingStartDate;
  let previous: string | null = null;
  let left = quantity;
  const schedule: Tranche[] = [];
  const visited = new Set<string>();
  for (let due = nextDue(walk, ids, "", null); due; due = nextDue(walk, ids, reached, previous)) {
    const { condition, days } = due;
    if (visited.has(condition.id)) break;
    visited.add(condition.id);
    const base = left;
    for (const date of days) {
      const shares = portionOf(condition, quantity, base);
      schedule.push({ date, shares, conditionId: condition.id });
      left = left.sub(shares);
    }
    reached = days.at(-1) ?? reached;
    walk.occurred.set(condition.id, reached);
    previous = condition.id;
    ids = condition.next_condition_ids;
    const ends = ids.length === 0 && positive(left) && portionOf(condition, quantity, base).n === 0n;
    if (ends && condition.trigger.type !== "VESTING_START_DATE")
      return { schedule, expires: { date: reached, conditionId: condition.id } };
  }
  return { schedule, expires: null };
}

/** Whole shares per tranche, Open Cap Format AllocationType; half up. */
export function allocate(exact: readonly Fraction[], allocation: AllocationType): Fraction[] {
  if (allocation === "FRACTIONAL") return [...exact];
  const half = rational("0.5");
  if (allocation.startsWith("CUMULATIVE")) {
    const up = allocation === "CUMULATIVE_ROUNDING" ? half : ZERO;
    let [soFar, given] = [ZERO, ZERO];
    return exact.map((value) => {
      soFar = soFar.add(value);
      const before = given;
      given = whole(floorUnits(soFar.add(up)));
      return given.sub(before);
    });
  }
  const floors = exact.map(floorUnits);
  let spare = floorUnits(sum(exact).add(half)) - floors.reduce((a, b) => a + b, 0n);
  const fractional = exact.flatMap((value, i) => (value.d === 1n ? [] : [i]));
  const order = allocation.startsWith("BACK") ? fractional.reverse() : fractional;
  const single = allocation.endsWith("SINGLE_TRANCHE");
  for (const index of order) {
    if (spare <= 0n) break;
    floors[index] = (floors[index] ?? 0n) + (single ? spare : 1n);
    spare -= single ? spare : 1n;
  }
  return floors.map(whole);
}

function contradictions(terms: VestingTerms): FieldProblem[] {
  const ids = terms.vesting_conditions.map(({ id }) => id);
  return terms.vesting_conditions.flatMap((condition, index) => {
    const at = `vestingTerms.vesting_conditions[${index}]`;
    const problems: FieldProblem[] = [];
    if (ids.indexOf(condition.id) !== index) problems.push({ path: `${at}.id`, expected: "an id of its own" });
    if ((condition.portion === undefined) === (condition.quantity === undefined))
      problems.push({ path: `${at}.portion`, expected: "either portion or quantity" });
    if (condition.portion && !positive(rational(condition.portion.denominator)))
      problems.push({ path: `${at}.portion.denominator`, expected: "a number above 0" });
    condition.next_condition_ids.forEach((id, i) => {
      if (!ids.includes(id))
        problems.push({ path: `${at}.next_condition_ids[${i}]`, expected: "the id of a condition" });
    });
    return problems;
  });
}

const merged = (schedule: readonly Tranche[]): Tranche[] => {
  const rows: Tranche[] = [];
  for (const tranche of schedule) {
    const last = rows.at(-1);
    if (last && last.date === tranche.date && last.conditionId === tranche.conditionId)
      last.shares = last.shares.add(tranche.shares);
    else rows.push({ ...tranche });
  }
  return rows.filter(({ shares }) => positive(shares));
};

/**
 * Shares of a grant vested at the end of a day, and the whole schedule. Months are clamped to their end from the start
 * day each time; of several conditions that may come next the earliest wins. Source: Open Cap Format, VestingTerms.
 */
export function vesting(terms: VestingTerms, grant: VestingGrant, asOf: string): Result<Vesting, "CONTRADICTION"> {
  const problems = contradictions(terms);
  if (problems.length > 0) return refuse("CONTRADICTION", problems);
  const quantity = rational(grant.quantity);
  const conditions = new Map(terms.vesting_conditions.map((condition) => [condition.id, condition]));
  const walk: Walk = { terms, grant, conditions, occurred: new Map(), warnings: [] };
  for (const [index, { conditionId }] of grant.events.entries()) {
    if (!conditions.has(conditionId))
      return refuse("CONTRADICTION", [
        { path: `grant.events[${index}].conditionId`, expected: "the id of a condition" },
      ]);
  }
  const { schedule: exact, expires } = exactTranches(walk, quantity);
  if (sum(exact.map(({ shares }) => shares)).gt(quantity))
    return refuse("CONTRADICTION", [
      { path: "vestingTerms.vesting_conditions", expected: "portions that do not exceed the grant" },
    ]);
  const shares = allocate(
    exact.map((tranche) => tranche.shares),
    terms.allocation_type,
  );
  const schedule = merged(exact.map((tranche, i) => ({ ...tranche, shares: shares[i] ?? ZERO })));
  const vested = sum(schedule.filter(({ date }) => date <= asOf).map((tranche) => tranche.shares));
  return ok({ vested, unvested: quantity.sub(vested), schedule, expires, warnings: [...new Set(walk.warnings)] });
}
