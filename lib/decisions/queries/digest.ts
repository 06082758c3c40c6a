import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { canMail } from "@/lib/integrations/mail";
import { dayText } from "@/lib/metrics/rules/periods";
import { holdingZone } from "@/lib/reports/queries/weekly/due";
import { listDigestAlerts } from "@/lib/stage/queries/alert-list";
import { digestDue, houseDigest, newsSince, type ToldDigest } from "../rules/digest";
import { type DigestSetting, digestSettingSchema } from "../schema/inbox";
import { listInbox } from "./inbox";
import { accountOf } from "./people";
import { listAskedReadings } from "./readings";
import { listSuspended } from "./suspension";

const MOST_MEMOS = 10;
const MOST_ALERTS = 20;

type Stored = { frequency: string; hour: number } | undefined;

const settingFor = (role: string, stored: Stored): DigestSetting => {
  const read = digestSettingSchema.safeParse(stored && { frequency: stored.frequency, hour: stored.hour });
  return read.success ? read.data : houseDigest(role);
};

export type DigestView = DigestSetting & { zone: string; canMail: boolean; last: string | null };

/** How often a person gets the digest, in which zone its hour is, and when the last one was written. */
export async function getDigestSetting(actor: Actor): Promise<DigestView | null> {
  const userId = accountOf(actor);
  if (!userId || !isPermitted(actor.role, "memo:read")) return null;
  const [stored, zone, last] = await Promise.all([
    db.digestSetting.findUnique({ where: { userId } }),
    holdingZone(),
    db.digest.findFirst({ where: { userId, sent: true }, orderBy: { day: "desc" } }),
  ]);
  const own = settingFor(actor.role, stored ?? undefined);
  return { ...own, zone, canMail: canMail(), last: last?.writtenAt.toISOString() ?? null };
}

export type DueDigest = { userId: string; day: string; since: Date };

/** Whose digest is due now; people who cannot read memos have none. */
export async function listDueDigests(now: Date): Promise<DueDigest[]> {
  const [people, settings, lasts, zone] = await Promise.all([
    db.user.findMany({ where: { disabledAt: null }, select: { id: true, role: true }, orderBy: { id: "asc" } }),
    db.digestSetting.findMany(),
    db.digest.findMany({ distinct: ["userId"], orderBy: [{ userId: "asc" }, { day: "desc" }] }),
    holdingZone(),
  ]);
  const stored = new Map(settings.map((row) => [row.userId, row]));
  const before = new Map(lasts.map((row) => [row.userId, row]));
  return people.flatMap(({ id: userId, role }) => {
    if (!isPermitted(role, "memo:read")) return [];
    const setting = settingFor(role, stored.get(userId));
    const last = before.get(userId);
    const day = digestDue(setting, now, zone, last ? dayText(last.day) : null);
    return day ? [{ userId, day, since: newsSince(setting.frequency, last?.writtenAt ?? null, now) }] : [];
  });
}

/** What a digest of that day tells this person: what waits for a verdict, what is theirs to read, what is held, what is new. */
export async function gatherDigest(actor: Actor, { day, since }: DueDigest, now: Date): Promise<ToldDigest> {
  if (!isPermitted(actor.role, "memo:read")) throw new AppError("FORBIDDEN");
  const [{ waiting }, readings, alerts, suspended] = await Promise.all([
    listInbox(actor, now),
    listAskedReadings(actor, now),
    listDigestAlerts(actor, since, now),
    listSuspended(actor),
  ]);
  return {
    day,
    waiting: waiting.length,
    today: waiting.filter(({ urgency }) => urgency.days <= 0).length,
    memos: waiting.slice(0, MOST_MEMOS).map(({ id, title, ventureName, urgency, createdAt }) => ({
      ...{ id, title, venture: ventureName, reasons: urgency.reasons, fresh: new Date(createdAt) > since },
    })),
    readings: readings.map(({ memoId, title, askedBy, dueOn }) => ({ id: memoId, title, askedBy, dueOn })),
    suspended: suspended.map(({ memoId, title, reason }) => ({ id: memoId, title, reason })),
    alerts: alerts.slice(0, MOST_ALERTS).map(({ id, severity, title, venture }) => ({ id, severity, title, venture })),
  };
}
