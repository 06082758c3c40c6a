import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { namesOf } from "@/lib/decisions/queries/people";
import { computeStanding } from "@/lib/experiments/queries";
import type { Figure, FigureView } from "@/lib/figures/schema";
import { listStanding, verdictView } from "@/lib/growth/queries/initiatives/initiatives";
import { measureOf } from "@/lib/growth/rules/initiatives/initiative-measure";
import { dayDate, dayText } from "@/lib/metrics/rules/periods";
import type { ExperimentWeek, InitiativeWeek, Num } from "../../rules/weekly/facts";
import { num } from "../../rules/weekly/facts";
import type { Week } from "../../rules/weekly/weeks";

export type Ref = { id: string; revision: number };

const OUTCOMES: Readonly<Record<string, string>> = {
  improved: "improved",
  worsened: "worsened",
  "cannot-tell": "nobody can tell yet",
};

const viewNum = (view: FigureView | null): Num | null =>
  view
    ? {
        ...{ id: view.id, label: view.label, value: view.value, unit: view.unit, asOf: view.asOf },
        reason: view.reason ?? null,
      }
    : null;

const rowsOf = (ventureId: string, week: Week) =>
  db.initiative.findMany({
    where: {
      ventureId,
      AND: [
        // One that was entered later may have begun before.
        { OR: [{ createdAt: { lt: new Date(week.endsAt) } }, { startsOn: { lte: dayDate(week.endsOn) } }] },
        // What ended before the week is no news any more.
        { OR: [{ endedOn: null }, { endedOn: { gte: dayDate(week.startsOn) } }] },
      ],
    },
    include: {
      tasks: { where: { doneAt: null }, orderBy: { dueOn: "asc" }, take: 1 },
      measurements: { orderBy: { reviewOn: "desc" }, take: 1 },
    },
    orderBy: [{ status: "asc" }, { startsOn: "desc" }],
  });

/** Initiatives under way or ended in the week, with what was spent and what came of them. */
export async function collectInitiatives(
  actor: Actor,
  ventureId: string,
  week: Week,
): Promise<{ facts: InitiativeWeek[]; stored: Ref[] }> {
  const rows = await rowsOf(ventureId, week);
  const standing = await listStanding(actor, rows);
  const nameOf = await namesOf(
    db,
    rows.flatMap(({ ownerId }) => (ownerId ? [`user:${ownerId}`] : [])),
  );
  const stored = [...standing.values()].flatMap((views) =>
    Object.values(views).flatMap((view) => (view ? [{ id: view.id, revision: view.revision }] : [])),
  );
  const facts = rows.map((row): InitiativeWeek => {
    const figures = standing.get(row.id);
    const [task] = row.tasks;
    const [measured] = row.measurements;
    const verdict = measured ? verdictView(measured) : null;
    const outcome = verdict ? (OUTCOMES[verdict.verdict] ?? verdict.verdict) : "not measured yet";
    return {
      ...{ title: row.title, status: row.status, measure: measureOf(row).label, reviewOn: dayText(row.reviewOn) },
      owner: row.ownerId ? nameOf(`user:${row.ownerId}`) : `${row.ownerRole}, nobody named`,
      ...{ budget: viewNum(figures?.budget ?? null), spent: viewNum(figures?.spent ?? null) },
      ...{ baseline: viewNum(figures?.baseline ?? null), now: viewNum(figures?.now ?? null) },
      outcome: verdict?.why ? `${outcome}: ${verdict.why}` : outcome,
      next: task ? { title: task.title, dueOn: dayText(task.dueOn), overdue: dayText(task.dueOn) < week.endsOn } : null,
    };
  });
  return { facts, stored };
}

const HIDDEN_WORDS = {
  "no-data": "no counts yet",
  "sample-ratio": "the split is broken; no result is shown",
  "not-reached": "the planned size is not reached; no result is shown",
} as const;

/** Experiments that run, or were decided in the week; of a hidden result nothing is told. */
export async function collectExperiments(
  ventureId: string,
  week: Week,
): Promise<{ facts: ExperimentWeek[]; figures: Figure[] }> {
  const since = new Date(`${week.startsOn}T00:00:00Z`);
  const rows = await db.experiment.findMany({
    where: {
      ventureId,
      createdAt: { lt: new Date(week.endsAt) },
      OR: [{ status: "running" }, { endedOn: { gte: since } }],
    },
    orderBy: { createdAt: "asc" },
  });
  const computed = await Promise.all(rows.map((row) => computeStanding(db, row)));
  return {
    figures: computed.flatMap(({ figures }) => figures.map(({ figure }) => figure)),
    facts: computed.map(({ head, standing, figures }): ExperimentWeek => {
      const [first] = standing.comparisons;
      const at = first && !standing.hidden ? `${first.metric.key}:${first.arm.key}` : null;
      const of = (part: string): Num | null => {
        const found = at && figures.find(({ key }) => key === `${part}:${at}`)?.figure;
        return found ? num(found) : null;
      };
      const outcome = head.decision ?? (standing.hidden ? HIDDEN_WORDS[standing.hidden] : "still counting");
      return {
        ...{ name: head.name, status: head.status, startedOn: head.startedOn, plannedEnd: head.plannedEnd },
        ...{ estimate: of("estimate"), low: of("low"), high: of("high"), outcome },
      };
    }),
  };
}
