import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { clock } from "@/lib/clock";
import { db, type Tx } from "@/lib/db";
import { namesOf } from "@/lib/decisions/queries/people";
import { AppError } from "@/lib/errors";
import { listFigureViews } from "@/lib/figures/queries";
import type { FigureView } from "@/lib/figures/schema";
import { formatDay } from "@/lib/format";
import { dayText } from "@/lib/metrics/rules/periods";
import { CANNOT_TELL_SENTENCES, type CannotTell } from "../../rules/initiatives/effect";
import { type Criterion, type DoneWhenFacts, growthDoneWhen } from "../../rules/initiatives/initiative-done-when";
import { STANDING_PARTS, type StandingPart, standingId } from "../../rules/initiatives/initiative-figures";
import { measureOf } from "../../rules/initiatives/initiative-measure";
import { milestoneStates, nextMilestone, overdueTasks } from "../../rules/initiatives/initiative-plan";
import type { InitiativeStatus } from "../../schema/initiatives";
import { todayAt } from "./initiative-standing";

export type StandingViews = Readonly<Record<StandingPart, FigureView | null>>;

export type VerdictView = {
  verdict: "improved" | "worsened" | "cannot-tell";
  /** In a sentence, why nobody can tell; null where somebody can. */
  why: string | null;
  method: string | null;
  reviewOn: string;
};

export type InitiativeLine = {
  id: string;
  title: string;
  lever: string;
  status: InitiativeStatus;
  owner: string | null;
  ownerRole: string;
  currency: string;
  measure: string;
  figures: StandingViews;
  /** For the bar: part of the budget that is spent, and spent or committed; null without a budget. */
  used: { spent: number; all: number } | null;
  next: { title: string; dueOn: string; overdue: boolean } | null;
  reached: number;
  milestones: number;
  overdue: number;
  reviewOn: string;
  verdict: VerdictView | null;
};

const INCLUDE = {
  tasks: { orderBy: { position: "asc" } },
  milestones: { orderBy: { position: "asc" } },
  measurements: { orderBy: { reviewOn: "desc" }, take: 1 },
} as const;

type Row = Awaited<ReturnType<typeof rowsOf>>[number];
const rowsOf = (tx: Tx | typeof db, ventureId: string) =>
  tx.initiative.findMany({
    where: { ventureId },
    include: INCLUDE,
    orderBy: [{ status: "asc" }, { startsOn: "desc" }],
  });

/** The newest stored revision of each standing figure of these initiatives. */
export async function listStanding(
  actor: Actor,
  rows: readonly { id: string; ventureId: string }[],
): Promise<Map<string, StandingViews>> {
  const ids = rows.flatMap((row) => STANDING_PARTS.map((part) => standingId(row, part)));
  const newest = await db.figure.groupBy({ by: ["id"], where: { id: { in: ids } }, _max: { revision: true } });
  const refs = newest.map(({ id, _max }) => ({ id, revision: _max.revision ?? 1 }));
  const views = new Map((await listFigureViews(actor, refs)).map((view) => [view.id, view]));
  return new Map(
    rows.map((row) => {
      const parts = STANDING_PARTS.map((part) => [part, views.get(standingId(row, part)) ?? null]);
      return [row.id, Object.fromEntries(parts) as StandingViews];
    }),
  );
}

export function verdictView(row: {
  verdict: string;
  reason: string | null;
  method: string | null;
  reviewOn: Date;
}): VerdictView {
  const why = row.reason ? (CANNOT_TELL_SENTENCES[row.reason as CannotTell] ?? row.reason) : null;
  const { method } = row;
  return { verdict: row.verdict as VerdictView["verdict"], why, method, reviewOn: dayText(row.reviewOn) };
}

function usedOf(figures: StandingViews | undefined): InitiativeLine["used"] {
  const number = (part: StandingPart) => Number(figures?.[part]?.value ?? Number.NaN);
  const budget = number("budget");
  if (!(budget > 0)) return null;
  const spent = number("spent") / budget;
  return { spent, all: spent + number("committed") / budget };
}

