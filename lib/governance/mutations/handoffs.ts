import "server-only";
import { createHash, randomUUID } from "node:crypto";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { db, type Prisma, type Tx } from "@/lib/db";
import { AppError, ok, type Result } from "@/lib/errors";
import { outboundRun, wakeOutbound } from "@/lib/growth/mutations/initiatives/outbound";
import { engineClient, startInTransaction } from "@/lib/workflows/transport";
import { DELIVERY_ID } from "../queries/delivery";
import { handoffRef } from "../schema";
import { HANDOFF, type HandoffDocument, handoffDocumentSchema } from "../schema/documents";

type Stamp = Pick<HandoffDocument, "schema" | "id" | "number" | "issuedAt" | "venture" | "boundary" | "answerWith">;
export type NewHandoff = {
  ventureId: string;
  kind: HandoffDocument["kind"];
  /** One document for each: "directive:<id>". */
  key: string;
  directiveId: string | null;
  by: string;
  /** The document around its envelope. */
  write: (stamp: Stamp) => HandoffDocument;
  now: Date;
};

/** Where documents go now: the webhook while its address is open, else the folder. */
async function addressOf(tx: Tx, ventureId: string, name: string) {
  const delivery = await tx.governanceDelivery.findUnique({ where: { id: DELIVERY_ID } });
  const endpoint =
    delivery?.kind === "webhook" && delivery.endpointId
      ? await tx.outboundEndpoint.findFirst({ where: { id: delivery.endpointId, disabledAt: null } })
      : null;
  const shared = { ventureId, name: endpoint?.name ?? "The governance folder" };
  if (endpoint) return { channel: "webhook", payload: { ...shared, endpointId: endpoint.id, url: endpoint.url } };
  return { channel: "folder", payload: { ...shared, endpointId: "", url: `folder:${name}`, file: name } };
}

const fileName = (number: string, kind: string, slug: string): string =>
  `${number}-${kind}-${slug}`
    .replace(/[^A-Za-z0-9._-]+/g, "-")
    .slice(0, 110)
    .concat(".json");

/**
 * Writes a document and the message that delivers it, in the caller's transaction: one for each key, whoever asks. Call
 * `engineClient()` before the transaction begins.
 */
export async function writeHandoff(tx: Tx, wanted: NewHandoff): Promise<{ handoffId: string; fresh: boolean }> {
  const { ventureId, kind, key, directiveId, by, now } = wanted;
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`handoff:${key}`}, 6))`;
  const known = await tx.handoff.findUnique({ where: { key } });
  if (known) return { handoffId: known.id, fresh: false };
  const venture = await tx.venture.findUniqueOrThrow({ where: { id: ventureId } });
  const [{ next }] = await tx.$queryRaw<
    [{ next: bigint }]
  >`SELECT nextval(pg_get_serial_sequence('handoff', 'number')) AS next`;
  const [id, number] = [randomUUID(), Number(next)];
  const { slug, name, sector, businessModel, country, currency } = venture;
  const document = handoffDocumentSchema.parse(
    wanted.write({
      ...{ schema: HANDOFF, id, number: handoffRef(number), issuedAt: now.toISOString(), boundary: "read-only" },
      venture: { id: ventureId, slug, name, sector, businessModel, country, currency },
      answerWith: "chairman-answer-1",
    }),
  );
  const body = `${JSON.stringify(document, null, 2)}\n`;
  const sha256 = createHash("sha256").update(body).digest("hex");
  const { channel, payload } = await addressOf(tx, ventureId, fileName(handoffRef(number), kind, slug));
  const message = await tx.outboxMessage.create({
    data: {
      ...{ key: `handoff:${id}`, channel, createdAt: now, nextAt: now, subject: `handoff:${id}` },
      payload: { ...payload, body } as Prisma.InputJsonObject,
    },
  });
  const row = { id, number, ventureId, kind, key, directiveId, schema: HANDOFF, body, sha256, messageId: message.id };
  await tx.handoff.create({ data: { ...row, writtenAt: now } });
  await startInTransaction(tx, { name: "outbound", id: outboundRun(message.id, 0), args: [message.id] });
  await recordEvent(tx, {
    ...{ ventureId, type: "handoff.written", actor: by, subject: `handoff:${id}`, at: now },
    payload: { title: `${handoffRef(number)}, ${kind}`, kind, key, sha256, channel },
  });
  return { handoffId: id, fresh: true };
}

/**
 * Has a document delivered again, to where documents go now: one that was given up, one whose receiver lost it. It is the
 * same document under the same key, so a receiver that keeps its keys acts once.
 */
export async function redeliver(actor: Actor, handoffId: string, now: Date): Promise<Result<{ resent: number }>> {
  if (!isPermitted(actor.role, "governance:exchange")) throw new AppError("FORBIDDEN");
  await engineClient();
  return db.$transaction(async (tx) => {
    const handoff = await tx.handoff.findUnique({ where: { id: handoffId } });
    if (!handoff || !maySeeVenture(actor, handoff.ventureId)) throw new AppError("NOT_FOUND");
    const { messageId, ventureId, body, kind, number } = handoff;
    await tx.$queryRaw`SELECT 1 FROM "outbox_message" WHERE "id" = ${messageId}::uuid FOR UPDATE`;
    const message = await tx.outboxMessage.findUniqueOrThrow({ where: { id: messageId } });
    const { slug } = await tx.venture.findUniqueOrThrow({ where: { id: ventureId } });
    const { channel, payload } = await addressOf(tx, ventureId, fileName(handoffRef(number), kind, slug));
    const over = message.deliveredAt !== null || message.abandonedAt !== null;
    const resent = message.resent + (over ? 1 : 0);
    const again = over ? { deliveredAt: null, abandonedAt: null, attempts: 0, lastError: null, resent } : {};
    const data = { ...again, nextAt: now, channel, payload: { ...payload, body } as Prisma.InputJsonObject };
    await tx.outboxMessage.update({ where: { id: messageId }, data });
    if (over) await startInTransaction(tx, { name: "outbound", id: outboundRun(messageId, resent), args: [messageId] });
    else await wakeOutbound(tx, messageId, message.resent, now);
    const failed = { ventureId, causeKey: { startsWith: `delivery-failed:${messageId}` }, clearedAt: null };
    await tx.alert.updateMany({ where: failed, data: { clearedAt: now } });
    await recordEvent(tx, {
      ...{ ventureId, type: "outbound.sent-again", actor: actor.ref, subject: `handoff:${handoffId}`, at: now },
      payload: { name: payload.name, key: message.key },
    });
    return ok({ resent });
  });
}
