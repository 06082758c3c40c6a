import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { DecideList } from "@/components/desk/decide-list";
import { deskHeadline } from "@/components/desk/desk-headline";
import { decideItem, newsOf, riskOf, risksOfLevels, soonest, soonLine, stripLine } from "@/components/desk/desk-view";
import { LOOK_COOKIE, lookAgain, readLook, writeLook } from "@/components/desk/last-look";
import { NewsList } from "@/components/desk/news-list";
import { RememberLook } from "@/components/desk/remember-look";
import { RiskList } from "@/components/desk/risk-list";
import { SoonList } from "@/components/desk/soon-list";
import { VentureStrip } from "@/components/desk/venture-strip";
import { ListKeys } from "@/components/shell/list-keys";
import { homeOf } from "@/components/shell/navigation";
import { readerZone } from "@/components/shell/reader";
import { EmptyState } from "@/components/ui/empty-state";
import { ButtonLink, TextLink } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { lineOf } from "@/components/ventures/line-of";
import { isPermitted } from "@/lib/auth/permissions";
import { requireActor, requirePermission } from "@/lib/auth/session";
import { clock } from "@/lib/clock";
import { listInbox } from "@/lib/decisions/queries/inbox";
import { dayIn, formatDay, formatNumber, formatSince } from "@/lib/format";
import { listClosingSoon } from "@/lib/reports/queries/closing-soon";
import { listNews, listStandingAlerts } from "@/lib/reports/queries/news";
import { listNeedingAttention } from "@/lib/reports/queries/venture-rows";

const VENTURES = 8;
const DECISIONS = 6;
const RISKS = 4;
const SOON = 5;
const LOOKED_AT = 24;
const NEWS = 8;

export default async function DeskPage() {
  const { role } = await requireActor();
  if (homeOf(role) !== "/") redirect(homeOf(role));
  const actor = await requirePermission("venture:read");
  const now = clock.now();
  const zone = await readerZone();
  const look = lookAgain(readLook((await cookies()).get(LOOK_COOKIE)?.value), now);
  const [inbox, ventures, alerts, events, ending] = await Promise.all([
    listInbox(actor, now),
    listNeedingAttention(actor, VENTURES),
    listStandingAlerts(actor, RISKS),
    listNews(actor, look.previous, NEWS),
    listClosingSoon(actor, dayIn(now, zone).toString(), LOOKED_AT),
  ]);
  const items = inbox.waiting.map((item) => decideItem(item, now, zone));
  const lines = ventures.rows.map((row) => lineOf(row, now));
  const soon = soonest(ending, SOON).map((one) => soonLine(one, now, zone));
  const closing = ending.find(({ kind }) => kind === "closing");
  const standing = alerts.map(riskOf);
  const risks = [...standing, ...risksOfLevels(lines, standing, RISKS - standing.length)];
  const since = look.previous ? `Since you last looked (${formatSince(look.previous, now, zone)})` : "Lately";
  return (
    <ListKeys className="grid gap-8">
      <RememberLook look={writeLook(look)} />
      <header>
        <p className="text-sm text-muted">{formatDay(dayIn(now, zone).toString(), "long")}</p>
        <h1 className="headline mt-1 max-w-[52ch] text-2xl">
          {deskHeadline(items, items.length, ventures.critical, closing && soonLine(closing, now, zone))}
        </h1>
      </header>
      {items.length > 0 ? (
        <Section
          title="Decide"
          aside={<TextLink href="/inbox">Inbox{items.length > DECISIONS ? ` (${items.length})` : null}</TextLink>}
        >
          <DecideList items={items.slice(0, DECISIONS)} />
        </Section>
      ) : null}
      <div className="grid gap-x-10 gap-y-8 lg:grid-cols-2">
        <Section title="Closes or is due soon">
          <SoonList lines={soon} />
        </Section>
        <Section title="Risks" aside={<TextLink href="/alerts">All alerts</TextLink>}>
          <RiskList risks={risks} mayNote={isPermitted(role, "alert:acknowledge")} zone={zone} />
        </Section>
      </div>
      <Section title="Ventures" aside={<TextLink href="/portfolio">All {formatNumber(ventures.total)} →</TextLink>}>
        {ventures.rows.length > 0 ? (
          <VentureStrip lines={lines.map(stripLine)} now={now} />
        ) : (
          <EmptyState title="No venture yet" action={<ButtonLink href="/ventures">Ventures</ButtonLink>}>
            Each venture of the holding stands here with its growth, valuation, readiness and runway.
          </EmptyState>
        )}
      </Section>
      <Section title={since} aside={<TextLink href="/record/events">Everything</TextLink>}>
        <NewsList news={events.map((event) => newsOf(event, now, zone))} />
      </Section>
    </ListKeys>
  );
}
