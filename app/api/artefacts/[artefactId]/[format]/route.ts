import { Readable } from "node:stream";
import { defineRoute } from "@/lib/auth/define-route";
import { documentFile } from "@/lib/integrations/document-file";
import { getDocument } from "@/lib/reports/queries/artefacts";
import { documentRequestSchema } from "@/lib/reports/schema";

/** One stored version of a report as a file. */
export const GET = defineRoute({
  permission: "report:read",
  params: documentRequestSchema,
  run: async ({ actor, params: { artefactId, format } }) => {
    const { name, type, body } = await documentFile(await getDocument(actor, artefactId), format);
    const bytes =
      body instanceof Readable ? (Readable.toWeb(body) as ReadableStream<Uint8Array>) : new Uint8Array(body);
    return new Response(bytes, {
      headers: { "content-type": type, "content-disposition": `attachment; filename="${name}"` },
    });
  },
});
