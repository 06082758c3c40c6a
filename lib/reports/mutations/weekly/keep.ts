import "server-only";
import { createHash } from "node:crypto";
import { recordEvent } from "@/lib/audit/mutations";
import type { Actor } from "@/lib/auth/actor";
import type { Prisma, Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { saveFigures } from "@/lib/figures/mutations";
import type { FigureRef } from "@/lib/figures/queries";
import { neededBy } from "@/lib/figures/rules";
import type { Figure } from "@/lib/figures/schema";
import { blobStore, storageFolder } from "@/lib/integrations/storage/blob-store";
import { receiveFile } from "@/lib/integrations/storage/incoming";
import { dayDate } from "@/lib/metrics/rules/periods";
import { figuresOfWeekly, weeklyHash } from "../../rules/weekly/document";
import type { WeeklyFacts } from "../../rules/weekly/facts";
import type { Week } from "../../rules/weekly/weeks";
import type { WeeklyDocument, WeeklyFormat } from "../../schema/weekly";

type Transact = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;

type Quoting = {
  document: WeeklyDocument;
  figures: readonly Figure[];
  stored: readonly FigureRef[];
  ventureId: string | null;
};

/** Stores the figures that the document quotes, with all that they rest on; the references in its order. */
export async function keepQuoted(transact: Transact, { document, figures, stored, ventureId }: Quoting, now: Date) {
  const unique = [...new Map(figures.map((figure) => [figure.id, figure])).values()];
  const quoted = figuresOfWeekly(document);
  const asked = new Set(quoted);
  const needed = new Set(
    unique.filter(({ id }) => asked.has(id)).flatMap((one) => neededBy(one, unique).map(({ id }) => id)),
  );
  const saved = await transact((tx) =>
    saveFigures(
      tx,
      ventureId,
      unique.filter(({ id }) => needed.has(id)),
      now,
    ),
  );
  const refs = new Map([...stored, ...saved].map((ref) => [ref.id, { id: ref.id, revision: ref.revision }]));
  return quoted.flatMap((id) => refs.get(id) ?? []);
}

export type FrozenFile = { format: WeeklyFormat; hash: string; sizeBytes: number };

const MOST_BYTES = 100 * 1_048_576;

/** Puts the bytes where they are known by their hash; the same bytes twice are one. */
export async function freezeFile(format: WeeklyFormat, bytes: Buffer): Promise<FrozenFile> {
  const hash = createHash("sha256").update(bytes).digest("hex");
  const store = blobStore();
  if (!(await store.has(hash))) {
    const received = await receiveFile(storageFolder(), oneChunk(bytes), {
      maxBytes: MOST_BYTES,
      announced: bytes.byteLength,
    });
    if (!received.ok) throw new AppError("UNAVAILABLE", { cause: new Error(received.refusal) });
    await store.keep(received.value);
  }
  return { format, hash, sizeBytes: bytes.byteLength };
}

async function* oneChunk(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes;
}

export type Issued = {
  /** Chosen before the files were written, which name it. */
  revisionId: string;
  scope: string;
  ventureId: string | null;
  week: Week;
  revision: number;
  reason: string | null;
  document: WeeklyDocument;
  facts: WeeklyFacts;
  refs: readonly FigureRef[];
  files: readonly FrozenFile[];
};

export type Recorded = { reportId: string; revisionId: string; revision: number; hash: string; written: boolean };

const json = (value: unknown): Prisma.InputJsonObject => JSON.parse(JSON.stringify(value)) as Prisma.InputJsonObject;

async function reportRow(tx: Tx, { scope, ventureId, week }: Issued): Promise<{ id: string }> {
  // One writer of a scope's week at a time: whoever comes second finds what the first wrote.
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`weekly:${scope}:${week.id}`}, 7))::text`;
  const days = { startsOn: dayDate(week.startsOn), endsOn: dayDate(week.endsOn) };
  const moments = { startsAt: new Date(week.startsAt), endsAt: new Date(week.endsAt), timeZone: week.timeZone };
  const key = { scope, week: week.id };
  const written = { where: { revision: { gt: 0 } }, select: { id: true }, take: 1 };
  const known = await tx.weeklyReport.findUnique({
    where: { scope_week: key },
    select: { id: true, revisions: written },
  });
  if (!known) return tx.weeklyReport.create({ data: { ...key, ventureId, ...days, ...moments }, select: { id: true } });
  // A preview fixes nothing: the zone may have been moved since.
  if (known.revisions.length === 0) await tx.weeklyReport.update({ where: { id: known.id }, data: moments });
  return known;
}

/** Writes a revision, its files and the event as one; a revision that is there already is found and left as it is. */
export async function recordWeekly(tx: Tx, actor: Actor, issued: Issued, now: Date): Promise<Recorded> {
  const { revision, reason, document, facts, refs, files, ventureId, scope, week, revisionId } = issued;
  const report = await reportRow(tx, issued);
  const known = await tx.weeklyRevision.findUnique({ where: { reportId_revision: { reportId: report.id, revision } } });
  if (known && revision > 0)
    return { reportId: report.id, revisionId: known.id, revision, hash: known.hash, written: false };
  await tx.weeklyRevision.deleteMany({ where: { reportId: report.id, revision: 0 } });
  const hash = weeklyHash(document, refs);
  await tx.weeklyRevision.create({
    data: {
      ...{ id: revisionId, reportId: report.id, revision, reason, writtenBy: actor.ref, writtenAt: now, hash },
      ...{ status: document.front.light.light, headline: document.front.headline },
      ...{ facts: json(facts), document: json(document), figures: json(refs) },
    },
  });
  await tx.weeklyFile.createMany({ data: files.map((file) => ({ revisionId, ...file })) });
  await recordEvent(tx, {
    ...{
      ventureId,
      type: revision === 0 ? "weekly.previewed" : revision === 1 ? "weekly.written" : "weekly.corrected",
    },
    ...{ actor: actor.ref, subject: `weekly:${report.id}`, at: now },
    payload: json({
      scope,
      week: week.id,
      revision,
      reason,
      hash,
      files: files.map(({ format, hash: of }) => ({ format, hash: of })),
    }),
  });
  return { reportId: report.id, revisionId, revision, hash, written: true };
}
