import type { Actor } from "@/lib/auth/actor";
import { clock } from "@/lib/clock";
import { db } from "@/lib/db";
import { rewriteDocument, stateParts, writeDocument } from "@/lib/documents/mutations/documents";
import type { DocumentKind } from "@/lib/documents/schema";

/** The bidder in whose talks papers are written; names and places are made up as everything in the demo is. */
const WRITTEN_FOR = "Harrow Software Partners";

const STATED: Readonly<Record<string, string>> = {
  ...{ "company.legalName": "Northwind Data GmbH", "company.registeredOffice": "Speicherstrasse 14, Hamburg" },
  ...{ "seller.legalName": "Chairman Holdings Ltd", "seller.registeredOffice": "3 Quay Street, Dublin" },
  ...{ "seller.signatory": "Edda Lindqvist", "seller.signatoryTitle": "director" },
  ...{
    "buyer.legalName": "Harrow Software Partners LP",
    "law.governing": "Ireland",
    "law.courts": "the courts of Dublin",
  },
  ...{
    "project.name": "Polaris",
    "company.business": "Northern Europe's software for the flow of data between ports.",
  },
};
/** Said later, so that the letter of intent has a second version to compare with. */
const LATER: Readonly<Record<string, string>> = { "buyer.registeredOffice": "88 Canal Row, London" };
const KINDS: readonly DocumentKind[] = ["teaser", "nda", "loi", "board-consent"];

/** Papers of one bidder, with holes where nobody has said something. Safe to repeat. */
export async function seedDocuments(analyst: Actor, ventureId: string): Promise<void> {
  const deal = await db.deal.findFirst({
    where: { ventureId, bidder: WRITTEN_FOR },
    include: { offers: { where: { kind: "bid" }, orderBy: { ordinal: "asc" }, take: 1 } },
  });
  const [offer] = deal?.offers ?? [];
  if (!deal || !offer || (await db.dealDocument.count({ where: { dealId: deal.id } })) > 0) return;
  const dealId = deal.id;
  const now = clock.now();
  await stateParts(analyst, { dealId, parts: STATED }, now);
  const terms = { offerId: offer.id, version: 1 };
  for (const kind of KINDS) {
    const written = await writeDocument(analyst, { dealId, kind, offer: terms, about: null }, now);
    if (!written.ok) throw new Error(`The demo's ${kind} was refused: ${written.refusal}`);
    if (kind !== "loi") continue;
    await stateParts(analyst, { dealId, parts: LATER }, now);
    await rewriteDocument(analyst, { documentId: written.value.documentId, version: 1 }, now);
  }
}
