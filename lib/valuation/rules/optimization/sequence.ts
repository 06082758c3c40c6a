/** One thing that could be done: worth and money in minor units, hours of work, hours until it shows after the work. */
export type PlanStep = {
  readonly id: string;
  readonly worth: number;
  readonly money: number;
  readonly hours: number;
  readonly lag: number;
  /** Its work comes first; one that is no step can never be had. */
  readonly after: string | null;
};

export type PlanLimits = {
  /** Hours of work that the period has. */
  readonly hours: number;
  /** Null: no limit. */
  readonly money: number | null;
  readonly atMost: number;
};

export type Placed = { readonly id: string; readonly from: number; readonly to: number };
export type Sequence = {
  /** In the order of work, with the hours at which each begins and ends. */
  readonly placed: readonly Placed[];
  /** False where the search was cut off: then it is the best that was found, and that is said. */
  readonly proven: boolean;
};

const MOST_NODES = 400_000;

/** When the work of each step must be done at the latest: so that it shows in the period, and so do those after it. */
function dueOf(steps: readonly PlanStep[], { hours }: PlanLimits): Map<string, number> {
  const due = new Map(steps.map(({ id, lag }) => [id, hours - lag]));
  // A chain has at most as many links as there are steps.
  for (const _round of steps) {
    for (const step of steps) {
      const [own, before] = [due.get(step.id), step.after === null ? undefined : due.get(step.after)];
      if (own !== undefined && before !== undefined && step.after !== null)
        due.set(step.after, Math.min(before, own - step.hours));
    }
  }
  return due;
}

/** One team does one after the other: it can be done in time exactly when the order of due dates can. */
function fits(steps: readonly PlanStep[], limits: PlanLimits): boolean {
  const due = dueOf(steps, limits);
  let done = 0;
  return steps
    .toSorted((a, b) => (due.get(a.id) ?? 0) - (due.get(b.id) ?? 0))
    .every((step) => {
      done += step.hours;
      return done <= (due.get(step.id) ?? 0);
    });
}

type Ranked = { readonly step: PlanStep; readonly at: number };
/** The steps from the one that gives most for the hours, for the money, and at all. */
type Rankings = {
  readonly hours: readonly Ranked[];
  readonly money: readonly Ranked[];
  readonly worth: readonly Ranked[];
};

function rankingsOf(items: readonly PlanStep[]): Rankings {
  const useful = items.map((step, at) => ({ step, at })).filter(({ step }) => step.worth > 0);
  const by = (sizeOf: (step: PlanStep) => number) =>
    useful.toSorted((a, b) => b.step.worth * sizeOf(a.step) - a.step.worth * sizeOf(b.step));
  return { hours: by(({ hours }) => hours), money: by(({ money }) => money), worth: by(() => 1) };
}

/** What the best of them that stand at `from` or later are worth within `room`, the last one in part. */
function within(ranked: readonly Ranked[], from: number, room: number, sizeOf: (step: PlanStep) => number): number {
  let [left, worth] = [room, 0];
  for (const { step, at } of ranked) {
    if (at < from) continue;
    const size = sizeOf(step);
    if (size > left) return worth + (step.worth * left) / size;
    worth += step.worth;
    left -= size;
  }
  return worth;
}

type Room = { hours: number; money: number; places: number };

/** No set of the rest can be worth more: what the hours, the money and the places buy, parts allowed. */
function bound({ hours, money, worth }: Rankings, from: number, room: Room): number {
  return Math.min(
    within(hours, from, room.hours, (step) => step.hours),
    within(money, from, room.money, (step) => step.money),
    within(worth, from, room.places, () => 1),
  );
}

const total = (steps: readonly PlanStep[], of: (step: PlanStep) => number): number =>
  steps.reduce((sum, step) => sum + of(step), 0);

type Search = {
  readonly items: readonly PlanStep[];
  readonly rankings: Rankings;
  /** So many items from the first one on are in every plan. */
  readonly fixed: number;
  readonly limits: PlanLimits;
  best: PlanStep[];
  worth: number;
  nodes: number;
};

