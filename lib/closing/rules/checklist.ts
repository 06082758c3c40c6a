import type { FieldProblem } from "@/lib/errors";
import type { Benefit, ClosingRefusal, Group, ItemState, Party, Side, SignatureState, Task } from "../schema";
import { type Activity, cycleIn, type Schedule, scheduleOf } from "./network";

export const GROUP_LABELS: Readonly<Record<Group, string>> = {
  "corporate-approvals": "Corporate approvals",
  regulatory: "Regulatory",
  "third-party-consents": "Third-party consents",
  financing: "Financing",
  employment: "Employment",
  tax: "Tax",
  "escrow-and-funds-flow": "Escrow and funds flow",
  deliverables: "Deliverables at closing",
  "post-closing": "Post-closing",
};
export const PARTY_LABELS: Readonly<Record<Party, string>> = {
  ...{ buyer: "Buyer", seller: "Seller", company: "Company", counsel: "Counsel", bank: "Bank" },
};
export const ITEM_LABELS: Readonly<Record<ItemState, string>> = {
  ...{ open: "Open", "in-progress": "In progress", done: "Done", waived: "Waived" },
  "not-applicable": "Not applicable",
};
export const BENEFIT_LABELS: Readonly<Record<Benefit, string>> = {
  ...{ ours: "For us", theirs: "For the buyer", both: "For both sides", law: "By law" },
};
export const SIGNATURE_LABELS: Readonly<Record<SignatureState, string>> = {
  ...{ "not-sent": "Not sent", out: "Out", signed: "Signed", held: "Held", released: "Released" },
};

export type Item = {
  id: string;
  task: Task;
  after: readonly string[];
  state: ItemState;
  /** Who has given the condition up. */
  waived: readonly Side[];
};
export type Signature = { documentId: string; title: string; signatory: string; party: Party; state: SignatureState };

export const isSettled = ({ state }: Pick<Item, "state">): boolean => state !== "open" && state !== "in-progress";
const beforeClosing = ({ task }: Item): boolean => task.group !== "post-closing";

type Refused = { refusal: ClosingRefusal; problems: FieldProblem[] };
const refused = (refusal: ClosingRefusal, problems: FieldProblem[] = []): Refused => ({ refusal, problems });
const named = (path: string, items: readonly Item[]): FieldProblem[] =>
  items.map(({ task }) => ({ path, expected: `“${task.title}”` }));

/** Whether an item may stand as it is written, among the others: what it waits for exists, in no circle. */
export function writeRefusal(item: Item, others: readonly Item[]): Refused | null {
  const all = [...others, item];
  const byId = new Map(all.map((one) => [one.id, one]));
  if (item.after.some((id) => !byId.has(id)))
    return refused("NO_SUCH_ITEM", [{ path: "after", expected: "items of this checklist" }]);
  const circle = cycleIn(all);
  if (circle) {
    const names = circle.map((id) => `“${byId.get(id)?.task.title ?? id}”`).join(" waits for ");
    return refused("CYCLE", [{ path: "after", expected: names }]);
  }
  // What comes after closing can hold up nothing that has to be there before.
  const late = beforeClosing(item)
    ? item.after.flatMap((id) => byId.get(id) ?? []).filter((one) => !beforeClosing(one))
    : [];
  const held = beforeClosing(item) ? [] : others.filter((one) => beforeClosing(one) && one.after.includes(item.id));
  if (late.length + held.length > 0) return refused("POST_CLOSING", named("after", [...late, ...held]));
  if (item.waived.length > 0 && item.task.condition === null) return refused("ALREADY_WAIVED");
  return item.state === "done" ? doneRefusal(item, byId) : null;
}

const openBefore = (item: Item, byId: ReadonlyMap<string, Item>): Item[] =>
  item.after.flatMap((id) => byId.get(id) ?? []).filter((one) => !isSettled(one));

function doneRefusal(item: Item, byId: ReadonlyMap<string, Item>): Refused | null {
  const open = openBefore(item, byId);
  return open.length > 0 ? refused("DEPENDENCY_OPEN", named("after", open)) : null;
}

/**
 * Whether items may enter a state together: nothing is done before what it waits for, and nothing is open again while
 * something that waited for it is done. What was given up stays given up.
 */
export function stateRefusal(all: readonly Item[], ids: readonly string[], to: ItemState): Refused | null {
  const chosen = new Set(ids);
  if (all.some((one) => chosen.has(one.id) && one.state === "waived")) return refused("ALREADY_WAIVED");
  const after = all.map((one) => (chosen.has(one.id) ? { ...one, state: to } : one));
  const byId = new Map(after.map((one) => [one.id, one]));
  if (to === "done") {
    for (const one of after) {
      const no = chosen.has(one.id) ? doneRefusal(one, byId) : null;
      if (no) return no;
    }
    return null;
  }
  if (isSettled({ state: to })) return null;
  const broken = after.filter((one) => one.state === "done" && one.after.some((id) => chosen.has(id)));
  return broken.length > 0 ? refused("DEPENDENT_DONE", named("items", broken)) : null;
}

