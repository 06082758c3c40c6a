import { Readable } from "node:stream";
import { defineRoute } from "@/lib/auth/define-route";
import { takeStatements } from "@/lib/distribution/actions/records";
import { statementsZipSchema } from "@/lib/distribution/schema/records";
import { AppError, type AppErrorCode } from "@/lib/errors";
import { archiveStream } from "@/lib/integrations/documents/archive-stream";
import { attachment } from "@/lib/integrations/documents/attachment";

/** The newest statement of every holder, with their hashes; the same statements are the same bytes. */
export const GET = defineRoute({
  permission: "report:read",
  params: statementsZipSchema,
  run: async ({ params }) => {
    const taken = await takeStatements(params);
    if (!taken.ok) throw new AppError(taken.refusal as AppErrorCode);
    const { files, slug } = taken.value;
    const inside = files.map(({ name, bytes }) => ({
      ...{ path: name, sizeBytes: bytes.length, read: async () => Readable.from([Buffer.from(bytes)]) },
    }));
    const manifest = files.map(({ name, hash }) => `${hash}  ${name}\n`).join("");
    const zip = archiveStream(inside, [{ path: "manifest.sha256", text: manifest }]);
    return attachment(zip, `${slug}-statements-${params.currency.toLowerCase()}.zip`, "application/zip", null);
  },
});
