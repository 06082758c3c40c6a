import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { db } from "@/lib/db";
import { formatDay } from "@/lib/format";
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
    const standing = await tx.alert.findUnique({ where: { causeKey } });
    const stands = standing !== null && standing.clearedAt === null;
    if (late.length === 0 && !stands) return null;
    const said =
      late.length > 0 ? wordsOf(bidder, late) : { title: standing?.title ?? "", detail: standing?.detail ?? "" };
    if (late.length === 0) await tx.alert.update({ where: { causeKey }, data: { clearedAt: now } });
    else if (stands) await tx.alert.update({ where: { causeKey }, data: said });
    else {
      const fresh = { ...said, raisedAt: now, clearedAt: null, acknowledgedAt: null, acknowledgedBy: null };
      const create = { ...fresh, causeKey, ventureId, kind: KIND, severity: "warning" };
      await tx.alert.upsert({ where: { causeKey }, create, update: fresh });
    }
    if (stands && late.length > 0) return null;
    const type = late.length > 0 ? "alert.raised" : "alert.cleared";
    const payload = { kind: KIND, ...said };
    await recordEvent(tx, { ventureId, type, actor: SYSTEM, subject: `alert:${causeKey}`, payload, at: now });
    return late.length > 0 ? "raised" : "cleared";
  });
}