/** A condition that was given up is history; what is settled becomes one only on the evidence that settled it. */
export function conditionRefusal(
  item: Pick<Item, "task" | "state" | "waived"> & { evidence: unknown },
  condition: Benefit | null,
): Refused | null {
  if (condition === item.task.condition) return null;
  if (item.waived.length > 0) return refused("ALREADY_WAIVED");
  const bare = isSettled(item) && item.evidence === null;
  return condition !== null && bare
    ? refused("NO_EVIDENCE", [{ path: "task.condition", expected: `“${item.task.title}”` }])
    : null;
}

/** Signatures that are released close the deal: what was before it stays as it was. */
export const isOver = (item: Pick<Item, "task">, signatures: readonly Pick<Signature, "state">[]): boolean =>
  item.task.group !== "post-closing" && signatures.length > 0 && signatures.every(({ state }) => state === "released");

/** Whether an item may leave the checklist: no condition, nothing that others wait for, nothing of a closed deal. */
export function removalRefusal(
  item: Item,
  others: readonly Item[],
  signatures: readonly Pick<Signature, "state">[],
): Refused | null {
  if (beforeClosing(item) && signatures.some(({ state }) => state === "released")) return refused("RELEASED");
  if (item.task.condition !== null) return refused("CONDITION_STANDS");
  const waiting = others.filter(({ after }) => after.includes(item.id));
  return waiting.length > 0 ? refused("WAITED_FOR", named("after", waiting)) : null;
}

const SIDES_OF: Readonly<Record<Benefit, readonly Side[]>> = {
  ...{ ours: ["ours"], theirs: ["theirs"], both: ["ours", "theirs"], law: [] },
};

/** Whether a side may give a condition up: only whom it protects, only once, and never what the law asks for. */
export function waiverRefusal({ task, state, waived }: Item, side: Side): Refused | null {
  if (task.condition === null) return refused("NOT_A_CONDITION");
  if (task.condition === "law") return refused("BY_LAW");
  if (!SIDES_OF[task.condition].includes(side)) return refused(side === "ours" ? "NOT_OURS" : "NOT_THEIRS");
  return waived.includes(side) || isSettled({ state }) ? refused("ALREADY_WAIVED") : null;
}

/** It is waived once everybody whom it protects has given it up. */
export const isWaived = (condition: Benefit | null, waived: readonly Side[]): boolean =>
  condition !== null && condition !== "law" && SIDES_OF[condition].every((side) => waived.includes(side));

/** A packet goes out, comes back signed, and is held; a step back corrects a slip. Only the release at closing releases. */
export function moveRefusal(states: readonly SignatureState[], to: SignatureState): Refused | null {
  const order: readonly SignatureState[] = ["not-sent", "out", "signed", "held"];
  if (states.includes("released")) return refused("RELEASED");
  const allowed = states.every((from) => Math.abs(order.indexOf(to) - order.indexOf(from)) <= 1);
  return allowed ? null : refused("WRONG_ORDER");
}

export type Standing = {
  schedule: Schedule;
  openConditions: Item[];
  conditions: number;
  overdue: Item[];
  /** Before closing: settled, and in all. */
  settled: number;
  total: number;
  /** Not conditions, but to be done before closing as well. */
  openSteps: Item[];
  /** Not held yet. */
  unheld: Signature[];
  released: boolean;
  /** Regulators that stand against the deal, whatever the checklist says. */
  blockers: readonly string[];
  /** Every condition is settled, every signature held and no regulator stands against it: they can be released. */
  ready: boolean;
};

const activityOf = ({ id, task, after }: Item): Activity => ({ id, days: task.days, dueOn: task.dueOn, after });

/** Where a closing stands on a day. Settled items hold nothing up; those after closing are not on the way to it. */
export function standingOf(
  items: readonly Item[],
  signatures: readonly Signature[],
  today: string,
  blockers: readonly string[] = [],
): Standing {
  const before = items.filter(beforeClosing);
  const open = before.filter((one) => !isSettled(one));
  const openConditions = open.filter(({ task }) => task.condition !== null);
  const unheld = signatures.filter(({ state }) => state !== "held" && state !== "released");
  const settled = openConditions.length === 0 && unheld.length === 0;
  return {
    ...{ schedule: scheduleOf(open.map(activityOf), today), openConditions, unheld },
    conditions: before.filter(({ task }) => task.condition !== null).length,
    overdue: items.filter((one) => !isSettled(one) && one.task.dueOn !== null && one.task.dueOn < today),
    ...{ settled: before.length - open.length, total: before.length },
    openSteps: open.filter(({ task }) => task.condition === null),
    released: signatures.length > 0 && signatures.every(({ state }) => state === "released"),
    blockers,
    ready: settled && signatures.length > 0 && before.length > 0 && blockers.length === 0,
  };
}

export type Missing = { kind: "regulator" | "condition" | "signature" | "document"; text: string };

export const blockerWords = (regulator: string): string => `${regulator} stands against the deal`;

/** What the release of signatures waits for. */
export function missingForRelease(
  { openConditions, unheld, blockers }: Standing,
  signatures: readonly Signature[],
): Missing[] {
  return [
    ...blockers.map((name) => ({ kind: "regulator" as const, text: blockerWords(name) })),
    ...openConditions.map(({ task }) => ({ kind: "condition" as const, text: task.title })),
    ...unheld.map(({ title, signatory }) => ({ kind: "signature" as const, text: `${title}, ${signatory}` })),
    ...(signatures.length === 0 ? [{ kind: "document" as const, text: "No document to be signed is listed" }] : []),
  ];
}
