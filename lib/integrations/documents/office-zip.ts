import yazl from "yazl";
import { readZip, unpack } from "../zip";

/** Parts of an office file by name, in their order. */
export type Parts = Map<string, Uint8Array>;

const PART_BYTES = 16_777_216;
const ALL_BYTES = 50_331_648;
/** Every part carries this day, so that the same parts are the same bytes; a zip has the time of the wall, in any zone. */
const ALWAYS = new Date(2000, 0, 1);

/** What a file unpacks to, part by part; more than an honest document has is refused while it unpacks. */
export function openParts(bytes: Uint8Array): Parts | "FILE_TOO_LARGE" {
  const parts: Parts = new Map();
  let total = 0;
  for (const [name, entry] of readZip(bytes)) {
    if (name.endsWith("/")) continue;
    const part = unpack(entry, PART_BYTES);
    total += part.length;
    if (total > ALL_BYTES) return "FILE_TOO_LARGE";
    parts.set(name, part);
  }
  return parts;
}

export async function zipParts(parts: Parts): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  for (const [name, part] of parts)
    zip.addBuffer(Buffer.from(part), name, { mtime: ALWAYS, mode: 0o100644, forceDosTimestamp: true });
  zip.end();
  const pieces: Buffer[] = [];
  for await (const piece of zip.outputStream) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}
