import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { clock } from "@/lib/clock";
import { db, type Prisma, type Tx } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { getVenture } from "@/lib/ventures/queries";
import { bumpDataset, lockDataset } from "./mutations/dataset";
import { bundle, csvRows, MAX_PACKAGE_BYTES, openUpload, type UploadedFile } from "./mutations/upload";
import { getCapTable } from "./queries";
import { type OcfFile, type OcfPackage, readPackage } from "./rules/package";
import { capTable } from "./rules/positions";
import { simplePackage } from "./rules/simple-table";
import type { ClassTermsInput, OcfPreview, OcfProblem, OcfRefusal } from "./schema";

const TRANSACTION = { timeout: 60_000, maxWait: 30_000 };
const MAX_STORED_REJECTS = 1_000;

/** Ends the transaction without a trace and becomes a refusal. */
class Refused extends Error {
  readonly refusal: OcfRefusal;

  constructor(refusal: OcfRefusal) {
    super(refusal);
    this.refusal = refusal;
  }
}

async function refusable<T>(work: Promise<T>): Promise<Result<T, OcfRefusal>> {
  try {
    return ok(await work);
  } catch (error) {
    if (error instanceof Refused) return refuse(error.refusal);
    throw error;
  }
}

type Upload = { ventureId: string; sourceName: string; files: readonly UploadedFile[] };
type Opened = { content: OcfPackage; bytes: Uint8Array<ArrayBuffer>; sha256: string; fileName: string };

async function open(actor: Actor, { ventureId, files }: Upload): Promise<Result<Opened, OcfRefusal>> {
  if (files.reduce((size, { bytes }) => size + bytes.length, 0) > MAX_PACKAGE_BYTES) return refuse("FILE_TOO_LARGE");
  try {
    const opened = openUpload(files);
    const content = await contentOf(actor, ventureId, opened, clock.now());
    if (!content) return refuse("NO_MANIFEST");
    const fileName = files.length === 1 ? (files[0]?.name ?? "package") : `${files.length} files`;
    return ok({ content, ...bundle(opened), fileName });
  } catch {
    return refuse("UNREADABLE_FILE");
  }
}

/** One CSV file is a list of holdings, read as the package that it stands for; rows without a day are of `now`. */
async function contentOf(actor: Actor, ventureId: string, files: readonly OcfFile[], now: Date) {
  const [file] = files;
  if (!file || files.length > 1 || !/\.(csv|tsv|txt)$/i.test(file.name)) return readPackage(files);
  const { name: issuerName, currency } = await getVenture(actor, ventureId);
  const today = now.toISOString().slice(0, 10);
  return simplePackage(csvRows(file.text), { fileName: file.name, issuerName, currency, today });
}

const current = (client: Tx | typeof db, ventureId: string) =>
  client.capTablePackage.findFirst({ where: { ventureId, supersededAt: null }, orderBy: { createdAt: "desc" } });

async function findRepeat(client: Tx | typeof db, ventureId: string, sha256: string) {
  const standing = await current(client, ventureId);
  if (!standing) return null;
  const same = await client.import.findFirst({
    where: { id: standing.importId, fileSha256: sha256, status: "applied" },
  });
  return same ? { importId: same.id, appliedAt: (same.appliedAt ?? same.createdAt).toISOString() } : null;
}

/** Keeps the files as they came and says what they hold and what is wrong in them. Changes no position. */
export async function previewOcf(actor: Actor, upload: Upload): Promise<Result<OcfPreview, OcfRefusal>> {
  const { ventureId } = upload;
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  const opened = await open(actor, upload);
  if (!opened.ok) return opened;
  const { content } = opened.value;
  const table = capTable(content.objects, null);
  const problems = [...content.problems, ...table.problems];
  const counts: Counts = {
    issuerName: content.issuerName,
    asOf: content.asOf,
    objects: content.objects.length,
    transactions: table.transactions,
    holders: table.holders.size,
    classes: table.classes.length,
  };
  const keep = { ...opened.value, counts, problems, sourceName: upload.sourceName.trim() };
  const importId = await db.$transaction((tx) => keepPreview(tx, actor, ventureId, keep, clock.now()), TRANSACTION);
  const alreadyImported = await findRepeat(db, ventureId, opened.value.sha256);
  return ok({ importId, ...counts, problems, alreadyImported });
}

