import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { AppError, type Result } from "@/lib/errors";
import type { AppliedImport, ImportFileInput, ImportPreview, ImportRefusal } from "./schema";

/** Upload, mapping and preview in one call, for callers without a browser. Nothing of the facts changes yet. */
export async function importFile(
  _actor: Actor,
  _input: ImportFileInput,
  _now: Date = _input.asOf,
): Promise<Result<ImportPreview, ImportRefusal>> {
  throw new AppError("UNAVAILABLE");
}

/** Makes the preview true, once, in one transaction. */
export async function applyImport(
  _actor: Actor,
  _importId: string,
  _now: Date,
): Promise<Result<AppliedImport, ImportRefusal>> {
  throw new AppError("UNAVAILABLE");
}
