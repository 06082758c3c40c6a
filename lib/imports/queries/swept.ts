import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { loadImport } from "./loading";

/** When the preview of an import was put away because nobody applied it; null where that was not the last word on it. */
export async function findSweptAt(actor: Actor, importId: string): Promise<Date | null> {
  const { status } = await loadImport(actor, importId);
  if (status !== "uploaded") return null;
  const last = await db.event.findFirst({ where: { subject: `import:${importId}` }, orderBy: { seq: "desc" } });
  return last?.type === "import.preview-expired" ? last.at : null;
}
