import { hasWords, type SortKey, sortedBy } from "@/components/ui/table-order";
import type { ItemView } from "@/lib/closing/queries/closing";
import { isSettled, PARTY_LABELS } from "@/lib/closing/rules/checklist";

export type ItemKey = "ordinal" | "title" | "party" | "due" | "state" | "slack";
export type ItemOrder = { by: ItemKey; descending: boolean };
export type ItemFilter = { text: string; show: string; party: string };
export const SHOW = [
  { value: "open", label: "Open" },
  { value: "conditions", label: "Open conditions" },
  { value: "critical", label: "On the critical path" },
  { value: "overdue", label: "Overdue" },
  { value: "settled", label: "Settled" },
] as const;

const KEYS: Readonly<Record<ItemKey, (item: ItemView) => SortKey>> = {
  ordinal: ({ ordinal }) => ordinal,
  title: ({ task }) => task.title.toLocaleLowerCase("en"),
  party: ({ task }) => `${PARTY_LABELS[task.party]} ${task.person}`,
  due: ({ task }) => task.dueOn,
  state: ({ state }) => state,
  slack: ({ slack }) => (slack?.value == null ? null : Number(slack.value)),
};

/** In the order that is asked for; what has no value comes last either way, equals stay in the order of the list. */
export const inItemOrder = (items: readonly ItemView[], { by, descending }: ItemOrder): ItemView[] =>
  sortedBy(sortedBy(items, KEYS.ordinal, false), KEYS[by], descending);

export function isShownItem(item: ItemView, { text, show, party }: ItemFilter): boolean {
  if (!hasWords([item.task.title, item.task.person], text) || (party !== "" && item.task.party !== party)) return false;
  if (show === "open") return !isSettled(item);
  if (show === "conditions") return item.task.condition !== null && !isSettled(item);
  if (show === "critical") return item.critical;
  if (show === "overdue") return item.overdue;
  return show === "settled" ? isSettled(item) : true;
}
