import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import type { Prisma, Tx } from "@/lib/db";
import { ok, type Result, refuse } from "@/lib/errors";
import { saveFigures } from "@/lib/figures/mutations";
import { digestOf } from "@/lib/figures/rules";
import { composeDraft, type Drafting } from "../queries/draft";
import { newestTemplate } from "../queries/templates";
import { HOUSE_TEMPLATES } from "../rules/house";
import type { Missing } from "../rules/model";
import type { DocumentKind, DocumentRefusal } from "../schema";

export const asJson = (value: unknown): Prisma.InputJsonValue => value as Prisma.InputJsonValue;

/** Of two that write to a deal's documents the second waits and sees what the first did. */
export async function lockDocuments(tx: Tx, dealId: string): Promise<void> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`documents:${dealId}`}, 13))::text`;
}

/** The newest template of a kind; the house's own is stored the first time, and again when it has changed. */
export async function ensureTemplate(tx: Tx, kind: DocumentKind, now: Date) {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`template:${kind}`}, 14))::text`;
  const newest = await newestTemplate(tx, kind);
  const body = HOUSE_TEMPLATES[kind];
  const digest = digestOf(body);
  if (newest && (newest.source !== "house" || newest.digest === digest)) return newest;
  const version = (newest?.version ?? 0) + 1;
  const note = version === 1 ? "As the house wrote it" : "The house has changed it";
  const said = { source: "house", format: "text", body, fileName: `${kind}.txt`, digest, note, by: "system:house" };
  return tx.documentTemplate.create({ data: { kind, version, ...said, at: now } });
}

export type Composed = { documentId: string; version: number; digest: string; missing: readonly Missing[] };
export type Composing = Drafting & { by: string };

/** Writes the next version of a deal's document of this kind; what would say the same is not written again. */
export async function writeVersion(
  tx: Tx,
  { venture, asked, by, now }: Composing,
): Promise<Result<Composed, DocumentRefusal>> {
  await lockDocuments(tx, asked.dealId);
  const template = await ensureTemplate(tx, asked.kind, now);
  const made = await composeDraft(tx, { venture, asked, now });
  if (!made.ok) return made;
  const { facts, model, missing, title, digest, about, figures } = made.value;
  const { dealId, kind, offer } = asked;
  const key = { dealId_kind_about: { dealId, kind, about } };
  const data = { ventureId: venture.id, dealId, kind, about, title, createdBy: by, createdAt: now };
  const document = await tx.dealDocument.upsert({ where: key, create: data, update: {} });
  const last = await tx.dealDocumentVersion.findFirst({
    where: { documentId: document.id },
    orderBy: { version: "desc" },
  });
  if (last?.digest === digest && last.templateId === template.id) return refuse("SAME_AS_BEFORE");
  const version = (last?.version ?? 0) + 1;
  const refs = await saveFigures(tx, venture.id, figures, now);
  await tx.dealDocumentVersion.create({
    data: {
      ...{ documentId: document.id, version, templateId: template.id, digest, by, at: now },
      ...{ offerId: offer?.offerId ?? null, offerVersion: offer?.version ?? null },
      ...{ facts: asJson(facts), model: asJson(model), missing: asJson(missing), open: asJson(facts.open) },
      figures: asJson(refs.map(({ id, revision }) => ({ id, revision }))),
    },
  });
  const payload = {
    kind,
    version,
    digest,
    template: template.version,
    offer,
    missing: missing.map(({ field }) => field),
  };
  const subject = `deal-document:${document.id}`;
  await recordEvent(tx, {
    ...{ ventureId: venture.id, type: "deal-document.written", actor: by, subject, at: now },
    payload: payload as Prisma.InputJsonObject,
  });
  return ok({ documentId: document.id, version, digest, missing });
}
