import type { Readable } from "node:stream";
import yauzl from "yauzl";

/** Reads a zip's directory and, one by one, entries of it; nothing is ever unpacked to disk. */
export type ZipEntry = yauzl.Entry;

const openZip = (source: string | Buffer): Promise<yauzl.ZipFile> =>
  new Promise((resolve, reject) => {
    // Names are judged by our own rules, so yauzl must not throw at the first odd one.
    const options = {
      lazyEntries: true,
      autoClose: false,
      decodeStrings: true,
      validateEntrySizes: true,
      strictFileNames: false,
    };
    const answer = (error: Error | null, zip?: yauzl.ZipFile) => (zip ? resolve(zip) : reject(error));
    if (typeof source === "string") yauzl.open(source, options, answer);
    else yauzl.fromBuffer(source, options, answer);
  });

const listEntries = (zip: yauzl.ZipFile, most: number): Promise<ZipEntry[]> =>
  new Promise((resolve, reject) => {
    const entries: ZipEntry[] = [];
    zip.on("error", reject);
    zip.on("end", () => resolve(entries));
    zip.on("entry", (entry: ZipEntry) => {
      entries.push(entry);
      // One more than allowed is enough to know.
      if (entries.length > most) resolve(entries);
      else zip.readEntry();
    });
    zip.readEntry();
  });

const openEntry = (zip: yauzl.ZipFile, entry: ZipEntry): Promise<Readable> =>
  new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => (stream ? resolve(stream) : reject(error)));
  });

export type OpenZip = {
  entries: readonly ZipEntry[];
  /** At most `most` bytes of what the entry unpacks to, whatever its directory says. */
  read: (entry: ZipEntry, most: number) => Promise<Buffer>;
  stream: (entry: ZipEntry) => Promise<Readable>;
};

export async function withZip<T>(
  source: string | Buffer,
  most: number,
  work: (zip: OpenZip) => Promise<T>,
): Promise<T> {
  const zip = await openZip(source);
  try {
    const entries = await listEntries(zip, most);
    return await work({
      entries,
      stream: (entry) => openEntry(zip, entry),
      read: async (entry, limit) => {
        const stream = await openEntry(zip, entry);
        const pieces: Buffer[] = [];
        let length = 0;
        for await (const piece of stream) {
          pieces.push(piece as Buffer);
          length += (piece as Buffer).length;
          if (length >= limit) break;
        }
        return Buffer.concat(pieces).subarray(0, limit);
      },
    });
  } finally {
    zip.close();
  }
}
