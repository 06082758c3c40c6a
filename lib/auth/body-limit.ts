import "server-only";
import { AppError } from "@/lib/errors";

const tooLong = (limit: number) =>
  new AppError("INVALID_INPUT", { problems: [{ path: "body", expected: `at most ${limit} bytes` }] });

/** The request with a body that cannot be longer than `limit`, whatever its Content-Length says, or says nothing. */
export function limitBody(request: Request, limit: number): Request {
  if (Number(request.headers.get("content-length") ?? 0) > limit) throw tooLong(limit);
  if (!request.body) return request;
  let length = 0;
  const counted = request.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        length += chunk.byteLength;
        if (length > limit) controller.error(tooLong(limit));
        else controller.enqueue(chunk);
      },
    }),
  );
  const init: RequestInit & { duplex: "half" } = {
    method: request.method,
    headers: request.headers,
    body: counted,
    signal: request.signal,
    duplex: "half",
  };
  return new Request(request.url, init);
}