const plannedOf = ({ tasks, milestones }: Pick<Row, "tasks" | "milestones">) => ({
  milestones: milestones.map(({ position, title, dueOn }) => ({ position, title, dueOn: dayText(dueOn) })),
  tasks: tasks.map(({ position, milestone, title, dueOn, doneOn, doneAt }) => ({
    ...{ position, milestone, title, dueOn: dayText(dueOn) },
    doneOn: doneOn ? dayText(doneOn) : doneAt ? dayText(doneAt) : null,
  })),
});

function lineOf(row: Row, today: string, figures: StandingViews | undefined, owner: string | null): InitiativeLine {
  const plan = plannedOf(row);
  const states = milestoneStates(plan, today);
  const next = nextMilestone(states);
  const { id, title, lever, status, ownerRole, currency } = row;
  const [measured] = row.measurements;
  const empty = Object.fromEntries(STANDING_PARTS.map((part) => [part, null])) as StandingViews;
  return {
    ...{ id, title, lever, status, ownerRole, currency, owner },
    measure: measureOf(row).label,
    figures: figures ?? empty,
    used: usedOf(figures),
    next: next ? { title: next.title, dueOn: next.dueOn, overdue: next.overdue } : null,
    reached: states.filter(({ reachedOn }) => reachedOn !== null).length,
    milestones: states.length,
    overdue: status === "stopped" || status === "done" ? 0 : overdueTasks(plan.tasks, today).length,
    reviewOn: dayText(row.reviewOn),
    verdict: measured ? verdictView(measured) : null,
  };
}

export type InitiativeOverview = { initiatives: InitiativeLine[]; doneWhen: Criterion[]; today: string };

/** A venture's initiatives as their list shows them, and the three lines of "done when" with their evidence. */
export async function getInitiatives(actor: Actor, ventureId: string): Promise<InitiativeOverview> {
  if (!isPermitted(actor.role, "venture:read") || !maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  const venture = await db.venture.findUniqueOrThrow({ where: { id: ventureId }, select: { timeZone: true } });
  const today = todayAt(venture.timeZone, clock.now());
  const rows = await rowsOf(db, ventureId);
  const [standing, nameOf, analysis] = await Promise.all([
    listStanding(actor, rows),
    namesOf(
      db,
      rows.flatMap(({ ownerId }) => (ownerId ? [`user:${ownerId}`] : [])),
    ),
    newestAnalysis(db, ventureId),
  ]);
  const initiatives = rows.map((row) =>
    lineOf(row, today, standing.get(row.id), row.ownerId ? nameOf(`user:${row.ownerId}`) : null),
  );
  const facts = initiatives.map(({ title, status, milestones, reached, verdict }) => ({
    ...{ title, status, milestones, reached, verdict: verdict?.verdict ?? null },
  }));
  return { initiatives, today, doneWhen: growthDoneWhen({ analysis, initiatives: facts }) };
}

/**
 * What the three lines are judged by on a day, for whoever decides about the stage. Read in the caller's own transaction:
 * a second connection beside it, and a burst of runs would hold every connection while each waits for one more.
 */
export async function loadDoneWhen(tx: Tx | typeof db, ventureId: string, today: string): Promise<DoneWhenFacts> {
  const rows = await rowsOf(tx, ventureId);
  const analysis = await newestAnalysis(tx, ventureId);
  const initiatives = rows.map(({ title, status, measurements, ...row }) => {
    const states = milestoneStates(plannedOf(row), today);
    const reached = states.filter(({ reachedOn }) => reachedOn !== null).length;
    const [measured] = measurements;
    const verdict = measured ? verdictView(measured).verdict : null;
    return { title, status, milestones: states.length, reached, verdict };
  });
  return { analysis, initiatives };
}

type Analysis = { levers: number; writtenOn: string };

async function newestAnalysis(tx: Tx | typeof db, ventureId: string): Promise<Analysis | null> {
  const where = { ventureId, kind: "growth-lever-report" };
  const row = await tx.artefact.findFirst({ where, orderBy: { version: "desc" } });
  if (!row) return null;
  const ids = (row.figures as { id: string }[]).map(({ id }) => id);
  const effects = await tx.figure.findMany({
    where: { id: { in: ids }, method: { startsWith: "growth.lever.effect" } },
    distinct: ["id"],
    select: { inputs: true },
  });
  const levers = new Set(effects.map(({ inputs }) => JSON.stringify((inputs as { lever?: unknown }).lever ?? null)));
  return { levers: levers.size, writtenOn: formatDay(dayText(row.createdAt)) };
}
