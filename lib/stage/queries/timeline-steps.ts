import "server-only";
import { db } from "@/lib/db";
import { isSettled, type StepEvent, stepWords, verdictWords } from "../rules/stage-steps";
import type { MoveKind } from "../schema/run";

/** What an agent's run took; the built-in analyst costs nothing. */
export type Cost = { tokens: number; micros: string; seconds: number | null };
export type TimelineEntry = {
  id: string;
  at: string;
  kind: MoveKind | "agent" | "step";
  text: string;
  /** A ref; a name once it is shown. */
  by: string;
  memoId: string | null;
  cost: Cost | null;
};

/** The life that is told, and from where on: everything before `before`, or the newest. */
export type TimelinePage = {
  runId: string;
  ventureId: string;
  since: Date;
  until: Date | null;
  before: Date | null;
};

export const PAGE_SIZE = 100;
/** Several things happen in one moment: a page ends between two moments. */
const MOST = PAGE_SIZE + 60;

const within = ({ since, until, before }: TimelinePage) => ({
  gte: since,
  ...(before ? { lt: before } : until ? { lte: until } : {}),
});

type Taken = Pick<
  Awaited<ReturnType<typeof db.agentRun.findMany>>[number],
  "tokensIn" | "tokensOut" | "costMicros" | "startedAt" | "finishedAt"
>;

const costOf = ({ tokensIn, tokensOut, costMicros, startedAt, finishedAt }: Taken): Cost => ({
  tokens: tokensIn + tokensOut,
  micros: costMicros.toString(),
  seconds: startedAt && finishedAt ? Math.round((finishedAt.getTime() - startedAt.getTime()) / 1_000) : null,
});

const RUN_WORDS: Readonly<Record<string, string>> = {
  ...{ succeeded: "done", failed: "failed", running: "at work", queued: "queued" },
  ...{ stopping: "stopping", stopped: "stopped" },
};

async function agentRuns(page: TimelinePage): Promise<TimelineEntry[]> {
  const rows = await db.agentRun.findMany({
    where: { ventureId: page.ventureId, createdAt: within(page) },
    orderBy: { createdAt: "desc" },
    take: MOST,
    // Without the answers, which may be long.
    select: {
      ...{ id: true, agent: true, task: true, model: true, status: true, createdAt: true },
      ...{ tokensIn: true, tokensOut: true, costMicros: true, startedAt: true, finishedAt: true },
    },
  });
  return rows.map((run) => ({
    ...{ id: run.id, at: run.createdAt.toISOString(), kind: "agent", memoId: null },
    text: `Task "${run.task}" by ${run.model}: ${RUN_WORDS[run.status] ?? run.status}.`,
    ...{ by: `agent:${run.agent}`, cost: costOf(run) },
  }));
}

/** What the run of the stage noted itself. That a memo was answered is told by the verdict, with who gave it. */
async function ownMoves(page: TimelinePage): Promise<TimelineEntry[]> {
  const rows = await db.stageMove.findMany({
    where: { runId: page.runId, at: within(page) },
    orderBy: { ordinal: "desc" },
    take: MOST,
  });
  return rows
    .filter(({ kind, cause }) => kind !== "answered" || !isSettled(cause.split(":").at(-1) ?? ""))
    .map(({ ordinal, kind, text, by, memoId, at }) => ({
      ...{ id: `move:${ordinal}`, at: at.toISOString(), kind: kind as MoveKind, text, by, memoId, cost: null },
    }));
}

/** What the chairman was asked, but for what the run of the stage notes itself, and what was decided. */
async function decisions(page: TimelinePage): Promise<TimelineEntry[]> {
  const noted = await db.stageMove.findMany({
    where: { runId: page.runId, kind: "asked", memoId: { not: null } },
    select: { memoId: true },
  });
  const told = noted.flatMap(({ memoId }) => memoId ?? []);
  const [memos, verdicts] = await Promise.all([
    db.memo.findMany({
      where: { ventureId: page.ventureId, createdAt: within(page), id: { notIn: told } },
      orderBy: { createdAt: "desc" },
      take: MOST,
      select: { id: true, title: true, proposedBy: true, createdAt: true },
    }),
    db.verdict.findMany({
      where: { memo: { ventureId: page.ventureId }, decidedAt: within(page) },
      orderBy: { decidedAt: "desc" },
      take: MOST,
      include: { memo: { select: { title: true } } },
    }),
  ]);
  return [
    // Asked and answered in one moment, the answer stands above.
    ...verdicts.map(
      ({ id, memoId, memo, verdict, note, decidedBy: by, decidedAt }): TimelineEntry => ({
        ...{ id: `verdict:${id}`, at: decidedAt.toISOString(), kind: "answered", by, memoId, cost: null },
        text: `${memo.title}: ${verdictWords(verdict)}.${note ? ` “${note}”` : ""}`,
      }),
    ),
    ...memos.map(
      ({ id, title, proposedBy: by, createdAt }): TimelineEntry => ({
        ...{ id: `memo:${id}`, at: createdAt.toISOString(), kind: "asked", text: `${title}: asked.`, by },
        ...{ memoId: id, cost: null },
      }),
    ),
  ];
}

