import "server-only";
import type { Readable } from "node:stream";
import { type ManifestLine, manifestText } from "@/lib/data-room/rules/manifest";
import { blobStore } from "../storage/blob-store";
import { archiveStream } from "./archive-stream";

const MANIFEST_NAME = "manifest.sha256";

/** The zip of these files with their manifest, as a stream; the same list is always the same bytes. */
export function roomArchive(lines: readonly ManifestLine[]): Readable {
  const store = blobStore();
  const files = lines.map(({ path, sizeBytes, hash }) => ({ path, sizeBytes, read: () => store.read(hash) }));
  return archiveStream(files, [{ path: MANIFEST_NAME, text: manifestText(lines) }]);
}
