import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { OpenRoom } from "@/components/data-room/room/open-room";
import { EmptyState } from "@/components/ui/empty-state";
import { TextLink } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { requirePermission } from "@/lib/auth/session";
import { listRooms } from "@/lib/data-room/queries";
import { DEAL_WORDS } from "@/lib/data-room/schema";
import { ventureOf } from "../../venture-of";

export const metadata: Metadata = { title: "Data room" };

type Props = { params: Promise<{ venture: string }>; searchParams: Promise<{ all?: string }> };

/** One room is shown at once; of several, or of none, one chooses. */
export default async function DataRoomsPage({ params, searchParams }: Props) {
  const actor = await requirePermission("data-room:manage");
  const venture = await ventureOf((await params).venture);
  if (!venture) notFound();
  const rooms = await listRooms(actor, venture.id);
  const path = `/ventures/${venture.slug}/exit/data-room`;
  const [first] = rooms;
  if (first && rooms.length === 1 && (await searchParams).all === undefined) redirect(`${path}/${first.dealType}`);
  return (
    <div className="grid gap-8">
      <PageHeader
        title="Data rooms"
        lead="One for each kind of deal: what a buyer needs to see depends on what is sold."
      />
      {rooms.length > 0 ? (
        <Section title="Open rooms">
          <ul className="grid gap-2">
            {rooms.map(({ id, dealType, status }) => (
              <li key={id}>
                <TextLink href={`${path}/${dealType}`}>{DEAL_WORDS[dealType]}</TextLink>{" "}
                {status === "frozen" ? "(frozen)" : null}
              </li>
            ))}
          </ul>
        </Section>
      ) : (
        <EmptyState title="No data room yet">
          Its index has the eighteen sections that a buyer’s lawyers ask for; drop folders on it and they find their
          places.
        </EmptyState>
      )}
      <OpenRoom ventureId={venture.id} path={path} taken={rooms.map(({ dealType }) => dealType)} />
    </div>
  );
}