const STEP_EVENTS = [
  ...["growth-cycle.advanced", "exit-preparation.checked", "exit-preparation.remediated"],
  // What the triggers wrote, what was handed over, and what came back: the retrospective follows the end of the run.
  ...["directive.fired", "directive.ended", "handoff.written", "governance.answered"],
];

/** The steps of the runs below: phases of the growth loop, checks of the preparation, phases and turns of the sale; and governance. */
async function stepsBelow(page: TimelinePage): Promise<TimelineEntry[]> {
  const { ventureId } = page;
  const [events, moves, turns] = await Promise.all([
    db.event.findMany({
      where: { chain: ventureId, type: { in: STEP_EVENTS }, at: within({ ...page, until: null }) },
      orderBy: { seq: "desc" },
      take: MOST,
      select: { seq: true, type: true, at: true, actor: true, subject: true, payload: true },
    }),
    db.realizationMove.findMany({
      where: { realization: { ventureId }, at: within(page) },
      orderBy: { at: "desc" },
      take: MOST,
    }),
    db.growthCycle.findMany({ where: { ventureId }, select: { id: true, ordinal: true } }),
  ]);
  const turnOf = new Map(turns.map(({ id, ordinal }) => [`growth-cycle:${id}`, ordinal]));
  return [
    ...events.map(({ seq, type, at, actor: by, subject, payload }): TimelineEntry => {
      const event: StepEvent = { type, payload: payload as StepEvent["payload"], turn: turnOf.get(subject) ?? null };
      return {
        ...{ id: `event:${seq}`, at: at.toISOString(), kind: "step", text: stepWords(event), by },
        ...{ memoId: null, cost: null },
      };
    }),
    ...moves.map(
      ({ realizationId, ordinal, text, memoId, at }): TimelineEntry => ({
        ...{ id: `sale:${realizationId}:${ordinal}`, at: at.toISOString(), kind: "step", text, memoId },
        ...{ by: "system:value-realization", cost: null },
      }),
    ),
  ];
}

/** A page of everything that was done, the newest first, and the moment before which the next page lies. */
export async function listSteps(page: TimelinePage): Promise<{ entries: TimelineEntry[]; older: string | null }> {
  const sources = await Promise.all([ownMoves(page), agentRuns(page), decisions(page), stepsBelow(page)]);
  // Of what happened in one moment the later note stands above.
  const all = sources.flat().toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
  const last = all[PAGE_SIZE - 1];
  if (!last) return { entries: all, older: null };
  const entries = all.filter(({ at }) => at >= last.at);
  return { entries, older: all.length > entries.length ? last.at : null };
}

export type TotalCost = Cost & { runs: number };

/** What the agents' runs of this life took in all. */
export async function costInAll({ ventureId, since, until }: TimelinePage): Promise<TotalCost> {
  const [row] = await db.$queryRaw<[{ runs: bigint; tokens: bigint; micros: string; seconds: number }]>`
    SELECT count(*) AS runs, COALESCE(sum("tokensIn" + "tokensOut"), 0)::bigint AS tokens,
      COALESCE(sum("costMicros"), 0)::text AS micros,
      COALESCE(sum(round(extract(epoch FROM "finishedAt" - "startedAt"))), 0)::float8 AS seconds
    FROM "agent_run"
    WHERE "ventureId" = ${ventureId}::uuid AND "createdAt" >= ${since}
      AND (${until}::timestamptz IS NULL OR "createdAt" <= ${until}::timestamptz)`;
  return { runs: Number(row.runs), tokens: Number(row.tokens), micros: row.micros, seconds: row.seconds };
}
