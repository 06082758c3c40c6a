import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import type { Actor } from "@/lib/auth/actor";
import { mayOwn } from "@/lib/auth/people";
import { isPermitted } from "@/lib/auth/permissions";
import { db, type Tx } from "@/lib/db";
import { AppError, ok, type Result } from "@/lib/errors";
import { formatDay } from "@/lib/format";
import { canMail } from "@/lib/integrations/mail";
import { dayDate } from "@/lib/metrics/rules/periods";
import { fencedTransaction } from "@/lib/workflows/fence";
import { engineClient } from "@/lib/workflows/transport";
import { accountOf } from "../queries/people";
import { mayAsk, mayOpine, type OpinionRefusal, type ReadingRefusal } from "../rules/reading";
import type { AskReading, OpinionInput } from "../schema/inbox";
import { queueLetter, site } from "./letters";
import { asJson, type LockedMemo, lockVisibleMemo } from "./memo-row";

type Told = { type: string; payload: object; now: Date };

const record = (tx: Tx, { id, ventureId }: LockedMemo, actor: Actor, { type, payload, now }: Told) =>
  recordEvent(tx, { ventureId, type, actor: actor.ref, subject: `memo:${id}`, payload: asJson(payload), at: now });

/** The colleague is told at once, where letters can be sent; the letter holds the way to the memo and nothing else. */
async function tell(
  tx: Tx,
  memo: LockedMemo,
  actor: Actor,
  { readerId, dueOn, note }: AskReading,
  id: string,
  now: Date,
) {
  const { email, name } = await tx.user.findUniqueOrThrow({ where: { id: readerId } });
  const lines = [
    `${actor.name} asks you to read “${memo.title}” by ${formatDay(dueOn)} and to say what you think of it.`,
    ...(note ? [note] : []),
    `Read it: ${site()}/inbox/${memo.id}`,
    "The page asks you to sign in. You give an opinion; the decision stays with who asked.",
  ];
  const letter = {
    to: email,
    name,
    subject: `To read by ${formatDay(dueOn)}: ${memo.title}`,
    text: lines.join("\n\n"),
  };
  await queueLetter(tx, { key: `reading:${id}`, about: `memo:${memo.id}`, ventureId: memo.ventureId, ...letter }, now);
}

/** The chairman has a memo read by a named colleague, who says what they think by a day and decides nothing. */
export async function askReading(
  actor: Actor,
  input: AskReading,
  now: Date,
): Promise<Result<{ readingId: string }, ReadingRefusal>> {
  if (!isPermitted(actor.role, "memo:decide")) throw new AppError("FORBIDDEN");
  await engineClient();
  return fencedTransaction(async (tx) => {
    const { memoId, version, readerId, dueOn, note } = input;
    const memo = await lockVisibleMemo(tx, actor, memoId);
    const open = { memoId, readerId, givenAt: null, withdrawnAt: null };
    const allowed = mayAsk(memo, {
      ...{ version, dueOn, today: now.toISOString().slice(0, 10) },
      colleague: readerId !== accountOf(actor) && (await mayOwn(tx, memo.ventureId, readerId)),
      already: (await tx.memoReading.count({ where: open })) > 0,
    });
    if (!allowed.ok) return allowed;
    const asked = { memoId, version, readerId, askedBy: actor.ref, askedAt: now, note, dueOn: dayDate(dueOn) };
    const { id } = await tx.memoReading.create({ data: asked });
    if (canMail()) await tell(tx, memo, actor, input, id, now);
    const payload = { version, reader: `user:${readerId}`, dueOn, note };
    await record(tx, memo, actor, { type: "memo.reading-asked", payload, now });
    return ok({ readingId: id });
  });
}

type Held = { memo: LockedMemo; reading: NonNullable<Awaited<ReturnType<Tx["memoReading"]["findUnique"]>>> };

/** Under the memo's lock, so that an opinion and a verdict follow each other. */
async function lockReading(tx: Tx, actor: Actor, readingId: string): Promise<Held> {
  const known = await db.memoReading.findUnique({ where: { id: readingId } });
  if (!known) throw new AppError("NOT_FOUND");
  const memo = await lockVisibleMemo(tx, actor, known.memoId);
  return { memo, reading: await tx.memoReading.findUniqueOrThrow({ where: { id: readingId } }) };
}

/** What the colleague thinks, on the version that they read. It stands on the memo and changes nothing of it. */
export async function giveOpinion(actor: Actor, input: OpinionInput, now: Date): Promise<Result<null, OpinionRefusal>> {
  if (!isPermitted(actor.role, "memo:comment")) throw new AppError("FORBIDDEN");
  return fencedTransaction(async (tx) => {
    const { readingId, version, stance, opinion } = input;
    const { memo, reading } = await lockReading(tx, actor, readingId);
    const allowed = mayOpine(memo, { ...reading, own: reading.readerId === accountOf(actor) }, version);
    if (!allowed.ok) return allowed;
    const given = { stance, opinion, opinionVersion: version, givenAt: now };
    await tx.memoReading.update({ where: { id: readingId }, data: given });
    await record(tx, memo, actor, { type: "memo.opinion-given", payload: { version, stance, opinion }, now });
    return ok(null);
  });
}

/** Who asked, or anybody else who decides, needs it no more. An opinion that was given stays. */
export async function endReading(actor: Actor, readingId: string, now: Date): Promise<Result<null, "ALREADY_SAID">> {
  if (!isPermitted(actor.role, "memo:decide")) throw new AppError("FORBIDDEN");
  return fencedTransaction(async (tx) => {
    const { memo, reading } = await lockReading(tx, actor, readingId);
    if (reading.givenAt) return { ok: false as const, refusal: "ALREADY_SAID" as const };
    if (reading.withdrawnAt) return ok(null);
    await tx.memoReading.update({ where: { id: readingId }, data: { withdrawnAt: now } });
    await record(tx, memo, actor, { type: "memo.reading-ended", payload: { reader: `user:${reading.readerId}` }, now });
    return ok(null);
  });
}
