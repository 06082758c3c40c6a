import type { Metadata } from "next";
import { GroupCard } from "@/components/data-room/groups/group-card";
import { GroupForm } from "@/components/data-room/groups/group-form";
import { NdaEditor } from "@/components/data-room/groups/nda-editor";
import { RoomHeader } from "@/components/data-room/room/room-header";
import { readerZone } from "@/components/shell/reader";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Section } from "@/components/ui/section";
import { requirePermission } from "@/lib/auth/session";
import { getRoom } from "@/lib/data-room/queries";
import { listGroups, newestNda } from "@/lib/data-room/queries/groups";
import { roomOf } from "../../room-of";

export const metadata: Metadata = { title: "Guests" };

export default async function GuestsPage({ params }: { params: Promise<{ venture: string; deal: string }> }) {
  const actor = await requirePermission("data-room:manage");
  const { head, path, now, today } = await roomOf(params);
  const [room, groups, nda, zone] = await Promise.all([
    getRoom(actor, head.id, today),
    listGroups(actor, head.id, now),
    newestNda(actor, head.id),
    readerZone(),
  ]);
  const open = (
    <GroupForm roomId={head.id} sections={room.sections} trigger={<Button variant="primary">Open to a buyer</Button>} />
  );
  return (
    <>
      <RoomHeader head={head} path={path} views={room.views} actions={open} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-9">
        {groups.length === 0 ? (
          <EmptyState title="Nobody outside can see this room">
            Name a buyer’s people and the folders they may read. The chairman decides; then a link can be made.
          </EmptyState>
        ) : (
          groups.map((group) => (
            <GroupCard key={group.id} group={group} roomId={head.id} path={path} sections={room.sections} zone={zone} />
          ))
        )}
        <Section title="What guests agree to">
          <NdaEditor key={nda?.version ?? 0} roomId={head.id} nda={nda} />
        </Section>
      </div>
    </>
  );
}
