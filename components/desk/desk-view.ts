import { actorWords, eventWords, subjectWords } from "@/components/record/event-words";
import type { VentureLine } from "@/components/ventures/venture-line";
import type { InboxItem } from "@/lib/decisions/queries/inbox";
import { dayIn, formatDay, formatDue, formatMinor, formatSince } from "@/lib/format";
import type { Soon, SoonKind } from "@/lib/reports/queries/closing-soon";
import type { NewsEvent, StandingAlert } from "@/lib/reports/queries/news";
import { MEASURES } from "@/lib/reports/schema/portfolio";
import type { DecideItem } from "./decide-list";
import type { News } from "./news-list";
import type { Risk } from "./risk-list";
import type { SoonLine } from "./soon-list";

const STATUS: Readonly<Record<string, string>> = { question: "waits for an answer" };

export function decideItem(item: InboxItem, now: Date, zone: string): DecideItem {
  const { id, title, reversible, stake, status } = item;
  return {
    ...{ id, title, reversible },
    venture: item.ventureName,
    due: formatDue(new Date(item.dueAt), now, zone),
    atStake: stake ? formatMinor(BigInt(stake.amountMinor), stake.currency) : null,
    status: STATUS[status] ?? null,
  };
}

/** What the strip shows of a line, and no more: the browser gets every byte of it. */
export type StripLine = Omit<VentureLine, "figures" | "sector" | "currency" | "contradictions"> & {
  figures: Omit<VentureLine["figures"], "concentration" | "retention">;
};

export function stripLine({ sector: _, currency: _c, contradictions: _n, figures, ...line }: VentureLine): StripLine {
  const { concentration: _top, retention: _team, ...shown } = figures;
  return { ...line, figures: shown };
}

const SOON: Readonly<Record<SoonKind, { page: string; what: (soon: Soon) => string }>> = {
  closing: { page: "closing", what: ({ who }) => `Closing with ${who}` },
  exclusivity: { page: "", what: ({ who }) => `Exclusivity of ${who} ends` },
  offer: { page: "offers", what: ({ who }) => `The offer of ${who} ends` },
  step: { page: "", what: ({ who, what }) => (what ? `${who}: ${what}` : `Next step with ${who}`) },
  release: { page: "payments", what: ({ who }) => `${who}: release is due` },
};

/** "today", "tomorrow", "Fri", "22 Jan": days ahead have no hour. */
function dayAhead(on: string, now: Date, zone: string): string {
  const days = Math.round((Date.parse(on) - Date.parse(dayIn(now, zone).toString())) / 86_400_000);
  if (days < 0) return `${formatDay(on, "short")}, overdue`;
  return days === 0 ? "today" : days === 1 ? "tomorrow" : formatDay(on, days < 7 ? "weekday" : "short");
}

export function soonLine(soon: Soon, now: Date, zone: string): SoonLine {
  const { kind, id, venture, on, behind } = soon;
  const { page, what } = SOON[kind];
  return {
    ...{ id: `${kind} ${id} ${on}`, what: what(soon), venture: venture.name, day: dayAhead(on, now, zone) },
    href: `/ventures/${venture.slug}/deal${page ? `/${page}` : ""}`,
    note: behind ? "behind its checklist" : null,
  };
}

/** The first so many; the next closing is among them, whatever steps come before it. */
export function soonest<T extends Pick<Soon, "kind">>(all: readonly T[], most: number): T[] {
  const first = all.slice(0, most);
  const closing = all.find(({ kind }) => kind === "closing");
  return !closing || first.includes(closing) ? first : [...first.slice(0, most - 1), closing];
}

/** Where an alert is dealt with, if that is one page. */
const PLACES: Readonly<Record<string, string>> = { "guest-questions": "exit/data-room", "bidder-fell": "deal" };

export function riskOf(alert: StandingAlert): Risk {
  const { id, severity, title, detail, venture, figure, raisedAt, acknowledgedAt, acknowledgedBy } = alert;
  const place = PLACES[alert.kind];
  const href = place && venture ? `/ventures/${venture.slug}/${place}` : null;
  return {
    ...{ id, severity, title, detail, venture, figure, href },
    alert: { raisedAt, acknowledgedAt, acknowledgedBy },
  };
}

/** Critical levels that no alert speaks of yet: one for each venture, in the order of the lines. */
export function risksOfLevels(lines: readonly VentureLine[], alerted: readonly Risk[], most: number): Risk[] {
  const spokenOf = new Set(alerted.map((risk) => risk.venture?.slug));
  return lines
    .filter((line) => line.stage !== "exited" && !spokenOf.has(line.slug))
    .flatMap(({ slug, name, figures }): Risk[] => {
      const held = MEASURES.map((column) => figures[column]).find((one) => one?.level?.tone === "critical");
      if (!held) return [];
      const { figure, level } = held;
      return [
        {
          id: `${slug} ${figure.id}`,
          severity: "critical",
          title: figure.label.toLowerCase(),
          detail: level?.word ?? "",
          venture: { slug, name },
          figure,
        },
      ];
    })
    .slice(0, most);
}

export function newsOf(event: NewsEvent, now: Date, zone: string): News {
  return {
    id: event.id,
    who: actorWords(event.actor, event.actorName),
    did: eventWords(event.type),
    about: subjectWords(event.payload),
    venture: event.venture,
    when: formatSince(event.at, now, zone),
  };
}
