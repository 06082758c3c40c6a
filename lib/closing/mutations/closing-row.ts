import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { Prisma, type Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { todayOf } from "@/lib/metrics/queries/performance";
import { wakeRealization } from "@/lib/stage/mutations/realization";
import { type ClosingRow, findClosing, type ItemRow } from "../queries/closing-row";
import { type Evidence, evidenceSchema, ITEM_STATES, type ItemState, type Task, taskSchema } from "../schema";

export const asJson = (value: unknown): Prisma.InputJsonObject => value as Prisma.InputJsonObject;

/** Of two that change a closing at once the second waits and sees what the first did. */
async function lock(tx: Tx, dealId: string): Promise<void> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`closing:${dealId}`}, 13))::text`;
}

export type HeldClosing = { closing: ClosingRow; today: string };

/** The closing, held until the transaction ends; only where the actor may see its venture. Null is the system. */
export async function lockClosing(tx: Tx, actor: Actor | null, dealId: string, now: Date): Promise<HeldClosing> {
  await lock(tx, dealId);
  const closing = await findClosing(tx, dealId);
  if (!closing || (actor && !maySeeVenture(actor, closing.ventureId))) throw new AppError("NOT_FOUND");
  const venture = await tx.venture.findUniqueOrThrow({ where: { id: closing.ventureId } });
  return { closing, today: todayOf(venture, now) };
}

export type HeldItem = HeldClosing & { item: ItemRow; others: ItemRow[] };

export async function lockItem(tx: Tx, actor: Actor | null, itemId: string, now: Date): Promise<HeldItem> {
  const found = await tx.closingItem.findUnique({ where: { id: itemId }, select: { dealId: true } });
  if (!found) throw new AppError("NOT_FOUND");
  const held = await lockClosing(tx, actor, found.dealId, now);
  const item = held.closing.items.find(({ id }) => id === itemId);
  if (!item) throw new AppError("NOT_FOUND");
  return { ...held, item, others: held.closing.items.filter(({ id }) => id !== itemId) };
}

export type Written = { task: Task; after: readonly string[]; state: ItemState; evidence: Evidence | null };
export const writtenOf = ({ task, after, state, evidence }: ItemRow): Written => ({ task, after, state, evidence });

/** An item as a change has kept it; null where there was none. */
export function writtenBefore(stored: unknown): Written | null {
  if (stored === null || typeof stored !== "object") return null;
  const { task, after, state, evidence } = stored as Record<string, unknown>;
  const found = ITEM_STATES.find((one) => one === state);
  if (!found) return null;
  return {
    ...{ task: taskSchema.parse(task), after: Array.isArray(after) ? after.map(String) : [], state: found },
    evidence: evidence === null ? null : evidenceSchema.parse(evidence),
  };
}

type By = {
  ref: string;
  now: Date;
  /** Not to be taken back, or itself taking back. */
  silent?: boolean;
  /** The file that says so. */
  importId?: string;
};

/** The item as it is from now on, with what it was, for taking back. */
export async function writeItem(
  tx: Tx,
  item: ItemRow,
  next: Written,
  { ref, now, silent, importId }: By,
): Promise<void> {
  const { task, after, state, evidence } = next;
  await tx.closingItem.update({
    where: { id: item.id },
    data: {
      ...{ task: asJson(task), after: [...after], state, version: item.version + 1 },
      evidence: evidence === null ? Prisma.DbNull : asJson(evidence),
    },
  });
  if (silent) return;
  const change = { itemId: item.id, before: asJson(writtenOf(item)), after: asJson(next), by: ref, at: now, importId };
  await tx.closingChange.create({ data: change });
}

type Said = { type: string; by: string; payload: unknown; now: Date };

/** Counts the closing up, notes what happened, and lets the run of the sale look. */
export async function recordClosing(tx: Tx, { dealId, ventureId }: ClosingRow, { type, by, payload, now }: Said) {
  const { version } = await tx.closing.update({ where: { dealId }, data: { version: { increment: 1 } } });
  await recordEvent(tx, {
    ...{ ventureId, type, actor: by, subject: `closing:${dealId}`, at: now },
    payload: asJson(payload),
  });
  await wakeRealization(tx, ventureId, `closing:${dealId}:${version}`);
  return version;
}
