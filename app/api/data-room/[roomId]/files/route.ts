import { defineRoute } from "@/lib/auth/define-route";
import { submitFile } from "@/lib/data-room/actions";
import { uploadSchema } from "@/lib/data-room/schema";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";

const MEBIBYTE = 1_048_576;

/** One file as the body, streamed to its place; what it is stands in the query. proxy.ts lets it pass untouched. */
export const POST = defineRoute({
  permission: "data-room:manage",
  params: uploadSchema,
  // A little more than a file may have, so that one just over the limit is answered by name; env() at run time only.
  bodyLimit: 5_001 * MEBIBYTE,
  run: async ({ params, request }) => {
    // Not a type that a foreign page's form can send, so that the browser asks before it lets one through.
    if (request.headers.get("content-type") !== "application/octet-stream" || !request.body)
      throw new AppError("INVALID_INPUT");
    const length = request.headers.get("content-length");
    const announced = length === null ? null : Number(length);
    if (announced !== null && announced > env().DATA_ROOM_MAX_FILE_MB * MEBIBYTE) {
      return Response.json({ ok: false, refusal: "FILE_TOO_LARGE" }, { status: 413 });
    }
    const result = await submitFile({ upload: params, body: request.body, announced });
    return Response.json(result, { status: result.ok ? 201 : 422 });
  },
});
