import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import type { Prisma, Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { type Holds, holdsSchema, type ImpedimentKind } from "../schema/impediments";
import { clearCause, raiseCause } from "./alert-cause";
import { ROLLBACK_ALERT, rollbackKey } from "./rollback-alerts";

type About = { ventureId: string; kind: ImpedimentKind };
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
const SYSTEM = "system:stage";

/** The chairman is told at once, by the alert of the rollback: the night finds it standing. */
export async function tellImpediment(tx: Tx, row: About, said: Told, now: Date): Promise<void> {
  const cause = { causeKey: rollbackKey(row.ventureId, row.kind), ventureId: row.ventureId, kind: ROLLBACK_ALERT };
  await raiseCause(tx, { ...cause, severity: "critical", ...said }, { by: SYSTEM, now });
}

/** Nothing of this kind stands in the way any more. */
export async function clearImpediment(tx: Tx, { ventureId, kind }: About, now: Date): Promise<void> {
  if ((await tx.impediment.count({ where: { ventureId, kind, status: "open" } })) > 0) return;
  await clearCause(tx, rollbackKey(ventureId, kind), { by: SYSTEM, now });
}
