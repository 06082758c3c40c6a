import "server-only";
import path from "node:path";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import type { BlobStore } from "./blobs";
import { diskStore } from "./disk-store";
import { s3Store } from "./s3-store";

export function storageFolder(): string {
  const { DATA_ROOM_DIR, DATA_DIR } = env();
  return path.resolve(/* turbopackIgnore: true */ DATA_ROOM_DIR ?? path.join(DATA_DIR, "data-room"));
}

/** The store that the environment names: an S3-compatible one where it is set in full, else the data folder. */
export function blobStore(): BlobStore {
  const { S3_ENDPOINT, S3_BUCKET, S3_REGION, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = env();
  if (!S3_ENDPOINT) return diskStore(storageFolder());
  if (!S3_BUCKET || !S3_ACCESS_KEY_ID || !S3_SECRET_ACCESS_KEY) {
    const expected = "S3_BUCKET, S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY beside S3_ENDPOINT";
    throw new AppError("UNAVAILABLE", { problems: [{ path: "S3_ENDPOINT", expected }] });
  }
  return s3Store({
    ...{ endpoint: S3_ENDPOINT, bucket: S3_BUCKET, region: S3_REGION },
    ...{ accessKeyId: S3_ACCESS_KEY_ID, secretAccessKey: S3_SECRET_ACCESS_KEY },
  });
}
