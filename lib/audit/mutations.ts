import "server-only";
import { signWith } from "@/lib/auth/secrets";
import { db, type Prisma, type Tx } from "@/lib/db";
import { logger } from "@/lib/logger";
import { type Verification, verifyChains } from "./queries";
import { type ChainBreak, describeBreak, eventHash, GENESIS_HASH, HOLDING_CHAIN, sealText } from "./rules";

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

const dayOf = (date: Date): Date => new Date(`${date.toISOString().slice(0, 10)}T00:00:00Z`);

/**
 * Seals every chain that grew since its last seal, once a day (UTC); a second call on the day does nothing. The seals
 * are themselves an event of the holding, so that removing one shows.
 */
export async function sealDay(now: Date): Promise<{ sealed: number }> {
  const day = dayOf(now);
  const dayText = now.toISOString().slice(0, 10);
  return await db.$transaction(async (tx) => {
    // One at a time: two workers that seal at once would both count the same chains.
    await tx.$queryRaw`SELECT 1 FROM "event_chain" WHERE "chain" = ${HOLDING_CHAIN} FOR UPDATE`;
    const grown = await tx.$queryRaw<{ chain: string; lastSeq: number; lastHash: string; sealedSeq: number }[]>`
      SELECT c."chain", c."lastSeq", c."lastHash", COALESCE(MAX(s."lastSeq"), 0)::int AS "sealedSeq"
      FROM "event_chain" c LEFT JOIN "event_seal" s ON s."chain" = c."chain"
      GROUP BY c."chain" HAVING c."lastSeq" > COALESCE(MAX(s."lastSeq"), 0)
      ORDER BY c."chain"`;
    const done = await tx.eventSeal.count({ where: { day } });
    if (done > 0 || grown.length === 0) return { sealed: 0 };
    const seals = grown.map(({ chain, lastSeq, lastHash, sealedSeq }) => {
      const seal = signWith("audit-seal", sealText(chain, dayText, { lastSeq, lastHash }));
      return { chain, day, lastSeq, lastHash, events: lastSeq - sealedSeq, seal, sealedAt: now };
    });
    await tx.eventSeal.createMany({ data: seals });
    const recorded = seals.map(({ chain, lastSeq, seal }) => ({ chain, lastSeq, seal }));
    await recordEvent(tx, {
      ventureId: null,
      type: "audit.sealed",
      actor: "system:audit",
      subject: `day:${dayText}`,
      payload: { day: dayText, seals: recorded },
      at: now,
    });
    return { sealed: seals.length };
  });
}

const BROKEN_CAUSE = "audit:broken";

/** A broken record is a critical alert that stays until verification finds it whole again. */
export async function raiseBrokenChain(broken: ChainBreak | null, now: Date): Promise<void> {
  await db.$transaction(async (tx) => {
    if (!broken) {
      await tx.alert.updateMany({ where: { causeKey: BROKEN_CAUSE, clearedAt: null }, data: { clearedAt: now } });
      return;
    }
    const detail = describeBreak(broken);
    const standing = await tx.alert.findUnique({ where: { causeKey: BROKEN_CAUSE } });
    if (standing && !standing.clearedAt && standing.detail === detail) return;
    const words = { kind: "audit.broken", severity: "critical", title: "The audit log is broken", detail };
    await tx.alert.upsert({
      where: { causeKey: BROKEN_CAUSE },
      create: { causeKey: BROKEN_CAUSE, raisedAt: now, ...words },
      update: { raisedAt: now, clearedAt: null, acknowledgedAt: null, acknowledgedBy: null, ...words },
    });
    // A broken holding chain goes on from its head: the break stays where it is.
    await recordEvent(tx, {
      ventureId: null,
      type: "alert.raised",
      actor: "system:audit",
      subject: BROKEN_CAUSE,
      payload: { detail },
      at: now,
    });
  });
}

/** Verifies, says in the log what is wrong, and raises or clears the alert. */
export async function verifyNow(now: Date): Promise<Verification> {
  const verification = await verifyChains();
  const { firstBreak, chains, events } = verification;
  if (firstBreak) logger.error({ firstBreak }, describeBreak(firstBreak));
  else logger.info({ chains, events }, "the audit log is whole");
  await raiseBrokenChain(firstBreak, now);
  return verification;
}

/** At every start. A broken record is shown, it does not keep the house shut: reading on is how it is looked into. */
export async function verifyAtStart(now: Date): Promise<Verification | null> {
  try {
    return await verifyNow(now);
  } catch (error) {
    logger.error(error);
    return null;
  }
}
