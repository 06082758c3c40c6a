import { clock } from "@/lib/clock";
import { db } from "@/lib/db";
import { enrolVentures, holdingSchedule } from "@/lib/reports/mutations/weekly/schedule";
import { weekAfter, weekAt } from "@/lib/reports/rules/weekly/weeks";

const ZONE = "Europe/Zurich";
const WEEKS_BACK = 2;

/**
 * Reports since two weeks ago, also of what was sold: when the server starts, its schedule finds these weeks missed and
 * writes them, as it would after a time without it.
 */
export async function seedWeekly(): Promise<void> {
  const now = clock.now();
  const since = weekAfter(weekAt(now, ZONE), -WEEKS_BACK);
  await holdingSchedule(db, now, ZONE, since);
  const sold = await db.venture.findMany({ where: { stage: "exited" }, select: { id: true } });
  await db.weeklySchedule.createMany({
    data: sold.map(({ id }) => ({ scope: id, ventureId: id, since, createdAt: now })),
    skipDuplicates: true,
  });
  await enrolVentures(now, since);
}
