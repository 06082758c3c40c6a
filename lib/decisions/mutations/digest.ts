import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { AppError, ok, type Result } from "@/lib/errors";
import { canMail } from "@/lib/integrations/mail";
import { dayDate } from "@/lib/metrics/rules/periods";
import { fencedTransaction } from "@/lib/workflows/fence";
import { engineClient } from "@/lib/workflows/transport";
import { type DueDigest, gatherDigest } from "../queries/digest";
import { accountOf } from "../queries/people";
import { digestLetter, hasNews } from "../rules/digest";
import type { DigestSetting } from "../schema/inbox";
import { queueLetter, site } from "./letters";

/**
 * The digest of a day for this person, once: the row of person and day is written with the letter, so that of two who
 * write it one does, and a step that is done again finds it. Without a mail server, or with nothing to tell, none is sent.
 */
export async function writeDigest(actor: Actor, due: DueDigest, now: Date): Promise<{ sent: boolean }> {
  if (!canMail() || accountOf(actor) !== due.userId) return { sent: false };
  const { userId, day } = due;
  const told = await gatherDigest(actor, due, now);
  const sent = hasNews(told);
  const { memos, readings, alerts } = {
    memos: told.waiting,
    readings: told.readings.length,
    alerts: told.alerts.length,
  };
  await engineClient();
  return fencedTransaction(async (tx) => {
    const row = { userId, day: dayDate(day), writtenAt: now, memos, readings, alerts, sent };
    const { count } = await tx.digest.createMany({ data: [row], skipDuplicates: true });
    if (count === 0 || !sent) return { sent: false };
    const { email, name } = await tx.user.findUniqueOrThrow({ where: { id: userId } });
    const letter = { ...digestLetter(told, site()), to: email, name };
    await queueLetter(tx, { key: `digest:${userId}:${day}`, about: `digest:${day}`, ventureId: null, ...letter }, now);
    return { sent: true };
  });
}

/** How often, and from which hour on; one's own. */
export async function setDigest(actor: Actor, setting: DigestSetting, now: Date): Promise<Result<null>> {
  const userId = accountOf(actor);
  if (!userId) throw new AppError("FORBIDDEN");
  await db.$transaction(async (tx) => {
    const data = { ...setting, setAt: now };
    await tx.digestSetting.upsert({ where: { userId }, create: { userId, ...data }, update: data });
    const about = { ventureId: null, type: "digest.set", actor: actor.ref, subject: `digest:${userId}`, at: now };
    await recordEvent(tx, { ...about, payload: setting });
  });
  return ok(null);
}
