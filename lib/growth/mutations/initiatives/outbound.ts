import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { decryptSecret } from "@/lib/auth/secrets";
import { db, type Tx } from "@/lib/db";
import type { StartInitiative } from "@/lib/decisions/schema";
import { env } from "@/lib/env";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { plural } from "@/lib/format";
import type { Delivery } from "@/lib/integrations/webhook";
import { fencedTransaction } from "@/lib/workflows/fence";
import { engineClient, sendInTransaction, startInTransaction } from "@/lib/workflows/transport";
import {
  announcementBody,
  type MessageMove,
  nextMessageMove,
  OUTBOUND_CHANNELS,
  waitAfter,
} from "../../rules/initiatives/initiative-outbound";

export const OUTBOUND_TOPIC = "outbound";

const SYSTEM = "system:outbound";

/** A letter goes to a person and has no way out of its own: the memo named the address. */
type Envelope = { to: string; subject: string };
type Payload = {
  endpointId: string;
  ventureId: string;
  url: string;
  name: string;
  body: string;
  tool?: string;
  letter?: Envelope;
  /** The name of a file in the governance system's folder. */
  file?: string;
};

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
  for (const { endpointId, url, name, tool } of action.outbound ?? []) {
    const key = `initiative:${initiativeId}:${version}:${endpointId}${tool ? `:${tool}` : ""}`;
    const payload: Payload = { endpointId, ventureId, url, name, body, ...(tool ? { tool } : {}) };
    const channel = tool ? "mcp" : "webhook";
    const message = { key, channel, payload, createdAt: now, nextAt, subject: subjectOf(initiativeId) };
    const { id } = await tx.outboxMessage.upsert({ where: { key }, create: message, update: {} });
    await startInTransaction(tx, { name: "outbound", id: `outbound:${id}`, args: [id] });
  }
}

const waiting = (initiativeId: string) => ({
  ...{ subject: subjectOf(initiativeId), channel: { in: [...OUTBOUND_CHANNELS] }, deliveredAt: null },
});

/** Nothing that was not sent yet is sent any more, nor again what was given up. */
export async function cancelAnnouncements(tx: Tx, initiativeId: string, now: Date): Promise<void> {
  await tx.outboxMessage.updateMany({
    where: { ...waiting(initiativeId), abandonedAt: null },
    data: { abandonedAt: now, lastError: "The decision was taken back before it was sent" },
  });
  await tx.outboxMessage.updateMany({ where: waiting(initiativeId), data: { withdrawn: true } });
}

/** What the run of a message does next, from what is stored. */
export async function readMessageMove(messageId: string, now: Date): Promise<MessageMove> {
  const message = await db.outboxMessage.findUnique({ where: { id: messageId } });
  if (!message) throw new AppError("NOT_FOUND");
  return nextMessageMove(message, now);
}

/** `tool`: of an MCP server, called with the secret as its token. `unsettled`: an earlier attempt began and never ended. */
export type Call = {
  url: string;
  secret: string;
  body: string;
  key: string;
  tool: string | null;
  letter: Envelope | null;
  file: string | null;
  unsettled: boolean;
};

/**
 * Counts the attempt before it is made, so that one that dies in the middle counts too. Null where it must not be sent any
 * more: taken back, delivered meanwhile, or its way out was closed or changed since the chairman approved it.
 */
