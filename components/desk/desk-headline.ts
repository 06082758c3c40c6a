import { plural } from "@/lib/format";
import type { DecideItem } from "./decide-list";
import type { SoonLine } from "./soon-list";

/** The sentence at the top: what needs the reader, before anything else. */
export function deskHeadline(
  items: readonly DecideItem[],
  waiting: number,
  worried: number,
  next: SoonLine | null = null,
): string {
  const urgent = items.filter((item) => item.due === "today" || item.due === "overdue").length;
  const first =
    waiting === 0
      ? "Nothing waits for your decision."
      : `${plural(waiting, "decision")} ${waiting === 1 ? "needs" : "need"} you${urgent ? `; ${urgentWords(urgent, waiting)}` : ""}.`;
  const wrong =
    worried === 0 ? "" : ` ${plural(worried, "venture")} ${worried === 1 ? "is" : "are"} at a critical level.`;
  return `${first}${next ? ` Next: ${nextWords(next)}.` : ""}${wrong}`;
}

/** What closes or ends first, with its day. */
function nextWords({ what, venture, day }: SoonLine): string {
  const named = /^(The|Closing|Exclusivity|Next)\b/.test(what)
    ? `${what.charAt(0).toLowerCase()}${what.slice(1)}`
    : what;
  return `${named} (${venture}), ${day}`;
}

function urgentWords(urgent: number, waiting: number): string {
  if (urgent === waiting) return waiting === 1 ? "it is due today" : "all are due today";
  return `${urgent === 1 ? "one is" : `${urgent} are`} due today`;
}
