import "server-only";
import { db } from "@/lib/db";

/** The words of a version, where they have been read. */
export async function findWords(versionId: string): Promise<string | null> {
  return (await db.roomText.findUnique({ where: { versionId } }))?.text ?? null;
}
