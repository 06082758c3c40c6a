import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import type { Actor } from "@/lib/auth/actor";
import { db, type Prisma, pool, type Tx } from "@/lib/db";
import { type FieldProblem, ok, type Result, refuse } from "@/lib/errors";
import { type LoadedImport, loadBytes, loadImport } from "../queries/loading";
import { compareStaging, dropStaging, insertStaged, stagingTable, supersedeChanged } from "../rules/staging";
import { type AppliedImport, type ImportRefusal, recordOf } from "../schema";
import { bumpDatasets, lockDatasets } from "./datasets";
import { settleDerived } from "./derived";
import { type Comparison, countsOf, type Promised, promiseSchema } from "./preview";
import { reportProgress } from "./progress";
import { stageFile, withImportLock } from "./stage";

/** Ends the transaction without a trace and becomes a refusal. */
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
const UNIQUE_VIOLATION = /23505|unique constraint/i;

export async function applyPreviewed(
  actor: Actor,
  importId: string,
  now: Date,
): Promise<Result<AppliedImport, ImportRefusal>> {
  const row = await loadImport(actor, importId);
  const promised = promiseSchema.safeParse(row.preview);
  if (row.status === "applied" || row.status === "undone") return refuse("ALREADY_APPLIED");
  if (row.status !== "previewed" || !promised.success) return refuse("NOT_PREVIEWED");
  const staged = promised.data.inserted + promised.data.changed + promised.data.same;
  if (!(await isStaged(importId, staged))) await stageAgain(actor, row);
  reportProgress(importId, "applying", 0, staged);
  try {
    await db.$transaction((tx) => applyStaged(tx, actor, row, promised.data, now), TRANSACTION);
  } catch (error) {
    reportProgress(importId, "failed", 0, staged);
    if (error instanceof Refused) return refuse(error.refusal, error.problems);
    // Another import or a correction wrote one of these keys between our look and our write.
    if (error instanceof Error && UNIQUE_VIOLATION.test(error.message)) return refuse("STALE_PREVIEW");
    throw error;
  }
  reportProgress(importId, "done", staged, staged);
  const { datasets } = promised.data;
  return ok({ importId, counts: countsOf(promised.data), datasets });
}

/** The staging table is unlogged: a crash of the server empties it. The file is still there, so it is read again. */
async function isStaged(importId: string, expected: number): Promise<boolean> {
  const exists = await pool().query<{ name: string | null }>(`SELECT to_regclass($1)::text AS name`, [
    stagingTable(importId),
  ]);
  if (!exists.rows[0]?.name) return false;
  const counted = await pool()
    .query<{ count: number }>(`SELECT count(*)::int AS count FROM ${stagingTable(importId)}`)
    .catch(() => null);
  return counted?.rows[0]?.count === expected;
}

async function stageAgain(actor: Actor, row: LoadedImport): Promise<void> {
  await withImportLock(row.id, async (client) => {
    const { status } = await loadImport(actor, row.id);
    if (status !== "previewed") return;
    const { id: importId, kind, format, mapping, detection, asOfDay } = row;
    const bytes = await loadBytes(row.fileSha256);
    await stageFile(client, { importId, kind, format, bytes, mapping, headers: detection.headers, asOfDay });
  });
}

/** Everything or nothing: the status first (so that of two clicks one waits and then sees it), the event last. */
async function applyStaged(tx: Tx, actor: Actor, row: LoadedImport, promised: Promised, now: Date): Promise<void> {
  const { id, ventureId, sourceId, kind, fileName, fileSha256 } = row;
  await tx.$queryRaw`SELECT 1 AS one FROM (SELECT pg_advisory_xact_lock(hashtextextended(${id}, 0))) locked`;
  const claimed = await tx.import.updateMany({
    where: { id, status: "previewed", preview: { equals: row.preview as Prisma.InputJsonValue } },
    data: { status: "applied", appliedAt: now },
  });
  if (claimed.count === 0) throw new Refused(await whyNot(tx, id));
  const { inserted, changed, same, rejected, datasets } = promised;
  if (datasets.length > 0) {
    await keepPromise(tx, row, promised, now);
    await writeFacts(tx, actor, row, promised, now);
    const against = await settleDerived(tx, kind, { ventureId, importId: id, by: actor.ref, now });
    if (against.length > 0)
      throw new Refused(
        "NOT_TAKEN",
        against.map((expected) => ({ path: "file", expected })),
      );
    await bumpDatasets(tx, ventureId, datasets, now);
  }
  await tx.$executeRawUnsafe(dropStaging(id));
  const payload = {
    importId: id,
    kind,
    fileName,
    sha256: fileSha256,
    sourceId,
    inserted,
    changed,
    same,
    rejected,
    datasets,
  };
  await recordEvent(tx, {
    ventureId: recordOf(ventureId),
    type: "import.applied",
    actor: actor.ref,
    subject: `import:${id}`,
    payload,
    at: now,
  });
}

async function writeFacts(tx: Tx, actor: Actor, row: LoadedImport, promised: Promised, now: Date): Promise<void> {
  const { id, kind } = row;
  const { inserted, changed, same } = promised;
  const of = [row.ventureId, row.sourceId, id, now] as const;
  if (changed > 0) {
    const superseded = await tx.$executeRawUnsafe(supersedeChanged(kind, id), ...of);
    if (superseded !== changed) throw new Refused("STALE_PREVIEW");
  }
  const nothingIsThere = changed === 0 && same === 0;
  const written = await tx.$executeRawUnsafe(insertStaged(kind, id, nothingIsThere), ...of, row.asOf, actor.ref);
  if (written !== inserted + changed) throw new Refused("STALE_PREVIEW");
}

async function whyNot(tx: Tx, id: string): Promise<ImportRefusal> {
  const current = await tx.import.findUnique({ where: { id }, select: { status: true } });
  return current?.status === "previewed" ? "STALE_PREVIEW" : "ALREADY_APPLIED";
}

/** The person agreed to a preview. If the facts have moved since, it must still say the same, or the apply is refused. */
async function keepPromise(tx: Tx, row: LoadedImport, promised: Promised, now: Date): Promise<void> {
  const versions = await lockDatasets(tx, row.ventureId, promised.datasets, now);
  if (promised.datasets.every((dataset) => versions[dataset] === promised.versions[dataset])) return;
  const [compared] = await tx.$queryRawUnsafe<Comparison[]>(
    compareStaging(row.kind, row.id),
    row.ventureId,
    row.sourceId,
  );
  const kept = (["inserted", "changed", "same", "baseline"] as const).every(
    (name) => compared?.[name] === promised[name],
  );
  if (!kept) throw new Refused("STALE_PREVIEW");
}
