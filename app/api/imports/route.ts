import { defineRoute } from "@/lib/auth/define-route";
import { AppError } from "@/lib/errors";
import { submitUpload } from "@/lib/imports/actions";
import { MAX_FILE_BYTES, uploadParamsSchema } from "@/lib/imports/schema";

/** The file is the body, as it is; what it is stands in the query. */
export const POST = defineRoute({
  permission: "data:import",
  params: uploadParamsSchema,
  // A little more, so that a file just over the limit is answered by name.
  bodyLimit: MAX_FILE_BYTES + 1_048_576,
  run: async ({ params, request }) => {
    // Not a type that a foreign page's form can send, so that the browser asks before it lets one through.
    if (request.headers.get("content-type") !== "application/octet-stream") throw new AppError("INVALID_INPUT");
    const bytes = await readBody(request);
    const announced = request.headers.get("content-length");
    // A body that something on the way cut short would pass for a shorter file.
    if (bytes && announced !== null && Number(announced) !== bytes.length) throw new AppError("UNAVAILABLE");
    if (bytes === null) return Response.json({ ok: false, refusal: "FILE_TOO_LARGE" }, { status: 413 });
    const result = await submitUpload({ ...params, bytes });
    return Response.json(result, { status: result.ok ? 201 : 422 });
  },
});

/** Null as soon as it is longer than any file may be. */
async function readBody(request: Request): Promise<Uint8Array<ArrayBuffer> | null> {
  if (Number(request.headers.get("content-length") ?? 0) > MAX_FILE_BYTES) return null;
  const pieces: Uint8Array[] = [];
  let size = 0;
  if (!request.body) return new Uint8Array();
  for await (const piece of request.body) {
    size += piece.length;
    if (size > MAX_FILE_BYTES) return null;
    pieces.push(piece);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
