import { createInflateRaw, inflateRawSync } from "node:zlib";
import { TABLE_LIMITS, UnreadableTable } from "./table";

/** The entries of a ZIP archive by name, each as its compressed bytes. Sizes that the archive claims are not believed. */
export type ZipEntry = { method: number; data: Uint8Array };

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const MAX_ENTRIES = 10_000;

const damaged = (cause?: unknown) => new UnreadableTable("UNREADABLE_FILE", { cause });

function findEnd(view: DataView): number {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 65_557); at--)
    if (view.getUint32(at, true) === END) return at;
  throw damaged();
}

export function readZip(bytes: Uint8Array): Map<string, ZipEntry> {
  try {
    return readDirectory(bytes);
  } catch (error) {
    throw error instanceof UnreadableTable ? error : damaged(error);
  }
}

function readDirectory(bytes: Uint8Array): Map<string, ZipEntry> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (count > MAX_ENTRIES) throw damaged();
  const entries = new Map<string, ZipEntry>();
  for (let i = 0; i < count; i++) {
    if (view.getUint32(at, true) !== CENTRAL) throw damaged();
    const encrypted = (view.getUint16(at + 8, true) & 1) === 1;
    const method = view.getUint16(at + 10, true);
    const size = view.getUint32(at + 20, true);
    const nameLength = view.getUint16(at + 28, true);
    const next = at + 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
    const local = view.getUint32(at + 42, true);
    if (encrypted || (method !== 0 && method !== 8) || view.getUint32(local, true) !== LOCAL) throw damaged();
    const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    if (start + size > bytes.length || entries.has(name)) throw damaged();
    entries.set(name.replaceAll("\\", "/").replace(/^\//, ""), { method, data: bytes.subarray(start, start + size) });
    at = next;
  }
  return entries;
}

/** A small entry at once; one that unpacks to more than `limit` bytes is refused while it unpacks. */
export function unpack(entry: ZipEntry, limit: number): Uint8Array {
  if (entry.method === 0) return entry.data;
  try {
    return inflateRawSync(entry.data, { maxOutputLength: limit });
  } catch (error) {
    throw damaged(error);
  }
}

/** A large entry in pieces. */
export async function* unpackStream(entry: ZipEntry): AsyncGenerator<Uint8Array> {
  if (entry.method === 0) {
    yield entry.data;
    return;
  }
  const inflate = createInflateRaw({ chunkSize: 256 * 1024 });
  inflate.end(entry.data);
  let total = 0;
  try {
    for await (const piece of inflate) {
      const chunk = piece as Uint8Array;
      total += chunk.length;
      if (total > TABLE_LIMITS.inflatedBytes) throw new UnreadableTable("TOO_MANY_ROWS");
      yield chunk;
    }
  } catch (error) {
    throw error instanceof UnreadableTable ? error : damaged(error);
  } finally {
    inflate.destroy();
  }
}
