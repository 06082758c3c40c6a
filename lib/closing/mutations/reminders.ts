import "server-only";
import { db } from "@/lib/db";
import { formatDay } from "@/lib/format";
import { type Cause, clearCause, raiseCause } from "@/lib/stage/mutations/alert-cause";
import type { Item } from "../rules/checklist";
import { standingOf } from "../rules/checklist";
import { lockClosing } from "./closing-row";

const SYSTEM = "system:watch";
const KIND = "closing-overdue";
const MOST_NAMED = 3;

function wordsOf(bidder: string, late: readonly Item[]) {
  const named = late
    .slice(0, MOST_NAMED)
    .map(({ task }) => `“${task.title}” (due ${task.dueOn ? formatDay(task.dueOn) : "before"})`);
  const more = late.length > MOST_NAMED ? [`${late.length - MOST_NAMED} more`] : [];
  const detail = `Open and overdue: ${[...named, ...more].join(", ")}.`;
  return { title: `The closing with ${bidder} is behind its checklist`, detail };
}

/**
 * One alert for each closing with open items whose day is over; it ends when they are settled or moved, or the deal is
 * no longer on its way to closing. Looked at twice, it says the same.
 */
export async function raiseClosingReminders(
  ventureId: string,
  now: Date,
): Promise<{ raised: number; cleared: number }> {
  const rows = await db.closing.findMany({
    where: { ventureId },
    select: { dealId: true },
    orderBy: { dealId: "asc" },
  });
  const changed = { raised: 0, cleared: 0 };
  for (const { dealId } of rows) {
    const outcome = await remind(dealId, now);
    if (outcome) changed[outcome] += 1;
  }
  return changed;
}

async function remind(dealId: string, now: Date): Promise<"raised" | "cleared" | null> {
  return db.$transaction(async (tx) => {
    const { closing, today } = await lockClosing(tx, null, dealId, now);
    const { ventureId, bidder, stage, items, signatures } = closing;
    const late = stage === "fallen-through" ? [] : standingOf(items, signatures, today).overdue;
    const causeKey = `${KIND}:${dealId}`;
    const tell = { by: SYSTEM, now };
    if (late.length === 0) return (await clearCause(tx, causeKey, tell)) ? "cleared" : null;
    const cause: Cause = { causeKey, ventureId, kind: KIND, severity: "warning", ...wordsOf(bidder, late) };
    return (await raiseCause(tx, cause, tell)) ? "raised" : null;
  });
}
