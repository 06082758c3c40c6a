import "server-only";
import { type CalendarDate, parseDate } from "@internationalized/date";
import type { Tx } from "@/lib/db";
import type { StartInitiative } from "@/lib/decisions/schema";
import { AppError } from "@/lib/errors";
import { resolveStored } from "@/lib/ventures/queries";
import {
  bumpDataset,
  followRun,
  lockInitiative,
  startFollowing,
  wakeFollower,
  writePlan,
} from "./mutations/initiatives/initiative-row";
import { cancelAnnouncements, queueAnnouncements } from "./mutations/initiatives/outbound";
import { todayAt } from "./queries/initiatives/initiative-standing";
import { reviewMonthsOf } from "./rules/initiatives/initiative-review";
import { LEVER_LEADING } from "./schema";

const LEADING: Readonly<Record<string, string>> = LEVER_LEADING;
const leadingOf = (lever: string): string | null => LEADING[lever.split(":")[0] ?? ""] ?? null;

type Start = { memoId: string; ventureId: string; action: StartInitiative; now: Date };

const asDate = (day: CalendarDate): Date => new Date(`${day.toString()}T00:00:00Z`);

/** The day that the memo names, or that of the profile's review where it comes sooner. */
const firstReview = (today: CalendarDate, afterDays: number, months: number): CalendarDate => {
  const [named, usual] = [today.add({ days: afterDays }), today.add({ months })];
  return named.compare(usual) < 0 ? named : usual;
};

/**
 * What an approved memo does: the initiative with its milestones and tasks, dated from the venture's own today, its plan,
 * the run that follows it, and the calls that the memo names. The caller records the event.
 */
export async function startInitiative(tx: Tx, { memoId, ventureId, action, now }: Start): Promise<{ id: string }> {
  const venture = await tx.venture.findUnique({ where: { id: ventureId }, include: { settings: true } });
  if (!venture) throw new AppError("NOT_FOUND");
  const today = parseDate(todayAt(venture.timeZone, now));
  const settings = venture.settings ?? { profile: "balanced" as const, autonomy: "assisted" as const, overrides: {} };
  const reviewMonths = reviewMonthsOf(resolveStored(settings).parameters.strategyReview);
  const { lever, title, ownerRole, budgetMinor, currency, metric, baselineFigure, targetValue, stopRule } = action;
  const data = {
    ...{ ventureId, memoId, lever, title, ownerRole, currency, metric, baselineFigure, targetValue, stopRule },
    status: "planned" as const,
    budgetMinor: BigInt(budgetMinor),
    startsOn: asDate(today),
    reviewOn: asDate(firstReview(today, action.reviewAfterDays, reviewMonths)),
    ...{ reviewMonths, createdAt: now, startedOn: null, endedOn: null, statusReason: null, raisedMinor: 0n },
  };
  // A memo whose approval was taken back and given again means the same initiative.
  const known = await tx.initiative.findUnique({ where: { memoId }, select: { id: true, version: true } });
  const version = (known?.version ?? 0) + 1;
  const { id } = await tx.initiative.upsert({
    where: { memoId },
    // People may name another; an approval that is given again keeps theirs.
    create: { ...data, version, leadingMetric: leadingOf(lever) },
    update: { ...data, version },
  });
  await tx.initiative.update({ where: { id }, data: { runKey: followRun(id, now) } });
  await writeMilestones(tx, id, action, today);
  await tx.initiativeChange.create({
    data: { initiativeId: id, version, what: "approved", detail: title, madeBy: "system:memo", madeAt: now },
  });
  await writePlan(tx, id, now);
  await queueAnnouncements(tx, {
    initiativeId: id,
    ventureId,
    ventureName: venture.name,
    memoId,
    version,
    action,
    now,
  });
  await startFollowing(tx, id, followRun(id, now));
  await bumpDataset(tx, ventureId, "initiatives", now);
  return { id };
}

/** Each milestone with the task of the same name that leads to it; people add the rest. */
async function writeMilestones(
  tx: Tx,
  id: string,
  { milestones }: StartInitiative,
  today: CalendarDate,
): Promise<void> {
  const rows = [...milestones]
    .sort((a, b) => a.afterDays - b.afterDays)
    .map(({ title, afterDays }, index) => ({
      ...{ initiativeId: id, position: index + 1, title },
      dueOn: asDate(today.add({ days: afterDays })),
    }));
  await tx.initiativeTask.deleteMany({ where: { initiativeId: id } });
  await tx.initiativeMilestone.deleteMany({ where: { initiativeId: id } });
  await tx.initiativeMilestone.createMany({ data: rows });
  await tx.initiativeTask.createMany({ data: rows.map((row) => ({ ...row, milestone: row.position })) });
}

/** Reverses `startInitiative`: nothing is deleted, the initiative is stopped, what was not sent is not sent. */
export async function stopInitiative(tx: Tx, memoId: string, now: Date): Promise<void> {
  const known = await tx.initiative.findUnique({ where: { memoId }, select: { id: true } });
  if (!known) throw new AppError("NOT_FOUND");
  const initiative = await lockInitiative(tx, known.id, now);
  const { id, ventureId, today, version } = initiative;
  const endedOn = new Date(`${today}T00:00:00Z`);
  const statusReason = "The decision was taken back";
  await tx.initiative.update({
    where: { id },
    data: { status: "stopped", endedOn, statusReason, version: version + 1 },
  });
  const made = { madeBy: "system:memo", madeAt: now };
  await tx.initiativeChange.create({
    data: { initiativeId: id, version: version + 1, what: "stopped", detail: statusReason, ...made },
  });
  await cancelAnnouncements(tx, id, now);
  await writePlan(tx, id, now);
  await wakeFollower(tx, initiative, `${version}:taken-back`);
  await bumpDataset(tx, ventureId, "initiatives", now);
}