export async function beginAttempt(messageId: string, now: Date): Promise<Call | null> {
  return fencedTransaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "outbox_message" WHERE "id" = ${messageId}::uuid FOR UPDATE`;
    const message = await tx.outboxMessage.findUniqueOrThrow({ where: { id: messageId } });
    if (message.deliveredAt || message.abandonedAt) return null;
    const { endpointId, url, body, tool = null, letter = null, file = null } = payloadOf(message);
    const ours = letter !== null || file !== null;
    const endpoint = ours ? null : await tx.outboundEndpoint.findUnique({ where: { id: endpointId } });
    const closed = !endpoint || endpoint.disabledAt || endpoint.url !== url;
    if (!ours && (closed || (tool !== null && !endpoint.tools.includes(tool)))) {
      const lastError = "The address was closed or changed after the approval";
      await tx.outboxMessage.update({ where: { id: messageId }, data: { abandonedAt: now, lastError } });
      return null;
    }
    const attempts = message.attempts + 1;
    const nextAt = new Date(now.getTime() + waitAfter(attempts, env().OUTBOUND_RETRY_MS));
    const unsettled = message.attempts > 0 && message.lastError === null;
    // Without a problem until it has ended: that is how the next process sees one that was cut off.
    await tx.outboxMessage.update({ where: { id: messageId }, data: { attempts, nextAt, lastError: null } });
    const secret = endpoint ? decryptSecret("outbound", endpoint.id, endpoint.secret) : "";
    return { url, body, key: message.key, secret, tool, letter, file, unsettled };
  });
}

/** Delivered, or what went wrong and when it is tried again; given up at once where trying again cannot help. */
export async function endAttempt(messageId: string, delivery: Delivery, now: Date): Promise<void> {
  await fencedTransaction(async (tx) => {
    const { count } = await tx.outboxMessage.updateMany({
      where: { id: messageId, deliveredAt: null, abandonedAt: null },
      data: delivery.ok ? { deliveredAt: now, lastError: null } : { lastError: delivery.problem },
    });
    if (count === 0) return;
    if (delivery.ok) await recordOutcome(tx, messageId, "outbound.delivered", now);
    else if (delivery.final) await abandon(tx, messageId, now);
  });
}

/** Tried often enough: somebody should look at it. */
export const giveUp = (messageId: string, now: Date): Promise<void> =>
  fencedTransaction((tx) => abandon(tx, messageId, now));

async function abandon(tx: Tx, messageId: string, now: Date): Promise<void> {
  const { count } = await tx.outboxMessage.updateMany({
    where: { id: messageId, deliveredAt: null, abandonedAt: null },
    data: { abandonedAt: now },
  });
  if (count === 0) return;
  const { payload, lastError, attempts, resent } = await tx.outboxMessage.findUniqueOrThrow({
    where: { id: messageId },
  });
  const { ventureId, name } = payloadOf({ payload });
  const causeKey = resent === 0 ? `delivery-failed:${messageId}` : `delivery-failed:${messageId}:${resent}`;
  await tx.alert.createMany({
    data: [
      {
        ...{ ventureId, kind: "delivery-failed", severity: "warning", causeKey },
        title: `${name} could not be told`,
        detail: `Given up after ${plural(attempts, "attempt")}: ${lastError ?? "no answer"}`,
        raisedAt: now,
      },
    ],
    skipDuplicates: true,
  });
  await recordOutcome(tx, messageId, "outbound.given-up", now);
}

export type ResendRefusal = "DELIVERED" | "TAKEN_BACK";

/**
 * Has a message sent now: one that waits for its next attempt at once, one that was given up anew, under the same key.
 * It says what the chairman approved, so this is no new decision; what was taken back stays unsent.
 */
export async function sendAgain(
  actor: Actor,
  messageId: string,
  now: Date,
): Promise<Result<{ attempts: number }, ResendRefusal>> {
  if (!isPermitted(actor.role, "initiative:edit")) throw new AppError("FORBIDDEN");
  await engineClient();
  return db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "outbox_message" WHERE "id" = ${messageId}::uuid FOR UPDATE`;
    const message = await tx.outboxMessage.findUnique({ where: { id: messageId } });
    const known = message && OUTBOUND_CHANNELS.some((channel) => channel === message.channel);
    if (!known || !maySeeVenture(actor, payloadOf(message).ventureId)) throw new AppError("NOT_FOUND");
    if (message.deliveredAt) return refuse("DELIVERED");
    if (message.withdrawn) return refuse("TAKEN_BACK");
    const again = message.abandonedAt !== null;
    const resent = message.resent + (again ? 1 : 0);
    const state = again ? { abandonedAt: null, attempts: 0, resent } : {};
    await tx.outboxMessage.update({ where: { id: messageId }, data: { ...state, nextAt: now } });
    if (again)
      await startInTransaction(tx, { name: "outbound", id: outboundRun(messageId, resent), args: [messageId] });
    else await wakeOutbound(tx, messageId, message.resent, now);
    const { ventureId, name } = payloadOf(message);
    const clearedKey = { startsWith: `delivery-failed:${messageId}` };
    await tx.alert.updateMany({
      where: { ventureId, causeKey: clearedKey, clearedAt: null },
      data: { clearedAt: now },
    });
    await recordEvent(tx, {
      ...{ ventureId, type: "outbound.sent-again", actor: actor.ref, at: now },
      ...{ subject: message.subject ?? `message:${messageId}`, payload: { name, key: message.key } },
    });
    return ok({ attempts: message.attempts });
  });
}

/** A message that was given up is sent again by a run of its own. */
export const outboundRun = (messageId: string, resent: number): string =>
  resent === 0 ? `outbound:${messageId}` : `outbound:${messageId}:${resent}`;

export const wakeOutbound = (tx: Tx, messageId: string, resent: number, now: Date): Promise<void> =>
  sendInTransaction(tx, {
    ...{ workflowId: outboundRun(messageId, resent), topic: OUTBOUND_TOPIC, message: "now" },
    key: `outbound:${messageId}:${now.getTime()}`,
  });

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
