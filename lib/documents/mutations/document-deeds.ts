import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import type { Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { DocumentKind } from "../schema";
import { lockDocuments, writeVersion } from "./compose";

/** What an approved memo does to a document, and how it is taken back. */
type By = { memoId: string; now: Date };
type Sending = {
  dealId: string;
  documentId: string | null;
  documentVersion: number | null;
  kind: DocumentKind;
  offerId: string | null;
  offerVersion: number | null;
  digest: string;
};

const SYSTEM = "system:memo";

/** The version that was approved: a stored one, or the one that is written now as it was proposed. */
async function approved(tx: Tx, sending: Sending, now: Date) {
  const { dealId, documentId, documentVersion, kind, offerId, offerVersion, digest } = sending;
  if (documentId && documentVersion) return { documentId, version: documentVersion, same: true };
  const deal = await tx.deal.findUniqueOrThrow({ where: { id: dealId } });
  const venture = await tx.venture.findUniqueOrThrow({ where: { id: deal.ventureId } });
  const offer = offerId && offerVersion ? { offerId, version: offerVersion } : null;
  const made = await writeVersion(tx, { venture, asked: { dealId, kind, offer, about: null }, by: SYSTEM, now });
  if (made.ok) {
    const { documentId: id, version, missing } = made.value;
    return { documentId: id, version, same: made.value.digest === digest && missing.length === 0 };
  }
  const where = { document: { dealId, kind, about: "" } };
  const last = await tx.dealDocumentVersion.findFirst({ where, orderBy: { version: "desc" } });
  if (made.refusal !== "SAME_AS_BEFORE" || !last) throw new AppError("CONFLICT");
  const holes = Array.isArray(last.missing) ? last.missing.length : 1;
  return { documentId: last.documentId, version: last.version, same: last.digest === digest && holes === 0 };
}

/** This document, in this version and no other, may be sent. One that has changed since it was proposed stays a draft. */
export async function clearDocument(tx: Tx, sending: Sending, { memoId, now }: By): Promise<void> {
  await lockDocuments(tx, sending.dealId);
  const { documentId, version, same } = await approved(tx, sending, now);
  const { ventureId } = await tx.dealDocument.findUniqueOrThrow({ where: { id: documentId } });
  if (same) await tx.dealDocument.update({ where: { id: documentId }, data: { clearedVersion: version } });
  const type = same ? "deal-document.cleared" : "deal-document.left-a-draft";
  const about = { ventureId, actor: SYSTEM, subject: `deal-document:${documentId}`, at: now };
  await recordEvent(tx, { ...about, type, payload: { memoId, version } });
}

/** The permission is taken back while it is not used. */
export async function withdrawDocument(tx: Tx, sending: Sending, { memoId, now }: By): Promise<void> {
  const { dealId, kind, documentId } = sending;
  await lockDocuments(tx, dealId);
  const where = documentId ? { id: documentId } : { dealId, kind, about: "" };
  const document = await tx.dealDocument.findFirst({ where });
  if (!document || document.clearedVersion === null) return;
  if (document.sentVersion === document.clearedVersion) throw new AppError("CONFLICT");
  await tx.dealDocument.update({ where: { id: document.id }, data: { clearedVersion: null } });
  const about = { ventureId: document.ventureId, actor: SYSTEM, subject: `deal-document:${document.id}`, at: now };
  await recordEvent(tx, { ...about, type: "deal-document.clearance-withdrawn", payload: { memoId } });
}
