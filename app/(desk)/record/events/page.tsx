import type { Metadata } from "next";
import { parseFilter, periodOf } from "@/components/record/event-filter";
import { EventLog } from "@/components/record/event-log";
import { VerifyButton } from "@/components/record/verify-button";
import { readerZone } from "@/components/shell/reader";
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
  const filters = { ...chain, ...type, ...periodOf(filter, zone) };
  const listed = await listEvents(actor, filters, filter.cursor);
  return (
    <>
      <div className="mb-4 flex flex-wrap items-start justify-between gap-4">
        <p className="prose-width text-muted">
          Every change is an event, chained to the one before by its hash. Nobody can edit it, administrators included.
        </p>
        {isPermitted(actor.role, "audit:verify") ? <VerifyButton /> : null}
      </div>
      <EventLog {...listed} filter={filter} zone={zone} ventureName={venture?.name ?? null} />
    </>
  );
}
