import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db, type Tx } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { dropStaging } from "../rules/staging";
import { type ImportRefusal, recordOf } from "../schema";
import { withImportLock } from "./stage";

const NOT_YET = ["uploaded", "previewed", "failed"] as const;

/**
 * Throws away an upload that was never applied: its rows, its rejects, and its file where nothing else keeps the same
 * bytes. What stays is the event, with the file's name and hash. What was applied is taken back and not thrown away.
 */
export async function discardImport(
  actor: Actor,
  importId: string,
  now: Date,
): Promise<Result<{ fileName: string }, ImportRefusal>> {
  const row = await db.import.findUnique({ where: { id: importId } });
  if (!row || !maySeeVenture(actor, row.ventureId)) throw new AppError("NOT_FOUND");
  const { ventureId, fileName, fileSha256, kind } = row;
  const done = await withImportLock(importId, async (client) => {
    const gone = await db.$transaction(async (tx) => {
      await tx.importReject.deleteMany({ where: { importId, import: { status: { in: [...NOT_YET] } } } });
      const { count } = await tx.import.deleteMany({ where: { id: importId, status: { in: [...NOT_YET] } } });
      if (count === 0) return false;
      await tx.importProgress.deleteMany({ where: { importId } });
      const fileKept = await keepFile(tx, fileSha256);
      await recordEvent(tx, {
        ventureId: recordOf(ventureId),
        type: "import.discarded",
        actor: actor.ref,
        subject: `import:${importId}`,
        payload: { importId, kind, fileName, sha256: fileSha256, fileKept },
        at: now,
      });
      return true;
    });
    if (gone) await client.query(dropStaging(importId));
    return gone;
  });
  return done ? ok({ fileName }) : refuse("ALREADY_APPLIED");
}

/** Whether another import still needs the bytes; without one they go. */
async function keepFile(tx: Tx, sha256: string): Promise<boolean> {
  // Locked, so that an upload of the same bytes waits and then stores them anew.
  await tx.$queryRaw`SELECT 1 FROM "stored_file" WHERE "sha256" = ${sha256} FOR UPDATE`;
  if ((await tx.import.count({ where: { fileSha256: sha256 } })) > 0) return true;
  await tx.storedFile.deleteMany({ where: { sha256 } });
  return false;
}
