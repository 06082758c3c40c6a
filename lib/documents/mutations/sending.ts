import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { followSale } from "@/lib/buyers/mutations/outreach";
import type { OutreachStage } from "@/lib/buyers/schema";
import { db, type Tx } from "@/lib/db";
import { type ProposalRefusal, recordProposal } from "@/lib/decisions/mutations/proposals";
import { isAskedAlready } from "@/lib/decisions/rules/asked-already";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { todayOf } from "@/lib/metrics/queries/performance";
import { dayDate } from "@/lib/metrics/rules/periods";
import type { Missing } from "../rules/model";
import { sendMemo, sendSubject } from "../rules/send-memo";
import { type AskSending, type DocumentKind, type DocumentRefusal, kindOfDocument, type RecordSent } from "../schema";
import { lockDocuments } from "./compose";

async function documentFor(actor: Actor, documentId: string) {
  const document = await db.dealDocument.findUnique({
    where: { id: documentId },
    include: { versions: { orderBy: { version: "desc" }, take: 1 } },
  });
  const [last] = document?.versions ?? [];
  if (!document || !last || !maySeeVenture(actor, document.ventureId)) throw new AppError("NOT_FOUND");
  return { document, last };
}

/** Asks the chairman whether this version may be sent. One with holes is never asked for. */
export async function askSending(
  actor: Actor,
  { documentId, version, rationale }: AskSending,
  now: Date,
): Promise<Result<{ memoId: string | null }, DocumentRefusal | ProposalRefusal>> {
  const { document, last } = await documentFor(actor, documentId);
  if (last.version !== version) return refuse("CONFLICT");
  const missing = last.missing as Missing[];
  if (missing.length > 0)
    return refuse(
      "MISSING_DATA",
      missing.map(({ field, label }) => ({ path: field, expected: label })),
    );
  const venture = await db.venture.findUniqueOrThrow({ where: { id: document.ventureId } });
  const { bidder } = await db.deal.findUniqueOrThrow({ where: { id: document.dealId } });
  const kind = kindOfDocument(document.kind);
  const facts = {
    ...{ venture: venture.name, currency: venture.currency, bidder, title: document.title, kind, rationale },
    ...{ dealId: document.dealId, document: { id: documentId, version }, digest: last.digest, missing: [] },
    offer: last.offerId && last.offerVersion ? { offerId: last.offerId, version: last.offerVersion } : null,
  };
  const made = await recordProposal(
    actor,
    {
      ...{ ventureId: venture.id, agent: null, runId: null, ...sendMemo(facts), actionClass: "deal.send-document" },
      ...{ stakeMinor: null, stakeCurrency: null, expiresInDays: 30 },
      dedupeKey: `${sendSubject(facts)}:${version}:${now.toISOString()}`,
    },
    now,
  );
  if (isAskedAlready(made)) return refuse("ASKED_ALREADY");
  return made.ok ? ok({ memoId: made.value.memoId }) : made;
}

const BOARD: Readonly<Partial<Record<DocumentKind, OutreachStage>>> = {
  ...{ nda: "nda", teaser: "teaser", loi: "loi" },
};
type Letter = Awaited<ReturnType<typeof documentFor>>["document"];
type Went = { version: number; on: string; by: string; now: Date };

/** What a letter that went moves: the board of approaches, and our counter that it was written from. */
async function followLetter(tx: Tx, { id, dealId, ventureId, title, kind }: Letter, { version, on, by, now }: Went) {
  const deal = await tx.deal.findUniqueOrThrow({ where: { id: dealId }, select: { companyId: true } });
  const to = BOARD[kindOfDocument(kind)];
  if (to && deal.companyId)
    await followSale(
      tx,
      { ventureId, companyId: deal.companyId, to, on, note: `Sent: ${title}`.slice(0, 600) },
      by,
      now,
    );
  if (kind !== "counter-offer") return;
  const written = await tx.dealDocumentVersion.findUnique({
    where: { documentId_version: { documentId: id, version } },
  });
  if (!written?.offerId || !written.offerVersion) return;
  const [offerId, sentVersion] = [written.offerId, written.offerVersion];
  const { count } = await tx.offer.updateMany({
    where: { id: offerId, kind: "counter", OR: [{ sentVersion: null }, { sentVersion: { lt: sentVersion } }] },
    data: { clearedVersion: sentVersion, sentVersion, sentOn: dayDate(on) },
  });
  if (count === 0) return;
  const payload = { version: sentVersion, on, document: id };
  const about = { ventureId, actor: by, subject: `offer:${offerId}`, at: now };
  await recordEvent(tx, { ...about, type: "offer.sent", payload });
}

/** That it went, in the version that the chairman let go and in no other. */
export async function recordSent(
  actor: Actor,
  { documentId, version, on }: RecordSent,
  now: Date,
): Promise<Result<null, DocumentRefusal>> {
  const { document } = await documentFor(actor, documentId);
  const venture = await db.venture.findUniqueOrThrow({ where: { id: document.ventureId } });
  if (on > todayOf(venture, now)) return refuse("DATE_IN_FUTURE", [{ path: "on", expected: "a day up to today" }]);
  return db.$transaction(async (tx) => {
    await lockDocuments(tx, document.dealId);
    const { count } = await tx.dealDocument.updateMany({
      where: {
        id: documentId,
        clearedVersion: version,
        OR: [{ sentVersion: null }, { sentVersion: { not: version } }],
      },
      data: { sentVersion: version, sentOn: dayDate(on) },
    });
    if (count === 0) return refuse("NOT_CLEARED");
    await followLetter(tx, document, { version, on, by: actor.ref, now });
    const about = { ventureId: venture.id, actor: actor.ref, subject: `deal-document:${documentId}`, at: now };
    await recordEvent(tx, { ...about, type: "deal-document.sent", payload: { version, on } });
    return ok(null);
  });
}
