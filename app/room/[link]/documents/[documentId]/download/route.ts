import { defineGuestRoute } from "@/lib/auth/define-guest";
import { clock } from "@/lib/clock";
import { takeDocument } from "@/lib/data-room/actions/guest";
import { guestDocumentSchema } from "@/lib/data-room/schema/guests";
import { AppError, type AppErrorCode } from "@/lib/errors";
import { attachment } from "@/lib/integrations/documents/attachment";
import { isMarkable, markFor } from "@/lib/integrations/documents/rendition";
import { renditionAnswer } from "@/lib/integrations/documents/rendition-answer";
import { blobStore } from "@/lib/integrations/storage/blob-store";

/** For a guest who may download: PDF and pictures with the mark, everything else as it is. */
export const GET = defineGuestRoute({
  params: guestDocumentSchema,
  run: async ({ guest, params }) => {
    const taken = await takeDocument(params);
    if (!taken.ok) throw new AppError(taken.refusal as AppErrorCode);
    const { hash, type, fileName, sizeBytes } = taken.value;
    if (!isMarkable(type)) return attachment(await blobStore().read(hash), fileName, type, sizeBytes);
    return renditionAnswer(taken.value, markFor(guest.email, clock.now(), params.documentId), null);
  },
});
