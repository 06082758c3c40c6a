import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { db, type Tx } from "@/lib/db";
import { eventIsOver } from "../rules/alert-care";

export type Cause = {
  /** One alert stands for it while it lasts: "rollback:<venture>:market-crash". */
  causeKey: string;
  /** Null: the holding. */
  ventureId: string | null;
  /** A row of ALERT_ROWS (schema/alert-care.ts). */
  kind: string;
  severity: "critical" | "warning" | "info";
  title: string;
  detail: string;
};
type Tell = { by: string; now: Date };

const record = (tx: Tx, type: string, { causeKey, ventureId, ...said }: Cause, { by, now }: Tell) =>
  recordEvent(tx, { ventureId, type, actor: by, subject: `alert:${causeKey}`, payload: said, at: now });

/**
 * The door through which any room raises an alert: one row for each cause while it lasts, raised again in the same row
 * after it ended. Raised while it stands, only its words are renewed. Says whether it is new.
 */
export async function raiseCause(tx: Tx, cause: Cause, tell: Tell): Promise<boolean> {
  const { causeKey, ventureId, ...said } = cause;
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${causeKey}, 6))`;
  const standing = await tx.alert.findUnique({ where: { causeKey } });
  if (standing && standing.clearedAt === null) {
    const { title, detail } = said;
    if (standing.title !== title || standing.detail !== detail)
      await tx.alert.update({ where: { causeKey }, data: { title, detail } });
    return false;
  }
  const fresh = { ...said, raisedAt: tell.now, clearedAt: null, acknowledgedAt: null, acknowledgedBy: null };
  await tx.alert.upsert({ where: { causeKey }, create: { ...fresh, causeKey, ventureId }, update: fresh });
  await record(tx, "alert.raised", cause, tell);
  return true;
}

/** The cause is over. Says whether an alert stood for it. */
export async function clearCause(tx: Tx, causeKey: string, tell: Tell): Promise<boolean> {
  const standing = await tx.alert.findFirst({ where: { causeKey, clearedAt: null } });
  if (!standing) return false;
  await tx.alert.update({ where: { causeKey }, data: { clearedAt: tell.now } });
  const { ventureId, kind, title, detail } = standing;
  const severity = standing.severity as Cause["severity"];
  await record(tx, "alert.cleared", { causeKey, ventureId, kind, severity, title, detail }, tell);
  return true;
}

/** Of the causes of one kind at a venture: these hold, all others that stand are over. */
export async function tellCauses(
  tx: Tx,
  { ventureId, kind }: { ventureId: string; kind: string },
  holding: readonly Cause[],
  tell: Tell,
): Promise<{ raised: string[]; cleared: string[] }> {
  const keys = new Set(holding.map(({ causeKey }) => causeKey));
  const standing = await tx.alert.findMany({ where: { ventureId, kind, clearedAt: null }, select: { causeKey: true } });
  const over = standing.map(({ causeKey }) => causeKey).filter((key) => !keys.has(key));
  const raised = [];
  for (const cause of holding) if (await raiseCause(tx, cause, tell)) raised.push(cause.causeKey);
  for (const key of over) await clearCause(tx, key, tell);
  return { raised, cleared: over };
}

/** Kinds that tell of something that happened and has no end of its own. */
const EVENTS = ["agent-refused"];

/** What happened long enough ago, or was noted a week ago, stands no more. */
export async function endEvents(ventureId: string, now: Date): Promise<number> {
  const standing = await db.alert.findMany({ where: { ventureId, kind: { in: EVENTS }, clearedAt: null } });
  const over = standing.filter((alert) => eventIsOver(alert, now));
  for (const { causeKey } of over) await db.$transaction((tx) => clearCause(tx, causeKey, { by: "system:watch", now }));
  return over.length;
}
