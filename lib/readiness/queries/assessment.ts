import "server-only";
import { z } from "zod";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { loadCapTable } from "@/lib/cap-table/queries";
import { roomFiguresOn } from "@/lib/data-room/queries";
import type { db, Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { Figure, FigureAsk, FigureSource } from "@/lib/figures/schema";
import {
  atOneMoment,
  FACT_METRICS,
  loadVentureFacts,
  todayOf,
  type VentureRow,
} from "@/lib/metrics/queries/performance";
import { loadResolvedSeries } from "@/lib/metrics/queries/series";
import { figuresByKey, ventureFigures } from "@/lib/metrics/rules/performance";
import { datasetSource } from "@/lib/metrics/rules/venture-facts";
import { type Assessment, assess, type GivenScore } from "../rules/assessment";
import { type RankedAction, rankActions } from "../rules/next-actions";
import { capTableOpen, dataAge, metricsKnown, openFindings, planGap } from "../rules/own-measures";
import type { Answer } from "../rules/score";
import { evidenceSchema } from "../schema/assessment";
import { loadChanges } from "./changes";

/** The data set of a person's score of one criterion: another criterion's change does not make this one stale. */
export const readinessDataset = (criterion: string): string => `readiness:${criterion}`;

const ANSWERS: readonly Answer[] = [0, 1, 2, 3, 4];

async function givenScores(tx: Tx, venture: VentureRow): Promise<Map<string, GivenScore>> {
  const rows = await tx.readinessScore.findMany({ where: { ventureId: venture.id, supersededAt: null } });
  return new Map(
    rows.flatMap((row) => {
      const score = ANSWERS.find((answer) => answer === row.score);
      if (score === undefined) return [];
      const { id, criterion, rationale, scoredBy } = row;
      const evidence = z.array(evidenceSchema).parse(row.evidence);
      const scoredOn = todayOf(venture, row.scoredAt);
      return [[criterion, { id: id.toString(), criterion, score, rationale, evidence, scoredBy, scoredOn }] as const];
    }),
  );
}

export type LoadedAssessment = Assessment & { ranked: RankedAction[] };

/** Everything that readiness of a day is computed from, and the assessment itself. */
export async function loadAssessment(tx: Tx, venture: VentureRow, today: string): Promise<LoadedAssessment> {
  const { facts, cohorts } = await loadVentureFacts(tx, venture, today);
  const computed = ventureFigures(facts, cohorts).figures;
  const byKey = new Map(figuresByKey(computed));
  const plan = planGap(facts, await loadResolvedSeries(tx, venture, FACT_METRICS, today, "plan"));
  const table = await loadCapTable(tx, venture.id);
  const open = table.package ? table.questions.length : null;
  const source = (dataset: string, rows: number, filter: Record<string, unknown> = {}): FigureSource =>
    datasetSource(facts, dataset, rows, filter);
  const own: Figure[] = [
    ...plan,
    ...[dataAge(facts), metricsKnown(facts, byKey), capTableOpen(facts, open, source("cap-table", table.objects))],
  ];
  own.push(...(await roomMeasures(tx, venture, today)));
  for (const figure of own) byKey.set(measureKey(figure), figure);
  const given = await givenScores(tx, venture);
  const assessment = assess({
    ...{ venture: { id: venture.id }, today, measures: byKey, given },
    source: (criterion) => source(readinessDataset(criterion), given.has(criterion) ? 1 : 0, { criterion }),
  });
  const ranked = rankActions(assessment.actions, {
    ...{ ventureId: venture.id, currency: venture.currency, today, lines: assessment.lines },
    valuation: byKey.get("valuation") ?? null,
  });
  const all = [...computed, ...own, ...assessment.figures, ...ranked.flatMap(({ points, worth }) => [points, worth])];
  return { ...assessment, ranked, figures: [...new Map(all.map((figure) => [figure.id, figure])).values()] };
}

/** Completeness and open findings of the venture's data room, the oldest where there are several. */
async function roomMeasures(tx: Tx, venture: VentureRow, today: string): Promise<Figure[]> {
  const room = await tx.dataRoom.findFirst({ where: { ventureId: venture.id }, orderBy: { createdAt: "asc" } });
  if (!room) return [];
  const completeness = (await roomFiguresOn(tx, room.id, today)).get("room");
  const serious = { roomId: room.id, status: "open", severity: { in: ["high", "critical"] } };
  const scope = { venture: { id: venture.id }, today, roomId: room.id, version: room.version };
  const findings = openFindings(scope, await tx.roomFinding.count({ where: serious }));
  return completeness ? [completeness, findings] : [findings];
}

const MEASURE_KEYS: Readonly<Record<string, string>> = { "data-room.completeness@1": "data_room_completeness" };
const measureKey = ({ method }: Figure): string =>
  MEASURE_KEYS[method] ?? method.replace(/^readiness\.measure\./, "").replace(/@\d+$/, "");

export type SeenVenture = VentureRow & { businessModel: string };

export async function seenVenture(actor: Actor, tx: Tx | typeof db, ventureId: string): Promise<SeenVenture> {
  const venture = maySeeVenture(actor, ventureId) ? await tx.venture.findUnique({ where: { id: ventureId } }) : null;
  if (!venture) throw new AppError("NOT_FOUND");
  return venture;
}

/** Readiness of a venture today, from the facts as they are now. */
export async function getAssessment(actor: Actor, ventureId: string, now: Date) {
  return atOneMoment(async (tx) => {
    const venture = await seenVenture(actor, tx, ventureId);
    const today = todayOf(venture, now);
    return { venture, today, assessment: await loadAssessment(tx, venture, today) };
  });
}

const argsSchema = z.object({ day: z.iso.date() });

/** How the figures of the readiness page are made again when somebody opens one. */
export async function readinessFiguresOn(tx: Tx, ventureId: string, args: FigureAsk["args"]): Promise<Figure[] | null> {
  const read = argsSchema.safeParse(args);
  const venture = z.uuid().safeParse(ventureId).success
    ? await tx.venture.findUnique({ where: { id: ventureId } })
    : null;
  if (!read.success || !venture) return null;
  const assessment = await loadAssessment(tx, venture, read.data.day);
  const quarter = await loadChanges(tx, ventureId, read.data.day, assessment);
  return [...assessment.figures, ...(quarter?.changes ?? []).map(({ points }) => points)];
}

export async function recomputeReadinessFigure(
  tx: Tx,
  { figure, ventureId }: { figure: Figure; ventureId: string | null },
) {
  const day = figure.inputs.day;
  return ventureId && day && "value" in day ? readinessFiguresOn(tx, ventureId, { day: String(day.value) }) : null;
}
