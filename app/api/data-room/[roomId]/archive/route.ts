import { defineRoute } from "@/lib/auth/define-route";
import { noteDownload } from "@/lib/data-room/actions";
import { getManifest } from "@/lib/data-room/queries/holdings";
import { roomParamsSchema } from "@/lib/data-room/schema";
import { AppError } from "@/lib/errors";
import { attachment } from "@/lib/integrations/documents/attachment";
import { roomArchive } from "@/lib/integrations/documents/room-archive";

/** Everything that the room holds now, in the order of its index, sent while it is made. */
export const GET = defineRoute({
  permission: "data-room:manage",
  params: roomParamsSchema,
  run: async ({ actor, params: { roomId } }) => {
    const lines = await getManifest(actor, roomId);
    const noted = await noteDownload({ roomId, archive: null });
    if (!noted.ok) throw new AppError("UNAVAILABLE");
    return attachment(roomArchive(lines), "data-room.zip", "application/zip", null);
  },
});
