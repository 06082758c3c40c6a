import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { Certificate } from "../rules/certificate";
import type { CertificateFormat } from "../schema/run";

export type CertificateView = {
  id: string;
  issuedAt: string;
  keyId: string;
  overridden: boolean;
  statement: string;
  /** Lines that were let pass, with the reason as it is printed. */
  passed: { label: string; reason: string; by: string }[];
};

const parsed = (document: string): Certificate => (JSON.parse(document) as { certificate: Certificate }).certificate;

/** The newest certificate of a venture; null before its exit. */
export async function findCertificate(actor: Actor, ventureId: string): Promise<CertificateView | null> {
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  const row = await db.stageCertificate.findFirst({
    where: { ventureId },
    orderBy: { ordinal: "desc" },
    omit: { pdf: true },
  });
  if (!row) return null;
  const { statement, criteria } = parsed(row.document);
  return {
    ...{ id: row.id, issuedAt: row.issuedAt.toISOString(), keyId: row.keyId, overridden: row.overridden, statement },
    passed: criteria.flatMap(({ label, override }) =>
      override ? [{ label, reason: override.reason, by: override.by }] : [],
    ),
  };
}

/** One of the two files, byte for byte as it was signed. */
export async function getCertificateFile(
  actor: Actor,
  certificateId: string,
  format: CertificateFormat,
): Promise<{ name: string; type: string; bytes: Uint8Array<ArrayBuffer> }> {
  if (!isPermitted(actor.role, "report:read")) throw new AppError("FORBIDDEN");
  const row = await db.stageCertificate.findUnique({ where: { id: certificateId } });
  if (!row || !maySeeVenture(actor, row.ventureId)) throw new AppError("NOT_FOUND");
  const name = `${parsed(row.document).venture.slug}-stage-40-certificate.${format}`;
  return format === "pdf"
    ? { name, type: "application/pdf", bytes: new Uint8Array(row.pdf) }
    : { name, type: "application/json", bytes: new TextEncoder().encode(row.document) };
}

/** The public half of a key that signed here; for anybody. */
export async function findPublicKey(keyId: string): Promise<string | null> {
  return (await db.certificateKey.findUnique({ where: { id: keyId } }))?.publicKey ?? null;
}
