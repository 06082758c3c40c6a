import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { dayText } from "@/lib/metrics/rules/periods";
import { fittingLearnings } from "../rules/fitting-learnings";
import { learningRef } from "../schema";
import type { Topic } from "../schema/documents";

const MOST = 8;

export type FittingLearning = {
  ref: string;
  source: string;
  statement: string;
  topics: string[];
  confidence: string;
  learntOn: string;
};

/** What exits of other ventures taught that bears on this one. The holding's own knowledge: whose exit it was is left out. */
export async function findLearnings(
  actor: Actor,
  ventureId: string,
  topic: Topic | null,
): Promise<FittingLearning[] | null> {
  const venture = maySeeVenture(actor, ventureId) ? await db.venture.findUnique({ where: { id: ventureId } }) : null;
  if (!venture) return null;
  const rows = await db.learning.findMany({ where: { withdrawnAt: null }, orderBy: { number: "asc" } });
  const about = { ventureId, sector: venture.sector, businessModel: venture.businessModel, topic };
  return fittingLearnings(
    rows.map((row) => ({ ...row, learntOn: dayText(row.learntOn) })),
    about,
    MOST,
  ).map(({ number, source, statement, topics, confidence, learntOn }) => ({
    ...{ ref: learningRef(number), source, statement, topics, confidence, learntOn },
  }));
}
