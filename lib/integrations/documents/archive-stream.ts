import "server-only";
import type { Readable } from "node:stream";
import yazl from "yazl";

export type ArchiveFile = { path: string; sizeBytes: number; read: () => Promise<Readable> };

// The first moment that a zip can name; a real one would make two archives of the same files differ.
const ALWAYS = new Date(1980, 0, 1, 0, 0, 0);
const PACKS = /\.(csv|txt|md|json|eml|doc|xls|ppt|tiff?)$/i;

/**
 * A zip as it is made, a file at a time, so that a room of any size is sent from little memory. The same files give the
 * same bytes: order, times and modes are fixed, and what is packed already is stored.
 */
export function archiveStream(
  files: readonly ArchiveFile[],
  notes: readonly { path: string; text: string }[],
): Readable {
  const zip = new yazl.ZipFile();
  const fixed = { mtime: ALWAYS, mode: 0o100_644, forceDosTimestamp: true };
  const add = async () => {
    for (const { path, text } of notes) zip.addBuffer(Buffer.from(text), path, { ...fixed, compress: false });
    for (const file of files) await addOne(zip, file, fixed);
    zip.end();
  };
  add().catch((error: unknown) => (zip.outputStream as unknown as Readable).destroy(error as Error));
  return zip.outputStream as unknown as Readable;
}

/** The next file is opened when this one is through. */
async function addOne(zip: yazl.ZipFile, file: ArchiveFile, fixed: object): Promise<void> {
  const stream = await file.read();
  const through = new Promise<void>((resolve, reject) => {
    stream.once("end", resolve);
    stream.once("error", reject);
    zip.outputStream.once("error", reject);
  });
  zip.addReadStream(stream, file.path, { ...fixed, size: file.sizeBytes, compress: PACKS.test(file.path) });
  await through;
}
