import "server-only";
import { z } from "zod";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { namesByRef } from "@/lib/auth/people";
import { db } from "@/lib/db";
import { loadOffers } from "@/lib/deals/queries/offers";
import { findProcess, ventureInSight } from "@/lib/deals/queries/process";
import { AppError } from "@/lib/errors";
import { listFigureViews } from "@/lib/figures/queries";
import type { FigureView } from "@/lib/figures/schema";
import { atOneMoment, todayOf } from "@/lib/metrics/queries/performance";
import { dayText } from "@/lib/metrics/rules/periods";
import type { DocumentModel, Missing } from "../rules/model";
import { type Redline, redlineOf } from "../rules/redline";
import { DOCUMENT_KINDS, type DocumentKind, type DocumentState, kindOfDocument } from "../schema";
import { statedOf } from "./facts";

export type DocumentLine = {
  id: string;
  dealId: string;
  bidder: string;
  kind: DocumentKind;
  title: string;
  version: number;
  state: DocumentState;
  sentOn: string | null;
  missing: number;
  at: string;
  byName: string;
};
export type WritableDeal = {
  id: string;
  bidder: string;
  offers: { offerId: string; version: number; label: string; holders: { id: string; name: string }[] }[];
};
export type DocumentsPage = {
  venture: { id: string; slug: string; name: string };
  today: string;
  documents: DocumentLine[];
  deals: WritableDeal[];
  tranches: { id: string; label: string }[];
};

type Sent = { clearedVersion: number | null; sentVersion: number | null };

/** A version that a newer one stands above is superseded, whatever it was; one that went stays sent. */
export function stateOf({ clearedVersion, sentVersion }: Sent, version: number, newest: number): DocumentState {
  if (sentVersion === version) return "sent";
  if (version < newest) return "superseded";
  return clearedVersion === version ? "approved to send" : "draft";
}

const holes = (missing: unknown): Missing[] => (Array.isArray(missing) ? (missing as Missing[]) : []);
const byOrder = (a: DocumentLine, b: DocumentLine): number =>
  DOCUMENT_KINDS.indexOf(a.kind) - DOCUMENT_KINDS.indexOf(b.kind) || (a.title < b.title ? -1 : 1);

export async function listDocuments(ventureId: string): Promise<DocumentLine[]> {
  const rows = await db.dealDocument.findMany({
    where: { ventureId },
    include: { versions: { orderBy: { version: "desc" }, take: 1 } },
  });
  const deals = await db.deal.findMany({ where: { ventureId }, select: { id: true, bidder: true } });
  const bidders = new Map(deals.map(({ id, bidder }) => [id, bidder]));
  const names = await namesByRef(
    db,
    rows.flatMap(({ versions }) => versions.map(({ by }) => by)),
  );
  return rows
    .flatMap((row): DocumentLine[] => {
      const [last] = row.versions;
      if (!last) return [];
      const { id, dealId, title, sentOn } = row;
      return [
        {
          ...{ id, dealId, title, version: last.version, kind: kindOfDocument(row.kind) },
          ...{ bidder: bidders.get(dealId) ?? "", state: stateOf(row, last.version, last.version) },
          ...{ sentOn: sentOn && dayText(sentOn), missing: holes(last.missing).length },
          ...{ at: last.at.toISOString(), byName: names.get(last.by) ?? "The system" },
        },
      ];
    })
    .toSorted(byOrder);
}

/** Every document of the venture's sale, and what can be written. */
export async function getDocumentsPage(actor: Actor, ventureId: string, now: Date): Promise<DocumentsPage> {
  const sale = await atOneMoment(async (tx) => {
    const venture = await ventureInSight(tx, actor, ventureId);
    const process = await findProcess(tx, ventureId);
    const { deals, offers } = process ? await loadOffers(tx, venture, process) : { deals: [], offers: [] };
    const tranches = await tx.deferredTranche.findMany({
      ...{ where: { ventureId }, orderBy: { label: "asc" }, select: { id: true, label: true } },
    });
    return { venture, deals, offers, tranches };
  });
  const { id, slug, name } = sale.venture;
  return {
    venture: { id, slug, name },
    ...{ today: todayOf(sale.venture, now), documents: await listDocuments(ventureId), tranches: sale.tranches },
    deals: sale.deals.map((deal) => ({
      ...{ id: deal.id, bidder: deal.bidder },
      offers: sale.offers
        .filter(({ dealId }) => dealId === deal.id)
        .map(({ offerId, version, title, kind, proceeds }) => ({
          ...{ offerId, version, label: `${kind === "counter" ? "Ours: " : ""}${title}, version ${version}` },
          holders: proceeds.known ? proceeds.holders.map((holder) => ({ id: holder.id, name: holder.name })) : [],
        })),
    })),
  };
}

