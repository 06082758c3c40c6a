import "server-only";
import type { Actor } from "@/lib/auth/actor";
import type { Result } from "@/lib/errors";
import { applyPreviewed } from "./mutations/apply";
import { previewImport } from "./mutations/preview";
import { receiveFile } from "./mutations/receive";
import type { AppliedImport, ImportFileInput, ImportPreview, ImportRefusal } from "./schema";

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

/** Makes the preview true, once, in one transaction. */
export async function applyImport(
  actor: Actor,
  importId: string,
  now: Date,
): Promise<Result<AppliedImport, ImportRefusal>> {
  return applyPreviewed(actor, importId, now);
}
