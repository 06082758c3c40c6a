import { deskHeadline } from "@/components/desk/desk-headline";
import { decideItem, newsOf, riskOf, risksOfLevels, soonest, soonLine, stripLine } from "@/components/desk/desk-view";
import { lineOf } from "@/components/ventures/line-of";
import type { Actor } from "@/lib/auth/actor";
import { listInbox } from "@/lib/decisions/queries/inbox";
import { dayIn } from "@/lib/format";
import { listClosingSoon } from "@/lib/reports/queries/closing-soon";
import { listNews, listStandingAlerts } from "@/lib/reports/queries/news";
import { listNeedingAttention } from "@/lib/reports/queries/venture-rows";

const VENTURES = 8;
const RISKS = 4;
const SOON = 5;
/** Steps may come before the next closing; it is shown all the same. */
const SOON_LOOKED_AT = 24;
const NEWS = 8;

type Look = { now: Date; zone: string; previous: Date | null };

/** Everything that the desk says: what needs the reader, what closes soon, what is wrong, and what happened. */
export async function deskOf(actor: Actor, { now, zone, previous }: Look) {
  const today = dayIn(now, zone).toString();
  const [inbox, ventures, alerts, events, ending] = await Promise.all([
    listInbox(actor, now),
    listNeedingAttention(actor, VENTURES),
    listStandingAlerts(actor, RISKS),
    listNews(actor, previous, NEWS),
    listClosingSoon(actor, today, SOON_LOOKED_AT),
  ]);
  const items = inbox.waiting.map((item) => decideItem(item, now, zone));
  const lines = ventures.rows.map((row) => lineOf(row, now));
  const standing = alerts.map(riskOf);
  const closing = ending.find(({ kind }) => kind === "closing");
  return {
    ...{ today, items, total: ventures.total },
    headline: deskHeadline(items, items.length, ventures.critical, closing && soonLine(closing, now, zone)),
    soon: soonest(ending, SOON).map((one) => soonLine(one, now, zone)),
    risks: [...standing, ...risksOfLevels(lines, standing, RISKS - standing.length)],
    strip: lines.map(stripLine),
    news: events.map((event) => newsOf(event, now, zone)),
  };
}
