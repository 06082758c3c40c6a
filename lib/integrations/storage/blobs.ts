import type { Readable } from "node:stream";
import { AppError } from "@/lib/errors";

/** Bytes known by their SHA-256: the same bytes are kept once, and a name in a file never becomes a path. */
export type BlobStore = {
  /** Keeps a finished local file under its hash and takes it away from where it was; twice is the same as once. */
  keep(file: LocalFile): Promise<void>;
  read(hash: string): Promise<Readable>;
  has(hash: string): Promise<boolean>;
  remove(hash: string): Promise<void>;
};
export type LocalFile = { path: string; hash: string; sizeBytes: number };

const HASH = /^[0-9a-f]{64}$/;

/** "ab/cd/abcd…": no folder grows large, and nothing that is no hash is an address. */
export function blobKey(hash: string): string {
  if (!HASH.test(hash)) throw new AppError("INVALID_INPUT");
  return `${hash.slice(0, 2)}/${hash.slice(2, 4)}/${hash}`;
}
