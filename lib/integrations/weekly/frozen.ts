import "server-only";
import { createHash } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { AppError } from "@/lib/errors";
import type { WeeklyFrozen } from "@/lib/reports/queries/weekly/report";
import { weeklyFileName } from "@/lib/reports/rules/weekly/document";
import type { WeeklyFormat } from "@/lib/reports/schema/weekly";
import { blobStore } from "../storage/blob-store";
import { WEEKLY_TYPES, weeklyFile } from "./files";

export type WeeklyDownload = { name: string; type: string; bytes: Buffer };

export async function weeklyDownload(found: WeeklyFrozen, format: WeeklyFormat): Promise<WeeklyDownload> {
  const name = weeklyFileName(found.slug, found.week, found.revision, format);
  return { name, type: WEEKLY_TYPES[format], bytes: await frozenBytes(found, format) };
}

/** The bytes of a download. Frozen ones that are no longer what was written are refused, never passed on. */
async function frozenBytes({ file, issue }: WeeklyFrozen, format: WeeklyFormat): Promise<Buffer> {
  if (!file) {
    if (!issue) throw new AppError("NOT_FOUND");
    return weeklyFile(issue, format);
  }
  const bytes = await buffer(await blobStore().read(file.hash));
  if (createHash("sha256").update(bytes).digest("hex") !== file.hash)
    throw new AppError("UNAVAILABLE", { cause: new Error(`The file ${file.hash} is not what was frozen`) });
  return bytes;
}
