import { defineGuestRoute } from "@/lib/auth/define-guest";
import { clock } from "@/lib/clock";
import { openDocument } from "@/lib/data-room/actions/guest";
import { findWords } from "@/lib/data-room/queries/words";
import { guestDocumentSchema } from "@/lib/data-room/schema/guests";
import { AppError, type AppErrorCode } from "@/lib/errors";
import { attachment } from "@/lib/integrations/documents/attachment";
import { markFor, renditionOf } from "@/lib/integrations/documents/rendition";

/** What a guest who may only view ever gets: a rendition with the mark on every page. */
export const GET = defineGuestRoute({
  params: guestDocumentSchema,
  run: async ({ guest, params: { link, documentId } }) => {
    const opened = await openDocument({ link, documentId });
    if (!opened.ok) throw new AppError(opened.refusal as AppErrorCode);
    const { versionId, title } = opened.value;
    const made = await renditionOf(
      opened.value,
      markFor(guest.email, clock.now(), documentId),
      await findWords(versionId),
    );
    if (!made) return Response.json({ ok: false, refusal: "CANNOT_BE_SHOWN" }, { status: 422 });
    return attachment(
      made.bytes,
      `${title}.${made.type === "image/png" ? "png" : "pdf"}`,
      made.type,
      made.bytes.length,
    );
  },
});
