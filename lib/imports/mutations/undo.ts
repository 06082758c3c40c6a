import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import type { Actor } from "@/lib/auth/actor";
import { db, type Tx } from "@/lib/db";
import { type FieldProblem, ok, type Result, refuse } from "@/lib/errors";
import { type LoadedImport, loadImport } from "../queries/loading";
import { datasetsOfImport, listBuiltUpon, restoreSuperseded, withdrawInserted } from "../rules/staging";
import { type ImportRefusal, recordOf, type UndoneImport } from "../schema";
import { bumpDatasets, lockDatasets } from "./datasets";
import { settleDerived } from "./derived";

class Refused extends Error {
  readonly refusal: ImportRefusal;
  readonly problems: readonly FieldProblem[];

  constructor(refusal: ImportRefusal, problems: readonly FieldProblem[] = []) {
    super(refusal);
    this.refusal = refusal;
    this.problems = problems;
  }
}

const TRANSACTION = { timeout: 10 * 60_000, maxWait: 60_000 };

/**
 * Takes a whole import back: its rows become history, the rows that it replaced are current again. Refused, by name,
 * when a later import or a correction has replaced one of its rows: take that back first.
 */
export async function undoImport(
  actor: Actor,
  importId: string,
  reason: string,
  now: Date,
): Promise<Result<UndoneImport, ImportRefusal>> {
  const row = await loadImport(actor, importId);
  if (reason.trim() === "") return refuse("REASON_REQUIRED");
  try {
    return ok(await db.$transaction((tx) => withdraw(tx, actor, row, reason.trim(), now), TRANSACTION));
  } catch (error) {
    if (error instanceof Refused) return refuse(error.refusal, error.problems);
    throw error;
  }
}

async function withdraw(tx: Tx, actor: Actor, row: LoadedImport, reason: string, now: Date): Promise<UndoneImport> {
  const { id, kind, ventureId, fileName } = row;
  const claimed = await tx.import.updateMany({
    where: { id, status: "applied" },
    data: { status: "undone", undoneAt: now, undoReason: reason },
  });
  if (claimed.count === 0) throw new Refused("NOT_APPLIED");
  const touched = await tx.$queryRawUnsafe<{ dataset: string }[]>(datasetsOfImport(kind), id);
  const datasets = touched.map(({ dataset }) => dataset);
  await lockDatasets(tx, ventureId, datasets, now);
  const later = await tx.$queryRawUnsafe<{ importId: string | null; rows: number }[]>(listBuiltUpon(kind), id);
  if (later.length > 0) throw new Refused("BUILT_UPON", await nameThem(tx, later));
  const withdrawn = await tx.$executeRawUnsafe(withdrawInserted(kind), id, now);
  const restored = await tx.$executeRawUnsafe(restoreSuperseded(kind), id);
  const worked = await settleDerived(tx, kind, { ventureId, importId: id, by: actor.ref, now });
  if (worked.length > 0) throw new Refused("BUILT_UPON", worked.map(untouched));
  await bumpDatasets(tx, ventureId, datasets, now);
  const payload = { importId: id, kind, fileName, reason, withdrawn, restored, datasets };
  await recordEvent(tx, {
    ventureId: recordOf(ventureId),
    type: "import.undone",
    actor: actor.ref,
    subject: `import:${id}`,
    payload,
    at: now,
  });
  return { importId: id, withdrawn, restored, datasets };
}

const untouched = (name: string): FieldProblem => ({
  path: name,
  expected: `${name} to stand on another list, or nobody to have worked on it since`,
});

async function nameThem(tx: Tx, later: readonly { importId: string | null; rows: number }[]): Promise<FieldProblem[]> {
  const ids = later.flatMap(({ importId }) => importId ?? []);
  const imports = await tx.import.findMany({ where: { id: { in: ids } }, select: { id: true, fileName: true } });
  const names = new Map(imports.map((found) => [found.id, found.fileName]));
  return later.map(({ importId, rows }) => {
    const values = rows === 1 ? "1 of its values" : `${rows} of its values`;
    return importId
      ? {
          path: importId,
          expected: `the later import "${names.get(importId) ?? importId}" to be undone first; it replaced ${values}`,
        }
      : { path: "correction", expected: `the corrections by hand to be taken back first; they replaced ${values}` };
  });
}
