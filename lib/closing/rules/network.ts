import { daysBetween } from "@/lib/metrics/rules/periods";

/** The critical path method over a checklist (Kelley and Walker 1959): calendar days, finish to start. */

export type Activity = {
  id: string;
  /** Calendar days once nothing holds it up; null is not known. */
  days: number | null;
  /** Counts as its end where its days are not known. */
  dueOn: string | null;
  after: readonly string[];
};
/** Days from the day of reckoning; null is not known. */
export type Timed = {
  id: string;
  start: number | null;
  finish: number | null;
  /** By how much it may be late without moving the end of all. */
  slack: number | null;
  critical: boolean;
};
export type Schedule = {
  timed: ReadonlyMap<string, Timed>;
  /** Days until all are finished; null where one of them is not known. */
  length: number | null;
  /** One longest chain, from its first activity to its last; of equals the first by id. */
  path: readonly string[];
  /** Neither days nor a due date. */
  unknown: readonly string[];
};

type Links = Pick<Activity, "id" | "after">;

/** A circle of dependencies, each after the next, the first named again at the end; null where there is none. */
export function cycleIn(links: readonly Links[]): string[] | null {
  const byId = new Map(links.map((one) => [one.id, one]));
  const settled = new Set<string>();
  const trail: string[] = [];
  const visit = (id: string): string[] | null => {
    if (settled.has(id)) return null;
    const at = trail.indexOf(id);
    if (at >= 0) return [...trail.slice(at), id];
    trail.push(id);
    for (const before of byId.get(id)?.after ?? []) {
      const found = byId.has(before) ? visit(before) : null;
      if (found) return found;
    }
    trail.pop();
    settled.add(id);
    return null;
  };
  for (const { id } of links) {
    const found = visit(id);
    if (found) return found;
  }
  return null;
}

/** Each after what it depends on; what is not in the list holds nothing up. There is no circle. */
function inOrder(activities: readonly Activity[]): Activity[] {
  const byId = new Map(activities.map((one) => [one.id, one]));
  const seen = new Set<string>();
  const ordered: Activity[] = [];
  const visit = (one: Activity) => {
    if (seen.has(one.id)) return;
    seen.add(one.id);
    for (const id of one.after) {
      const before = byId.get(id);
      if (before) visit(before);
    }
    ordered.push(one);
  };
  for (const one of activities.toSorted((a, b) => (a.id < b.id ? -1 : 1))) visit(one);
  return ordered;
}

const latest = (values: readonly (number | null)[]): number | null =>
  values.some((value) => value === null) ? null : Math.max(0, ...values.map((value) => value ?? 0));

type Forward = { start: number | null; finish: number | null };

/** Earliest start and finish. Without days an activity ends on its due date, or when it can start where that is later. */
function forwardPass(ordered: readonly Activity[], today: string): Map<string, Forward> {
  const found = new Map<string, Forward>();
  for (const { id, days, dueOn, after } of ordered) {
    const start = latest(after.flatMap((before) => found.get(before) ?? []).map(({ finish }) => finish));
    const due = dueOn === null ? null : daysBetween(today, dueOn);
    const finish = start === null ? null : days !== null ? start + days : due === null ? null : Math.max(start, due);
    found.set(id, { start, finish });
  }
  return found;
}

/** The latest finish of each that does not move the end. */
function backwardPass(ordered: readonly Activity[], length: number) {
  const late = new Map<string, number>(ordered.map(({ id }) => [id, length]));
  for (const { id, days, after } of ordered.toReversed()) {
    // An activity that ends on its due date has no days of its own: what comes before it may take until then.
    const begin = (late.get(id) ?? length) - (days ?? 0);
    for (const before of after) late.set(before, Math.min(late.get(before) ?? length, begin));
  }
  return late;
}

function longestChain(ordered: readonly Activity[], times: ReadonlyMap<string, Forward>, length: number): string[] {
  const byId = new Map(ordered.map((one) => [one.id, one]));
  const finishOf = (id: string) => times.get(id)?.finish ?? null;
  const pick = (ids: readonly string[], at: number) => ids.filter((id) => finishOf(id) === at).toSorted()[0];
  const path: string[] = [];
  let at = pick(
    [...byId.keys()].filter((id) => !ordered.some(({ after }) => after.includes(id))),
    length,
  );
  while (at !== undefined) {
    path.unshift(at);
    const { days = null, after = [] } = byId.get(at) ?? {};
    // What drives it: the one before whose end is its beginning. Nothing does where it waits for its due date.
    at = pick(after, (finishOf(at) ?? 0) - (days ?? 0));
  }
  return path;
}

/**
 * When everything can be finished, counted from `today`, what the longest chain is, and by how much the rest may be late.
 * What is settled is left out by the caller. Refuses nothing: circles are refused where a dependency is written.
 */
export function scheduleOf(activities: readonly Activity[], today: string): Schedule {
  const ordered = inOrder(activities);
  const times = forwardPass(ordered, today);
  const length = latest([...times.values()].map(({ finish }) => finish));
  const late = length === null ? null : backwardPass(ordered, length);
  const timed = ordered.map(({ id }): [string, Timed] => {
    const { start = null, finish = null } = times.get(id) ?? {};
    const slack = late && finish !== null ? (late.get(id) ?? 0) - finish : null;
    return [id, { id, start, finish, slack, critical: slack === 0 }];
  });
  return {
    ...{ timed: new Map(timed), length },
    path: length === null ? [] : longestChain(ordered, times, length),
    unknown: ordered.filter(({ days, dueOn }) => days === null && dueOn === null).map(({ id }) => id),
  };
}
