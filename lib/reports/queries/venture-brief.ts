import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";

export type BriefMemo = {
  id: string;
  title: string;
  status: string;
  reversible: boolean;
  dueAt: Date;
  stake: Stake | null;
};
type Stake = { amountMinor: string; currency: string };

export type BriefInitiative = {
  id: string;
  title: string;
  lever: string;
  status: string;
  budget: Stake;
  startsOn: string;
  reviewOn: string;
  tasks: number;
  tasksDone: number;
};

export type BriefArtefact = {
  id: string;
  kind: string;
  version: number;
  title: string;
  createdAt: Date;
  runId: string | null;
  agent: string | null;
};

export type VentureBrief = { memos: BriefMemo[]; initiatives: BriefInitiative[]; artefacts: BriefArtefact[] };

const MOST = 8;
const day = (date: Date): string => date.toISOString().slice(0, 10);

async function openMemos(ventureId: string, now: Date): Promise<BriefMemo[]> {
  const rows = await db.memo.findMany({
    where: { ventureId, status: { in: ["pending", "question", "deferred", "confirming"] }, expiresAt: { gt: now } },
    select: {
      id: true,
      title: true,
      status: true,
      reversible: true,
      dueAt: true,
      expiresAt: true,
      stakeMinor: true,
      stakeCurrency: true,
    },
    orderBy: { expiresAt: "asc" },
    take: MOST,
  });
  return rows.map(({ stakeMinor, stakeCurrency, expiresAt, dueAt, ...memo }) => ({
    ...memo,
    dueAt: dueAt ?? expiresAt,
    stake:
      stakeMinor !== null && stakeCurrency ? { amountMinor: stakeMinor.toString(), currency: stakeCurrency } : null,
  }));
}

async function initiatives(ventureId: string): Promise<BriefInitiative[]> {
  const rows = await db.initiative.findMany({
    where: { ventureId },
    include: { tasks: { select: { doneAt: true } } },
    orderBy: [{ status: "asc" }, { startsOn: "desc" }],
    take: MOST,
  });
  return rows.map(({ id, title, lever, status, budgetMinor, currency, startsOn, reviewOn, tasks }) => ({
    ...{ id, title, lever, status },
    budget: { amountMinor: budgetMinor.toString(), currency },
    startsOn: day(startsOn),
    reviewOn: day(reviewOn),
    tasks: tasks.length,
    tasksDone: tasks.filter((task) => task.doneAt !== null).length,
  }));
}

async function latestArtefacts(ventureId: string): Promise<BriefArtefact[]> {
  const rows = await db.artefact.findMany({
    where: { ventureId },
    select: {
      id: true,
      kind: true,
      version: true,
      title: true,
      createdAt: true,
      runId: true,
      run: { select: { agent: true } },
    },
    orderBy: [{ kind: "asc" }, { version: "desc" }],
    distinct: ["kind"],
    take: MOST,
  });
  return rows
    .map(({ run, ...artefact }) => ({ ...artefact, agent: run?.agent ?? null }))
    .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
}

/** What is going on at one venture beside its numbers: open memos, initiatives, the newest version of each artefact. */
export async function getVentureBrief(actor: Actor, ventureId: string, now: Date): Promise<VentureBrief> {
  if (!isPermitted(actor.role, "venture:read") || !maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  const memos = isPermitted(actor.role, "memo:read") ? openMemos(ventureId, now) : Promise.resolve([]);
  const [open, running, artefacts] = await Promise.all([memos, initiatives(ventureId), latestArtefacts(ventureId)]);
  return { memos: open, initiatives: running, artefacts };
}
