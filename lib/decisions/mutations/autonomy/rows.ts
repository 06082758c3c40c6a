import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { db, type Tx } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { clearCause } from "@/lib/stage/mutations/alert-cause";
import { CLASS_POLICY, mayEverBeRoutine } from "../../rules/policy";
import type { ClearRow, Lift, SetRow } from "../../schema/autonomy";
import { demotionCause } from "./demotion";

type Row = NonNullable<Awaited<ReturnType<Tx["policyRow"]["findUnique"]>>>;
type Key = Pick<Row, "ventureId" | "agent" | "actionClass">;
export type RowRefusal = "CEILING" | "NOT_ITS_CLASS" | "CONFLICT";

/** Whoever may change the policy is a person with that permission; no agent's actor has it. */
function mayChange(actor: Actor, ventureId: string | null): void {
  if (!isPermitted(actor.role, "policy:change") || !actor.ref.startsWith("user:")) throw new AppError("FORBIDDEN");
  if (ventureId !== null && !maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
}

const keyOf = ({ ventureId, agent, actionClass }: Key) => ({
  ventureId_agent_actionClass: { ventureId, agent, actionClass },
});

const subjectOf = ({ ventureId, agent, actionClass }: Key): string => `policy:${ventureId}:${agent}:${actionClass}`;

export const heldBefore = (row: Row | null) =>
  row && { level: row.level, limitUsd: row.limitUsd?.toString() ?? null, reason: row.reason, setBy: row.setBy };

async function lockRow(tx: Tx, key: Key): Promise<Row | null> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${subjectOf(key)}, 41))`;
  return tx.policyRow.findUnique({ where: keyOf(key) });
}

type Written = Pick<Row, "level" | "reason"> & { limitUsd: string | null; memoId?: string | null; by: string };

/** The row and its event. Only what a chairman says, here or by approving a memo, comes to this. */
export async function writeRow(tx: Tx, key: Key, written: Written, now: Date): Promise<number> {
  const { level, limitUsd, reason, memoId = null, by } = written;
  const before = await lockRow(tx, key);
  const version = (before?.version ?? 0) + 1;
  const { ventureId, agent, actionClass } = key;
  const data = { level, limitUsd: level === "auto" ? limitUsd : null, reason, memoId, version, setBy: by, setAt: now };
  await tx.policyRow.upsert({
    where: keyOf(key),
    create: { ventureId, agent, actionClass, ...data },
    update: data,
  });
  const after = { level, limitUsd: data.limitUsd };
  await recordEvent(tx, {
    ...{ ventureId, type: "policy.set", actor: by, subject: subjectOf(key) },
    payload: { agent, actionClass, before: heldBefore(before), after, reason, memoId },
    at: now,
  });
  return version;
}

export async function removeRow(tx: Tx, key: Key, { by, reason }: { by: string; reason: string }, now: Date) {
  const before = await lockRow(tx, key);
  if (!before) return;
  await tx.policyRow.delete({ where: keyOf(key) });
  const { ventureId, agent, actionClass } = key;
  await recordEvent(tx, {
    ...{ ventureId, type: "policy.cleared", actor: by, subject: subjectOf(key) },
    payload: { agent, actionClass, before: heldBefore(before), after: null, reason },
    at: now,
  });
}

/**
 * What one agent may do by itself with one class of action at a venture, as the chairman wants it, if nobody changed it
 * since `version`. What always goes to the chairman cannot be let through, and an agent's own classes only.
 */
export async function setRow(actor: Actor, input: SetRow, now: Date): Promise<Result<{ version: number }, RowRefusal>> {
  mayChange(actor, input.ventureId);
  const { actionClass, agent, level, limitUsd, reason, version } = input;
  if (!CLASS_POLICY[actionClass].agents.includes(agent)) return refuse("NOT_ITS_CLASS");
  if (level === "auto" && !mayEverBeRoutine(actionClass)) return refuse("CEILING");
  return db.$transaction(async (tx) => {
    if (!(await tx.venture.findUnique({ where: { id: input.ventureId } }))) throw new AppError("NOT_FOUND");
    const before = await lockRow(tx, input);
    if ((before?.version ?? 0) !== version) return refuse("CONFLICT");
    return ok({ version: await writeRow(tx, input, { level, limitUsd, reason, by: actor.ref }, now) });
  });
}

/** The venture's own autonomy holds again for this agent and class. */
export async function clearRow(actor: Actor, input: ClearRow, now: Date): Promise<Result<null, "CONFLICT">> {
  mayChange(actor, input.ventureId);
  return db.$transaction(async (tx) => {
    const before = await lockRow(tx, input);
    if (before?.version !== input.version) return refuse("CONFLICT");
    await removeRow(tx, input, { by: actor.ref, reason: input.reason }, now);
    return ok(null);
  });
}

/** A chairman gives back what the rule took away; what happened before it counts no more. */
export async function liftDemotion(actor: Actor, input: Lift, now: Date): Promise<Result<null, "CONFLICT">> {
  mayChange(actor, null);
  const { demotionId: id, reason } = input;
  return db.$transaction(async (tx) => {
    const lifted = { liftedAt: now, liftedBy: actor.ref, liftReason: reason };
    const { count } = await tx.demotion.updateMany({ where: { id, liftedAt: null }, data: lifted });
    if (count !== 1) return refuse("CONFLICT");
    await tellLifted(tx, id, { by: actor.ref, reason }, now);
    return ok(null);
  });
}

/** The same by the memo that promotes: the agent gets the right back with it. */
export async function liftByMemo(
  tx: Tx,
  about: Pick<Key, "agent" | "actionClass">,
  why: { by: string; reason: string },
  now: Date,
): Promise<void> {
  const standing = await tx.demotion.findFirst({ where: { ...about, liftedAt: null } });
  if (!standing) return;
  const lifted = { liftedAt: now, liftedBy: why.by, liftReason: why.reason };
  await tx.demotion.update({ where: { id: standing.id }, data: lifted });
  await tellLifted(tx, standing.id, why, now);
}

async function tellLifted(tx: Tx, id: string, { by, reason }: { by: string; reason: string }, now: Date) {
  const { agent, actionClass } = await tx.demotion.findUniqueOrThrow({ where: { id } });
  const about = { agent, actionClass } as Parameters<typeof demotionCause>[0];
  await clearCause(tx, demotionCause(about), { by, now });
  await recordEvent(tx, {
    ...{ ventureId: null, type: "agent.demotion-lifted", actor: by, subject: `autonomy:${agent}:${actionClass}` },
    payload: { agent, actionClass, reason },
    at: now,
  });
}