type Counts = Omit<OcfPreview, "importId" | "problems" | "alreadyImported">;
type Kept = Opened & { counts: Counts; problems: readonly OcfProblem[]; sourceName: string };

async function keepPreview(tx: Tx, actor: Actor, ventureId: string, kept: Kept, now: Date): Promise<string> {
  const { bytes, sha256, fileName, counts, problems, sourceName: name } = kept;
  const file = { sha256, size: bytes.length, mediaType: "application/vnd.ocf+json", bytes, storedAt: now };
  await tx.storedFile.createMany({ data: [file], skipDuplicates: true });
  await tx.dataSource.createMany({ data: [{ ventureId, name, kind: "import" }], skipDuplicates: true });
  const source = await tx.dataSource.findUniqueOrThrow({ where: { ventureId_name: { ventureId, name } } });
  const created = await tx.import.create({
    data: {
      ventureId,
      kind: "cap_table",
      status: "previewed",
      fileSha256: sha256,
      fileName,
      format: "ocf",
      sourceId: source.id,
      mapping: {},
      preview: { ...counts, problems: problems.length } satisfies Prisma.InputJsonValue,
      rowsTotal: counts.objects,
      rowsRejected: new Set(problems.map(({ path }) => path.split("]")[0])).size,
      asOf: new Date(counts.asOf),
      createdBy: actor.ref,
      createdAt: now,
      rejects: { create: rejectRows(problems) },
    },
  });
  const payload = { importId: created.id, kind: "cap_table", fileName, sha256, source: name, size: bytes.length };
  const subject = `import:${created.id}`;
  await recordEvent(tx, { ventureId, type: "import.received", actor: actor.ref, subject, payload, at: now });
  return created.id;
}

const rejectRows = (problems: readonly OcfProblem[]) =>
  problems.slice(0, MAX_STORED_REJECTS).map(({ path, code, message }, index) => ({
    rowNumber: index + 1,
    column: path,
    code,
    message,
    raw: {},
  }));

export type AppliedOcf = { importId: string; packageId: string; version: number };

/**
 * Makes the previewed package the venture's cap table; the one before it becomes history. The same files a second
 * time are refused as ALREADY_IMPORTED and change nothing.
 */
export async function applyOcf(actor: Actor, importId: string): Promise<Result<AppliedOcf, OcfRefusal>> {
  const row = await findImport(actor, importId);
  const stored = await db.storedFile.findUniqueOrThrow({ where: { sha256: row.fileSha256 } });
  const { files } = JSON.parse(new TextDecoder().decode(stored.bytes)) as { files: { name: string; text: string }[] };
  const content = await contentOf(actor, row.ventureId, files, row.createdAt);
  if (!content) return refuse("NO_MANIFEST");
  const now = clock.now();
  return refusable(db.$transaction((tx) => applyPackage(tx, actor, row, content, now), TRANSACTION));
}

type ImportRow = Awaited<ReturnType<typeof findImport>>;

async function findImport(actor: Actor, importId: string) {
  const row = await db.import.findUnique({ where: { id: importId } });
  if (row?.kind !== "cap_table" || !maySeeVenture(actor, row.ventureId)) throw new AppError("NOT_FOUND");
  return row;
}

async function applyPackage(tx: Tx, actor: Actor, row: ImportRow, content: OcfPackage, now: Date): Promise<AppliedOcf> {
  const { id: importId, ventureId, fileSha256: sha256, fileName } = row;
  await lockDataset(tx, ventureId, now);
  if (row.status === "applied" || row.status === "undone") throw new Refused("ALREADY_APPLIED");
  if (await findRepeat(tx, ventureId, sha256)) throw new Refused("ALREADY_IMPORTED");
  const claimed = await tx.import.updateMany({
    where: { id: importId, status: "previewed" },
    data: { status: "applied", appliedAt: now, rowsInserted: content.objects.length },
  });
  if (claimed.count === 0) throw new Refused("ALREADY_APPLIED");
  const before = await current(tx, ventureId);
  if (before) await tx.capTablePackage.update({ where: { id: before.id }, data: { supersededAt: now } });
  const created = await tx.capTablePackage.create({
    data: { ventureId, importId, issuerName: content.issuerName, asOf: new Date(content.asOf), createdAt: now },
  });
  await tx.capTableObject.createMany({
    data: content.objects.map(({ date, payload, ...object }) => ({
      ...object,
      packageId: created.id,
      date: date ? new Date(date) : null,
      payload: payload as Prisma.InputJsonObject,
    })),
  });
  const version = await bumpDataset(tx, ventureId, now);
  const objects = content.objects.length;
  await recordEvent(tx, {
    ventureId,
    type: "cap-table.imported",
    actor: actor.ref,
    subject: `import:${importId}`,
    payload: { importId, packageId: created.id, replaces: before?.id ?? null, fileName, sha256, objects, version },
    at: now,
  });
  return { importId, packageId: created.id, version };
}

