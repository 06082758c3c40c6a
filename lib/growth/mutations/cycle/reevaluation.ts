import "server-only";
import type { Tx } from "@/lib/db";
import { todayOf } from "@/lib/metrics/queries/performance";
import { addDays, dayDate } from "@/lib/metrics/rules/periods";
import { createCycle, lockCycles, recordCycle, wakeCycle } from "./cycles";

/**
 * The levers are looked at again now: the review of the open turn is brought forward, or a turn begins where none is open.
 * In the caller's transaction; nothing where growth management (40.1) is not open, or the turn is being reviewed anyway.
 */
export async function reevaluateLevers(tx: Tx, ventureId: string, by: { ref: string; key: string }, now: Date) {
  await lockCycles(tx, ventureId);
  const venture = await tx.venture.findUniqueOrThrow({
    where: { id: ventureId },
    include: { stageRecords: { orderBy: { ordinal: "desc" }, take: 1 } },
  });
  const [record] = venture.stageRecords;
  if (!record || record.endedAt || !record.openSubstages.includes("40.1")) return;
  const open = await tx.growthCycle.findFirst({ where: { ventureId, status: { in: ["running", "paused"] } } });
  if (!open) return void (await createCycle(tx, ventureId, by.ref, now));
  if (open.status !== "running" || open.phase === "measure" || open.phase === "learn") return;
  const today = todayOf(venture, now);
  // A turn lasts at least a day.
  const reviewOn = dayDate(today) > open.openedOn ? dayDate(today) : dayDate(addDays(today, 1));
  if (reviewOn >= open.reviewOn) return;
  await tx.growthCycle.update({ where: { id: open.id }, data: { reviewOn, version: { increment: 1 } } });
  await wakeCycle(tx, open.id, by.key);
  await recordCycle(tx, open, "review-brought-forward", by.ref, {}, now);
}
