import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db, type Tx } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { STATED } from "../rules/dictionary";
import {
  type DocumentRefusal,
  kindOfDocument,
  type RewriteDocument,
  type StateParts,
  type WriteDocument,
} from "../schema";
import { type Composed, writeVersion } from "./compose";

const SLOW = { timeout: 60_000, maxWait: 20_000 };

/** The venture of a deal, where the actor may see it. */
export async function ventureOfDeal(tx: Tx | typeof db, actor: Actor, dealId: string) {
  const deal = await tx.deal.findUnique({ where: { id: dealId }, select: { ventureId: true } });
  if (!deal || !maySeeVenture(actor, deal.ventureId)) throw new AppError("NOT_FOUND");
  return tx.venture.findUniqueOrThrow({ where: { id: deal.ventureId } });
}

/** A document of a deal from the newest template, the chosen offer and what is stored now. */
export function writeDocument(
  actor: Actor,
  asked: WriteDocument,
  now: Date,
): Promise<Result<Composed, DocumentRefusal>> {
  return db.$transaction(async (tx) => {
    const venture = await ventureOfDeal(tx, actor, asked.dealId);
    return writeVersion(tx, { venture, asked, by: actor.ref, now });
  }, SLOW);
}

/** The same document again, from what is stored now. */
export function rewriteDocument(
  actor: Actor,
  { documentId, version }: RewriteDocument,
  now: Date,
): Promise<Result<Composed, DocumentRefusal>> {
  return db.$transaction(async (tx) => {
    const document = await tx.dealDocument.findUnique({
      where: { id: documentId },
      include: { versions: { orderBy: { version: "desc" }, take: 1 } },
    });
    const [last] = document?.versions ?? [];
    if (!document || !last) throw new AppError("NOT_FOUND");
    const venture = await ventureOfDeal(tx, actor, document.dealId);
    if (last.version !== version) return refuse("CONFLICT");
    const { dealId, kind, about } = document;
    const offer = last.offerId && last.offerVersion ? { offerId: last.offerId, version: last.offerVersion } : null;
    const asked = { dealId, kind: kindOfDocument(kind), offer, about: about || null };
    return writeVersion(tx, { venture, asked, by: actor.ref, now });
  }, SLOW);
}

/** What nothing stored says, said by a person: it stands for every document of the deal that is written from now on. */
export function stateParts(
  actor: Actor,
  { dealId, parts }: StateParts,
  now: Date,
): Promise<Result<{ stated: number }, DocumentRefusal>> {
  return db.$transaction(async (tx) => {
    const venture = await ventureOfDeal(tx, actor, dealId);
    const unknown = Object.keys(parts).filter((key) => !STATED.some((field) => field.key === key));
    if (unknown.length > 0)
      return refuse("NO_SUCH_FIELD", [{ path: unknown[0] ?? "", expected: "a field that people state" }]);
    const rows = await tx.dealParticular.findMany({ where: { dealId }, orderBy: { id: "asc" } });
    const before = new Map(rows.map(({ field, value }) => [field, value]));
    const changed = Object.entries(parts).filter(([field, value]) => (before.get(field) ?? "") !== value);
    await tx.dealParticular.createMany({
      data: changed.map(([field, value]) => ({ dealId, field, value, by: actor.ref, at: now })),
    });
    const payload = { parts: Object.fromEntries(changed) };
    const about = { ventureId: venture.id, actor: actor.ref, subject: `deal:${dealId}`, at: now };
    if (changed.length > 0) await recordEvent(tx, { ...about, type: "deal.particulars-stated", payload });
    return ok({ stated: changed.length });
  });
}
