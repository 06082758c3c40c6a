import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { type Figure, REASON_SENTENCES } from "@/lib/figures/schema";
import { getVentureLevers, type VentureLevers } from "@/lib/growth/queries";
import { CHOICE_REASONS, LEVER_DISPROOF } from "@/lib/growth/schema";
import type { FollowedInitiative, RecommendationFacts, RecommendedLever } from "../rules/recommendations";

const day = (date: Date): string => date.toISOString().slice(0, 10);

function recommended({ levers, portfolio }: VentureLevers): RecommendedLever[] {
  const choices = new Map(portfolio?.choice.choices.map((choice) => [choice.id, choice]));
  return levers.map(({ lever: { id, kind, subject }, figures }) => {
    const choice = choices.get(id);
    const { effect, effectLow, effectHigh, cost, roi } = figures;
    return {
      ...{ kind, subject, chosen: choice?.chosen ?? null, disproof: LEVER_DISPROOF[kind] },
      reason: choice ? CHOICE_REASONS[choice.reason] : null,
      figures: { effect: effect.id, effectLow: effectLow.id, effectHigh: effectHigh.id, cost: cost.id, roi: roi.id },
    };
  });
}

type Ref = { id: string; revision: number };

/** The initiatives of a venture as a report follows them, and the stored figures that they quote. */
async function followed(ventureId: string): Promise<{ initiatives: FollowedInitiative[]; refs: Ref[] }> {
  const rows = await db.initiative.findMany({
    where: { ventureId },
    orderBy: [{ status: "asc" }, { startsOn: "desc" }],
  });
  const ids = rows.flatMap(({ baselineFigure }) => baselineFigure ?? []);
  const newest = await db.figure.groupBy({ by: ["id"], where: { id: { in: ids } }, _max: { revision: true } });
  const refs = newest.map(({ id, _max }) => ({ id, revision: _max.revision ?? 1 }));
  const held = new Set(refs.map(({ id }) => id));
  const initiatives = rows.map(({ title, lever, status, statusReason, reviewOn, baselineFigure, stopRule }) => ({
    ...{ title, lever, status, statusReason, stopRule },
    reviewOn: day(reviewOn),
    baseline: baselineFigure && held.has(baselineFigure) ? baselineFigure : null,
  }));
  return { initiatives, refs };
}

export type RecommendationSources = { facts: RecommendationFacts; venture: string; figures: Figure[]; refs: Ref[] };

/** What the optimization recommendations are written from: the levers of today, the chosen set, the initiatives. */
export async function loadRecommendationSources(
  actor: Actor,
  ventureId: string,
  now: Date,
): Promise<RecommendationSources> {
  const found = await getVentureLevers(actor, ventureId, null, now);
  const { initiatives, refs } = await followed(ventureId);
  const together = Object.values(found.portfolio?.figures ?? {});
  const reason = found.reason === null ? null : (REASON_SENTENCES[found.reason] ?? "the data does not say.");
  return {
    facts: {
      ...{ reason, initiatives, levers: recommended(found) },
      together: together.map(({ id, label }) => ({ label, figure: id })),
    },
    venture: found.venture.name,
    figures: [...found.inputs, ...found.levers.flatMap(({ figures }) => Object.values(figures)), ...together],
    refs,
  };
}
