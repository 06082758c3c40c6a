import "server-only";
import type { Tx } from "@/lib/db";
import { todayOf } from "@/lib/metrics/queries/performance";
import {
  type Asked,
  type Child,
  favoursPreparation,
  nextStageMove,
  SETTLING_DAYS,
  type StageFacts,
  type StageMove,
} from "../rules/stage-run";
import type { StageStatus } from "../schema/run";
import { holdsIn, type LoadedCriteria, loadCriteria, textOfCriteria } from "./criteria";
import { readinessReadings } from "./exit-watch";

export type RunRow = NonNullable<Awaited<ReturnType<typeof findRun>>>;

export const findRun = (tx: Tx, runId: string) =>
  tx.stageRun.findUnique({ where: { id: runId }, include: { moves: { select: { cause: true } } } });

/** The durable runs below the stage that began in this life, in the order of substages and turns. */
export async function childrenOf(tx: Tx, ventureId: string, since: Date | null): Promise<Child[]> {
  const within = since ? { gte: since } : undefined;
  const where = (key: "openedAt" | "startedAt") => ({ ventureId, ...(within && { [key]: within }) });
  const turns = await tx.growthCycle.findMany({ where: where("openedAt"), orderBy: { ordinal: "asc" } });
  const preparations = await tx.exitPreparation.findMany({ where: where("startedAt"), orderBy: { ordinal: "asc" } });
  const sales = await tx.realization.findMany({ where: where("startedAt"), orderBy: { ordinal: "asc" } });
  return [
    ...turns.map(({ id, ordinal, status, openedBy, ending }) => ({
      ...{ of: "40.1" as const, id, ordinal, status, by: openedBy, reason: ending },
    })),
    ...preparations.map(({ id, ordinal, status, startedBy, reason }) => ({
      ...{ of: "40.2" as const, id, ordinal, status, by: startedBy, reason },
    })),
    ...sales.map(({ id, ordinal, status, startedBy, reason }) => ({
      ...{ of: "40.3" as const, id, ordinal, status, by: startedBy, reason },
    })),
  ];
}

async function approvalsOf(tx: Tx, ventureId: string, since: Date | null): Promise<Asked[]> {
  const rows = await tx.memo.findMany({
    where: { ventureId, ...(since && { createdAt: { gte: since } }), proposal: { actionClass: "exit.approve-exit" } },
    orderBy: { createdAt: "asc" },
  });
  return rows.map(({ id, title, status, proposedBy }) => ({ memoId: id, title, status, by: proposedBy }));
}

/** The criteria as the run last noted them; null before it ever did. */
async function notedCriteria(tx: Tx, subject: string): Promise<string | null> {
  const event = await tx.event.findFirst({
    where: { subject, type: "stage.criteria-changed" },
    orderBy: { seq: "desc" },
  });
  return event ? (event.payload as { holding: string[] }).holding.join(" ") : null;
}

const SETTLING_MS = SETTLING_DAYS * 86_400_000;

type Favouring = { run: RunRow; open: readonly string[]; loaded: LoadedCriteria; now: Date };

async function favoursOf(tx: Tx, { run, open, loaded, now }: Favouring) {
  const { ventureId } = run;
  const { today, equity, valuedOn, minimum } = loaded.exit.facts;
  const last = (await readinessReadings(tx, ventureId)).at(-1);
  const preparations = await tx.exitPreparation.count({ where: { ventureId } });
  const settling = run.door === "takeover" && now.getTime() - run.startedAt.getTime() < SETTLING_MS;
  return favoursPreparation({
    ...{ today, settling, open, readiness: last?.value ?? null, scoredOn: last?.day ?? null },
    ...{ equity, valuedOn, minimum, preparations },
  });
}

/** A life that was taken over begins before this house knew it: what ran here belongs to it all the same. */
export const lifeBegan = (record: { enteredAt: Date } | null, run: { startedAt: Date }): Date =>
  record && record.enteredAt < run.startedAt ? record.enteredAt : run.startedAt;

async function settled(tx: Tx, run: RunRow) {
  const { ventureId, ordinal } = run;
  const venture = await tx.venture.findUniqueOrThrow({ where: { id: ventureId } });
  const record = await tx.stageRecord.findUnique({ where: { ventureId_ordinal: { ventureId, ordinal } } });
  const subject = `stage40:${ventureId}:${ordinal}`;
  const noted = await notedCriteria(tx, subject);
  const since = lifeBegan(record, run);
  const outcome = record?.endedAt ? (record.outcome ?? "ended") : null;
  const facts: StageFacts = {
    ...{ status: run.status as StageStatus, archived: venture.archivedAt !== null },
    record: record ? { open: record.openSubstages, outcome } : null,
    superseded: (await tx.stageRun.count({ where: { ventureId, ordinal: { gt: ordinal } } })) > 0,
    ...{ entryHolds: false, exitHolds: false, favours: null, criteria: { now: noted ?? "", noted: noted ?? "" } },
    children: await childrenOf(tx, ventureId, since),
    approvals: await approvalsOf(tx, ventureId, since),
    certified: (await tx.stageCertificate.count({ where: { ventureId, ordinal } })) > 0,
    done: new Set(run.moves.map(({ cause }) => cause)),
  };
  return { venture, record, facts, noted };
}

/**
 * What the run does next. What is told by rows alone comes first; the criteria, which take every fact of the venture,
 * are judged only where nothing else is to be done.
 */
export async function loadStageMove(tx: Tx, run: RunRow, now: Date): Promise<{ move: StageMove; holding: string[] }> {
  const { venture, record, facts, noted } = await settled(tx, run);
  const first = nextStageMove(facts);
  const ended = facts.record?.outcome === "regressed";
  const waiting = first.kind === "wait" && facts.status === "running" && !facts.archived && !ended;
  if (!waiting) return { move: first, holding: [] };
  const loaded = await loadCriteria(tx, venture, run.ordinal, todayOf(venture, now));
  const text = textOfCriteria(loaded.lines);
  const move = nextStageMove({
    ...facts,
    entryHolds: holdsIn(loaded.lines, "entry"),
    exitHolds: holdsIn(loaded.lines, "exit"),
    criteria: { now: text, noted },
    favours: record
      ? await favoursOf(tx, { run, open: record.endedAt ? [] : record.openSubstages, loaded, now })
      : null,
  });
  return { move, holding: text === "" ? [] : text.split(" ") };
}
