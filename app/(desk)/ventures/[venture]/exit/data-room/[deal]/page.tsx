import type { Metadata } from "next";
import { FrozenNotice } from "@/components/data-room/room/frozen-notice";
import { RoomActions } from "@/components/data-room/room/room-actions";
import { RoomBoard } from "@/components/data-room/room/room-board";
import { RoomHeader } from "@/components/data-room/room/room-header";
import { readerZone } from "@/components/shell/reader";
import { requirePermission } from "@/lib/auth/session";
import { getRoom } from "@/lib/data-room/queries";
import { listArchives } from "@/lib/data-room/queries/archives";
import { roomOf } from "../room-of";

export const metadata: Metadata = { title: "Data room" };

export default async function DataRoomPage({ params }: { params: Promise<{ venture: string; deal: string }> }) {
  const actor = await requirePermission("data-room:manage");
  const { head, path, today } = await roomOf(params);
  const room = await getRoom(actor, head.id, today);
  const [frozen] = head.status === "frozen" ? await listArchives(actor, head.id) : [];
  return (
    <>
      <RoomHeader
        head={room.head}
        path={path}
        views={room.views}
        actions={<RoomActions head={room.head} documents={room.documents.length} />}
      />
      {frozen ? <FrozenNotice archive={frozen} path={path} zone={await readerZone()} /> : null}
      <RoomBoard room={room} path={path} />
    </>
  );
}
