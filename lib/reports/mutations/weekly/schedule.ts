import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import type { Actor } from "@/lib/auth/actor";
import { db, type Tx } from "@/lib/db";
import { ok, type Result, refuse } from "@/lib/errors";
import { HOLDING } from "../../queries/weekly/holding";
import { weekAt } from "../../rules/weekly/weeks";
import type { WeeklyZone } from "../../schema/weekly";

/** Where weeks begin until a chairman says otherwise: the clock of the machine. */
const machineZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";

/** The holding's row; made when it is missing, from the week that goes on now. */
export async function holdingSchedule(tx: Tx | typeof db, now: Date, timeZone = machineZone(), since?: string) {
  await tx.weeklySchedule.createMany({
    data: [{ scope: HOLDING, since: since ?? weekAt(now, timeZone), timeZone, createdAt: now }],
    skipDuplicates: true,
  });
  return tx.weeklySchedule.findUniqueOrThrow({ where: { scope: HOLDING } });
}

/** Ventures in Stage 40 get reports from the week in which this finds them. */
export async function enrolVentures(now: Date, since?: string): Promise<void> {
  const holding = await holdingSchedule(db, now);
  const zone = holding.timeZone ?? "UTC";
  const known = await db.weeklySchedule.findMany({ where: { ventureId: { not: null } }, select: { ventureId: true } });
  const ventures = await db.venture.findMany({
    where: {
      archivedAt: null,
      id: { notIn: known.flatMap(({ ventureId }) => ventureId ?? []) },
      stageRecords: { some: { endedAt: null } },
    },
    select: { id: true },
  });
  await db.weeklySchedule.createMany({
    data: ventures.map(({ id }) => ({ scope: id, ventureId: id, since: since ?? weekAt(now, zone), createdAt: now })),
    skipDuplicates: true,
  });
}

const isZone = (timeZone: string): boolean => {
  try {
    return Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
};

/** From the next report on weeks begin and end in this zone; what was written keeps its own. */
export async function moveWeeklyZone(
  actor: Actor,
  { timeZone, version }: WeeklyZone,
  now: Date,
): Promise<Result<{ version: number }, "NO_SUCH_ZONE" | "CHANGED_SINCE">> {
  if (!isZone(timeZone)) return refuse("NO_SUCH_ZONE");
  return db.$transaction(async (tx) => {
    const before = await holdingSchedule(tx, now);
    const moved = await tx.weeklySchedule.updateMany({
      where: { scope: HOLDING, version },
      data: { timeZone, version: { increment: 1 } },
    });
    if (moved.count === 0) return refuse("CHANGED_SINCE" as const);
    await recordEvent(tx, {
      ...{ ventureId: null, type: "weekly.zone-moved", actor: actor.ref, subject: "weekly:holding", at: now },
      payload: { from: before.timeZone, to: timeZone },
    });
    return ok({ version: version + 1 });
  });
}
