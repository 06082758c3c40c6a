import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { db, type Tx } from "@/lib/db";
import { todayOf } from "@/lib/metrics/queries/performance";
import type { SnapshotMeasure } from "@/lib/metrics/queries/snapshots";
import { dayText, type Freshness } from "@/lib/metrics/rules/periods";
import { resolveStored } from "@/lib/ventures/queries";
import { type AlertFacts, alertTitle, decideAlerts, isLongInStage } from "./rules";
import { ALERT_KINDS, type AlertDraft, type AlertKind, isAlertKind } from "./schema";

const SYSTEM = "system:watch";
const causeKey = (kind: AlertKind, ventureId: string): string => `${kind}:${ventureId}`;

async function factsOf(tx: Tx, ventureId: string, now: Date): Promise<AlertFacts | null> {
  const [venture, snapshot] = await Promise.all([
    tx.venture.findUnique({
      where: { id: ventureId },
      include: { settings: true, stageRecords: { orderBy: { ordinal: "desc" }, take: 1 } },
    }),
    tx.ventureSnapshot.findUnique({ where: { ventureId } }),
  ]);
  if (!venture || !snapshot) return null;
  const settings = venture.settings ?? { profile: "balanced" as const, autonomy: "assisted" as const, overrides: {} };
  const { growthAlertBelow, valuationDropAlert, exitReadinessTarget } = resolveStored(settings).parameters;
  const record = venture.stageRecords[0];
  const enteredOn = record && !record.endedAt ? dayText(record.enteredAt) : null;
  return {
    ...{ growthAlertBelow, valuationDropAlert, exitReadinessTarget },
    stage: venture.archivedAt ? "exited" : venture.stage,
    longInStage: isLongInStage(enteredOn, todayOf(venture, now)),
    values: snapshot.measures as unknown as Record<string, SnapshotMeasure>,
    freshness: snapshot.freshness as Freshness,
  };
}

export type AlertsChanged = { raised: AlertKind[]; cleared: AlertKind[] };

/**
 * Compares a venture's alerts with its snapshot: one row for each cause while it lasts, cleared when it ends, raised again
 * in the same row. Of two that look at once the second finds what the first did; repeating it changes nothing.
 */
export async function raiseAlerts(ventureId: string, now: Date): Promise<AlertsChanged> {
  return db.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`alerts:${ventureId}`}, 5))`;
    const facts = await factsOf(tx, ventureId, now);
    if (!facts) return { raised: [], cleared: [] };
    const standing = await tx.alert.findMany({
      where: { ventureId, kind: { in: [...ALERT_KINDS] }, clearedAt: null },
      select: { kind: true },
    });
    const stands = new Set(standing.map(({ kind }) => kind).filter(isAlertKind));
    const { raise, clear } = decideAlerts(facts, stands);
    for (const draft of raise) await raiseOne(tx, ventureId, draft, now);
    if (clear.length > 0) {
      const causes = clear.map((kind) => causeKey(kind, ventureId));
      await tx.alert.updateMany({ where: { causeKey: { in: causes } }, data: { clearedAt: now } });
    }
    for (const { kind, severity, title, detail } of raise) {
      await record(tx, ventureId, "alert.raised", kind, { kind, severity, title, detail }, now);
    }
    for (const kind of clear) {
      await record(tx, ventureId, "alert.cleared", kind, { kind, title: alertTitle(kind) }, now);
    }
    return { raised: raise.map(({ kind }) => kind), cleared: clear };
  });
}

async function raiseOne(tx: Tx, ventureId: string, draft: AlertDraft, now: Date): Promise<void> {
  const key = causeKey(draft.kind, ventureId);
  await tx.alert.upsert({
    where: { causeKey: key },
    create: { causeKey: key, ventureId, raisedAt: now, ...draft },
    update: { raisedAt: now, clearedAt: null, acknowledgedAt: null, acknowledgedBy: null, ...draft },
  });
}

const record = (tx: Tx, ventureId: string, type: string, kind: AlertKind, payload: Record<string, string>, at: Date) =>
  recordEvent(tx, { ventureId, type, actor: SYSTEM, subject: `alert:${causeKey(kind, ventureId)}`, payload, at });
