import "server-only";
import type { Actor } from "@/lib/auth/actor";
import type { Result } from "@/lib/errors";
import { applyPreviewed } from "./mutations/apply";
import { previewImport } from "./mutations/preview";
import { receiveFile } from "./mutations/receive";
import { refreshAfterChange } from "./mutations/refresh";
import { undoImport } from "./mutations/undo";
import { loadImport } from "./queries/loading";
import type { AppliedImport, ImportFileInput, ImportPreview, ImportRefusal, UndoneImport } from "./schema";

/** Upload, mapping and preview in one call, for callers without a browser. Nothing of the facts changes yet. */
export async function importFile(
  actor: Actor,
  input: ImportFileInput,
  now: Date = input.asOf,
): Promise<Result<ImportPreview, ImportRefusal>> {
  const received = await receiveFile(actor, input, now);
  if (!received.ok) return received;
  const { importId, inspection } = received.value;
  return previewImport(actor, importId, inspection.mapping, now, input.bytes);
}

/** Makes the preview true, once, in one transaction. What is derived from the facts is left to the caller. */
export async function applyImport(
  actor: Actor,
  importId: string,
  now: Date,
): Promise<Result<AppliedImport, ImportRefusal>> {
  return applyPreviewed(actor, importId, now);
}

/** An apply, and the venture's figures computed again from it. */
export async function applyAndRefresh(
  actor: Actor,
  importId: string,
  now: Date,
): Promise<Result<AppliedImport, ImportRefusal>> {
  const applied = await applyPreviewed(actor, importId, now);
  if (applied.ok) await refresh(actor, importId, applied.value.datasets, now);
  return applied;
}

/** A taking back, and the venture's figures computed again without it. */
export async function undoAndRefresh(
  actor: Actor,
  importId: string,
  reason: string,
  now: Date,
): Promise<Result<UndoneImport, ImportRefusal>> {
  const undone = await undoImport(actor, importId, reason, now);
  if (undone.ok) await refresh(actor, importId, undone.value.datasets, now);
  return undone;
}

async function refresh(actor: Actor, importId: string, datasets: readonly string[], now: Date): Promise<void> {
  const { ventureId } = await loadImport(actor, importId);
  await refreshAfterChange(ventureId, datasets, now);
}
