import "server-only";
import { db, type Tx } from "@/lib/db";
import { type FigureView, unitSchema } from "@/lib/figures/schema";
import { dayText } from "@/lib/metrics/rules/periods";
import type { Evidence } from "../schema/assessment";

/** A piece of evidence that can be opened: the document where it lies, or the figure as it was stored last. */
export type CitedEvidence = {
  label: string;
  date: string;
  document: { id: string; dealType: string } | null;
  figure: FigureView | null;
};

const of = (kind: Evidence["kind"], evidence: readonly Evidence[]): string[] =>
  evidence.flatMap((piece) => (piece.kind === kind ? [piece.ref] : []));

type Proposed = { criterion: string; documents: readonly string[]; figures: readonly string[] };

/** The evidence of a score that an agent proposes, dated by what it is, and the score that stands; null where it is not all there. */
export async function readProposedScore(ventureId: string, { criterion, documents, figures }: Proposed) {
  const papers = await db.roomDocument.findMany({
    where: { id: { in: [...documents] }, removedAt: null, room: { ventureId } },
    select: { id: true, title: true, versions: { orderBy: { number: "desc" }, take: 1, select: { uploadedAt: true } } },
  });
  const numbers = await db.figure.findMany({
    where: { id: { in: [...figures] }, ventureId },
    orderBy: [{ id: "asc" }, { revision: "desc" }],
    distinct: ["id"],
    select: { id: true, label: true, asOf: true },
  });
  const evidence: Evidence[] = [
    ...papers.flatMap(({ id, title, versions: [newest] }) =>
      newest ? [{ kind: "document" as const, ref: id, label: title, date: dayText(newest.uploadedAt) }] : [],
    ),
    ...numbers.map(({ id, label, asOf }) => ({ kind: "figure" as const, ref: id, label, date: dayText(asOf) })),
  ];
  if (evidence.length === 0 || evidence.length < new Set([...documents, ...figures]).size) return null;
  const row = await db.readinessScore.findFirst({ where: { ventureId, criterion, supersededAt: null } });
  const { currency } = await db.venture.findUniqueOrThrow({ where: { id: ventureId }, select: { currency: true } });
  return { evidence, currency, standing: row && { id: row.id.toString(), score: row.score } };
}

/** What each piece of evidence of a venture points at; a document that was taken out is only named. */
export async function citations(
  tx: Tx,
  ventureId: string,
  evidence: readonly Evidence[],
): Promise<(piece: Evidence) => CitedEvidence> {
  const [named, shown] = [of("document", evidence), of("figure", evidence)];
  const documents = named.length
    ? await tx.roomDocument.findMany({
        where: { id: { in: named }, removedAt: null, room: { ventureId } },
        select: { id: true, room: { select: { dealType: true } } },
      })
    : [];
  const figures = shown.length
    ? await tx.figure.findMany({
        where: { id: { in: shown }, ventureId },
        orderBy: [{ id: "asc" }, { revision: "desc" }],
        distinct: ["id"],
      })
    : [];
  return ({ kind, ref, label, date }) => {
    const document = kind === "document" ? documents.find(({ id }) => id === ref) : undefined;
    const row = kind === "figure" ? figures.find(({ id }) => id === ref) : undefined;
    return {
      ...{ label, date },
      document: document ? { id: document.id, dealType: document.room.dealType } : null,
      figure: row
        ? {
            ...{ id: row.id, revision: row.revision, value: row.value, unit: unitSchema.parse(row.unit) },
            ...{ label: row.label, asOf: dayText(row.asOf), reason: row.reason, stale: null },
          }
        : null,
    };
  };
}
