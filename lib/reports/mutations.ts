import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { withChartFigures } from "@/lib/metrics/queries/chart-figures";
import { atOneMoment, computePerformance } from "@/lib/metrics/queries/performance";
import { storeWritten, type Written } from "./mutations/artefacts";
import { loadRecommendationSources } from "./queries/recommendations";
import { performanceDashboard } from "./rules/performance-dashboard";
import { recommendations } from "./rules/recommendations";

export type StoredVersion = { artefactId: string; version: number };

async function write(actor: Actor, written: Written, now: Date): Promise<StoredVersion> {
  const { id, version } = await db.$transaction((tx) => storeWritten(tx, actor, written, now), {
    timeout: 60_000,
    maxWait: 20_000,
  });
  return { artefactId: id, version };
}

/** Keeps the performance of a venture as it is now: a version that later ones can be compared with. */
export async function freezePerformance(actor: Actor, ventureId: string, now: Date): Promise<StoredVersion> {
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  const performance = await atOneMoment(async (tx) => {
    const computed = await computePerformance(tx, ventureId, null, now);
    return { ...computed, series: await withChartFigures(tx, computed.venture, computed.series, computed.asOf) };
  });
  const title = `Performance of ${performance.venture.name}`;
  const { figures } = performance;
  const blocks = performanceDashboard(performance);
  return write(actor, { ventureId, kind: "performance-dashboard", title, blocks, figures }, now);
}

/** Writes what to do next from the levers as they are today, those that were chosen, and the initiatives under way. */
export async function writeRecommendations(actor: Actor, ventureId: string, now: Date): Promise<StoredVersion> {
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  const { facts, venture, figures, refs } = await loadRecommendationSources(actor, ventureId, now);
  const title = `Recommendations for ${venture}`;
  const blocks = recommendations(facts);
  return write(actor, { ventureId, kind: "optimization-recommendations", title, blocks, figures, stored: refs }, now);
}
