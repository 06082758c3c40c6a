import { Readable } from "node:stream";
import { contentDisposition } from "@/lib/data-room/rules/file-names";

/** A file that others wrote, as an answer: saved, never shown, and without rights where it is shown after all. */
export function attachment(
  body: Readable | Uint8Array,
  name: string,
  type: string,
  sizeBytes: number | null,
): Response {
  const bytes = body instanceof Readable ? (Readable.toWeb(body) as ReadableStream<Uint8Array>) : new Uint8Array(body);
  return new Response(bytes, {
    headers: {
      "content-type": type,
      "content-disposition": contentDisposition(name),
      "content-security-policy": "default-src 'none'; sandbox",
      "x-content-type-options": "nosniff",
      "cross-origin-resource-policy": "same-origin",
      "cache-control": "private, no-store",
      ...(sizeBytes === null ? {} : { "content-length": String(sizeBytes) }),
    },
  });
}
