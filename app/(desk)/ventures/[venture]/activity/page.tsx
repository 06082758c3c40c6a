import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { parseFilter, periodOf } from "@/components/record/event-filter";
import { EventLog } from "@/components/record/event-log";
import { readerZone } from "@/components/shell/reader";
import { TextLink } from "@/components/ui/link";
import { listEvents } from "@/lib/audit/queries";
import { requirePermission } from "@/lib/auth/session";
import { ventureOf } from "../venture-of";

export const metadata: Metadata = { title: "Activity" };

type ActivityPageProps = {
  params: Promise<{ venture: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** What people, agents and the policy did in this venture, newest first. */
export default async function ActivityPage({ params, searchParams }: ActivityPageProps) {
  const actor = await requirePermission("audit:read");
  const venture = await ventureOf((await params).venture);
  if (!venture) notFound();
  const zone = await readerZone();
  const filter = { ...parseFilter(await searchParams), venture: venture.slug };
  const type = filter.type ? { type: filter.type } : {};
  const listed = await listEvents(actor, { chain: venture.id, ...type, ...periodOf(filter, zone) }, filter.cursor);
  const page = `/ventures/${venture.slug}/activity`;
  return (
    <>
      <h1 className="sr-only">{venture.name}: activity</h1>
      <p className="mb-4 prose-width text-muted">
        What people, agents and the policy did in {venture.name}, newest first.{" "}
        <TextLink href={`/ventures/${venture.slug}/runs`}>Agent runs and their traces</TextLink> ·{" "}
        <TextLink href={`/ventures/${venture.slug}/directives`}>Directives and handoffs</TextLink>
      </p>
      <EventLog {...listed} filter={filter} zone={zone} ventureName={venture.name} page={page} />
    </>
  );
}
