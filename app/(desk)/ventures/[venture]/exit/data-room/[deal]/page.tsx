import type { Metadata } from "next";
import { RoomActions } from "@/components/data-room/room-actions";
import { RoomBoard } from "@/components/data-room/room-board";
import { RoomHeader } from "@/components/data-room/room-header";
import { requirePermission } from "@/lib/auth/session";
import { clock } from "@/lib/clock";
import { getRoom } from "@/lib/data-room/queries";
import { roomOf } from "../room-of";

export const metadata: Metadata = { title: "Data room" };

export default async function DataRoomPage({ params }: { params: Promise<{ venture: string; deal: string }> }) {
  await requirePermission("data-room:manage");
  const { actor, head, path } = await roomOf(params);
  const room = await getRoom(actor, head.id, clock.now().toISOString().slice(0, 10));
  return (
    <>
      <RoomHeader
        head={room.head}
        path={path}
        views={room.views}
        actions={<RoomActions head={room.head} documents={room.documents.length} />}
      />
      <RoomBoard room={room} path={path} mayEdit />
    </>
  );
}
