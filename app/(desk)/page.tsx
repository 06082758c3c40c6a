import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { DecideList } from "@/components/desk/decide-list";
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
import { isPermitted } from "@/lib/auth/permissions";
import { requireActor, requirePermission } from "@/lib/auth/session";
import { clock } from "@/lib/clock";
import { formatDay, formatNumber, formatSince } from "@/lib/format";
import { deskOf } from "./desk-of";

const DECISIONS = 6;

export default async function DeskPage() {
  const { role } = await requireActor();
  if (homeOf(role) !== "/") redirect(homeOf(role));
  const actor = await requirePermission("venture:read");
  const now = clock.now();
  const zone = await readerZone();
  const look = lookAgain(readLook((await cookies()).get(LOOK_COOKIE)?.value), now);
  const desk = await deskOf(actor, { now, zone, previous: look.previous });
  const since = look.previous ? `Since you last looked (${formatSince(look.previous, now, zone)})` : "Lately";
  return (
    <ListKeys className="grid gap-8">
      <RememberLook look={writeLook(look)} />
      <header>
        <p className="text-sm text-muted">{formatDay(desk.today, "long")}</p>
        <h1 className="headline mt-1 max-w-[52ch] text-2xl">{desk.headline}</h1>
      </header>
      {desk.items.length > 0 ? (
        <Section
          title="Decide"
          aside={
            <TextLink href="/inbox">Inbox{desk.items.length > DECISIONS ? ` (${desk.items.length})` : null}</TextLink>
          }
        >
          <DecideList items={desk.items.slice(0, DECISIONS)} />
        </Section>
      ) : null}
      <div className="grid gap-x-10 gap-y-8 lg:grid-cols-2">
        <Section title="Closes or is due soon">
          <SoonList lines={desk.soon} />
        </Section>
        <Section title="Risks" aside={<TextLink href="/alerts">All alerts</TextLink>}>
          <RiskList risks={desk.risks} mayNote={isPermitted(role, "alert:acknowledge")} zone={zone} />
        </Section>
      </div>
      <Section title="Ventures" aside={<TextLink href="/portfolio">All {formatNumber(desk.total)} →</TextLink>}>
        {desk.strip.length > 0 ? (
          <VentureStrip lines={desk.strip} now={now} />
        ) : (
          <EmptyState title="No venture yet" action={<ButtonLink href="/ventures">Ventures</ButtonLink>}>
            Each venture of the holding stands here with its growth, valuation, readiness and runway.
          </EmptyState>
        )}
      </Section>
      <Section title={since} aside={<TextLink href="/record/events">Everything</TextLink>}>
        <NewsList news={desk.news} />
      </Section>
    </ListKeys>
  );
}
