import "server-only";
import { pool } from "@/lib/db";
import type { Phase } from "../schema";

/**
 * Beside the work and outside its transaction, so that a polling browser sees it while the work runs. Nothing depends
 * on it: a write that fails is not worth failing the import for.
 */
export function reportProgress(importId: string, phase: Phase, done: number, total: number): void {
  pool()
    .query(
      `INSERT INTO "import_progress" ("importId", "phase", "done", "total", "updatedAt") VALUES ($1, $2, $3, $4, now())
       ON CONFLICT ("importId") DO UPDATE SET "phase" = $2, "done" = $3, "total" = $4, "updatedAt" = now()`,
      [importId, phase, done, Math.max(done, total)],
    )
    .catch(() => undefined);
}
