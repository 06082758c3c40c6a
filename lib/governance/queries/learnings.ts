import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { dayText } from "@/lib/metrics/rules/periods";
import { fittingLearnings } from "../rules/fitting-learnings";
import { learningRef } from "../schema";
import { TOPICS, type Topic } from "../schema/documents";

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
  return maySeeVenture(actor, ventureId) ? loadFitting(ventureId, topic) : null;
}

async function loadFitting(ventureId: string, topic: Topic | null): Promise<FittingLearning[]> {
  const venture = await db.venture.findUniqueOrThrow({ where: { id: ventureId } });
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

/** Is anything held that an agent's task at this venture should begin with? */
export async function hasLearnings(ventureId: string, agent: string): Promise<boolean> {
  const topic = TOPICS.find((known) => known === agent);
  return topic !== undefined && (await loadFitting(ventureId, topic)).length > 0;
}
