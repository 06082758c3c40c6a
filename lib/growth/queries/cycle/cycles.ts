import "server-only";
import { parseDate } from "@internationalized/date";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db, type Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { todayOf } from "@/lib/metrics/queries/performance";
import { dayText } from "@/lib/metrics/rules/periods";
import {
  type CycleFacts,
  type CyclePhase,
  type CycleStatus,
  type LoopFacts,
  type LoopStart,
  loopStart,
} from "../../rules/cycle/cycle";

const ACTIVE_RUN: readonly string[] = ["queued", "running", "stopping"];
const OPEN_MEMO = ["pending", "question", "deferred"] as const;

type CycleRow = Awaited<ReturnType<typeof db.growthCycle.findFirstOrThrow>>;

async function runOf(tx: Tx | typeof db, runId: string | null): Promise<CycleFacts["run"]> {
  const run = runId ? await tx.agentRun.findUnique({ where: { id: runId } }) : null;
  if (!run) return null;
  const active = ACTIVE_RUN.includes(run.status);
  return { state: active ? "active" : run.status === "succeeded" ? "succeeded" : "failed", endedAt: run.finishedAt };
}

/** Memos of a run that wait, also those that it found open from before: its own, written anew, and other people's. */
async function waitingMemos(tx: Tx, runId: string): Promise<number> {
  const proposals = await tx.proposal.findMany({ where: { runId }, select: { policy: true } });
  const revised = proposals.flatMap(({ policy }) => (policy as { revises?: string | null } | null)?.revises ?? []);
  return tx.memo.count({
    where: { status: { in: [...OPEN_MEMO] }, OR: [{ proposal: { runId } }, { id: { in: revised } }] },
  });
}

/** What the loop decides from, as stored now. */
export async function readCycleFacts(tx: Tx | typeof db, cycle: CycleRow): Promise<CycleFacts> {
  const { ventureId, runId, status, phase, attempts } = cycle;
  const venture = await tx.venture.findUnique({
    where: { id: ventureId },
    include: { stageRecords: { orderBy: { ordinal: "desc" }, take: 1 } },
  });
  if (!venture) throw new AppError("NOT_FOUND");
  const record = venture.stageRecords[0];
  const openMemos = runId ? await waitingMemos(tx, runId) : 0;
  return {
    ...{ status, phase, attempts, openMemos },
    growthOpen: !venture.archivedAt && !record?.endedAt && (record?.openSubstages.includes("40.1") ?? false),
    run: await runOf(tx, runId),
    reviewAt: parseDate(dayText(cycle.reviewOn)).toDate(venture.timeZone),
  };
}

/** What decides whether the loop begins by itself, as stored now. */
export async function readLoopFacts(tx: Tx | typeof db, ventureId: string, now: Date): Promise<LoopFacts> {
  const venture = await tx.venture.findUnique({
    where: { id: ventureId },
    include: { settings: true, stageRecords: { orderBy: { ordinal: "desc" }, take: 1 } },
  });
  if (!venture) throw new AppError("NOT_FOUND");
  const record = venture.stageRecords[0];
  const last = record
    ? await tx.growthCycle.findFirst({
        where: { ventureId, openedAt: { gte: record.enteredAt } },
        orderBy: { ordinal: "desc" },
        select: { status: true },
      })
    : null;
  return {
    growthOpen: !venture.archivedAt && !record?.endedAt && (record?.openSubstages.includes("40.1") ?? false),
    autonomy: venture.settings?.autonomy ?? "assisted",
    takenOverOn: record && record.enteredAt < venture.createdAt ? todayOf(venture, venture.createdAt) : null,
    today: todayOf(venture, now),
    last: last?.status ?? null,
  };
}

/** When the loop of a venture that has no open turn begins, or why it waits for a person. */
export async function getLoopStart(actor: Actor, ventureId: string, now: Date): Promise<LoopStart> {
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  return loopStart(await readLoopFacts(db, ventureId, now));
}

export type CycleView = {
  id: string;
  ordinal: number;
  status: CycleStatus;
  phase: CyclePhase;
  version: number;
  openedOn: string;
  reviewOn: string;
  closedAt: string | null;
  ending: string | null;
  runId: string | null;
  artefactId: string | null;
  openMemos: number;
};

/** The turns of a venture's growth loop, newest first. */
export async function listCycles(actor: Actor, ventureId: string): Promise<CycleView[]> {
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  const rows = await db.growthCycle.findMany({ where: { ventureId }, orderBy: { ordinal: "desc" } });
  const current = rows[0];
  const openMemos = current ? (await readCycleFacts(db, current)).openMemos : 0;
  return rows.map((row, index) => ({
    ...{ id: row.id, ordinal: row.ordinal, status: row.status, phase: row.phase, version: row.version },
    ...{ openedOn: dayText(row.openedOn), reviewOn: dayText(row.reviewOn), ending: row.ending },
    closedAt: row.closedAt?.toISOString() ?? null,
    ...{ runId: row.runId, artefactId: row.artefactId, openMemos: index === 0 ? openMemos : 0 },
  }));
}
