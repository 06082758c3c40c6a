import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { db, type Prisma, type Tx } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { dayDate } from "@/lib/metrics/rules/periods";
import { acknowledgeAlert } from "../mutations";
import { MOST_MUTED_DAYS, MOST_SNOOZED_DAYS, quietUntil } from "../rules/alert-care";
import type { AcknowledgeMany, AlertSettingInput, Mute, Snooze } from "../schema/alert-care";

type AlertRow = NonNullable<Awaited<ReturnType<typeof db.alert.findUnique>>>;
const dayOf = (now: Date): string => now.toISOString().slice(0, 10);

/** The alert, locked, if this person may care for it. */
async function lockAlert(tx: Tx, actor: Actor, alertId: string): Promise<AlertRow> {
  if (!isPermitted(actor.role, "alert:acknowledge")) throw new AppError("FORBIDDEN");
  await tx.$queryRaw`SELECT 1 FROM "alert" WHERE "id" = ${alertId}::uuid FOR UPDATE`;
  const alert = await tx.alert.findUnique({ where: { id: alertId } });
  const seen = alert && (alert.ventureId ? maySeeVenture(actor, alert.ventureId) : actor.ventures === "all");
  if (!alert || !seen) throw new AppError("NOT_FOUND");
  return alert;
}

const told = (alert: AlertRow, type: string, actor: Actor, more: Prisma.InputJsonObject, at: Date) => ({
  ...{ ventureId: alert.ventureId, type, actor: actor.ref, subject: `alert:${alert.causeKey}`, at },
  payload: { kind: alert.kind, title: alert.title, raisedAt: alert.raisedAt.toISOString(), ...more },
});

export type SnoozeRefusal = "RAISED_AGAIN" | "OVER" | "PAST" | "TOO_FAR";

/** Puts this raising off until a day: until then it is told nowhere but on its page. It comes back by itself. */
export async function snoozeAlert(actor: Actor, input: Snooze, now: Date): Promise<Result<null, SnoozeRefusal>> {
  return db.$transaction(async (tx) => {
    const alert = await lockAlert(tx, actor, input.alertId);
    if (alert.raisedAt.toISOString() !== new Date(input.raisedAt).toISOString()) return refuse("RAISED_AGAIN");
    if (alert.clearedAt) return refuse("OVER");
    const problem = quietUntil(input.until, dayOf(now), MOST_SNOOZED_DAYS);
    if (problem) return refuse(problem, [{ path: "until", expected: `a day within ${MOST_SNOOZED_DAYS} days` }]);
    const data = { snoozedUntil: dayDate(input.until), snoozedAt: now, snoozedBy: actor.ref };
    await tx.alert.update({ where: { id: alert.id }, data });
    await recordEvent(tx, told(alert, "alert.snoozed", actor, { until: input.until }, now));
    return ok(null);
  });
}

/** It is told again from now on. */
export async function wakeAlert(actor: Actor, alertId: string, now: Date): Promise<Result<null, "NOT_SNOOZED">> {
  return db.$transaction(async (tx) => {
    const alert = await lockAlert(tx, actor, alertId);
    if (!alert.snoozedUntil) return refuse("NOT_SNOOZED");
    const data = { snoozedUntil: null, snoozedAt: null, snoozedBy: null };
    await tx.alert.update({ where: { id: alert.id }, data });
    await recordEvent(tx, told(alert, "alert.woken", actor, {}, now));
    return ok(null);
  });
}

export type MuteRefusal = "PAST" | "TOO_FAR" | "ONLY_CHAIRMAN";

/**
 * Keeps a cause quiet through a day, whatever is raised by it meanwhile. It is shown as muted, by whom and why. A critical
 * one is for the chairman to mute.
 */
export async function muteAlert(actor: Actor, input: Mute, now: Date): Promise<Result<null, MuteRefusal>> {
  return db.$transaction(async (tx) => {
    const alert = await lockAlert(tx, actor, input.alertId);
    const setting = await tx.alertSetting.findUnique({ where: { kind: alert.kind } });
    const critical = (setting?.severity ?? alert.severity) === "critical";
    if (critical && actor.role !== "chairman") return refuse("ONLY_CHAIRMAN");
    const problem = quietUntil(input.until, dayOf(now), MOST_MUTED_DAYS);
    if (problem) return refuse(problem, [{ path: "until", expected: `a day within ${MOST_MUTED_DAYS} days` }]);
    const { until, reason } = input;
    const data = { mutedUntil: dayDate(until), mutedAt: now, mutedBy: actor.ref, muteReason: reason };
    await tx.alert.update({ where: { id: alert.id }, data });
    await recordEvent(tx, told(alert, "alert.muted", actor, { until, reason }, now));
    return ok(null);
  });
}

/** The mute ends now. */
export async function unmuteAlert(actor: Actor, alertId: string, now: Date): Promise<Result<null, "NOT_MUTED">> {
  return db.$transaction(async (tx) => {
    const alert = await lockAlert(tx, actor, alertId);
    if (!alert.mutedUntil) return refuse("NOT_MUTED");
    const data = { mutedUntil: null, mutedAt: null, mutedBy: null, muteReason: null };
    await tx.alert.update({ where: { id: alert.id }, data });
    await recordEvent(tx, told(alert, "alert.unmuted", actor, {}, now));
    return ok(null);
  });
}

/** Takes note of many, each as it was read; says how many were noted, and how many were over, noted or raised again meanwhile. */
export async function acknowledgeMany(
  actor: Actor,
  { alerts }: AcknowledgeMany,
  now: Date,
): Promise<Result<{ noted: number; left: number }>> {
  let noted = 0;
  for (const alert of alerts) if ((await acknowledgeAlert(actor, alert, now)).ok) noted += 1;
  return ok({ noted, left: alerts.length - noted });
}

/** How grave a kind is, and where it is told, from now on; what stands is shown so at once. */
export async function setAlertSetting(
  actor: Actor,
  { kind, version, severity, channels }: AlertSettingInput,
  now: Date,
): Promise<Result<null, "CONFLICT">> {
  if (!isPermitted(actor.role, "venture:configure")) throw new AppError("FORBIDDEN");
  return db.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`alert-setting:${kind}`}, 6))`;
    const before = await tx.alertSetting.findUnique({ where: { kind } });
    if ((before?.version ?? 0) !== version) return refuse("CONFLICT");
    const data = { severity, channels: [...new Set(channels)], version: version + 1, setBy: actor.ref, setAt: now };
    await tx.alertSetting.upsert({ where: { kind }, create: { kind, ...data }, update: data });
    const was = before && { severity: before.severity, channels: before.channels };
    await recordEvent(tx, {
      ...{ ventureId: null, type: "alert.set", actor: actor.ref, subject: `alert-setting:${kind}`, at: now },
      payload: { kind, severity, channels: data.channels, before: was },
    });
    return ok(null);
  });
}
