import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import type { Prisma, Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { type Holds, holdsSchema, type ImpedimentKind } from "../schema/impediments";

const ALERT = "impediment";
const causeOf = (impedimentId: string): string => `${ALERT}:${impedimentId}`;

type Stored = NonNullable<Awaited<ReturnType<Tx["impediment"]["findUnique"]>>>;
export type ImpedimentRow = Omit<Stored, "kind" | "holds"> & { kind: ImpedimentKind; holds: Holds };

const rowOf = (stored: Stored): ImpedimentRow => ({
  ...stored,
  kind: stored.kind as ImpedimentKind,
  holds: holdsSchema.parse(stored.holds),
});

/** Of two that record, lift or decide at once the second waits and sees what the first did. */
export async function lockImpediments(tx: Tx, ventureId: string): Promise<void> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`impediments:${ventureId}`}, 17))::text`;
}

export async function lockImpediment(tx: Tx, impedimentId: string): Promise<ImpedimentRow> {
  const known = await tx.impediment.findUnique({ where: { id: impedimentId }, select: { ventureId: true } });
  if (!known) throw new AppError("NOT_FOUND");
  await lockImpediments(tx, known.ventureId);
  return rowOf(await tx.impediment.findUniqueOrThrow({ where: { id: impedimentId } }));
}

export const keepHolds = (tx: Tx, { id, holds }: Pick<ImpedimentRow, "id" | "holds">, more: Partial<Holds>) =>
  tx.impediment.update({ where: { id }, data: { holds: { ...holds, ...more }, version: { increment: 1 } } });

export const recordImpedimentEvent = (
  tx: Tx,
  { id, ventureId }: { id: string; ventureId: string },
  { what, by, payload }: { what: string; by: string; payload: Prisma.InputJsonObject },
  at: Date,
) => recordEvent(tx, { ventureId, type: `impediment.${what}`, actor: by, subject: `impediment:${id}`, payload, at });

type Told = { title: string; detail: string };

/** The chairman is told at once: a critical alert that stands until it is lifted. */
export async function tellImpediment(tx: Tx, row: { id: string; ventureId: string }, said: Told, now: Date) {
  const fresh = { ...said, raisedAt: now, clearedAt: null, acknowledgedAt: null, acknowledgedBy: null };
  const key = causeOf(row.id);
  const create = { ...fresh, causeKey: key, ventureId: row.ventureId, kind: ALERT, severity: "critical" };
  await tx.alert.upsert({ where: { causeKey: key }, create, update: fresh });
  const about = { ventureId: row.ventureId, actor: "system:stage", subject: `alert:${key}`, at: now };
  await recordEvent(tx, { ...about, type: "alert.raised", payload: { kind: ALERT, ...said } });
}

export async function clearImpediment(tx: Tx, row: { id: string; ventureId: string }, now: Date): Promise<void> {
  const key = causeOf(row.id);
  const standing = await tx.alert.findFirst({ where: { causeKey: key, clearedAt: null } });
  if (!standing) return;
  await tx.alert.update({ where: { id: standing.id }, data: { clearedAt: now } });
  const payload = { kind: ALERT, title: standing.title, detail: standing.detail };
  const about = { ventureId: row.ventureId, actor: "system:stage", subject: `alert:${key}`, at: now };
  await recordEvent(tx, { ...about, type: "alert.cleared", payload });
}