async function findStored(actor: Actor, documentId: string) {
  const row = await db.dealDocument.findUnique({
    where: { id: documentId },
    include: {
      versions: {
        orderBy: { version: "asc" },
        include: { template: { select: { version: true, source: true, format: true, fileName: true } } },
      },
    },
  });
  return row && maySeeVenture(actor, row.ventureId) ? row : null;
}

async function storedDocument(actor: Actor, documentId: string) {
  const row = await findStored(actor, documentId);
  if (!row) throw new AppError("NOT_FOUND");
  return row;
}

export type VersionView = { version: number; state: DocumentState; at: string; byName: string; template: string };
export type DocumentView = {
  id: string;
  ventureId: string;
  dealId: string;
  kind: DocumentKind;
  title: string;
  bidder: string;
  version: number;
  newest: number;
  state: DocumentState;
  sentOn: string | null;
  model: DocumentModel;
  missing: Missing[];
  open: string[];
  /** Made from: the hash of it, and the offer. */
  digest: string;
  offer: string | null;
  ownFile: boolean;
  versions: VersionView[];
  stated: Record<string, string>;
  redline: (Redline & { from: number }) | null;
  /** Of each figure that is quoted how it stands; empty for versions that were written before they were kept. */
  figures: Readonly<Record<string, FigureView>>;
  today: string;
};

const refsSchema = z.array(z.object({ id: z.string(), revision: z.int() }));
const quotedFigures = async (actor: Actor, stored: unknown): Promise<FigureView[]> =>
  listFigureViews(actor, refsSchema.safeParse(stored).data ?? []);

const modelOf = (stored: unknown): DocumentModel => stored as DocumentModel;

/** One version on the screen, and what changed in it since another one. */
export async function findDocumentView(
  actor: Actor,
  { documentId, version, from }: { documentId: string; version: number | null; from: number | null },
  now: Date,
): Promise<DocumentView | null> {
  const row = await findStored(actor, documentId);
  const last = row?.versions.at(-1);
  if (!row || !last) return null;
  const shown = row.versions.find((one) => one.version === version) ?? last;
  const before = row.versions.find((one) => one.version === from);
  const deal = await db.deal.findUniqueOrThrow({ where: { id: row.dealId } });
  const venture = await db.venture.findUniqueOrThrow({ where: { id: row.ventureId } });
  const offer = shown.offerId ? await db.offer.findUnique({ where: { id: shown.offerId } }) : null;
  const names = await namesByRef(
    db,
    row.versions.map(({ by }) => by),
  );
  const { id, ventureId, dealId, title, sentOn } = row;
  return {
    ...{
      id,
      ventureId,
      dealId,
      title,
      kind: kindOfDocument(row.kind),
      bidder: deal.bidder,
      today: todayOf(venture, now),
    },
    ...{ version: shown.version, newest: last.version, state: stateOf(row, shown.version, last.version) },
    ...{ sentOn: sentOn && dayText(sentOn), model: modelOf(shown.model), missing: holes(shown.missing) },
    ...{ open: shown.open as string[], digest: shown.digest, ownFile: shown.template.format === "docx" },
    offer: offer ? `${offer.title}, version ${shown.offerVersion}` : null,
    stated: await statedOf(db, row.dealId),
    versions: row.versions.map((one) => ({
      ...{ version: one.version, state: stateOf(row, one.version, last.version), at: one.at.toISOString() },
      ...{ byName: names.get(one.by) ?? "The system", template: templateWords(one.template) },
    })),
    figures: Object.fromEntries((await quotedFigures(actor, shown.figures)).map((one) => [one.id, one])),
    redline: before ? { ...redlineOf(modelOf(before.model), modelOf(shown.model)), from: before.version } : null,
  };
}

const templateWords = ({ version, source, fileName }: { version: number; source: string; fileName: string }): string =>
  source === "house" ? `house template, version ${version}` : `${fileName}, version ${version}`;

/** One stored version as a file is made from it. */
export async function getVersionFile(actor: Actor, documentId: string, version: number) {
  const row = await storedDocument(actor, documentId);
  const found = row.versions.find((one) => one.version === version);
  if (!found) throw new AppError("NOT_FOUND");
  const template = await db.documentTemplate.findUniqueOrThrow({ where: { id: found.templateId } });
  const facts = found.facts as { fields: Record<string, string | null> };
  const { title, kind } = row;
  return {
    ...{ title, kind: kindOfDocument(kind), version, at: found.at, model: modelOf(found.model), fields: facts.fields },
    file: template.format === "docx" ? template.file : null,
  };
}

/** What changed between two stored versions. */
export async function getRedlineFile(actor: Actor, documentId: string, from: number, to: number) {
  const row = await storedDocument(actor, documentId);
  const [before, after] = [from, to].map((asked) => row.versions.find(({ version }) => version === asked));
  if (!before || !after) throw new AppError("NOT_FOUND");
  return { title: row.title, at: after.at, redline: redlineOf(modelOf(before.model), modelOf(after.model)) };
}
