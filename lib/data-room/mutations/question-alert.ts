import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import type { Tx } from "@/lib/db";
import { OPEN_QUESTION, waitingWords } from "../rules/questions";
import type { RoomRow } from "./room-row";

const SYSTEM = "system:data-room";
const KIND = "guest-questions";

/**
 * One alert for each room while a guest waits for an answer: told at once, in the transaction of the question, and over
 * when none is open. One more question raises it again, for whoever had taken note of those before.
 */
export async function tellOfQuestions(tx: Tx, room: RoomRow, isNew: boolean, now: Date): Promise<void> {
  const causeKey = `${KIND}:${room.id}`;
  const open = await tx.roomQuestion.findMany({
    where: { roomId: room.id, status: { in: [...OPEN_QUESTION] } },
    select: { number: true, group: { select: { name: true } } },
    orderBy: { number: "desc" },
  });
  const standing = await tx.alert.findUnique({ where: { causeKey } });
  const stands = standing !== null && standing.clearedAt === null;
  if (open.length === 0 && !stands) return;
  const said =
    open.length > 0
      ? waitingWords(open.map(({ group }) => group.name))
      : { title: standing?.title ?? "", detail: standing?.detail ?? "" };
  if (open.length === 0) await tx.alert.update({ where: { causeKey }, data: { clearedAt: now } });
  else if (stands && !isNew) await tx.alert.update({ where: { causeKey }, data: said });
  else {
    const fresh = { ...said, raisedAt: now, clearedAt: null, acknowledgedAt: null, acknowledgedBy: null };
    const create = { ...fresh, causeKey, ventureId: room.ventureId, kind: KIND, severity: "info" };
    await tx.alert.upsert({ where: { causeKey }, create, update: fresh });
  }
  if (stands && open.length > 0) return;
  const type = open.length > 0 ? "alert.raised" : "alert.cleared";
  const event = { ventureId: room.ventureId, type, actor: SYSTEM, subject: `alert:${causeKey}`, at: now };
  await recordEvent(tx, { ...event, payload: { kind: KIND, ...said } });
}
