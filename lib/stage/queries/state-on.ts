import "server-only";
import { parseDate } from "@internationalized/date";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { todayOf } from "@/lib/metrics/queries/performance";
import { HISTORY_TYPES, type HistoryEvent, type StageState, stateAfter } from "../rules/stage-history";
import { CRITERIA, CRITERION_GROUPS, GROUP_LABELS, groupOf } from "../schema/run";

type LineOn = {
  label: string;
  holds: boolean | null;
  /** By the chairman's word, whatever the facts said. */
  letPass: boolean;
};
export type StateOn = Omit<StageState, "openMemos" | "openAlerts"> & {
  day: string;
  groups: { label: string; holds: boolean | null; letPass: boolean; lines: LineOn[] }[];
  memos: { id: string; title: string }[];
  alerts: string[];
  /** Runs below the stage that were under way: "Growth loop, turn 2". */
  running: string[];
};

async function eventsBefore(ventureId: string, end: Date): Promise<HistoryEvent[]> {
  const rows = await db.event.findMany({
    where: { chain: ventureId, type: { in: [...HISTORY_TYPES] }, at: { lt: end } },
    orderBy: { seq: "asc" },
    select: { type: true, at: true, subject: true, payload: true },
  });
  return rows.map(({ at, payload, ...row }) => ({
    ...{ ...row, at: at.toISOString(), payload: payload as HistoryEvent["payload"] },
  }));
}

/** The lines that the chairman had let pass in the life of that day. */
async function letPassThen(ventureId: string, end: Date): Promise<Set<string>> {
  const run = await db.stageRun.findFirst({
    where: { ventureId, startedAt: { lt: end } },
    orderBy: { ordinal: "desc" },
    select: { ordinal: true },
  });
  const rows = await db.stageOverride.findMany({
    where: {
      ...{ ventureId, ordinal: run?.ordinal ?? 0, madeAt: { lt: end } },
      OR: [{ takenBackAt: null }, { takenBackAt: { gte: end } }],
    },
    select: { criterion: true },
  });
  return new Set(rows.map(({ criterion }) => criterion));
}

async function runningThen(ventureId: string, end: Date): Promise<string[]> {
  const open = { ventureId, startedAt: { lt: end }, OR: [{ endedAt: null }, { endedAt: { gte: end } }] };
  const [turns, preparations, sales] = await Promise.all([
    db.growthCycle.findMany({
      where: { ventureId, openedAt: { lt: end }, OR: [{ closedAt: null }, { closedAt: { gte: end } }] },
      orderBy: { ordinal: "asc" },
    }),
    db.exitPreparation.findMany({ where: open, orderBy: { ordinal: "asc" } }),
    db.realization.findMany({ where: open, orderBy: { ordinal: "asc" } }),
  ]);
  return [
    ...turns.map(({ ordinal }) => `Growth loop, turn ${ordinal}`),
    ...preparations.map(({ ordinal }) => `Exit preparation ${ordinal}`),
    ...sales.map(({ ordinal }) => `Value realization ${ordinal}`),
  ];
}

function groupsOf({ holding }: StageState, passed: ReadonlySet<string>): StateOn["groups"] {
  const holds = (id: string) => (holding === null ? null : holding.some((one) => one === id));
  return CRITERION_GROUPS.map((group) => {
    const lines = Object.entries(CRITERIA)
      .filter(([id]) => groupOf(id as keyof typeof CRITERIA) === group)
      .map(([id, label]): LineOn => ({ label, holds: holds(id), letPass: passed.has(id) }));
    const known = holding === null ? null : lines.every((line) => line.holds === true);
    return { label: GROUP_LABELS[group], holds: known, letPass: lines.some((line) => line.letPass), lines };
  });
}

/** The stage of a venture as its record tells it for the end of a day at the venture; of days to come, as of now. */
export async function getStateOn(actor: Actor, ventureId: string, day: string, now: Date): Promise<StateOn> {
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  const venture = await db.venture.findUnique({ where: { id: ventureId }, select: { timeZone: true } });
  if (!venture) throw new AppError("NOT_FOUND");
  const today = todayOf(venture, now);
  const shown = day > today ? today : day;
  const end = parseDate(shown).add({ days: 1 }).toDate(venture.timeZone);
  const [events, passed, running] = await Promise.all([
    eventsBefore(ventureId, end),
    letPassThen(ventureId, end),
    runningThen(ventureId, end),
  ]);
  const { openMemos, openAlerts, ...state } = stateAfter(events);
  const memos = await db.memo.findMany({ where: { id: { in: openMemos } }, select: { id: true, title: true } });
  const groups = groupsOf({ openMemos, openAlerts, ...state }, passed);
  return { ...state, day: shown, groups, memos, alerts: openAlerts.map(({ title }) => title), running };
}
