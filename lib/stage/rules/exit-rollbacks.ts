import { parseDate } from "@internationalized/date";
import { Exact } from "@/lib/money";

/** Conditions of 40.2 under which preparation goes back, stops, or needs the chairman (spec/stage-40, section 4). */
export const ROLLBACK_KINDS = [
  "no-buyer",
  "readiness-low",
  "readiness-stalled",
  "growth-negative",
  "key-person",
  "market-crash",
] as const;
export type RollbackKind = (typeof ROLLBACK_KINDS)[number];

export type Reading = { day: string; value: string };

export type RollbackFacts = {
  today: string;
  /** When 40.2 began. */
  startedOn: string;
  qualified: number | null;
  /** Readiness by day, oldest first. */
  readiness: readonly Reading[];
  /** When tasks were made because readiness stayed low; null before that. */
  remediatedOn: string | null;
  /** Fall of the multiples from their highest of twelve months, as a fraction; null where no series says. */
  multiplesFall: string | null;
  /** Growth year over year by quarter, newest last, back to the first that is not negative or not known. */
  growth: readonly Reading[];
  /** The month from which on it has been negative without a break: the same shrinking, whichever months a quarter has. */
  shrinkingSince?: string | null;
  /** The last day of the newest month in which a key person left; null: none did. Undefined: nobody counts them. */
  departedOn: string | null | undefined;
};

export type Rollback = {
  kind: RollbackKind;
  /** holds: it is to be acted on. near: two thirds of the way. unknown: the data does not say. */
  state: "holds" | "near" | "far" | "unknown";
  /** The day on which it would come true if nothing changed; null where there is none. */
  on: string | null;
  sentence: string;
  /** What tells this cause from another of the same kind; absent where one preparation has it once. */
  cause?: string;
};

export const NO_BUYER_MONTHS = 18;
export const LOW_MONTHS = 6;
export const STALLED_MONTHS = 3;
export const READY_FROM = 85;
const CRASH = new Exact("0.5");
const NEAR_CRASH = new Exact("0.3");
/** A reading that is older says nothing about today. */
const READING_DAYS = 92;
/** What counts as progress, in points. */
const PROGRESS = 1;

const plus = (day: string, months: number): string => parseDate(day).add({ months }).toString();
const over = (day: string, today: string): boolean => parseDate(day).compare(parseDate(today)) <= 0;

/** Of a span from `from` to `on`: has it ended, or are two thirds of it gone? */
function stateOf(from: string, on: string, today: string): "holds" | "near" | "far" {
  if (over(on, today)) return "holds";
  const whole = parseDate(on).compare(parseDate(from));
  const gone = parseDate(today).compare(parseDate(from));
  return gone * 3 >= whole * 2 ? "near" : "far";
}

function noBuyer({ startedOn, qualified, today }: RollbackFacts): Rollback {
  const kind = "no-buyer" as const;
  if (qualified !== null && qualified > 0)
    return { kind, state: "far", on: null, sentence: "There is a qualified buyer." };
  const on = plus(startedOn, NO_BUYER_MONTHS);
  // Nobody entered is nobody qualified: the clock of this rule runs without data, too.
  return { kind, state: stateOf(startedOn, on, today), on, sentence: "No qualified buyer after 18 months of 40.2." };
}

/** Since when readiness has been below 85 without a break, within 40.2; null where it is not, or nobody knows. */
export function lowSince({
  readiness,
  startedOn,
  today,
}: Pick<RollbackFacts, "readiness" | "startedOn" | "today">): string | null {
  const own = readiness.filter(({ day }) => day >= startedOn && day <= today);
  const lastReady = own.findLastIndex(({ value }) => new Exact(value).gte(READY_FROM));
  return own[lastReady + 1]?.day ?? null;
}

const newest = ({ readiness, today }: RollbackFacts): Reading | null => {
  const last = readiness.filter(({ day }) => day <= today).at(-1);
  return last && over(today, parseDate(last.day).add({ days: READING_DAYS }).toString()) ? last : null;
};

function readinessLow(facts: RollbackFacts): Rollback {
  const kind = "readiness-low" as const;
  const last = newest(facts);
  if (!last) return { kind, state: "unknown", on: null, sentence: "Readiness has not been measured for a quarter." };
  const since = lowSince(facts);
  if (since === null) return { kind, state: "far", on: null, sentence: "Readiness is at 85 or above." };
  const on = plus(since, LOW_MONTHS);
  return { kind, state: stateOf(since, on, facts.today), on, sentence: "Readiness below 85 for 6 months." };
}

