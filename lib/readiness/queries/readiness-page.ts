import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { listOwners, namesByRef } from "@/lib/auth/people";
import type { Tx } from "@/lib/db";
import { askedView } from "@/lib/figures/rules";
import type { Figure, FigureView } from "@/lib/figures/schema";
import { atOneMoment, todayOf } from "@/lib/metrics/queries/performance";
import { dayText } from "@/lib/metrics/rules/periods";
import type { ExplainedChange } from "../rules/change-figures";
import { COMPONENT_WEIGHTS, type ComponentId, type Criterion } from "../rules/criteria";
import { type Band, endOfDecay } from "../rules/score";
import type { Evidence, TaskStatus } from "../schema/assessment";
import { loadAssessment, seenVenture } from "./assessment";
import { loadChanges } from "./changes";
import { type CitedEvidence, citations } from "./evidence";

export type LineView = {
  criterion: Criterion;
  figure: FigureView;
  measure: FigureView | null;
  answeredBy: "data" | "person" | null;
  given: {
    id: string;
    rationale: string;
    evidence: readonly Evidence[];
    cited: readonly CitedEvidence[];
    by: string;
    on: string;
  } | null;
  stale: boolean;
  /** Of stale evidence the day from which it counts for nothing. */
  countsUntil: string | null;
  gate: boolean;
};
export type TaskView = {
  id: string;
  version: number;
  criterion: string;
  title: string;
  ownerId: string | null;
  owner: string | null;
  dueOn: string | null;
  status: TaskStatus;
  overdue: boolean;
};
export type ActionView = {
  criterion: string;
  label: string;
  toDo: string;
  points: FigureView;
  hours: number;
  worth: FigureView;
};
export type ChangeView = Omit<ExplainedChange, "points"> & { points: FigureView };
export type DayView = { day: string; score: FigureView | null; coverage: string; band: string | null };

export type ReadinessPage = {
  venture: { id: string; slug: string; name: string; currency: string };
  today: string;
  score: FigureView;
  band: Band | null;
  coverage: FigureView;
  components: { id: ComponentId; label: string; weight: number; figure: FigureView; before: number | null }[];
  lines: LineView[];
  actions: ActionView[];
  tasks: TaskView[];
  /** Oldest first. */
  history: DayView[];
  /** The kept day nearest to three months ago, and why the score differs from then; null before there is one. */
  quarter: { day: string; changes: ChangeView[] } | null;
  people: { id: string; name: string }[];
  /** What a score can rest on, beside what somebody saw. */
  documents: { id: string; title: string }[];
  figures: { id: string; label: string; day: string }[];
};

async function namesOf(tx: Tx, refs: readonly string[]): Promise<(ref: string) => string> {
  const names = await namesByRef(tx, refs);
  return (ref) => names.get(ref) ?? (ref.startsWith("agent:") ? "Exit Preparation Advisor" : "Somebody who left");
}

async function tasksOf(tx: Tx, ventureId: string, today: string): Promise<TaskView[]> {
  const rows = await tx.readinessTask.findMany({
    where: { ventureId },
    orderBy: [{ dueOn: "asc" }, { createdAt: "asc" }],
  });
  const names = await namesByRef(
    tx,
    rows.flatMap(({ ownerId }) => (ownerId ? [`user:${ownerId}`] : [])),
  );
  return rows.map(({ id, version, criterion, title, ownerId, dueOn, status }) => {
    const due = dueOn && dayText(dueOn);
    const known: TaskStatus = status === "done" || status === "dropped" ? status : "open";
    return {
      ...{ id, version, criterion, title, ownerId, dueOn: due, status: known },
      owner: ownerId ? (names.get(`user:${ownerId}`) ?? "Somebody who left") : null,
      overdue: known === "open" && due !== null && due < today,
    };
  });
}

async function keptDays(tx: Tx, ventureId: string): Promise<DayView[]> {
  const rows = await tx.readinessDay.findMany({
    where: { ventureId },
    omit: { shape: true },
    orderBy: { day: "asc" },
  });
  return rows.map((row) => {
    const day = dayText(row.day);
    const value = row.score?.toFixed() ?? null;
    const figure = { id: row.figureId, revision: row.revision, value, unit: "score" as const, label: "Exit readiness" };
    const score = value === null ? null : { ...figure, asOf: day, reason: null, stale: null };
    return { day, score, coverage: row.coverage.toFixed(), band: row.band };
  });
}

/** Readiness of a venture as the page shows it. */
export async function getReadinessPage(actor: Actor, ventureId: string, now: Date): Promise<ReadinessPage> {
  return atOneMoment(async (tx) => {
    const venture = await seenVenture(actor, tx, ventureId);
    const today = todayOf(venture, now);
    const assessment = await loadAssessment(tx, venture, today);
    const view = (figure: Figure) =>
      askedView(figure, { of: "readiness.assessment", args: { venture: ventureId, day: today } });
    const before = await loadChanges(tx, ventureId, today, assessment);
    const cited = await citations(
      tx,
      ventureId,
      assessment.lines.flatMap(({ given }) => given?.evidence ?? []),
    );
    const nameOf = await namesOf(
      tx,
      assessment.lines.flatMap(({ given }) => given?.scoredBy ?? []),
    );
    const { id, slug, name, currency } = venture;
    return {
      venture: { id, slug, name, currency },
      ...{ today, score: view(assessment.score), band: assessment.scored.band, coverage: view(assessment.coverage) },
      components: assessment.components.map((component) => ({
        ...{ id: component.id, label: component.label, weight: COMPONENT_WEIGHTS[component.id] },
        figure: view(component.figure),
        before: before?.shape.components[component.id] ?? null,
      })),
      lines: assessment.lines.map(({ given, figure, measure, ...line }) => ({
        ...line,
        figure: view(figure),
        measure: measure && view(measure),
        countsUntil: line.stale && given ? endOfDecay(given.evidence.map(({ date }) => date)) : null,
        given: given && {
          ...{ id: given.id, rationale: given.rationale, evidence: given.evidence },
          cited: given.evidence.map(cited),
          ...{ by: nameOf(given.scoredBy), on: given.scoredOn },
        },
      })),
      actions: assessment.ranked.map(({ points, worth, ...action }) => ({
        ...action,
        points: view(points),
        worth: view(worth),
      })),
      tasks: await tasksOf(tx, ventureId, today),
      history: await keptDays(tx, ventureId),
      quarter: before && {
        day: before.day,
        changes: before.changes.map(({ points, ...change }) => ({ ...change, points: view(points) })),
      },
      people: await listOwners(tx, ventureId),
      documents: await tx.roomDocument.findMany({
        where: { removedAt: null, room: { ventureId } },
        select: { id: true, title: true },
        orderBy: { title: "asc" },
        take: 1_000,
      }),
      figures: await citableFigures(tx, ventureId),
    };
  });
}

const MOST_FIGURES = 200;

/** The venture's own measures as they were stored last, by name: a number that somebody may point at. */
async function citableFigures(tx: Tx, ventureId: string): Promise<ReadinessPage["figures"]> {
  const rows = await tx.figure.findMany({
    where: { ventureId, method: { startsWith: "metrics.venture." }, value: { not: null } },
    orderBy: [{ label: "asc" }, { asOf: "desc" }, { revision: "desc" }],
    distinct: ["label"],
    select: { id: true, label: true, asOf: true },
    take: MOST_FIGURES,
  });
  return rows.map(({ id, label, asOf }) => ({ id, label, day: dayText(asOf) }));
}
