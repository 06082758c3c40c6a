import { defineRoute } from "@/lib/auth/define-route";
import { noteDownload } from "@/lib/data-room/actions";
import { getArchive } from "@/lib/data-room/queries/archives";
import { archiveParamsSchema } from "@/lib/data-room/schema";
import { AppError } from "@/lib/errors";
import { attachment } from "@/lib/integrations/documents/attachment";
import { roomArchive } from "@/lib/integrations/documents/room-archive";

/** A frozen state: the same bytes, and so the same hash, as when it was frozen. */
export const GET = defineRoute({
  permission: "data-room:manage",
  params: archiveParamsSchema,
  run: async ({ actor, params }) => {
    const { roomId, number, manifest } = await getArchive(actor, params.archiveId);
    const noted = await noteDownload({ roomId, archive: number });
    if (!noted.ok) throw new AppError("UNAVAILABLE");
    return attachment(roomArchive(manifest), `data-room-frozen-${number}.zip`, "application/zip", null);
  },
});
