import { parseDate } from "@internationalized/date";

/** What the address says about which events to show. */
export type EventFilter = { type: string; venture: string; from: string; until: string; cursor: string | null };

type SearchParams = Readonly<Record<string, string | string[] | undefined>>;

const one = (value: string | string[] | undefined): string =>
  (Array.isArray(value) ? (value[0] ?? "") : (value ?? "")).trim();

const dayOrNothing = (text: string): string => {
  try {
    return parseDate(text).toString();
  } catch {
    return "";
  }
};

export function parseFilter(params: SearchParams): EventFilter {
  const cursor = one(params.cursor);
  return {
    type: /^[a-z-]{1,40}(\.[a-z-]{1,40})?$/.test(one(params.type)) ? one(params.type) : "",
    venture: /^[a-z0-9-]{1,60}$/.test(one(params.venture)) ? one(params.venture) : "",
    from: dayOrNothing(one(params.from)),
    until: dayOrNothing(one(params.until)),
    cursor: /^\d{1,18}$/.test(cursor) ? cursor : null,
  };
}

/** The days as moments on the reader's clock; the last day is included. */
export function periodOf(
  { from, until }: Pick<EventFilter, "from" | "until">,
  zone: string,
): { from?: Date; until?: Date } {
  return {
    ...(from ? { from: parseDate(from).toDate(zone) } : {}),
    ...(until ? { until: parseDate(until).add({ days: 1 }).toDate(zone) } : {}),
  };
}

/** The log of all; a venture's own page shows the same of one. */
export const EVENT_LOG = "/record/events";

export function filterHref(filter: EventFilter, change: Partial<EventFilter> = {}, page = EVENT_LOG): string {
  const next = { ...filter, cursor: null, ...change };
  const entries = Object.entries(next).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const query = new URLSearchParams(entries).toString();
  return query ? `${page}?${query}` : page;
}
