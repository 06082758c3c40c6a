import "server-only";
import { buffer } from "node:stream/consumers";
import { db } from "@/lib/db";
import { type Read, readWords } from "@/lib/integrations/documents/read-words";
import { blobStore } from "@/lib/integrations/storage/blob-store";
import { fencedTransaction } from "@/lib/workflows/fence";

/** Larger files are kept and offered, but not searched. */
const MOST_BYTES = 64 * 1_048_576;

export type TextOutcome = "done" | "none" | "failed" | "gone";

/** Reads a version's words for search; safe to repeat. What they say is data, whoever reads it later. */
export async function extractText(versionId: string): Promise<TextOutcome> {
  const version = await db.roomDocumentVersion.findUnique({ where: { id: versionId } });
  if (!version) return "gone";
  if (version.textState !== "pending") return version.textState;
  if (version.flags.includes("encrypted")) return keep(versionId, "none", "encrypted");
  if (version.sizeBytes > MOST_BYTES) return keep(versionId, "none", "too-large");
  const read: Read = await readWords(version.type, await buffer(await blobStore().read(version.hash)));
  if (!read.ok) return keep(versionId, "failed", read.problem);
  const { words } = read;
  if (!words || words.text === "")
    return keep(versionId, "none", words ? "no-words" : "no-text-in-type", words?.pages ?? null);
  return keep(versionId, "done", null, words.pages, words.text);
}

async function keep(
  versionId: string,
  textState: Exclude<TextOutcome, "gone">,
  textReason: string | null,
  pages: number | null = null,
  text: string | null = null,
): Promise<TextOutcome> {
  await fencedTransaction(async (tx) => {
    const data = { textState, textReason, ...(pages === null ? {} : { pages }) };
    await tx.roomDocumentVersion.update({ where: { id: versionId }, data });
    if (text !== null)
      await tx.roomText.upsert({ where: { versionId }, create: { versionId, text }, update: { text } });
  });
  return textState;
}
