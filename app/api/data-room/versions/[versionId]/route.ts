import { defineRoute } from "@/lib/auth/define-route";
import { takeDocument } from "@/lib/data-room/actions";
import { versionParamsSchema } from "@/lib/data-room/schema";
import { AppError, type AppErrorCode } from "@/lib/errors";
import { attachment } from "@/lib/integrations/documents/attachment";
import { blobStore } from "@/lib/integrations/storage/blob-store";

/** The file itself, for people of the holding. */
export const GET = defineRoute({
  permission: "data-room:manage",
  params: versionParamsSchema,
  run: async ({ params }) => {
    const taken = await takeDocument(params);
    if (!taken.ok) throw new AppError(taken.refusal as AppErrorCode);
    const { hash, fileName, type, sizeBytes } = taken.value;
    return attachment(await blobStore().read(hash), fileName, type, sizeBytes);
  },
});
