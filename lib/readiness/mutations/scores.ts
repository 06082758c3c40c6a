import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db, type Prisma, type Tx } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { bumpDatasets, lockDatasets } from "@/lib/imports/mutations/datasets";
import { todayOf } from "@/lib/metrics/queries/performance";
import { getAssessment, readinessDataset } from "../queries/assessment";
import { criterionOf } from "../rules/criteria";
import type { Evidence, ScoreInput, ScoreRefusal } from "../schema/assessment";
import { keepAfterChange } from "./keep";

async function isThere(tx: Tx, ventureId: string, { kind, ref }: Evidence): Promise<boolean> {
  if (kind === "note") return true;
  if (kind === "figure") return (await tx.figure.count({ where: { id: ref, ventureId } })) > 0;
  return (await tx.roomDocument.count({ where: { id: ref, room: { ventureId } } })) > 0;
}

/** Gives a criterion its score with evidence, or withdraws it; of two people who score the same one, exactly one wins. */
async function storeScore(
  actor: Actor,
  input: ScoreInput,
  today: string,
  now: Date,
): Promise<Result<{ id: string }, ScoreRefusal>> {
  const { ventureId, criterion, score, rationale, evidence, replaces } = input;
  return db.$transaction(async (tx) => {
    await lockDatasets(tx, ventureId, [readinessDataset(criterion)], now);
    const standing = await tx.readinessScore.findFirst({ where: { ventureId, criterion, supersededAt: null } });
    if ((standing?.id.toString() ?? null) !== replaces) return refuse("CONFLICT");
    if (evidence.some(({ date }) => date > today)) return refuse("EVIDENCE_IN_FUTURE");
    for (const piece of evidence) if (!(await isThere(tx, ventureId, piece))) return refuse("NO_SUCH_EVIDENCE");
    if (standing) await tx.readinessScore.update({ where: { id: standing.id }, data: { supersededAt: now } });
    const created = await tx.readinessScore.create({
      data: {
        ...{ ventureId, criterion, score, rationale, scoredBy: actor.ref, scoredAt: now },
        evidence: evidence as unknown as Prisma.InputJsonArray,
      },
    });
    await bumpDatasets(tx, ventureId, [readinessDataset(criterion)], now);
    const payload = { criterion, before: standing?.score ?? null, after: score, rationale, evidence };
    const subject = `readiness:${ventureId}:${criterion}`;
    await recordEvent(tx, { ventureId, type: "readiness.scored", actor: actor.ref, subject, payload, at: now });
    return ok({ id: created.id.toString() });
  });
}

async function isAnsweredByData(actor: Actor, ventureId: string, criterion: string, now: Date): Promise<boolean> {
  if (!criterionOf(criterion)?.automatic) return false;
  const { assessment } = await getAssessment(actor, ventureId, now);
  return assessment.lines.find((line) => line.criterion.id === criterion)?.answeredBy === "data";
}

/** A criterion that data answer cannot be scored by hand; one that needs evidence cannot be scored without. */
export async function recordScore(
  actor: Actor,
  input: ScoreInput,
  now: Date,
): Promise<Result<{ id: string }, ScoreRefusal>> {
  const { ventureId, criterion, score, evidence } = input;
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  if (score !== null && evidence.length === 0) return refuse("NO_EVIDENCE");
  if (score !== null && (await isAnsweredByData(actor, ventureId, criterion, now))) return refuse("ANSWERED_BY_DATA");
  const venture = await db.venture.findUniqueOrThrow({ where: { id: ventureId }, select: { timeZone: true } });
  return storeScore(actor, input, todayOf(venture, now), now);
}

/** A score, and the day's readiness kept again with it. */
export async function scoreCriterion(actor: Actor, input: ScoreInput, now: Date) {
  const stored = await recordScore(actor, input, now);
  if (stored.ok) await keepAfterChange(input.ventureId, actor.ref, now);
  return stored;
}
