import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { db, Prisma, pool } from "@/lib/db";
import { dropStaging } from "../rules/staging";
import { recordOf } from "../schema";
import { withImportLock } from "./stage";

const WEEK_MS = 7 * 86_400_000;

export type Swept = {
  previews: number;
  tables: number;
  /** The imports whose previews were put away. */
  imports: { importId: string; ventureId: string; fileName: string }[];
};
type Left = { id: string; previewed: boolean };

/**
 * Previews that nobody applied for a week: their staged rows are dropped and the import is again as it was uploaded; the
 * file and its mapping are kept, so a person only has to look at it again. Staged rows of imports that are over go too.
 */
export async function sweepPreviews(now: Date): Promise<Swept> {
  const { rows } = await pool().query<Left>(
    `SELECT i."id", i."status" = 'previewed' AS previewed FROM "import" i
     LEFT JOIN "import_progress" p ON p."importId" = i."id"
     WHERE (i."status" = 'previewed' OR to_regclass('"staging"."import_' || replace(i."id"::text, '-', '') || '"') IS NOT NULL)
       AND greatest(i."createdAt", p."updatedAt") < $1
     ORDER BY i."id"`,
    [new Date(now.getTime() - WEEK_MS)],
  );
  const imports: Swept["imports"] = [];
  for (const { id, previewed } of rows) {
    const reset = await withImportLock(id, async (client) => {
      const done = previewed ? await setBack(id, now) : null;
      // Between the look and the lock somebody may have applied it, and then there is nothing left to drop.
      await client.query(dropStaging(id));
      return done;
    });
    if (reset) imports.push(reset);
  }
  return { previews: imports.length, tables: rows.length, imports };
}

async function setBack(importId: string, now: Date): Promise<Swept["imports"][number] | null> {
  return db.$transaction(async (tx) => {
    const { count } = await tx.import.updateMany({
      where: { id: importId, status: "previewed" },
      data: { status: "uploaded", preview: Prisma.DbNull },
    });
    if (count === 0) return null;
    const { ventureId, fileName } = await tx.import.findUniqueOrThrow({ where: { id: importId } });
    await recordEvent(tx, {
      ventureId: recordOf(ventureId),
      type: "import.preview-expired",
      actor: "system:watch",
      subject: `import:${importId}`,
      payload: { importId, fileName },
      at: now,
    });
    return { importId, ventureId, fileName };
  });
}
