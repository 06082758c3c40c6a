/** One thing that could be done: what it costs and what it is worth, in minor units of one currency. */
export type Candidate = {
  readonly id: string;
  readonly cost: bigint;
  /** May be below zero: then it is taken only where another needs it. */
  readonly value: bigint;
  /** Can only be taken together with these; one that is not a candidate can never be had. */
  readonly needs: readonly string[];
  /** Never together with these; true in both directions. */
  readonly excludes: readonly string[];
};

export type Limits = {
  readonly budget: bigint;
  readonly atMost: number;
  /** Wished for: given up one by one where no such set fits. */
  readonly atLeast: number;
  /** What a set is worth more, or less, than its parts apart; `most` is never below it for any set. */
  readonly together?: { readonly value: (ids: readonly string[]) => bigint; readonly most: bigint };
};

export type Choice = {
  /** In the order of the candidates. */
  readonly ids: readonly string[];
  readonly value: bigint;
  readonly cost: bigint;
  /** Fewer than were wished for, because no more fit. */
  readonly short: boolean;
};

type Search = {
  readonly items: readonly Candidate[];
  readonly conflicts: readonly (readonly number[])[];
  readonly limits: Limits;
  readonly least: number;
  best: { taken: boolean[]; value: bigint; cost: bigint } | null;
};

/** By value for money, so that the bound of a branch is found early; the outcome does not depend on the order. */
function ordered(candidates: readonly Candidate[]): Candidate[] {
  return [...candidates].sort((a, b) => {
    const [left, right] = [a.value * (b.cost + 1n), b.value * (a.cost + 1n)];
    return left > right ? -1 : left < right ? 1 : a.id < b.id ? -1 : 1;
  });
}

/** No set of the rest can be worth more: the best `slots` values among what the money buys, parts allowed. */
function bound(search: Search, from: number, money: bigint, slots: number): bigint {
  const rest = search.items.slice(from).filter((item) => item.value > 0n);
  let left = money;
  let fractional = 0n;
  for (const item of rest) {
    if (item.cost <= left) {
      fractional += item.value;
      left -= item.cost;
      continue;
    }
    fractional += (item.value * left) / item.cost + 1n;
    break;
  }
  const largest = rest.map((item) => item.value).sort((a, b) => (a > b ? -1 : a < b ? 1 : 0));
  const counted = largest.slice(0, Math.max(0, slots)).reduce((sum, value) => sum + value, 0n);
  return fractional < counted ? fractional : counted;
}

const complete = (search: Search, taken: readonly boolean[]): boolean => {
  const names = new Set(search.items.filter((_, index) => taken[index]).map((item) => item.id));
  return search.items.every((item, index) => !taken[index] || item.needs.every((need) => names.has(need)));
};

/** More value first, then less money, then the names that come first: one answer, whatever the order. */
function better(search: Search, taken: readonly boolean[], value: bigint, cost: bigint): boolean {
  const { best, items } = search;
  if (best === null || value !== best.value) return best === null || value > best.value;
  if (cost !== best.cost) return cost < best.cost;
  const names = (of: readonly boolean[]) =>
    items
      .filter((_, index) => of[index])
      .map((item) => item.id)
      .sort()
      .join("\n");
  return names(taken) < names(best.taken);
}

type Branch = { readonly at: number; readonly taken: boolean[]; readonly count: number; value: bigint; cost: bigint };

function descend(search: Search, branch: Branch): void {
  const { items, limits, least, conflicts } = search;
  const { at, taken, count, value, cost } = branch;
  if (count + items.length - at < least) return;
  const reach = value + (limits.together?.most ?? 0n) + bound(search, at, limits.budget - cost, limits.atMost - count);
  if (search.best && reach < search.best.value) return;
  const item = items[at];
  if (!item) {
    if (!complete(search, taken)) return;
    const ids = limits.together ? items.flatMap(({ id }, index) => (taken[index] ? [id] : [])) : [];
    const worth = value + (limits.together?.value(ids) ?? 0n);
    if (better(search, taken, worth, cost)) search.best = { taken: [...taken], value: worth, cost };
    return;
  }
  const allowed = count < limits.atMost && cost + item.cost <= limits.budget && !conflicts[at]?.some((i) => taken[i]);
  if (allowed) {
    taken[at] = true;
    descend(search, { at: at + 1, taken, count: count + 1, value: value + item.value, cost: cost + item.cost });
    taken[at] = false;
  }
  descend(search, { at: at + 1, taken, count, value, cost });
}

function conflictsOf(items: readonly Candidate[]): number[][] {
  return items.map((item) =>
    items.flatMap((other, index) =>
      item.excludes.includes(other.id) || other.excludes.includes(item.id) ? index : [],
    ),
  );
}

/**
 * The set of candidates that is worth most within the budget and the number, with what each needs and without what it
 * excludes: exact, by branch and bound, also where a set is not worth the sum of its parts. Costs of at least 0. Values may be equal: then the cheaper set, then by name.
 */
export function chooseBest(candidates: readonly Candidate[], limits: Limits): Choice {
  const known = new Set(candidates.map((candidate) => candidate.id));
  const reachable = candidates.filter((candidate) => candidate.needs.every((need) => known.has(need)));
  const items = ordered(reachable);
  const conflicts = conflictsOf(items);
  const wished = Math.max(0, Math.min(limits.atLeast, limits.atMost));
  for (let least = wished; least >= 0; least--) {
    const search: Search = { items, conflicts, limits, least, best: null };
    descend(search, { at: 0, taken: items.map(() => false), count: 0, value: 0n, cost: 0n });
    if (!search.best) continue;
    const { taken, value, cost } = search.best;
    const chosen = new Set(items.filter((_, index) => taken[index]).map((item) => item.id));
    const ids = candidates.map(({ id }) => id).filter((id) => chosen.has(id));
    return { ids, value, cost, short: least < wished };
  }
  return { ids: [], value: 0n, cost: 0n, short: wished > 0 };
}

/** Why one candidate is not in the best set. */
export type Obstacle = "no-gain" | "needs" | "excluded" | "budget" | "number";

/**
 * What keeps a candidate out: it brings nothing; what it needs is out; it cannot go together with a better one; or it
 * would be in with more money, or with more places.
 */
export function obstacleOf(id: string, candidates: readonly Candidate[], limits: Limits, choice: Choice): Obstacle {
  const candidate = candidates.find((one) => one.id === id);
  if (!candidate || candidate.value <= 0n) return "no-gain";
  const clashes = candidates.filter(
    (other) => choice.ids.includes(other.id) && (other.excludes.includes(id) || candidate.excludes.includes(other.id)),
  );
  if (clashes.length > 0) return "excluded";
  const all = candidates.reduce((sum, one) => sum + one.cost, 0n);
  const inWith = (more: Partial<Limits>) => chooseBest(candidates, { ...limits, ...more }).ids.includes(id);
  if (inWith({ budget: all })) return "budget";
  if (inWith({ atMost: candidates.length })) return "number";
  if (inWith({ budget: all, atMost: candidates.length })) return candidate.cost > limits.budget ? "budget" : "number";
  return candidate.needs.some((need) => !choice.ids.includes(need)) ? "needs" : "excluded";
}
