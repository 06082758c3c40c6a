import { fromDate, parseDate, toCalendarDate } from "@internationalized/date";
import type { DigestSetting } from "../schema/inbox";

/** Until a person sets another: the chairman each morning at seven, nobody else. */
export const houseDigest = (role: string): DigestSetting => ({
  frequency: role === "chairman" ? "daily" : "off",
  hour: 7,
});

/**
 * The day whose digest is due at this moment in the zone of the holding, or null. Daily: once on each day from the hour on.
 * Weekly: once a week from Monday's hour on; a Monday that was missed is made up for on the next day that runs. `last` is
 * the day of the last one.
 */
export function digestDue(
  { frequency, hour }: DigestSetting,
  moment: Date,
  zone: string,
  last: string | null,
): string | null {
  if (frequency === "off") return null;
  const local = fromDate(moment, zone);
  const day = toCalendarDate(local);
  const today = day.toString();
  const weekday = (day.toDate("UTC").getUTCDay() + 6) % 7;
  const since = frequency === "weekly" ? day.subtract({ days: weekday }).toString() : today;
  if (last !== null && last >= since) return null;
  return today > since || local.hour >= hour ? today : null;
}

/** From when on an alert is news: the last digest, or as far back as one of this kind reaches. */
export const newsSince = (frequency: DigestSetting["frequency"], last: Date | null, now: Date): Date =>
  last ?? new Date(now.getTime() - (frequency === "weekly" ? 7 : 1) * 86_400_000);

export type ToldMemo = {
  id: string;
  title: string;
  venture: string;
  /** Why it stands where it stands, in words. */
  reasons: readonly string[];
  fresh: boolean;
};
export type ToldDigest = {
  day: string;
  memos: readonly ToldMemo[];
  /** Of all that waits, not only of those that are named. */
  waiting: number;
  today: number;
  readings: readonly { id: string; title: string; askedBy: string; dueOn: string }[];
  suspended: readonly { id: string; title: string; reason: string }[];
  alerts: readonly { id: string; severity: string; title: string; venture: { slug: string; name: string } | null }[];
};

export const hasNews = ({ waiting, readings, suspended, alerts }: ToldDigest): boolean =>
  waiting + readings.length + suspended.length + alerts.length > 0;

const count = (many: number, one: string, more = `${one}s`): string => `${many} ${many === 1 ? one : more}`;
/** One line stays one line, whatever stands in a title. */
const flat = (text: string): string => text.replace(/\s+/g, " ").trim();

const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS = "January February March April May June July August September October November December".split(" ");

function dayWords(day: string): string {
  const date = parseDate(day);
  return `${WEEKDAYS[date.toDate("UTC").getUTCDay()]} ${date.day} ${MONTHS[date.month - 1]}`;
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines];
}

/**
 * The letter: what waits and why, what one was asked to read, what is suspended, what was raised. Each link opens a page
 * that asks for the sign-in; none decides anything, whoever follows it.
 */
export function digestLetter(told: ToldDigest, site: string): { subject: string; text: string } {
  const { memos, waiting, today, readings, suspended, alerts } = told;
  const parts = [
    waiting > 0 ? count(waiting, "decision") : "",
    today > 0 ? `${today} due within a day` : "",
    readings.length > 0 ? `${readings.length} to read` : "",
    suspended.length > 0 ? `${suspended.length} suspended` : "",
    alerts.length > 0 ? count(alerts.length, "new alert") : "",
  ].filter((part) => part !== "");
  const memo = ({ id, title, venture, reasons, fresh }: ToldMemo) =>
    `${fresh ? "New: " : ""}${flat(title)} (${flat(venture)})\n  ${reasons.join(" · ")}\n  ${site}/inbox/${id}`;
  const more = waiting > memos.length ? [`And ${waiting - memos.length} more: ${site}/inbox`] : [];
  const blocks = [
    ...section("WAITING FOR A DECISION, THE MOST URGENT FIRST", [...memos.map(memo), ...more]),
    ...section(
      "YOU WERE ASKED TO READ",
      readings.map(
        ({ id, title, askedBy, dueOn }) =>
          `${flat(title)}\n  for ${flat(askedBy)}, by ${dayWords(dueOn)}\n  ${site}/inbox/${id}`,
      ),
    ),
    ...section(
      "SUSPENDED, BECAUSE A CONDITION DOES NOT HOLD",
      suspended.map(({ id, title, reason }) => `${flat(title)}\n  ${flat(reason)}\n  ${site}/inbox/${id}`),
    ),
    ...section(
      "RAISED SINCE THE LAST DIGEST",
      alerts.map(
        ({ id, severity, title, venture }) =>
          `${severity}: ${venture ? `${flat(venture.name)}: ` : ""}${flat(title)}\n  ${site}/alerts?${venture ? `venture=${venture.slug}` : ""}#alert-${id}`,
      ),
    ),
    "Nothing is decided from a letter: every link opens a page that asks you to sign in.",
    `How often this comes: ${site}/settings`,
  ];
  return { subject: `${dayWords(told.day)}: ${parts.join(", ")}`, text: blocks.join("\n\n") };
}
