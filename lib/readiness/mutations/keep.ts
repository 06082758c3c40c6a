import "server-only";
import { db, type Prisma, type Tx } from "@/lib/db";
import { saveFigures } from "@/lib/figures/mutations";
import { neededBy } from "@/lib/figures/rules";
import { logger } from "@/lib/logger";
import { refreshAndWatch } from "@/lib/metrics/mutations";
import { recordMeasured } from "@/lib/metrics/mutations/measured";
import { atOneMoment, todayOf } from "@/lib/metrics/queries/performance";
import { dayDate } from "@/lib/metrics/rules/periods";
import { loadAssessment } from "../queries/assessment";
import type { Assessment } from "../rules/assessment";
import { shapeOf } from "../rules/history";

const SOURCE = "Readiness assessment";
const TRANSACTION = { timeout: 60_000, maxWait: 20_000 };

/** A venture is assessed by the house once anybody has scored a criterion; before that only imported values stand. */
const isAssessed = (tx: Tx, ventureId: string) =>
  tx.readinessScore.findFirst({ where: { ventureId, supersededAt: null }, select: { id: true } });

/**
 * Keeps how ready the venture is today: the figures with their proof, the day's shape for history, and the total as the
 * metric's value. Repeating it on unchanged facts changes nothing. Nothing is kept before anybody has scored a criterion.
 */
export async function keepDay(ventureId: string, by: string, now: Date): Promise<{ moved: boolean }> {
  const found = await atOneMoment(async (tx) => {
    const venture = await tx.venture.findUniqueOrThrow({ where: { id: ventureId } });
    if (!(await isAssessed(tx, ventureId))) return null;
    const today = todayOf(venture, now);
    return { today, assessment: await loadAssessment(tx, venture, today) };
  });
  if (!found) return { moved: false };
  const { today, assessment } = found;
  const moved = await db.$transaction((tx) => storeDay(tx, { ventureId, today, assessment, by, now }), TRANSACTION);
  return { moved };
}

/** The same, and the venture's snapshot and alerts where its readiness moved. */
export async function keepReadiness(ventureId: string, by: string, now: Date): Promise<void> {
  const { moved } = await keepDay(ventureId, by, now);
  if (moved) await refreshAndWatch(ventureId, now);
}

type Day = { ventureId: string; today: string; assessment: Assessment; by: string; now: Date };

async function storeDay(tx: Tx, { ventureId, today, assessment, by, now }: Day): Promise<boolean> {
  const { score, coverage, scored, figures } = assessment;
  const refs = await saveFigures(tx, ventureId, neededBy(score, figures), now);
  const data = {
    score: score.value,
    coverage: coverage.value ?? "0",
    band: scored.band,
    shape: shapeOf(assessment) as unknown as Prisma.InputJsonObject,
    figureId: score.id,
    revision: refs.find(({ id }) => id === score.id)?.revision ?? 1,
    keptAt: now,
  };
  const key = { ventureId, day: dayDate(today) };
  await tx.readinessDay.upsert({ where: { ventureId_day: key }, create: { ...key, ...data }, update: data });
  if (score.value === null) return false;
  const reason = "Computed from the criteria that were answered";
  const measured = { ventureId, metric: "exit_readiness", day: today, value: score.value, currency: null, reason };
  return recordMeasured(tx, { ...measured, source: SOURCE }, by, now);
}

/** The same after a change that is stored already: what is derived from it may fail and be made again the next night. */
export async function keepAfterChange(ventureId: string, by: string, now: Date): Promise<void> {
  await keepReadiness(ventureId, by, now).catch((error: unknown) =>
    logger.error({ err: error }, "Readiness was not kept"),
  );
}
