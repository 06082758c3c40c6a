import { defineGuestRoute } from "@/lib/auth/define-guest";
import { clock } from "@/lib/clock";
import { openDocument } from "@/lib/data-room/actions/guest";
import { findWords } from "@/lib/data-room/queries/words";
import { guestDocumentSchema } from "@/lib/data-room/schema/guests";
import { AppError, type AppErrorCode } from "@/lib/errors";
import { markFor } from "@/lib/integrations/documents/rendition";
import { renditionAnswer } from "@/lib/integrations/documents/rendition-answer";

/** What a guest who may only view ever gets: a rendition with the mark on every page. */
export const GET = defineGuestRoute({
  params: guestDocumentSchema,
  run: async ({ guest, params: { link, documentId } }) => {
    const opened = await openDocument({ link, documentId });
    if (!opened.ok) throw new AppError(opened.refusal as AppErrorCode);
    const mark = markFor(guest.email, clock.now(), documentId);
    return renditionAnswer(opened.value, mark, await findWords(opened.value.versionId));
  },
});