function readinessStalled(facts: RollbackFacts): Rollback {
  const kind = "readiness-stalled" as const;
  const { remediatedOn, readiness, today } = facts;
  const last = newest(facts);
  if (remediatedOn === null || lowSince(facts) === null)
    return { kind, state: "far", on: null, sentence: "Nothing is being remedied." };
  const then = readiness.filter(({ day }) => day <= remediatedOn).at(-1);
  if (!last || !then) return { kind, state: "unknown", on: null, sentence: "Readiness then or now is not known." };
  if (new Exact(last.value).gte(new Exact(then.value).plus(PROGRESS)))
    return { kind, state: "far", on: null, sentence: "Readiness has risen since the tasks were made." };
  const on = plus(remediatedOn, STALLED_MONTHS);
  const sentence = "No progress for 3 months after the tasks were made.";
  return { kind, state: stateOf(remediatedOn, on, today), on, sentence };
}

const NEGATIVE_QUARTERS = 2;

/** Quarters are of three months up to the newest of the accounts. */
export function growthNegative({ growth, shrinkingSince }: Pick<RollbackFacts, "growth" | "shrinkingSince">): Rollback {
  const kind = "growth-negative" as const;
  if (growth.length === 0)
    return { kind, state: "unknown", on: null, sentence: "Growth of the last quarter is not known." };
  const negative = growth.filter(({ value }) => new Exact(value).lt(0));
  const sentence = "Growth below 0 % for 2 quarters.";
  const state = negative.length >= NEGATIVE_QUARTERS ? "holds" : negative.length > 0 ? "near" : "far";
  const cause = shrinkingSince ?? negative[0]?.day;
  return { kind, state, on: null, sentence, ...(negative[0] && cause ? { cause } : {}) };
}

/** So many months in a row that nobody knows end what is known; between quarterly accounts there are two. */
const UNKNOWN_MONTHS = 3;

/** The month from which on growth has been below zero without a break, of months newest first; null where it is not. */
export function negativeSince(months: Iterable<{ day: string; value: string | null }>): string | null {
  let [since, unknown]: [string | null, number] = [null, 0];
  for (const { day, value } of months) {
    unknown = value === null ? unknown + 1 : 0;
    if (unknown === UNKNOWN_MONTHS || (value !== null && !new Exact(value).lt(0))) break;
    if (value !== null) since = day;
  }
  return since;
}

/** A departure counts for so many days; readiness is scored anew in every round anyway. */
const DEPARTURE_DAYS = 92;

export function keyPerson({
  departedOn,
  startedOn,
  today,
}: Pick<RollbackFacts, "departedOn" | "startedOn" | "today">): Rollback {
  const kind = "key-person" as const;
  if (departedOn === undefined)
    return { kind, state: "unknown", on: null, sentence: "Nobody counts who of the key people left." };
  const sentence = "A key person left.";
  const recent =
    departedOn !== null &&
    departedOn >= startedOn &&
    !over(parseDate(departedOn).add({ days: DEPARTURE_DAYS }).toString(), today);
  return recent
    ? { kind, state: "holds", on: null, sentence, cause: departedOn }
    : { kind, state: "far", on: null, sentence: "No key person left in the last quarter." };
}

export function marketCrash({ multiplesFall }: Pick<RollbackFacts, "multiplesFall">): Rollback {
  const kind = "market-crash" as const;
  const sentence = "Multiples down 50 % or more from their highest of twelve months.";
  if (multiplesFall === null)
    return { kind, state: "unknown", on: null, sentence: "No series of multiples is stored." };
  const fall = new Exact(multiplesFall);
  return { kind, state: fall.gte(CRASH) ? "holds" : fall.gte(NEAR_CRASH) ? "near" : "far", on: null, sentence };
}

/** Each rule of 40.2 with how far it is from coming true. */
export const rollbacks = (facts: RollbackFacts): Rollback[] => [
  noBuyer(facts),
  readinessLow(facts),
  readinessStalled(facts),
  growthNegative(facts),
  keyPerson(facts),
  marketCrash(facts),
];

/** How far the newest value lies below the highest of twelve months, and the day of that; null without two values. */
export function dropFromHigh(points: readonly Reading[], today: string): { fall: string; from: string } | null {
  const from = plus(today, -12);
  const known = points.filter(({ day }) => day > from && day <= today);
  const last = known.at(-1);
  if (!last || known.length < 2) return null;
  const high = known.reduce((most, one) => (new Exact(one.value).gt(most.value) ? one : most));
  const top = new Exact(high.value);
  return top.gt(0) ? { fall: top.minus(last.value).div(top).toFixed(), from: high.day } : null;
}

const CRASH_MONTHS = 36;

/**
 * The day on which the crash of today began: the first of half or more, after which the fall did not come below a third. The
 * highest of twelve months moves on with the months; this does not. Null where there is no crash.
 */
export function crashSince(points: readonly Reading[], today: string): string | null {
  const fallOn = (day: string) => new Exact(dropFromHigh(points, day)?.fall ?? 0);
  if (fallOn(today).lt(CRASH)) return null;
  let since: string | null = null;
  for (const { day } of points.filter((one) => one.day > plus(today, -CRASH_MONTHS) && one.day <= today)) {
    const fall = fallOn(day);
    if (since === null && fall.gte(CRASH)) since = day;
    else if (since !== null && fall.lt(NEAR_CRASH)) since = null;
  }
  return since;
}
