import "server-only";
import type { Prisma, Tx } from "@/lib/db";
import { eventHash, GENESIS_HASH, HOLDING_CHAIN } from "./rules";

export type NewEvent = {
  /** The venture whose chain it belongs to; null for the holding's own. */
  ventureId: string | null;
  /** "memo.approved": noun and past tense. */
  type: string;
  /** `actor.ref` */
  actor: string;
  /** "memo:<id>" */
  subject: string;
  payload: Prisma.InputJsonObject;
  at: Date;
};

/**
 * Appends to the venture's chain inside the caller's transaction, so that the change and its record are one.
 * Takes the chain's row lock: call it last, to hold the lock briefly.
 */
export async function recordEvent(tx: Tx, event: NewEvent): Promise<{ seq: number; hash: string }> {
  const chain = event.ventureId ?? HOLDING_CHAIN;
  await tx.eventChain.createMany({ data: [{ chain, lastSeq: 0, lastHash: GENESIS_HASH }], skipDuplicates: true });
  const [head] = await tx.$queryRaw<{ lastSeq: number; lastHash: string }[]>`
    SELECT "lastSeq", "lastHash" FROM "event_chain" WHERE "chain" = ${chain} FOR UPDATE`;
  if (!head) throw new Error("The event chain has no head");
  const { type, actor, at, subject } = event;
  // Through JSON once, so that what is hashed is what the database gives back.
  const payload = JSON.parse(JSON.stringify(event.payload)) as Prisma.InputJsonObject;
  const body = { chain, seq: head.lastSeq + 1, type, actor, at, subject, payload };
  const hash = eventHash(body, head.lastHash);
  await tx.event.create({ data: { ...body, prevHash: head.lastHash, hash } });
  await tx.eventChain.update({ where: { chain }, data: { lastSeq: body.seq, lastHash: hash } });
  return { seq: body.seq, hash };
}