function descend(search: Search, at: number, taken: readonly PlanStep[]): void {
  const { items, limits } = search;
  search.nodes += 1;
  if (search.nodes > MOST_NODES) return;
  const worth = total(taken, (step) => step.worth);
  const ids = new Set(taken.map(({ id }) => id));
  const whole = at >= search.fixed && taken.every(({ after }) => after === null || ids.has(after));
  if (whole && (worth > search.worth || (worth === search.worth && cheaper(taken, search.best)))) {
    search.best = [...taken];
    search.worth = worth;
  }
  const next = items[at];
  if (!next || taken.length >= limits.atMost) return;
  const hours = limits.hours - total(taken, (step) => step.hours);
  const money = (limits.money ?? Number.POSITIVE_INFINITY) - total(taken, (step) => step.money);
  const room = { hours, money, places: limits.atMost - taken.length };
  if (worth + bound(search.rankings, at, room) < search.worth) return;
  const more = [...taken, next];
  if (next.money <= money && fits(more, limits)) descend(search, at + 1, more);
  if (at >= search.fixed) descend(search, at + 1, taken);
}

/** Of equal worth: less money, then fewer hours. */
function cheaper(a: readonly PlanStep[], b: readonly PlanStep[]): boolean {
  const money = total(a, (step) => step.money) - total(b, (step) => step.money);
  return money < 0 || (money === 0 && total(a, (step) => step.hours) < total(b, (step) => step.hours));
}

/** Among all orders that keep every due date: the one in which worth comes soonest, Σ worth × end. Exact, over subsets. */
function inOrder(steps: readonly PlanStep[], limits: PlanLimits): PlanStep[] {
  const due = dueOf(steps, limits);
  const index = new Map(steps.map(({ id }, at) => [id, at]));
  const all = 2 ** steps.length;
  const cost = new Float64Array(all).fill(Number.POSITIVE_INFINITY);
  const last = new Int8Array(all).fill(-1);
  cost[0] = 0;
  for (let mask = 1; mask < all; mask++) {
    const end = total(
      steps.filter((_, at) => mask & (1 << at)),
      (step) => step.hours,
    );
    for (const [at, step] of steps.entries()) {
      const rest = mask & ~(1 << at);
      const before = step.after === null ? undefined : index.get(step.after);
      const late = end > (due.get(step.id) ?? 0);
      if (rest === mask || late || (before !== undefined && !(rest & (1 << before)))) continue;
      const here = (cost[rest] ?? Number.POSITIVE_INFINITY) + step.worth * end;
      if (here === Number.POSITIVE_INFINITY || here > (cost[mask] ?? 0)) continue;
      cost[mask] = here;
      last[mask] = at;
    }
  }
  const order: PlanStep[] = [];
  for (let mask = all - 1; mask > 0; ) {
    const step = steps[last[mask] ?? -1];
    if (!step) return [];
    order.unshift(step);
    mask &= ~(1 << (index.get(step.id) ?? 0));
  }
  return order;
}

/**
 * The steps that are worth most together within the period's hours, the money and the number, each after what it needs
 * and early enough to show in the period: exact, by branch and bound. One team works on one after the other; of all
 * orders the one in which the worth comes soonest. Hours and money of at least 0; at most 12 places. Steps of `must` are
 * in every plan that is looked at; nothing is placed where they do not fit.
 */
export function bestSequence(
  steps: readonly PlanStep[],
  limits: PlanLimits,
  must: ReadonlySet<string> = new Set(),
): Sequence {
  const items = steps
    .filter((step) => fits([step], limits))
    .toSorted(
      (a, b) =>
        Number(must.has(b.id)) - Number(must.has(a.id)) ||
        b.worth * (a.hours + 1) - a.worth * (b.hours + 1) ||
        (a.id < b.id ? -1 : 1),
    );
  const fixed = items.filter(({ id }) => must.has(id)).length;
  if (fixed < must.size) return { placed: [], proven: true };
  const search: Search = { items, rankings: rankingsOf(items), fixed, limits, best: [], worth: 0, nodes: 0 };
  descend(search, 0, []);
  let at = 0;
  const placed = inOrder(search.best, limits).map(({ id, hours }) => {
    const from = at;
    at += hours;
    return { id, from, to: at };
  });
  return { placed, proven: search.nodes <= MOST_NODES };
}
