import "server-only";
import { db } from "@/lib/db";
import { type ImportKind, type Mapping, mappingSchema } from "../schema";

/** What was used last time for a file with the same columns; null also when it no longer fits the product. */
export async function findMapping(ventureId: string, kind: ImportKind, signature: string): Promise<Mapping | null> {
  const row = await db.importMapping.findUnique({
    where: { ventureId_kind_signature: { ventureId, kind, signature } },
  });
  const parsed = mappingSchema.safeParse(row?.mapping);
  return parsed.success ? parsed.data : null;
}
