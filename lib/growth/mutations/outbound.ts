import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { decryptSecret } from "@/lib/auth/secrets";
import { db, type Tx } from "@/lib/db";
import type { StartInitiative } from "@/lib/decisions/schema";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import type { Delivery } from "@/lib/integrations/webhook";
import { fencedTransaction } from "@/lib/workflows/fence";
import { startInTransaction } from "@/lib/workflows/transport";
import { announcementBody, type MessageMove, nextMessageMove, waitAfter } from "../rules/initiative-outbound";

export const OUTBOUND_CHANNEL = "webhook";
const SYSTEM = "system:outbound";

type Payload = { endpointId: string; ventureId: string; url: string; name: string; body: string };

const payloadOf = (message: { payload: unknown }): Payload => message.payload as Payload;
const subjectOf = (initiativeId: string): string => `initiative:${initiativeId}`;

type Announcing = {
  initiativeId: string;
  ventureId: string;
  ventureName: string;
  memoId: string;
  version: number;
  action: StartInitiative;
  now: Date;
};

/**
 * Puts the calls that the memo named into the outbox, in the transaction of the approval's effect, each with the run that
 * delivers it. They wait until the decision can no longer be taken back: what was sent cannot be unsent.
 */
export async function queueAnnouncements(tx: Tx, announcing: Announcing): Promise<void> {
  const { initiativeId, ventureId, ventureName, version, action, now } = announcing;
  const body = announcementBody(ventureName, action);
  const nextAt = new Date(now.getTime() + env().UNDO_WINDOW_MS);
  for (const { endpointId, url, name } of action.outbound ?? []) {
    const key = `initiative:${initiativeId}:${version}:${endpointId}`;
    const payload: Payload = { endpointId, ventureId, url, name, body };
    const message = {
      key,
      channel: OUTBOUND_CHANNEL,
      payload,
      createdAt: now,
      nextAt,
      subject: subjectOf(initiativeId),
    };
    const { id } = await tx.outboxMessage.upsert({ where: { key }, create: message, update: {} });
    await startInTransaction(tx, { name: "outbound", id: `outbound:${id}`, args: [id] });
  }
}

/** Nothing that was not sent yet is sent any more. */
export async function cancelAnnouncements(tx: Tx, initiativeId: string, now: Date): Promise<void> {
  await tx.outboxMessage.updateMany({
    where: { subject: subjectOf(initiativeId), channel: OUTBOUND_CHANNEL, deliveredAt: null, abandonedAt: null },
    data: { abandonedAt: now, lastError: "The decision was taken back before it was sent" },
  });
}

/** What the run of a message does next, from what is stored. */
export async function readMessageMove(messageId: string, now: Date): Promise<MessageMove> {
  const message = await db.outboxMessage.findUnique({ where: { id: messageId } });
  if (!message) throw new AppError("NOT_FOUND");
  return nextMessageMove(message, now);
}

export type Call = { url: string; secret: string; body: string; key: string };

/**
 * Counts the attempt before it is made, so that one that dies in the middle counts too. Null where it must not be sent any
 * more: taken back, delivered meanwhile, or its way out was closed or changed since the chairman approved it.
 */
export async function beginAttempt(messageId: string, now: Date): Promise<Call | null> {
  return fencedTransaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "outbox_message" WHERE "id" = ${messageId}::uuid FOR UPDATE`;
    const message = await tx.outboxMessage.findUniqueOrThrow({ where: { id: messageId } });
    if (message.deliveredAt || message.abandonedAt) return null;
    const { endpointId, url, body } = payloadOf(message);
    const endpoint = await tx.outboundEndpoint.findUnique({ where: { id: endpointId } });
    if (!endpoint || endpoint.disabledAt || endpoint.url !== url) {
      const lastError = "The address was closed or changed after the approval";
      await tx.outboxMessage.update({ where: { id: messageId }, data: { abandonedAt: now, lastError } });
      return null;
    }
    const attempts = message.attempts + 1;
    const nextAt = new Date(now.getTime() + waitAfter(attempts, env().OUTBOUND_RETRY_MS));
    await tx.outboxMessage.update({ where: { id: messageId }, data: { attempts, nextAt } });
    return { url, body, key: message.key, secret: decryptSecret("outbound", endpoint.id, endpoint.secret) };
  });
}

/** Delivered, or what went wrong and when it is tried again. */
export async function endAttempt(messageId: string, delivery: Delivery, now: Date): Promise<void> {
  await fencedTransaction(async (tx) => {
    const { count } = await tx.outboxMessage.updateMany({
      where: { id: messageId, deliveredAt: null, abandonedAt: null },
      data: delivery.ok ? { deliveredAt: now, lastError: null } : { lastError: delivery.problem },
    });
    if (count === 0 || !delivery.ok) return;
    await recordOutcome(tx, messageId, "outbound.delivered", now);
  });
}

/** Tried often enough: somebody should look at it. */
export async function giveUp(messageId: string, now: Date): Promise<void> {
  await fencedTransaction(async (tx) => {
    const { count } = await tx.outboxMessage.updateMany({
      where: { id: messageId, deliveredAt: null, abandonedAt: null },
      data: { abandonedAt: now },
    });
    if (count === 0) return;
    const { payload, lastError, attempts } = await tx.outboxMessage.findUniqueOrThrow({ where: { id: messageId } });
    const { ventureId, name } = payloadOf({ payload });
    await tx.alert.createMany({
      data: [
        {
          ...{ ventureId, kind: "delivery-failed", severity: "warning", causeKey: `delivery-failed:${messageId}` },
          title: `${name} could not be told`,
          detail: `Given up after ${attempts} attempts: ${lastError ?? "no answer"}`,
          raisedAt: now,
        },
      ],
      skipDuplicates: true,
    });
    await recordOutcome(tx, messageId, "outbound.given-up", now);
  });
}

async function recordOutcome(tx: Tx, messageId: string, type: string, at: Date): Promise<void> {
  const message = await tx.outboxMessage.findUniqueOrThrow({ where: { id: messageId } });
  const { ventureId, name, url } = payloadOf(message);
  const payload = { name, url, key: message.key, attempts: message.attempts };
  await recordEvent(tx, {
    ventureId,
    type,
    actor: SYSTEM,
    subject: message.subject ?? `message:${messageId}`,
    payload,
    at,
  });
}
