import type { Metadata } from "next";
import { type EventFilter, filterHref, parseFilter, periodOf } from "@/components/record/event-filter";
import { EventFilterForm } from "@/components/record/event-filter-form";
import { EventTable } from "@/components/record/event-table";
import { VerifyButton } from "@/components/record/verify-button";
import { readerZone } from "@/components/shell/reader";
import { EmptyState } from "@/components/ui/empty-state";
import { ButtonLink } from "@/components/ui/link";
import { listEvents } from "@/lib/audit/queries";
import { isPermitted } from "@/lib/auth/permissions";
import { requirePermission } from "@/lib/auth/session";
import { findVentureBySlug } from "@/lib/ventures/queries";

export const metadata: Metadata = { title: "Audit log" };

type EventsPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function EventsPage({ searchParams }: EventsPageProps) {
  const actor = await requirePermission("audit:read");
  const zone = await readerZone();
  const filter = parseFilter(await searchParams);
  const venture = filter.venture ? await findVentureBySlug(actor, filter.venture) : null;
  const chain = filter.venture ? { chain: venture?.id ?? "none" } : {};
  const type = filter.type ? { type: filter.type } : {};
  const { events, nextCursor } = await listEvents(
    actor,
    { ...chain, ...type, ...periodOf(filter, zone) },
    filter.cursor,
  );
  return (
    <>
      <div className="mb-4 flex flex-wrap items-start justify-between gap-4">
        <p className="prose-width text-muted">
          Every change is an event, chained to the one before by its hash. Nobody can edit it, administrators included.
        </p>
        {isPermitted(actor.role, "audit:verify") ? <VerifyButton /> : null}
      </div>
      <EventFilterForm filter={filter} ventureName={venture?.name ?? null} />
      {events.length === 0 ? <NoEvents filter={filter} /> : <EventTable events={events} filter={filter} zone={zone} />}
      {nextCursor ? (
        <p className="pt-3">
          <ButtonLink href={filterHref(filter, { cursor: nextCursor })}>Older events</ButtonLink>
        </p>
      ) : null}
    </>
  );
}

function NoEvents({ filter }: { filter: EventFilter }) {
  const filtered = filter.type || filter.venture || filter.from || filter.until;
  return filtered ? (
    <EmptyState title="No event like that" action={<ButtonLink href="/record/events">Show everything</ButtonLink>}>
      Nothing of this kind happened in this period, or not in a venture that you may see.
    </EmptyState>
  ) : (
    <EmptyState title="Nothing has happened yet">The first change appears here as it is made.</EmptyState>
  );
}
