import { defineRoute } from "@/lib/auth/define-route";
import { getVersionFile } from "@/lib/documents/queries/documents";
import { documentFileSchema } from "@/lib/documents/schema";
import { attachment } from "@/lib/integrations/documents/attachment";
import { LEGAL_TYPES, legalFile } from "@/lib/integrations/documents/legal-file";

/** One stored version of a document as a file. */
export const GET = defineRoute({
  permission: "report:read",
  params: documentFileSchema,
  run: async ({ actor, params: { documentId, version, format } }) => {
    const stored = await getVersionFile(actor, documentId, version);
    const body = await legalFile(stored, format);
    return attachment(body, `${stored.title}, version ${version}.${format}`, LEGAL_TYPES[format], body.length);
  },
});
