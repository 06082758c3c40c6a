import "server-only";
import { db } from "@/lib/db";
import { formatDay } from "@/lib/format";
import { type Cause, clearCause, raiseCause } from "@/lib/stage/mutations/alert-cause";
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
    const tell = { by: SYSTEM, now };
    if (late.length === 0) return (await clearCause(tx, causeKey, tell)) ? "cleared" : null;
    const cause: Cause = { causeKey, ventureId, kind: KIND, severity: "warning", ...wordsOf(title, late) };
    return (await raiseCause(tx, cause, tell)) ? "raised" : null;
  });
}
