import { defineRoute } from "@/lib/auth/define-route";
import { getCertificateFile } from "@/lib/stage/queries/certificate";
import { certificateRequestSchema } from "@/lib/stage/schema/run";

/** The certificate as a file, byte for byte as it was signed. */
export const GET = defineRoute({
  permission: "report:read",
  params: certificateRequestSchema,
  run: async ({ actor, params: { certificateId, format } }) => {
    const { name, type, bytes } = await getCertificateFile(actor, certificateId, format);
    return new Response(bytes, {
      headers: { "content-type": type, "content-disposition": `attachment; filename="${name}"` },
    });
  },
});
