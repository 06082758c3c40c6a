import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { db } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { type ReadInitiatives, readInitiatives } from "../../queries/initiatives/initiative-file";
import { planKind } from "../../rules/initiatives/plan-text";
import type { InitiativeFile, InitiativeLine, UndoInitiativeFile } from "../../schema/initiative-file";
import { adoptInitiative } from "./initiative-adoption";
import { bumpDataset } from "./initiative-row";

export type LoadedInitiatives = { importKey: string; adopted: number; lines: InitiativeLine[] };
export type SeenInitiatives = Omit<ReadInitiatives, "lines" | "headers"> & { lines: InitiativeLine[] };

const told = ({ rowNumber, title, state, problems }: InitiativeLine): InitiativeLine => ({
  ...{ rowNumber, title, state, problems },
});

/** What a file would bring in, row by row; nothing is written. */
export async function previewInitiatives(
  actor: Actor,
  file: InitiativeFile,
  now: Date,
): Promise<Result<SeenInitiatives, "INVALID_INPUT">> {
  const read = await readInitiatives(actor, file, now);
  if (!read.ok) return read;
  const { lines, headers: _headers, ...seen } = read.value;
  return ok({ ...seen, lines: lines.map(told) });
}

/**
 * Takes over every initiative of a file that can be read and is not held; loading it again changes nothing. Each is one
 * transaction: a file that was cut off is loaded again for the rest.
 */
export async function loadInitiatives(
  actor: Actor,
  file: InitiativeFile,
  now: Date,
): Promise<Result<LoadedInitiatives, "INVALID_INPUT">> {
  const read = await readInitiatives(actor, file, now);
  if (!read.ok) return read;
  const { importKey, headers, columns, unclear, lines } = read.value;
  if (unclear.length > 0)
    return refuse(
      "INVALID_INPUT",
      unclear.map((expected) => ({ path: "columns", expected })),
    );
  const inputs = lines.flatMap(({ input }) => input ?? []);
  for (const input of inputs) await adoptInitiative(actor, input, now);
  if (inputs.length > 0) {
    const payload = { fileName: file.fileName, importKey, adopted: inputs.length, rows: lines.length };
    const mapping = { headers, targets: columns.map(({ target }) => target) };
    const about = { ventureId: file.ventureId, type: "initiative.file-loaded", actor: actor.ref, at: now };
    await db.$transaction((tx) =>
      recordEvent(tx, { ...about, subject: `initiative-file:${importKey}`, payload: { ...payload, ...mapping } }),
    );
  }
  return ok({ importKey, adopted: inputs.length, lines: lines.map(told) });
}

/** Takes back everything that a file brought in, as long as nobody has worked on it since. */
export async function undoInitiatives(
  actor: Actor,
  { ventureId, importKey }: UndoInitiativeFile,
  now: Date,
): Promise<Result<{ removed: number }, "BUILT_UPON" | "NOT_APPLIED">> {
  if (!isPermitted(actor.role, "venture:configure")) throw new AppError("FORBIDDEN");
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  return db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "initiative" WHERE "ventureId" = ${ventureId}::uuid AND "importKey" = ${importKey} FOR UPDATE`;
    const rows = await tx.initiative.findMany({
      where: { ventureId, importKey },
      include: { _count: { select: { spends: true, notes: true, measurements: true } } },
    });
    if (rows.length === 0) return refuse("NOT_APPLIED");
    const touched = ({ version, _count }: (typeof rows)[number]) =>
      version > 1 || _count.spends + _count.notes + _count.measurements > 0;
    if (rows.some(touched)) return refuse("BUILT_UPON");
    const ids = rows.map(({ id }) => id);
    await tx.artefact.deleteMany({ where: { ventureId, kind: { in: ids.map(planKind) } } });
    await tx.initiative.deleteMany({ where: { id: { in: ids } } });
    await bumpDataset(tx, ventureId, "initiatives", now);
    await recordEvent(tx, {
      ...{ ventureId, type: "initiative.file-undone", actor: actor.ref, at: now },
      ...{ subject: `initiative-file:${importKey}`, payload: { titles: rows.map(({ title }) => title) } },
    });
    return ok({ removed: ids.length });
  });
}
