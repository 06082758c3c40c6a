import "server-only";
import { createReadStream } from "node:fs";
import { access, mkdir, open, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { AppError } from "@/lib/errors";
import { type BlobStore, blobKey } from "./blobs";

/** A rename is on disk only when its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Folders of hashes, readable by this user alone. A file is there whole or not at all: it is renamed into its place. */
export function diskStore(folder: string): BlobStore {
  const place = (hash: string) => path.join(folder, "sha256", blobKey(hash));
  return {
    async keep({ path: from, hash, sizeBytes }) {
      const to = place(hash);
      const known = await stat(to).catch(() => null);
      if (known?.size === sizeBytes) return await rm(from, { force: true });
      await mkdir(path.dirname(to), { recursive: true, mode: 0o700 });
      await rename(from, to);
      await syncFolder(path.dirname(to));
    },
    async read(hash) {
      const handle = await open(place(hash), "r").catch((cause: unknown) => {
        throw new AppError("NOT_FOUND", { cause });
      });
      return createReadStream("", { fd: handle });
    },
    has: (hash) =>
      access(place(hash)).then(
        () => true,
        () => false,
      ),
    remove: (hash) => rm(place(hash), { force: true }),
  };
}
