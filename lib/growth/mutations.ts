import "server-only";
import { type CalendarDate, fromDate, toCalendarDate } from "@internationalized/date";
import type { Tx } from "@/lib/db";
import type { StartInitiative } from "@/lib/decisions/schema";
import { AppError } from "@/lib/errors";

type Start = { memoId: string; ventureId: string; action: StartInitiative; now: Date };

const asDate = (day: CalendarDate): Date => new Date(`${day.toString()}T00:00:00Z`);

/** What an approved memo does: the initiative with its tasks, dated from the venture's own today. The caller records the event. */
export async function startInitiative(tx: Tx, { memoId, ventureId, action, now }: Start): Promise<{ id: string }> {
  const venture = await tx.venture.findUnique({ where: { id: ventureId } });
  if (!venture) throw new AppError("NOT_FOUND");
  const today = toCalendarDate(fromDate(now, venture.timeZone));
  const { lever, title, ownerRole, budgetMinor, currency, metric, baselineFigure, targetValue, stopRule } = action;
  const data = {
    ...{ ventureId, memoId, lever, title, ownerRole, currency, metric, baselineFigure, targetValue, stopRule },
    status: "planned" as const,
    budgetMinor: BigInt(budgetMinor),
    startsOn: asDate(today),
    reviewOn: asDate(today.add({ days: action.reviewAfterDays })),
    createdAt: now,
  };
  // A memo whose approval was taken back and given again means the same initiative.
  const { id } = await tx.initiative.upsert({ where: { memoId }, create: data, update: data });
  await tx.initiativeTask.deleteMany({ where: { initiativeId: id } });
  const tasks = [...action.milestones].sort((a, b) => a.afterDays - b.afterDays);
  await tx.initiativeTask.createMany({
    data: tasks.map((task, index) => ({
      initiativeId: id,
      position: index + 1,
      title: task.title,
      dueOn: asDate(today.add({ days: task.afterDays })),
    })),
  });
  await touchInitiatives(tx, ventureId, now);
  return { id };
}

/** Reverses `startInitiative`: nothing is deleted, the initiative is stopped. */
export async function stopInitiative(tx: Tx, memoId: string, now: Date): Promise<void> {
  const initiative = await tx.initiative.findUnique({ where: { memoId } });
  if (!initiative) throw new AppError("NOT_FOUND");
  await tx.initiative.update({ where: { memoId }, data: { status: "stopped" } });
  await touchInitiatives(tx, initiative.ventureId, now);
}

async function touchInitiatives(tx: Tx, ventureId: string, now: Date): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "dataset_version" ("ventureId", "dataset", "version", "changedAt")
    VALUES (${ventureId}::uuid, 'initiatives', 1, ${now})
    ON CONFLICT ("ventureId", "dataset") DO UPDATE
      SET "version" = "dataset_version"."version" + 1, "changedAt" = EXCLUDED."changedAt"`;
}
