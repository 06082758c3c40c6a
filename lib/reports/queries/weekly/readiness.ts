import "server-only";
import type { Tx } from "@/lib/db";
import { toFigure } from "@/lib/figures/queries";
import { addDays, dayDate, dayText } from "@/lib/metrics/rules/periods";
import { loadAssessment, type SeenVenture } from "@/lib/readiness/queries/assessment";
import { criterionOf } from "@/lib/readiness/rules/criteria";
import { changesBetween, type Shape, shapeOf } from "@/lib/readiness/rules/history";
import { exitParameters } from "@/lib/stage/queries/exit-facts";
import { num, numOrNull, type ReadinessWeek } from "../../rules/weekly/facts";
import { changeFigure, targetFigure } from "../../rules/weekly/weekly-figures";
import type { Week } from "../../rules/weekly/weeks";
import type { Ref } from "./growth";
import type { Collected } from "./measures";

const MOST_ACTIONS = 5;

const MOVES = { first: "was answered", withdrawn: "was withdrawn", up: "rose", down: "fell" } as const;

/** The day kept last before the week began, with the figure that was stored for it. */
async function keptBefore(tx: Tx, ventureId: string, week: Week) {
  const row = await tx.readinessDay.findFirst({
    where: { ventureId, day: { lte: dayDate(addDays(week.startsOn, -1)) } },
    orderBy: { day: "desc" },
  });
  const figure = row && (await tx.figure.findFirst({ where: { id: row.figureId, revision: row.revision } }));
  return row && figure ? { row, figure: toFigure(figure) } : null;
}

type Told = Collected<ReadinessWeek | null> & { stored: Ref[] };

/** Readiness as of the last day of the week: what moved since it began, what is missing, what would raise it. */
export async function collectReadiness(tx: Tx, venture: SeenVenture, week: Week): Promise<Told> {
  const assessment = await loadAssessment(tx, venture, week.endsOn);
  const { score, coverage, scored, components, lines, ranked } = assessment;
  const answered = lines.some(({ figure }) => figure.value !== null);
  if (!answered) return { facts: null, figures: [], stored: [] };
  const points = (await exitParameters(tx, venture.id)).exitReadinessTarget;
  const target = targetFigure({ ventureId: venture.id, points, day: week.endsOn });
  const before = await keptBefore(tx, venture.id, week);
  const change = before ? changeFigure(score, before.figure, before.row.revision) : null;
  const moved = before ? changesBetween(before.row.shape as unknown as Shape, shapeOf(assessment)) : [];
  return {
    figures: [...assessment.figures, target, ...(change ? [change] : [])],
    stored: before ? [{ id: before.row.figureId, revision: before.row.revision }] : [],
    facts: {
      ...{ score: num(score), band: scored.band, coverage: num(coverage), target: num(target) },
      before: before ? { score: num(before.figure), day: dayText(before.row.day) } : null,
      change: numOrNull(change),
      components: components.map(({ label, figure }) => ({ label, figure: num(figure) })),
      moves: moved.map(({ label, kind }) => `${label} ${MOVES[kind]}`),
      redFlags: scored.gates.map((id) => criterionOf(id)?.label ?? id),
      gaps: lines.filter(({ figure }) => figure.value === null).map(({ criterion }) => criterion.label),
      actions: ranked
        .slice(0, MOST_ACTIONS)
        .map(({ label, toDo, points: lost }) => ({ label, toDo, points: num(lost) })),
    },
  };
}
