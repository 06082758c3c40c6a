import "server-only";
import { createHash } from "node:crypto";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { getDocument } from "@/lib/reports/queries/artefacts";
import { namedApart, statementFileName } from "../../rules/records/file-names";

export type StatementFile = { name: string; bytes: Uint8Array; hash: string };

/** The file of a frozen statement: drawn the first time that it is needed, and the same bytes from then on. */
export async function ensurePdf(actor: Actor, statementId: string): Promise<StatementFile> {
  const row = await db.holderStatement.findUnique({ where: { id: statementId } });
  if (!row || !maySeeVenture(actor, row.ventureId)) throw new AppError("NOT_FOUND");
  const { slug } = await db.venture.findUniqueOrThrow({ where: { id: row.ventureId }, select: { slug: true } });
  const name = statementFileName(slug, row.name, row.currency, row.version);
  if (row.pdf && row.pdfHash) return { name, bytes: row.pdf, hash: row.pdfHash };
  const document = await getDocument(actor, row.artefactId);
  const { statementPdf } = await import("@/lib/integrations/statement-pdf");
  const bytes = await statementPdf(document, { revision: row.version, digest: row.digest });
  const hash = createHash("sha256").update(bytes).digest("hex");
  // Of two that draw it at once the first one's bytes stand.
  const { count } = await db.holderStatement.updateMany({
    where: { id: statementId, pdfHash: null },
    data: { pdf: new Uint8Array(bytes), pdfHash: hash },
  });
  if (count === 1) return { name, bytes, hash };
  const first = await db.holderStatement.findUniqueOrThrow({ where: { id: statementId } });
  if (!first.pdf || !first.pdfHash) throw new AppError("INTERNAL");
  return { name, bytes: first.pdf, hash: first.pdfHash };
}

/** A member of the holding takes a statement along; who did is kept. */
export async function takeStatementFile(actor: Actor, statementId: string, now: Date): Promise<StatementFile> {
  const file = await ensurePdf(actor, statementId);
  const { ventureId, version, holderId } = await db.holderStatement.findUniqueOrThrow({
    where: { id: statementId },
    omit: { pdf: true },
  });
  await db.$transaction((tx) =>
    recordEvent(tx, {
      ...{ ventureId, type: "holder-statement.taken", actor: actor.ref, at: now },
      ...{ subject: `holder-statement:${statementId}`, payload: { holderId, version, hash: file.hash } },
    }),
  );
  return file;
}

/** The newest statement of every holder, as files; the same statements are the same files. */
export async function takeAllStatements(
  actor: Actor,
  { ventureId, currency }: { ventureId: string; currency: string },
  now: Date,
): Promise<{ slug: string; files: StatementFile[] }> {
  const venture = await db.venture.findUnique({ where: { id: ventureId }, select: { slug: true } });
  if (!venture || !maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  const rows = await db.holderStatement.findMany({
    where: { ventureId, currency },
    orderBy: { version: "desc" },
    distinct: ["holderId"],
    select: { id: true, name: true, holderId: true },
  });
  const keyOf = ({ name, holderId }: (typeof rows)[number]) => JSON.stringify([name, holderId]);
  const inOrder = rows.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const files: StatementFile[] = [];
  for (const { id } of inOrder) files.push(await ensurePdf(actor, id));
  await db.$transaction((tx) =>
    recordEvent(tx, {
      ...{ ventureId, type: "holder-statement.all-taken", actor: actor.ref, subject: `venture:${ventureId}`, at: now },
      payload: { currency, statements: files.map(({ hash }) => hash) },
    }),
  );
  return { slug: venture.slug, files: namedApart(files) };
}
