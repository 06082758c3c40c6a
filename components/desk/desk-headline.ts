import { plural } from "@/lib/format";
import type { DecideItem } from "./decide-list";
import type { SoonLine } from "./soon-list";

/** The sentence at the top: what needs the reader, before anything else. */
export function deskHeadline(
  items: readonly DecideItem[],
  waiting: number,
  worried: number,
  closing: Pick<SoonLine, "venture" | "day"> | null = null,
): string {
  const urgent = items.filter((item) => item.due === "today" || item.due === "overdue").length;
  const first =
    waiting === 0
      ? "Nothing waits for your decision."
      : `${plural(waiting, "decision")} ${waiting === 1 ? "needs" : "need"} you${urgent ? `; ${urgentWords(urgent, waiting)}` : ""}.`;
  const wrong =
    worried === 0 ? "" : ` ${plural(worried, "venture")} ${worried === 1 ? "is" : "are"} at a critical level.`;
  return `${first}${closing ? ` Next closing: ${closing.venture}, ${closing.day}.` : ""}${wrong}`;
}

function urgentWords(urgent: number, waiting: number): string {
  if (urgent === waiting) return waiting === 1 ? "it is due today" : "all are due today";
  return `${urgent === 1 ? "one is" : `${urgent} are`} due today`;
}
