import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { type ProposalRefusal, recordProposal } from "@/lib/decisions/mutations/proposals";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { todayOf } from "@/lib/metrics/queries/performance";
import { dayDate } from "@/lib/metrics/rules/periods";
import type { Missing } from "../rules/model";
import { sendMemo, sendSubject } from "../rules/send-memo";
import { type AskSending, type DocumentRefusal, kindOfDocument, type RecordSent } from "../schema";
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
  return made.ok ? ok({ memoId: made.value.memoId }) : made;
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
    const about = { ventureId: venture.id, actor: actor.ref, subject: `deal-document:${documentId}`, at: now };
    await recordEvent(tx, { ...about, type: "deal-document.sent", payload: { version, on } });
    return ok(null);
  });
}
