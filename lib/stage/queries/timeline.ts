import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { namesOf } from "@/lib/decisions/queries/people";
import { AppError } from "@/lib/errors";
import { listFigureViews } from "@/lib/figures/queries";
import type { FigureView } from "@/lib/figures/schema";
import { dayText } from "@/lib/metrics/rules/periods";
import { PHASE_LABELS, type Phase } from "../schema/realization";
import { CRITERIA, type CriterionId, entryGateSchema, type StageDoor, type StageStatus } from "../schema/run";
import { lifeBegan } from "./run-facts";
import { costInAll, listSteps, type TimelineEntry, type TotalCost } from "./timeline-steps";

/** Something that goes on only when somebody, or a day, comes. */
export type Waiting = { what: string; whom: string; href: string | null; since: string | null };

export type StageRunView = {
  id: string;
  ordinal: number;
  status: StageStatus;
  version: number;
  door: StageDoor;
  startedAt: string;
  startedBy: string;
  endedAt: string | null;
  reason: string | null;
  /** The stage itself: null while it waits at its entry gate. */
  record: { enteredOn: string; endedOn: string | null; outcome: string | null; open: string[] } | null;
  /** The entry gate as it was found when the stage opened; null where nobody here checked it. */
  entryGate: { label: string; required: string; found: string; passed: boolean; figures: FigureView[] }[] | null;
  waiting: Waiting[];
  entries: TimelineEntry[];
  /** Before this moment more is told; null: that was all. */
  older: string | null;
  total: TotalCost;
};

const OPEN_MEMO = ["pending", "question", "deferred", "confirming"] as const;
const MEMO_WAITS: Readonly<Record<(typeof OPEN_MEMO)[number], string>> = {
  ...{ pending: "the chairman's decision", question: "an answer", deferred: "its day", confirming: "a second person" },
};

async function memosWaiting(ventureId: string): Promise<Waiting[]> {
  const memos = await db.memo.findMany({
    where: { ventureId, status: { in: [...OPEN_MEMO] } },
    orderBy: { createdAt: "asc" },
  });
  return memos.map(({ id, title, status, createdAt }) => ({
    ...{ what: title, whom: MEMO_WAITS[status as keyof typeof MEMO_WAITS], href: `/inbox/${id}` },
    since: createdAt.toISOString(),
  }));
}

const UNDER_WAY = ["running", "paused"];

/** What the substages wait for: a day, a person, or the other side of the table. */
async function childrenWaiting(ventureId: string, slug: string): Promise<Waiting[]> {
  const path = `/ventures/${slug}`;
  const [turn, preparation, sale] = await Promise.all([
    db.growthCycle.findFirst({ where: { ventureId, status: { in: ["running", "paused"] } } }),
    db.exitPreparation.findFirst({ where: { ventureId, status: { in: UNDER_WAY } } }),
    db.realization.findFirst({ where: { ventureId, status: { in: UNDER_WAY } } }),
  ]);
  const held = (status: string, whom: string) => (status === "paused" ? "the chairman, to let it go on" : whom);
  return [
    ...(turn
      ? [
          {
            ...{ what: `Growth loop, turn ${turn.ordinal} (${turn.phase})`, href: `${path}/growth` },
            whom: held(turn.status, `its review on ${dayText(turn.reviewOn)}`),
            since: turn.phaseAt.toISOString(),
          },
        ]
      : []),
    ...(preparation
      ? [
          {
            ...{ what: "Exit preparation", href: `${path}/exit` },
            whom: held(preparation.status, `its next check on ${dayText(preparation.nextCheckOn)}`),
            since: preparation.startedAt.toISOString(),
          },
        ]
      : []),
    ...(sale
      ? [
          {
            ...{ what: `Value realization (${PHASE_LABELS[sale.phase as Phase]})`, href: `${path}/deal` },
            whom: held(sale.status, "the facts of deals, closing and ledger"),
            since: sale.startedAt.toISOString(),
          },
        ]
      : []),
  ];
}

async function gateView(actor: Actor, stored: unknown): Promise<StageRunView["entryGate"]> {
  const gate = entryGateSchema.nullable().parse(stored);
  if (!gate) return null;
  const views = await listFigureViews(
    actor,
    gate.flatMap(({ figures }) => figures),
  );
  return gate.map(({ criterion, figures, ...line }) => ({
    ...line,
    label: CRITERIA[`entry.${criterion}` as CriterionId] ?? criterion,
    figures: views.filter(({ id }) => figures.some((ref) => ref.id === id)),
  }));
}

/** The run of a venture's stage with a page of its timeline, newest first; null before there was one. */
export async function findStageRun(
  actor: Actor,
  ventureId: string,
  before: string | null = null,
): Promise<StageRunView | null> {
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  const run = await db.stageRun.findFirst({ where: { ventureId }, orderBy: { ordinal: "desc" } });
  if (!run) return null;
  const { ordinal } = run;
  const { slug } = await db.venture.findUniqueOrThrow({ where: { id: ventureId }, select: { slug: true } });
  const record = await db.stageRecord.findUnique({ where: { ventureId_ordinal: { ventureId, ordinal } } });
  const page = {
    ...{ runId: run.id, ventureId, since: lifeBegan(record, run), until: run.endedAt },
    before: before === null ? null : new Date(before),
  };
  const [{ entries, older }, total] = await Promise.all([listSteps(page), costInAll(page)]);
  const nameOf = await namesOf(db, [run.startedBy, ...entries.map(({ by }) => by)]);
  const own = UNDER_WAY.includes(run.status);
  return {
    ...{ id: run.id, ordinal, version: run.version, reason: run.reason, startedBy: nameOf(run.startedBy) },
    ...{ status: run.status as StageStatus, door: run.door as StageDoor, startedAt: run.startedAt.toISOString() },
    endedAt: run.endedAt?.toISOString() ?? null,
    record: record
      ? {
          ...{ enteredOn: dayText(record.enteredAt), endedOn: record.endedAt ? dayText(record.endedAt) : null },
          ...{ outcome: record.outcome, open: record.openSubstages },
        }
      : null,
    entryGate: await gateView(actor, run.entryGate),
    waiting: own ? [...(await memosWaiting(ventureId)), ...(await childrenWaiting(ventureId, slug))] : [],
    entries: entries.map((entry) => ({ ...entry, by: nameOf(entry.by) })),
    ...{ older, total },
  };
}
