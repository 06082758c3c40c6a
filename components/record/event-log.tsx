import { EmptyState } from "@/components/ui/empty-state";
import { ButtonLink } from "@/components/ui/link";
import type { ListedEvent } from "@/lib/audit/queries";
import { EVENT_LOG, type EventFilter, filterHref } from "./event-filter";
import { EventFilterForm } from "./event-filter-form";
import { EventTable } from "./event-table";

type EventLogProps = {
  events: readonly ListedEvent[];
  nextCursor: string | null;
  filter: EventFilter;
  zone: string;
  ventureName: string | null;
  /** Where it stands: the log of all, or a venture's own page. */
  page?: string;
};

/** What happened, newest first, as far as the filter lets it through. */
export function EventLog({ events, nextCursor, filter, zone, ventureName, page = EVENT_LOG }: EventLogProps) {
  return (
    <>
      <EventFilterForm filter={filter} ventureName={ventureName} page={page} />
      {events.length === 0 ? (
        <NoEvents filter={filter} page={page} />
      ) : (
        <EventTable events={events} filter={filter} zone={zone} ofOne={ventureName !== null} />
      )}
      {nextCursor ? (
        <p className="pt-3">
          <ButtonLink href={hrefOf(filter, page, nextCursor)}>Older events</ButtonLink>
        </p>
      ) : null}
    </>
  );
}

/** A venture's own page needs no name of it in its address. */
const hrefOf = (filter: EventFilter, page: string, cursor: string): string =>
  filterHref(filter, page === EVENT_LOG ? { cursor } : { cursor, venture: "" }, page);

function NoEvents({ filter, page }: { filter: EventFilter; page: string }) {
  const filtered = filter.type || (page === EVENT_LOG && filter.venture) || filter.from || filter.until;
  return filtered ? (
    <EmptyState title="No event like that" action={<ButtonLink href={page}>Show everything</ButtonLink>}>
      Nothing of this kind happened in this period, or not in a venture that you may see.
    </EmptyState>
  ) : (
    <EmptyState title="Nothing has happened yet">The first change appears here as it is made.</EmptyState>
  );
}
