import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { db, type Tx } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { todayOf } from "@/lib/metrics/queries/performance";
import { engineClient } from "@/lib/workflows/transport";
import { lifeOf, loadCriteria } from "../queries/criteria";
import { CRITERIA, type CriterionId, type OverrideRefusal } from "../schema/run";
import { lockStage, recordStage, wakeStage, writeMove } from "./run";

const LONG = { timeout: 30_000 };

type Overriding = { ventureId: string; ordinal: number; criterion: CriterionId; reason: string; found: string };

/** One standing override of a criterion; the caller holds the lock and knows that none stands. */
export async function writeOverride(tx: Tx, given: Overriding, by: string, now: Date): Promise<string> {
  const { id } = await tx.stageOverride.create({ data: { ...given, madeBy: by, madeAt: now } });
  const { criterion, reason, found, ...life } = given;
  await recordStage(tx, life, "criterion-overridden", by, { criterion, reason, found }, now);
  return id;
}

type Life = { ventureId: string; ordinal: number };
type Said = { cause: string; text: string; by: string };

async function noteOrder(tx: Tx, life: Life, { cause, text, by }: Said, now: Date): Promise<void> {
  const run = await tx.stageRun.findUnique({ where: { ventureId_ordinal: life } });
  if (run) await writeMove(tx, run.id, { kind: "order", cause, text, by }, now);
  await wakeStage(tx, life.ventureId, cause);
}

/** The chairman lets a line of a gate, or a criterion, pass against the facts. The reason stays with it, to be seen. */
export async function overrideCriterion(
  actor: Actor,
  { ventureId, criterion, reason }: { ventureId: string; criterion: CriterionId; reason: string },
  now: Date,
): Promise<Result<{ overrideId: string }, OverrideRefusal>> {
  if (!isPermitted(actor.role, "venture:configure")) throw new AppError("FORBIDDEN");
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  await engineClient();
  return db.$transaction(async (tx) => {
    await lockStage(tx, ventureId);
    const venture = await tx.venture.findUnique({ where: { id: ventureId } });
    if (!venture || venture.archivedAt) throw new AppError("NOT_FOUND");
    const { ordinal } = await lifeOf(tx, ventureId);
    const { lines } = await loadCriteria(tx, venture, ordinal, todayOf(venture, now));
    const line = lines.find(({ id }) => id === criterion);
    if (!line) throw new AppError("NOT_FOUND");
    if (line.override) return refuse("STANDS_ALREADY" as const);
    if (line.met) return refuse("MET_ALREADY" as const);
    const given = { ventureId, ordinal, criterion, reason, found: line.found.join(" ").slice(0, 1_000) };
    const overrideId = await writeOverride(tx, given, actor.ref, now);
    const text = `${CRITERIA[criterion]} passes against the facts: ${reason}`;
    const said = { cause: `override:${overrideId}`, text, by: actor.ref };
    await noteOrder(tx, { ventureId, ordinal }, said, now);
    return ok({ overrideId });
  }, LONG);
}

/** The override is taken back: the facts decide again. It stays to be read, with both reasons. */
export async function takeBackOverride(
  actor: Actor,
  { overrideId, reason }: { overrideId: string; reason: string },
  now: Date,
): Promise<Result<null, OverrideRefusal>> {
  if (!isPermitted(actor.role, "venture:configure")) throw new AppError("FORBIDDEN");
  await engineClient();
  return db.$transaction(async (tx) => {
    const row = await tx.stageOverride.findUnique({ where: { id: overrideId } });
    if (!row || !maySeeVenture(actor, row.ventureId)) throw new AppError("NOT_FOUND");
    await lockStage(tx, row.ventureId);
    const { count } = await tx.stageOverride.updateMany({
      where: { id: overrideId, takenBackAt: null },
      data: { takenBackAt: now, takenBackBy: actor.ref, takenBackReason: reason },
    });
    if (count === 0) return refuse("TAKEN_BACK_ALREADY" as const);
    const life = { ventureId: row.ventureId, ordinal: row.ordinal };
    const criterion = row.criterion as CriterionId;
    await recordStage(tx, life, "override-taken-back", actor.ref, { criterion, reason }, now);
    const text = `${CRITERIA[criterion]}: the facts decide again. ${reason}`;
    await noteOrder(tx, life, { cause: `override-back:${overrideId}`, text, by: actor.ref }, now);
    return ok(null);
  }, LONG);
}
