import { parseDate } from "@internationalized/date";
import type { AlertSeverity } from "../schema";
import { type AlertRow, type AlertState, alertRow, type Channel, NEVER_MAILED } from "../schema/alert-care";

/** Longer than that nobody remembers why. */
export const MOST_MUTED_DAYS = 180;
export const MOST_SNOOZED_DAYS = 90;

export type Cared = {
  raisedAt: Date;
  acknowledgedAt: Date | null;
  /** Days as YYYY-MM-DD. */
  snoozedUntil: string | null;
  snoozedAt: Date | null;
  mutedUntil: string | null;
};

/** Through its last day a mute holds, whatever is raised. A snooze is of one raising, and over on its day. */
export function alertState(alert: Cared, today: string): AlertState {
  if (alert.mutedUntil !== null && today <= alert.mutedUntil) return "muted";
  const ofThis = alert.snoozedAt !== null && alert.snoozedAt >= alert.raisedAt;
  if (ofThis && alert.snoozedUntil !== null && today < alert.snoozedUntil) return "snoozed";
  return alert.acknowledgedAt ? "noted" : "open";
}

const midnightAfter = (day: string, days: number): Date => new Date(`${parseDate(day).add({ days })}T00:00:00Z`);

/** The moment from which it is to be told: when it was raised, or when it came back from being put off or muted. */
export function toldFrom({ raisedAt, snoozedAt, snoozedUntil, mutedUntil }: Omit<Cared, "acknowledgedAt">): Date {
  const ofThis = snoozedAt !== null && snoozedAt >= raisedAt;
  const ends = [
    ...(ofThis && snoozedUntil !== null ? [midnightAfter(snoozedUntil, 0)] : []),
    ...(mutedUntil === null ? [] : [midnightAfter(mutedUntil, 1)]),
  ];
  return ends.reduce((latest, end) => (end > latest ? end : latest), raisedAt);
}

/** A day to be quiet until: after today, and not so far that it is for ever. */
export function quietUntil(until: string, today: string, most: number): "PAST" | "TOO_FAR" | null {
  if (until <= today) return "PAST";
  return parseDate(until).compare(parseDate(today)) > most ? "TOO_FAR" : null;
}

export type StoredSetting = { severity: string; channels: readonly string[] };
const SEVERITY: Readonly<Record<string, AlertSeverity>> = { critical: "critical", warning: "warning", info: "info" };

/** What holds for a kind: what a person set, else the severity that it was raised with and the house's channels. */
export function settingOf(
  kind: string,
  raised: string | null,
  stored: StoredSetting | undefined,
): Pick<AlertRow, "severity" | "channels"> {
  const own = alertRow(kind);
  const channels = (stored?.channels ?? own.channels) as readonly Channel[];
  return {
    severity: SEVERITY[stored?.severity ?? raised ?? ""] ?? own.severity,
    channels: NEVER_MAILED.includes(kind) ? channels.filter((channel) => channel !== "email") : channels,
  };
}

export type Told = {
  id: string;
  severity: string;
  title: string;
  detail: string;
  venture: { slug: string; name: string } | null;
};

/** The letter: what, where, and the way to it. Nothing can be decided from it. */
export function alertLetter({ id, severity, title, detail, venture }: Told, site: string) {
  const about = venture ? `${venture.name}: ${title}` : title;
  const page = `${site}/alerts?${venture ? `venture=${venture.slug}` : ""}#alert-${id}`;
  const lines = [
    `${about}.`,
    detail,
    `Look at it: ${page}`,
    "Nothing is decided from a letter: the page asks you to sign in. You are told once as long as the cause lasts.",
  ];
  return { subject: `${severity === "critical" ? "Critical: " : ""}${about}`, text: lines.join("\n\n") };
}

/** What an agent was refused is an event and has no end of its own: it is over a week after it was noted, or after a month. */
export function eventIsOver({ raisedAt, acknowledgedAt }: Pick<Cared, "raisedAt" | "acknowledgedAt">, now: Date) {
  const days = (from: Date) => (now.getTime() - from.getTime()) / 86_400_000;
  return acknowledgedAt ? days(acknowledgedAt) >= 7 : days(raisedAt) >= 30;
}
