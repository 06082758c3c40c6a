import "server-only";
import { createHash } from "node:crypto";
import type { Actor } from "@/lib/auth/actor";
import { db, type Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { saveFigures } from "@/lib/figures/mutations";
import { signingKey } from "@/lib/integrations/certificate-key";
import { atOneMoment } from "@/lib/metrics/queries/performance";
import { makeDocument } from "@/lib/reports/rules/document";
import { fencedTransaction } from "@/lib/workflows/fence";
import { loadCertificateFacts } from "../queries/certificate-facts";
import { findRun, loadStageMove } from "../queries/run-facts";
import {
  type Certificate,
  certificateBlocks,
  certificateFile,
  isOverridden,
  pdfTrailer,
  signedText,
} from "../rules/certificate";
import { lockStage, recordStage, writeMove } from "./run";

/** The certificate on paper, with every figure that it quotes and its proof, signed behind its end. */
async function signedPdf(certificate: Certificate): Promise<Buffer> {
  const { venture, certificateId, issuedAt, issuedBy, criteria } = certificate;
  const refs = criteria.flatMap(({ evidence }) => evidence);
  const rows = await db.figure.findMany({ where: { OR: refs.map(({ id, revision }) => ({ id, revision })) } });
  const { toFigure } = await import("@/lib/figures/queries");
  const held = rows.map((row) => ({ ...toFigure(row), revision: row.revision, reason: row.reason }));
  const head = {
    ...{ id: certificateId, kind: "stage-40-certificate", kindName: "Stage 40 completion certificate", version: 1 },
    ...{ title: "Stage 40 completion certificate", venture: venture.name, ventureSlug: venture.slug },
    ...{ storedAt: issuedAt, writtenBy: issuedBy },
  };
  const { pdfDocument } = await import("@/lib/integrations/pdf-document");
  const pdf = await pdfDocument(makeDocument(head, certificateBlocks(certificate), held));
  const key = signingKey();
  return Buffer.concat([pdf, Buffer.from(pdfTrailer({ keyId: key.id, value: key.sign(pdf) }), "latin1")]);
}

type Signed = { certificate: Certificate; document: string; pdf: Buffer };

async function keep(
  tx: Tx,
  runId: string,
  { certificate, document, pdf }: Signed,
  by: Actor,
  now: Date,
): Promise<void> {
  const known = await tx.stageRun.findUniqueOrThrow({ where: { id: runId } });
  const { ventureId, ordinal } = known;
  await lockStage(tx, ventureId);
  const run = await findRun(tx, runId);
  const { move } = run ? await loadStageMove(tx, run, now) : { move: null };
  if (move?.kind !== "certify") return;
  const key = signingKey();
  await tx.certificateKey.upsert({
    where: { id: key.id },
    create: { id: key.id, publicKey: key.publicKey, createdAt: now },
    update: {},
  });
  const { certificateId: id, criteria, record } = certificate;
  const overridden = isOverridden(criteria);
  await tx.stageCertificate.create({
    data: {
      id,
      ventureId,
      ordinal,
      document,
      pdf: new Uint8Array(pdf),
      keyId: key.id,
      overridden,
      issuedBy: by.ref,
      issuedAt: now,
    },
  });
  const text = `Completion certificate issued${overridden ? ", with lines that the chairman let pass" : ""}.`;
  await writeMove(tx, runId, { kind: "certificate", cause: "certificate", text, by: by.ref }, now);
  const digest = createHash("sha256").update(document).digest("hex");
  const payload = { certificateId: id, keyId: key.id, digest, overridden, record };
  await recordStage(tx, run ?? known, "certified", by.ref, payload, now);
}

/**
 * The Coordinator certifies that the stage is complete, once, and only while the exit gate holds: the facts are read,
 * their figures stored, both files signed, and kept if the gate still holds under the lock.
 */
export async function issueCertificate(runId: string, coordinator: Actor, now: Date): Promise<void> {
  const found = await atOneMoment(async (tx) => {
    const run = await findRun(tx, runId);
    if (!run) throw new AppError("NOT_FOUND");
    const { move } = await loadStageMove(tx, run, now);
    return move.kind === "certify" ? { run, ...(await loadCertificateFacts(tx, run, now)) } : null;
  });
  if (!found) return;
  const refs = await fencedTransaction((tx) => saveFigures(tx, found.run.ventureId, found.figures, now));
  const certificate = found.complete(crypto.randomUUID(), new Map(refs.map(({ id, revision }) => [id, revision])));
  const key = signingKey();
  const value = key.sign(Buffer.from(signedText(certificate), "utf8"));
  const document = certificateFile(certificate, { keyId: key.id, value });
  const signed = { certificate, document, pdf: await signedPdf(certificate) };
  await fencedTransaction((tx) => keep(tx, runId, signed, coordinator, now));
}
