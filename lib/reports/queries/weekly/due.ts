import "server-only";
import { db } from "@/lib/db";
import { completeWeeks, following, type Week, weekAfter, weekIn } from "../../rules/weekly/weeks";
import { HOLDING } from "./holding";

export type DueWeek = { scope: string; ventureId: string | null; week: string };

/** Of one look; more are found by the next. */
const MOST = 400;
const EVER = 2_000;

export async function holdingZone(): Promise<string> {
  const row = await db.weeklySchedule.findUnique({ where: { scope: HOLDING }, select: { timeZone: true } });
  return row?.timeZone ?? "UTC";
}

/** The days and moments of a report: of one that was written its own, of a new one by the zone of today. */
export async function weekOfReport(scope: string, id: string): Promise<Week> {
  const rows = await db.weeklyReport.findMany({
    where: { scope, week: { in: [id, weekAfter(id, -1)] }, revisions: { some: { revision: { gt: 0 } } } },
  });
  const own = rows.find(({ week }) => week === id);
  const before = rows.find(({ week }) => week !== id);
  if (!own) return following(weekIn(id, await holdingZone()), before?.endsAt ?? null);
  const moments = { startsAt: own.startsAt.toISOString(), endsAt: own.endsAt.toISOString() };
  return { ...weekIn(id, own.timeZone), ...moments };
}

/** Ventures whose stage 40 touched the week, of those that get reports since then. */
async function scopesOf(week: string, zone: string, schedules: readonly Schedule[]): Promise<DueWeek[]> {
  const { startsAt, endsAt } = weekIn(week, zone);
  const wanted = schedules.filter(({ since }) => since <= week);
  const ids = wanted.flatMap(({ ventureId }) => ventureId ?? []);
  const records = await db.stageRecord.findMany({
    where: {
      ventureId: { in: ids },
      enteredAt: { lt: new Date(endsAt) },
      OR: [{ endedAt: null }, { endedAt: { gte: reach(startsAt) } }],
    },
    select: { ventureId: true, endedAt: true },
  });
  const staying = new Set(records.map(({ ventureId }) => ventureId));
  return wanted
    .filter(({ ventureId }) => ventureId === null || staying.has(ventureId))
    .map(({ scope, ventureId }) => ({ scope, ventureId, week }));
}

/** A venture that was sold is told of for as long as money of the sale may be held back. */
const reach = (startsAt: string): Date => new Date(Date.parse(startsAt) - 2 * 365 * 86_400_000);

type Schedule = { scope: string; ventureId: string | null; since: string };

/** Weeks that are over and have no report, oldest first, each with the holding's last; of one scope, where it is named. */
export async function listDueWeeks(now: Date, only?: string): Promise<DueWeek[]> {
  const known = await db.weeklySchedule.findMany({
    where: only === undefined ? {} : { scope: { in: [HOLDING, only] } },
    orderBy: { scope: "asc" },
  });
  const holding = known.find(({ scope }) => scope === HOLDING);
  if (!holding) return [];
  const schedules = known.filter(({ scope }) => only === undefined || scope === only);
  const zone = holding.timeZone ?? "UTC";
  const archived = await db.venture.findMany({ where: { archivedAt: { not: null } }, select: { id: true } });
  const gone = new Set(archived.map(({ id }) => id));
  const [first = holding.since] = schedules.map(({ since }) => since).toSorted();
  const written = await db.weeklyReport.findMany({
    where: {
      week: { gte: first },
      revisions: { some: { revision: { gt: 0 } } },
      ...(only === undefined ? {} : { scope: only }),
    },
    select: { scope: true, week: true },
  });
  const done = new Set(written.map(({ scope, week }) => `${scope} ${week}`));
  const open = schedules.filter(({ ventureId }) => !ventureId || !gone.has(ventureId));
  const due: DueWeek[] = [];
  for (const week of completeWeeks(first, now, zone, EVER)) {
    if (open.every(({ scope, since }) => since > week || done.has(`${scope} ${week}`))) continue;
    const scopes = (await scopesOf(week, zone, open)).filter(({ scope }) => !done.has(`${scope} ${week}`));
    due.push(...scopes.filter(({ ventureId }) => ventureId), ...scopes.filter(({ ventureId }) => !ventureId));
    if (due.length >= MOST) break;
  }
  return due;
}

/** The ventures whose reports the holding's of this week waits for, and which of them are not there yet. */
export async function venturesOfWeek(week: string): Promise<{ expected: string[]; missing: string[] }> {
  const schedules = await db.weeklySchedule.findMany({ where: { ventureId: { not: null }, since: { lte: week } } });
  const scopes = await scopesOf(week, await holdingZone(), schedules);
  const archived = await db.venture.findMany({ where: { archivedAt: { not: null } }, select: { id: true } });
  const gone = new Set(archived.map(({ id }) => id));
  const expected = scopes.flatMap(({ ventureId }) => (ventureId && !gone.has(ventureId) ? ventureId : []));
  const written = await db.weeklyReport.findMany({
    where: { week, scope: { in: expected }, revisions: { some: { revision: { gt: 0 } } } },
    select: { scope: true },
  });
  const there = new Set(written.map(({ scope }) => scope));
  return { expected, missing: expected.filter((id) => !there.has(id)) };
}
