import "server-only";
import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, readdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import { ok, type Result, refuse } from "@/lib/errors";
import type { LocalFile } from "./blobs";

const FOLDER = "incoming";
/** Pieces come by the packet; so much of them is written at once. */
const WRITE_BYTES = 1_048_576;
/** A file that is still coming after so long was left by a process that died. */
const ABANDONED_MS = 6 * 60 * 60_000;

export type Incoming = LocalFile & { discard: () => Promise<void> };

/**
 * Takes a stream into a file of its own, piece by piece: hashed on the way, never whole in memory, on disk before it
 * says so. What breaks off, or grows past `maxBytes`, leaves nothing behind.
 */
export async function receiveFile(
  folder: string,
  body: AsyncIterable<Uint8Array>,
  { maxBytes, announced }: { maxBytes: number; announced: number | null },
): Promise<Result<Incoming, "FILE_TOO_LARGE" | "CUT_SHORT">> {
  const incoming = path.join(folder, FOLDER);
  await mkdir(incoming, { recursive: true, mode: 0o700 });
  const file = path.join(incoming, randomUUID());
  const discard = () => rm(file, { force: true });
  const handle = await open(file, "wx", 0o600);
  const hash = createHash("sha256");
  let sizeBytes = 0;
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  const write = async () => {
    const pieces = held;
    [held, heldBytes] = [[], 0];
    await handle.writeFile(Buffer.concat(pieces));
  };
  try {
    for await (const piece of body) {
      sizeBytes += piece.byteLength;
      if (sizeBytes > maxBytes) break;
      hash.update(piece);
      held.push(piece);
      heldBytes += piece.byteLength;
      if (heldBytes >= WRITE_BYTES) await write();
    }
    await write();
    await handle.sync();
  } catch (error) {
    await handle.close();
    await discard();
    throw error;
  }
  await handle.close();
  const problem =
    sizeBytes > maxBytes ? "FILE_TOO_LARGE" : announced !== null && announced !== sizeBytes ? "CUT_SHORT" : null;
  if (problem) {
    await discard();
    return refuse(problem);
  }
  return ok({ path: file, hash: hash.digest("hex"), sizeBytes, discard });
}

/** What a process that died left behind half; returns how many. */
export async function sweepIncoming(folder: string, now: Date): Promise<number> {
  const incoming = path.join(folder, FOLDER);
  const names = await readdir(incoming).catch(() => []);
  let swept = 0;
  for (const name of names) {
    const file = path.join(incoming, name);
    const found = await stat(file).catch(() => null);
    if (!found || now.getTime() - found.mtimeMs < ABANDONED_MS) continue;
    await rm(file, { force: true });
    swept += 1;
  }
  return swept;
}
