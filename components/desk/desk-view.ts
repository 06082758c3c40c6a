import { actorWords, eventWords, subjectWords } from "@/components/record/event-words";
import type { InboxItem } from "@/lib/decisions/queries/inbox";
import { formatDue, formatMinor, formatSince } from "@/lib/format";
import type { NewsEvent, StandingAlert } from "@/lib/reports/queries/news";
import type { DecideItem } from "./decide-list";
import type { News } from "./news-list";
import type { Risk } from "./risk-list";

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

export const riskOf = ({ id, severity, title, detail, venture }: StandingAlert): Risk => ({
  id,
  severity,
  title,
  detail,
  venture,
});

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
