import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import type { Tx } from "@/lib/db";

const KIND = "bidder-fell";
const SYSTEM = "system:value-realization";
const causeOf = (ventureId: string): string => `${KIND}:${ventureId}`;

type Said = { title: string; detail: string };

const record = (tx: Tx, ventureId: string, type: string, said: Said, at: Date) =>
  recordEvent(tx, {
    ...{ ventureId, type, actor: SYSTEM, subject: `alert:${causeOf(ventureId)}`, at },
    payload: { kind: KIND, ...said },
  });

/** One alert for each venture while nobody has come as far in its place; another drop-out raises it again. */
export async function tellFallen(tx: Tx, ventureId: string, said: Said, now: Date): Promise<void> {
  const fresh = { ...said, raisedAt: now, clearedAt: null, acknowledgedAt: null, acknowledgedBy: null };
  const create = { ...fresh, causeKey: causeOf(ventureId), ventureId, kind: KIND, severity: "critical" };
  await tx.alert.upsert({ where: { causeKey: causeOf(ventureId) }, create, update: fresh });
  await record(tx, ventureId, "alert.raised", said, now);
}

/** The sale goes forward again. */
export async function clearFallen(tx: Tx, ventureId: string, now: Date): Promise<void> {
  const standing = await tx.alert.findFirst({ where: { causeKey: causeOf(ventureId), clearedAt: null } });
  if (!standing) return;
  await tx.alert.update({ where: { id: standing.id }, data: { clearedAt: now } });
  await record(tx, ventureId, "alert.cleared", { title: standing.title, detail: standing.detail }, now);
}
