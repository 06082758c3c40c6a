import { defineRoute } from "@/lib/auth/define-route";
import { getRedlineFile } from "@/lib/documents/queries/documents";
import { redlineFileSchema } from "@/lib/documents/schema";
import { attachment } from "@/lib/integrations/documents/attachment";
import { redlineDocx } from "@/lib/integrations/documents/legal-docx";
import { LEGAL_TYPES } from "@/lib/integrations/documents/legal-file";

/** Two versions as one DOCX with tracked changes. */
export const GET = defineRoute({
  permission: "report:read",
  params: redlineFileSchema,
  run: async ({ actor, params: { documentId, from, to } }) => {
    const { title, redline, at } = await getRedlineFile(actor, documentId, from, to);
    const subject = `Changes from version ${from} to ${to}`;
    const body = await redlineDocx(redline, { title, subject, at, author: "Chairman" });
    return attachment(body, `${title}, changes ${from} to ${to}.docx`, LEGAL_TYPES.docx, body.length);
  },
});
