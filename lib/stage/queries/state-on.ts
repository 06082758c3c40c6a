import "server-only";
import { parseDate } from "@internationalized/date";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { todayOf } from "@/lib/metrics/queries/performance";
import { HISTORY_TYPES, type HistoryEvent, type StageState, stateAfter } from "../rules/stage-history";
import { CRITERIA, CRITERION_GROUPS, GROUP_LABELS, groupOf } from "../schema/run";

export type StateOn = Omit<StageState, "openMemos"> & {
  day: string;
  groups: { label: string; holds: boolean | null; lines: { label: string; holds: boolean | null }[] }[];
  memos: { id: string; title: string }[];
};

/** The stage of a venture as its record tells it for the end of a day at the venture; of days to come, as of now. */
export async function getStateOn(actor: Actor, ventureId: string, day: string, now: Date): Promise<StateOn> {
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  const venture = await db.venture.findUnique({ where: { id: ventureId }, select: { timeZone: true } });
  if (!venture) throw new AppError("NOT_FOUND");
  const today = todayOf(venture, now);
  const shown = day > today ? today : day;
  const end = parseDate(shown).add({ days: 1 }).toDate(venture.timeZone);
  const rows = await db.event.findMany({
    where: { chain: ventureId, type: { in: [...HISTORY_TYPES] }, at: { lt: end } },
    orderBy: { seq: "asc" },
    select: { type: true, at: true, subject: true, payload: true },
  });
  const events = rows.map(({ at, payload, ...row }) => ({
    ...{ ...row, at: at.toISOString(), payload: payload as HistoryEvent["payload"] },
  }));
  const { openMemos, ...state } = stateAfter(events);
  const memos = await db.memo.findMany({ where: { id: { in: openMemos } }, select: { id: true, title: true } });
  const holds = (id: string) => (state.holding === null ? null : state.holding.some((one) => one === id));
  const groups = CRITERION_GROUPS.map((group) => {
    const lines = Object.entries(CRITERIA)
      .filter(([id]) => groupOf(id as keyof typeof CRITERIA) === group)
      .map(([id, label]) => ({ label, holds: holds(id) }));
    const known = state.holding === null ? null : lines.every((line) => line.holds === true);
    return { label: GROUP_LABELS[group], holds: known, lines };
  });
  return { ...state, day: shown, groups, memos };
}
