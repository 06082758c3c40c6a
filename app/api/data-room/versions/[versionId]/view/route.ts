import { defineRoute } from "@/lib/auth/define-route";
import { clock } from "@/lib/clock";
import { getVersion } from "@/lib/data-room/queries/document";
import { findWords } from "@/lib/data-room/queries/words";
import { versionParamsSchema } from "@/lib/data-room/schema";
import { markFor } from "@/lib/integrations/documents/rendition";
import { renditionAnswer } from "@/lib/integrations/documents/rendition-answer";

/** What guests would see of a version, marked with the name of who looks. */
export const GET = defineRoute({
  permission: "data-room:manage",
  params: versionParamsSchema,
  run: async ({ actor, params: { versionId } }) => {
    const version = await getVersion(actor, versionId);
    return renditionAnswer(version, markFor(actor.name, clock.now(), version.documentId), await findWords(versionId));
  },
});