/** Holds the data set's row until the transaction ends: imports of one venture's cap table come one after the other. */
/** Takes a whole package back: the one that it replaced is the cap table again. Refused when a later one stands on it. */
export async function undoOcf(
  actor: Actor,
  importId: string,
  reason: string,
): Promise<Result<{ importId: string; restored: string | null }, OcfRefusal>> {
  const row = await findImport(actor, importId);
  if (reason.trim() === "") return refuse("REASON_REQUIRED");
  const now = clock.now();
  return refusable(db.$transaction((tx) => undoPackage(tx, actor, row, reason.trim(), now), TRANSACTION));
}

async function undoPackage(tx: Tx, actor: Actor, row: ImportRow, reason: string, now: Date) {
  const { id: importId, ventureId } = row;
  await lockDataset(tx, ventureId, now);
  const own = await tx.capTablePackage.findUnique({ where: { importId } });
  if (!own) throw new Refused("NOT_APPLIED");
  const claimed = await tx.import.updateMany({
    where: { id: importId, status: "applied" },
    data: { status: "undone", undoneAt: now, undoReason: reason },
  });
  if (claimed.count === 0) throw new Refused("NOT_APPLIED");
  if (own.supersededAt) throw new Refused("BUILT_UPON");
  await tx.capTablePackage.update({ where: { id: own.id }, data: { supersededAt: now } });
  const applied = await tx.import.findMany({ where: { ventureId, kind: "cap_table", status: "applied" } });
  const before = await tx.capTablePackage.findFirst({
    where: { ventureId, importId: { in: applied.map(({ id }) => id) }, NOT: { id: own.id } },
    orderBy: { createdAt: "desc" },
  });
  if (before) await tx.capTablePackage.update({ where: { id: before.id }, data: { supersededAt: null } });
  const version = await bumpDataset(tx, ventureId, now);
  const restored = before?.id ?? null;
  await recordEvent(tx, {
    ventureId,
    type: "cap-table.import-undone",
    actor: actor.ref,
    subject: `import:${importId}`,
    payload: { importId, packageId: own.id, restored, reason, version },
    at: now,
  });
  return { importId, restored };
}

/** What a person read in the charter about a class, with where it is written. The answer before it stays in the log. */
export async function answerClassTerms(
  actor: Actor,
  input: ClassTermsInput,
): Promise<Result<{ version: number }, OcfRefusal>> {
  const { ventureId, classId, ...answer } = input;
  const { table } = await getCapTable(actor, ventureId);
  if (!table?.classes.some(({ definition }) => definition.id === classId && definition.class_type === "PREFERRED"))
    return refuse("UNKNOWN_CLASS", [{ path: "classId", expected: "a preferred class of the imported cap table" }]);
  const now = clock.now();
  const version = await db.$transaction(async (tx) => {
    await lockDataset(tx, ventureId, now);
    const key = { ventureId_classId: { ventureId, classId } };
    const before = await tx.shareClassTerms.findUnique({ where: key });
    const row = { ...answer, answeredBy: actor.ref, answeredAt: now };
    await tx.shareClassTerms.upsert({ where: key, create: { ventureId, classId, ...row }, update: row });
    const bumped = await bumpDataset(tx, ventureId, now);
    const old = before && {
      participation: before.participation,
      capMultiple: before.capMultiple?.toString() ?? null,
      liquidationMultiple: before.liquidationMultiple?.toString() ?? null,
      conversionRatio: before.conversionRatio?.toString() ?? null,
      evidence: before.evidence,
    };
    await recordEvent(tx, {
      ventureId,
      type: "cap-table.terms-answered",
      actor: actor.ref,
      subject: `venture:${ventureId}`,
      payload: { classId, before: old, after: answer, version: bumped },
      at: now,
    });
    return bumped;
  }, TRANSACTION);
  return ok({ version });
}
