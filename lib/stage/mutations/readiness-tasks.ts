import "server-only";
import { randomUUID } from "node:crypto";
import type { Tx } from "@/lib/db";
import { addDays, dayDate } from "@/lib/metrics/rules/periods";

const TASK_DAYS = 60;
export const RETENTION = "team-retention";

type Place = { ventureId: string; today: string; by: string };
type NewTask = { criterion: string; title: string };

/** Tasks of exit readiness that a rollback rule makes; each has two months. */
export async function makeTasks(tx: Tx, { ventureId, today, by }: Place, tasks: readonly NewTask[], now: Date) {
  await tx.readinessTask.createMany({
    data: tasks.map(({ criterion, title }) => ({
      ...{ id: randomUUID(), ventureId, criterion, title: title.slice(0, 200), status: "open" },
      ...{ version: 1, createdBy: by, createdAt: now, dueOn: dayDate(addDays(today, TASK_DAYS)) },
    })),
  });
}

/** The plan that keeps the key people who stay, once per departure. Says whether it is new. */
export async function askRetention(tx: Tx, place: Place, leftBy: string, now: Date): Promise<boolean> {
  const title = `Retention plan for the key people who stay (one left by ${leftBy})`;
  const where = { ventureId: place.ventureId, criterion: RETENTION, title };
  if ((await tx.readinessTask.count({ where })) > 0) return false;
  await makeTasks(tx, place, [where], now);
  return true;
}
