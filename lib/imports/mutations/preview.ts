import "server-only";
import type { PoolClient } from "pg";
import { z } from "zod";
import { recordEvent } from "@/lib/audit/mutations";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { ok, type Result, refuse } from "@/lib/errors";
import { UnreadableTable } from "@/lib/integrations/table";
import { type LoadedImport, loadBytes, loadImport } from "../queries/loading";
import { headerSignature, mappingProblems } from "../rules/mapping";
import { compareStaging, touchedDatasets } from "../rules/staging";
import { type ImportPreview, type ImportRefusal, type Mapping, type PreviewCounts, recordOf } from "../schema";
import { reportProgress } from "./progress";
import { type Staged, stageFile, withImportLock } from "./stage";

export type Comparison = { inserted: number; changed: number; same: number; baseline: string };

/** What the preview promised, kept with the import; the apply checks it again. */
export const promiseSchema = z.object({
  inserted: z.int(),
  changed: z.int(),
  same: z.int(),
  rejected: z.int(),
  repeated: z.int(),
  total: z.int(),
  baseline: z.string(),
  datasets: z.array(z.string()),
  versions: z.record(z.string(), z.int()),
  treated: z.record(z.string(), z.int()).default({}),
  alreadyImported: z.object({ importId: z.string(), appliedAt: z.string() }).nullable(),
});
export type Promised = z.infer<typeof promiseSchema>;

/** Reads the whole file with this mapping and compares it with the facts; nothing of the facts changes. */
export async function previewImport(
  actor: Actor,
  importId: string,
  mapping: Mapping,
  now: Date,
  known?: Uint8Array,
): Promise<Result<ImportPreview, ImportRefusal>> {
  const row = await loadImport(actor, importId);
  const problems = mappingProblems(row.kind, mapping, row.detection.questions);
  if (problems.length > 0) return refuse("MAPPING_INCOMPLETE", problems);
  return withImportLock(importId, async (client) => {
    const { status } = await loadImport(actor, importId);
    if (status !== "uploaded" && status !== "previewed") return refuse("ALREADY_APPLIED");
    try {
      const bytes = known ?? (await loadBytes(row.fileSha256));
      const { kind, format, detection, asOfDay } = row;
      const staged = await stageFile(client, {
        importId,
        kind,
        format,
        bytes,
        mapping,
        headers: detection.headers,
        asOfDay,
      });
      const promised = await compare(client, row, staged);
      const kept = await keepPreview(actor, row, mapping, promised, now);
      reportProgress(importId, "done", promised.total, promised.total);
      return kept ? ok(previewOf(importId, promised)) : refuse("ALREADY_APPLIED");
    } catch (error) {
      reportProgress(importId, "failed", 0, 0);
      if (error instanceof UnreadableTable) return refuse(error.problem);
      throw error;
    }
  });
}

export const countsOf = ({ total, inserted, changed, same, repeated, rejected }: Promised): PreviewCounts => ({
  total,
  inserted,
  changed,
  same: same + repeated,
  rejected,
});

const previewOf = (importId: string, promised: Promised): ImportPreview => ({
  importId,
  counts: countsOf(promised),
  datasets: promised.datasets,
  treated: promised.treated,
  alreadyImported: promised.alreadyImported,
});

async function compare(client: PoolClient, row: LoadedImport, staged: Staged): Promise<Promised> {
  const { id, kind, ventureId, sourceId } = row;
  // Before the comparison: a change that comes in between is then seen by the apply.
  const versions = await client.query<{ dataset: string; version: number }>(
    `SELECT "dataset", "version" FROM "dataset_version" WHERE "ventureId" = $1`,
    [ventureId],
  );
  const compared = await client.query<Comparison>(compareStaging(kind, id), [ventureId, sourceId]);
  const counts = compared.rows[0] ?? { inserted: 0, changed: 0, same: 0, baseline: "0" };
  const touched =
    counts.inserted + counts.changed > 0
      ? (await client.query<{ dataset: string }>(touchedDatasets(kind, id), [ventureId, sourceId])).rows
      : [];
  const datasets = touched.map(({ dataset }) => dataset);
  const before = await client.query<{ id: string; appliedAt: Date }>(
    `SELECT "id", "appliedAt" FROM "import" WHERE "ventureId" = $1 AND "sourceId" = $2 AND "fileSha256" = $3
     AND "kind" = $4::"ImportKind" AND "status" = 'applied' ORDER BY "appliedAt" DESC LIMIT 1`,
    [ventureId, sourceId, row.fileSha256, kind],
  );
  const [last] = before.rows;
  const { rejected, repeated, treated } = staged;
  return {
    ...counts,
    rejected,
    repeated,
    treated,
    total: counts.inserted + counts.changed + counts.same + repeated + rejected,
    datasets,
    versions: Object.fromEntries(
      datasets.map((dataset) => [dataset, versions.rows.find((found) => found.dataset === dataset)?.version ?? 0]),
    ),
    alreadyImported: last ? { importId: last.id, appliedAt: last.appliedAt.toISOString() } : null,
  };
}

async function keepPreview(
  actor: Actor,
  { id, ventureId, kind, detection, fileName }: LoadedImport,
  mapping: Mapping,
  promised: Promised,
  now: Date,
): Promise<boolean> {
  const { total, inserted, changed, rejected } = promised;
  const same = promised.same + promised.repeated;
  return db.$transaction(async (tx) => {
    const counts = {
      rowsTotal: total,
      rowsInserted: inserted,
      rowsChanged: changed,
      rowsSame: same,
      rowsRejected: rejected,
    };
    const { count } = await tx.import.updateMany({
      where: { id, status: { in: ["uploaded", "previewed"] } },
      data: { status: "previewed", mapping, preview: promised, ...counts },
    });
    if (count === 0) return false;
    const signature = headerSignature(kind, detection.headers);
    await tx.importMapping.upsert({
      where: { ventureId_kind_signature: { ventureId, kind, signature } },
      create: { ventureId, kind, signature, mapping, usedAt: now },
      update: { mapping, usedAt: now },
    });
    const payload = { importId: id, kind, fileName, total, inserted, changed, same, rejected };
    await recordEvent(tx, {
      ventureId: recordOf(ventureId),
      type: "import.previewed",
      actor: actor.ref,
      subject: `import:${id}`,
      payload,
      at: now,
    });
    return true;
  });
}
