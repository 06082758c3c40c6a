import type { Metadata } from "next";
import { FindingForm } from "@/components/data-room/findings/finding-form";
import { FindingList } from "@/components/data-room/findings/finding-list";
import { RoomHeader } from "@/components/data-room/room/room-header";
import { TableExport } from "@/components/data-room/room/table-export";
import { EmptyState } from "@/components/ui/empty-state";
import { requirePermission } from "@/lib/auth/session";
import { getRoom } from "@/lib/data-room/queries";
import { listFindings } from "@/lib/data-room/queries/findings";
import { roomOf } from "../../room-of";

export const metadata: Metadata = { title: "Findings" };

export default async function FindingsPage({ params }: { params: Promise<{ venture: string; deal: string }> }) {
  const actor = await requirePermission("data-room:manage");
  const { head, path, venture, today } = await roomOf(params);
  const [room, findings] = await Promise.all([getRoom(actor, head.id, today), listFindings(actor, head.id)]);
  const documents = room.documents.map(({ id, itemId, number, title }) => ({
    ...{ id, itemId },
    label: `${number ?? "unsorted"} ${title}`,
  }));
  const sections = room.sections.map(({ number, title }) => ({ number, title }));
  const actions = (
    <>
      {findings.length > 0 ? <TableExport roomId={head.id} tables={["findings"]} /> : null}
      <FindingForm roomId={head.id} currency={venture.currency} sections={sections} documents={documents} />
    </>
  );
  return (
    <>
      <RoomHeader head={head} path={path} views={room.views} actions={actions} />
      {findings.length === 0 ? (
        <EmptyState title="No findings">
          What a reader of the documents finds is kept here, with what it may take off the price.
        </EmptyState>
      ) : (
        <FindingList findings={findings} path={path} />
      )}
    </>
  );
}
