/** What guests did in a room, by group, week and document. Pure. */

export type Activity = {
  groupId: string;
  actor: string;
  kind: string;
  documentId: string | null;
  seconds: number | null;
  /** YYYY-MM-DD */
  day: string;
};
export type Engagement = {
  opens: number;
  downloads: number;
  questions: number;
  seconds: number;
  people: number;
  documents: number;
  lastDay: string | null;
};

export function engagementOf(rows: readonly Activity[]): Engagement {
  const count = (kind: string) => rows.filter((row) => row.kind === kind).length;
  const read = rows.filter((row) => row.kind === "opened" || row.kind === "downloaded" || row.kind === "read");
  return {
    ...{ opens: count("opened"), downloads: count("downloaded"), questions: count("asked") },
    seconds: rows.reduce((total, row) => total + (row.seconds ?? 0), 0),
    people: new Set(rows.map((row) => row.actor)).size,
    documents: new Set(read.map((row) => row.documentId)).size,
    lastDay: rows.reduce<string | null>((last, row) => (last === null || row.day > last ? row.day : last), null),
  };
}

const DAY_MS = 86_400_000;
/** Monday of the week of a day. */
export function weekOf(day: string): string {
  const at = Date.parse(`${day}T00:00:00Z`);
  const back = (new Date(at).getUTCDay() + 6) % 7;
  return new Date(at - back * DAY_MS).toISOString().slice(0, 10);
}

export type WeekCount = { week: string; opens: number; downloads: number };

/** Every week from the first to the last that holds something, also those in between that hold nothing. */
export function byWeek(rows: readonly Activity[], until: string): WeekCount[] {
  const weeks = rows.map((row) => weekOf(row.day)).toSorted();
  const [first] = weeks;
  if (!first) return [];
  const found: WeekCount[] = [];
  for (
    let at = first;
    at <= weekOf(until);
    at = new Date(Date.parse(`${at}T00:00:00Z`) + 7 * DAY_MS).toISOString().slice(0, 10)
  ) {
    const held = rows.filter((row) => weekOf(row.day) === at);
    const count = (kind: string) => held.filter((row) => row.kind === kind).length;
    found.push({ week: at, opens: count("opened"), downloads: count("downloaded") });
  }
  return found;
}
