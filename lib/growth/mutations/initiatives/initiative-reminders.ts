import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { db } from "@/lib/db";
import { formatDay } from "@/lib/format";
import { todayAt } from "../../queries/initiatives/initiative-standing";
import { overdueTasks } from "../../rules/initiatives/initiative-plan";
import { isOpenInitiative } from "../../rules/initiatives/initiative-state";
import { lockInitiative } from "./initiative-row";

const SYSTEM = "system:watch";
const KIND = "task-overdue";
const causeOf = (initiativeId: string): string => `${KIND}:${initiativeId}`;
const MOST_NAMED = 3;

function wordsOf(title: string, late: readonly { title: string; dueOn: string }[]) {
  const named = late.slice(0, MOST_NAMED).map((task) => `“${task.title}” (due ${formatDay(task.dueOn)})`);
  const more = late.length > MOST_NAMED ? [`${late.length - MOST_NAMED} more`] : [];
  return { title: `“${title}” is behind its plan`, detail: `Open and overdue: ${[...named, ...more].join(", ")}.` };
}

/**
 * One alert for each initiative with open tasks whose day is over; it ends when they are done, moved, or the initiative
 * ends. A paused initiative waits, and its tasks with it. Looked at twice, it says the same.
 */
export async function raiseReminders(ventureId: string, now: Date): Promise<{ raised: number; cleared: number }> {
  const { timeZone } = await db.venture.findUniqueOrThrow({ where: { id: ventureId }, select: { timeZone: true } });
  const today = todayAt(timeZone, now);
  const rows = await db.initiative.findMany({ where: { ventureId }, orderBy: { id: "asc" }, select: { id: true } });
  const changed = { raised: 0, cleared: 0 };
  for (const { id } of rows) {
    const outcome = await remind(id, today, now);
    if (outcome) changed[outcome] += 1;
  }
  return changed;
}

async function remind(initiativeId: string, today: string, now: Date): Promise<"raised" | "cleared" | null> {
  return db.$transaction(async (tx) => {
    const { plan, title, status, ventureId } = await lockInitiative(tx, initiativeId, now);
    const causeKey = causeOf(initiativeId);
    const working = isOpenInitiative(status) && status !== "paused";
    const late = working ? overdueTasks(plan.tasks, today) : [];
    const standing = await tx.alert.findUnique({ where: { causeKey } });
    const stands = standing !== null && standing.clearedAt === null;
    if (late.length === 0 && !stands) return null;
    const said =
      late.length > 0 ? wordsOf(title, late) : { title: standing?.title ?? "", detail: standing?.detail ?? "" };
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
