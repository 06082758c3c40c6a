import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { db, type Tx } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { todayOf } from "@/lib/metrics/queries/performance";
import type { SnapshotMeasure } from "@/lib/metrics/queries/snapshots";
import { dayText, type Freshness } from "@/lib/metrics/rules/periods";
import { resolveStored } from "@/lib/ventures/queries";
import { wakeRealization } from "./mutations/realization";
import { type AlertFacts, alertTitle, decideAlerts, isLongInStage } from "./rules";
import { ALERT_KINDS, type AlertDraft, type AlertKind, type AlertRead, isAlertKind } from "./schema";

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
    // What was imported or corrected may be what sends a sale back.
    await wakeRealization(tx, ventureId, `facts:${now.toISOString()}`);
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

type AlertRow = NonNullable<Awaited<ReturnType<typeof db.alert.findUnique>>>;

/** The alert, if this person may take note of it. One about the holding itself is for who sees all of it. */
async function visibleAlert(tx: Tx, actor: Actor, alertId: string): Promise<AlertRow> {
  if (!isPermitted(actor.role, "alert:acknowledge")) throw new AppError("FORBIDDEN");
  const alert = await tx.alert.findUnique({ where: { id: alertId } });
  const seen = alert && (alert.ventureId ? maySeeVenture(actor, alert.ventureId) : actor.ventures === "all");
  if (!alert || !seen) throw new AppError("NOT_FOUND");
  return alert;
}

const noteOf = (alert: AlertRow, type: string, actor: Actor, at: Date) => ({
  ...{ ventureId: alert.ventureId, type, actor: actor.ref, subject: `alert:${alert.causeKey}`, at },
  payload: { kind: alert.kind, title: alert.title, raisedAt: alert.raisedAt.toISOString() },
});

export type AcknowledgeRefusal = "ACKNOWLEDGED_ALREADY" | "RAISED_AGAIN" | "OVER";

/** Says who has seen an alert and when; it goes on standing while its cause lasts. Of two the first is named. */
export async function acknowledgeAlert(
  actor: Actor,
  { alertId, raisedAt }: AlertRead,
  now: Date,
): Promise<Result<null, AcknowledgeRefusal>> {
  return db.$transaction(async (tx) => {
    const alert = await visibleAlert(tx, actor, alertId);
    if (alert.raisedAt.toISOString() !== new Date(raisedAt).toISOString()) return refuse("RAISED_AGAIN");
    if (alert.clearedAt) return refuse("OVER");
    const { count } = await tx.alert.updateMany({
      where: { id: alertId, raisedAt: alert.raisedAt, clearedAt: null, acknowledgedAt: null },
      data: { acknowledgedAt: now, acknowledgedBy: actor.ref },
    });
    if (count !== 1) return refuse("ACKNOWLEDGED_ALREADY");
    await recordEvent(tx, noteOf(alert, "alert.acknowledged", actor, now));
    return ok(null);
  });
}

/** Takes the note back: the alert is as if nobody had seen it. Any person who may note it may also do that. */
export async function takeBackNote(
  actor: Actor,
  { alertId, raisedAt }: AlertRead,
  now: Date,
): Promise<Result<null, "NOT_ACKNOWLEDGED" | "RAISED_AGAIN">> {
  return db.$transaction(async (tx) => {
    const alert = await visibleAlert(tx, actor, alertId);
    if (alert.raisedAt.toISOString() !== new Date(raisedAt).toISOString()) return refuse("RAISED_AGAIN");
    const { count } = await tx.alert.updateMany({
      where: { id: alertId, raisedAt: alert.raisedAt, NOT: { acknowledgedAt: null } },
      data: { acknowledgedAt: null, acknowledgedBy: null },
    });
    if (count !== 1) return refuse("NOT_ACKNOWLEDGED");
    await recordEvent(tx, noteOf(alert, "alert.unacknowledged", actor, now));
    return ok(null);
  });
}
