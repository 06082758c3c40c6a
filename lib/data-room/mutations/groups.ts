import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { hashToken, newToken } from "@/lib/auth/secrets";
import { db, type Tx } from "@/lib/db";
import { type ProposalRefusal, recordProposal } from "@/lib/decisions/mutations/proposals";
import type { ProposalInput } from "@/lib/decisions/schema";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { roomDay } from "../queries/room-day";
import { DEFAULT_NDA } from "../rules/nda-text";
import { groupSubject, openRoomMemo } from "../rules/room-memo";
import { isWithin, shutBecause } from "../rules/terms";
import {
  type ChangeTerms,
  type GroupRead,
  type LimitQuestions,
  type ProposeGroup,
  type RevokeGroup,
  type Terms,
  termsSchema,
  type WriteNda,
} from "../schema/guests";
import { shutGroup } from "./group-deeds";
import { lockRoom, type RoomRow, recordRoom } from "./room-row";

export const termsOf = (stored: unknown): Terms | null =>
  stored === null || stored === undefined ? null : termsSchema.parse(stored);
type GroupRow = Awaited<ReturnType<Tx["roomGroup"]["findUniqueOrThrow"]>>;

async function locked(tx: Tx, actor: Actor, groupId: string): Promise<{ room: RoomRow; group: GroupRow }> {
  const found = await tx.roomGroup.findUnique({ where: { id: groupId }, select: { roomId: true } });
  if (!found) throw new AppError("NOT_FOUND");
  const room = await lockRoom(tx, actor, found.roomId);
  return { room, group: await tx.roomGroup.findUniqueOrThrow({ where: { id: groupId } }) };
}

type Proposed = { groupId: string; memoId: string };
export type ProposeRefusal = "NAME_TAKEN" | "CONFLICT" | "IN_THE_PAST" | ProposalRefusal;

/** A buyer's people, what they may see, and until when: a memo to the chairman. Nobody gets in before. */
export async function proposeGroup(
  actor: Actor,
  input: ProposeGroup,
  now: Date,
): Promise<Result<Proposed, ProposeRefusal>> {
  const { roomId, name, terms } = input;
  const made = await db.$transaction(async (tx) => {
    const room = await lockRoom(tx, actor, roomId);
    if (terms.expiresOn < (await roomDay(room.ventureId, now, tx))) return refuse("IN_THE_PAST" as const);
    if ((await tx.roomGroup.count({ where: { roomId, name } })) > 0) return refuse("NAME_TAKEN" as const);
    if ((await tx.roomNda.count({ where: { roomId } })) === 0) {
      await tx.roomNda.create({
        data: { roomId, version: 1, text: DEFAULT_NDA, writtenBy: "system:data-room", writtenAt: now },
      });
    }
    const group = await tx.roomGroup.create({
      data: { roomId, name, proposed: terms, createdBy: actor.ref, createdAt: now },
    });
    const event = { type: "room-group.proposed", subject: `room-group:${group.id}`, payload: { name, terms } };
    await recordRoom(tx, room, actor, event, now);
    return ok({ groupId: group.id, version: group.version });
  });
  return made.ok ? ask(actor, made.value, terms, now) : made;
}

/** Less is done at once; more than was approved is asked for. */
export async function changeTerms(
  actor: Actor,
  { groupId, version, terms }: ChangeTerms,
  now: Date,
): Promise<Result<{ groupId: string; memoId: string | null }, ProposeRefusal>> {
  const made = await db.$transaction(async (tx) => {
    const { room, group } = await locked(tx, actor, groupId);
    if (group.version !== version) return refuse("CONFLICT" as const);
    if (terms.expiresOn < (await roomDay(room.ventureId, now, tx))) return refuse("IN_THE_PAST" as const);
    const narrower = isWithin(terms, termsOf(group.terms)) && group.revokedAt === null;
    const data = narrower ? { terms } : { proposed: terms };
    const next = await tx.roomGroup.update({ where: { id: groupId }, data: { ...data, version: { increment: 1 } } });
    const type = narrower ? "room-group.narrowed" : "room-group.proposed";
    await recordRoom(
      tx,
      room,
      actor,
      { type, subject: `room-group:${groupId}`, payload: { name: group.name, terms } },
      now,
    );
    return ok({ groupId, version: next.version, narrower });
  });
  if (!made.ok) return made;
  return made.value.narrower ? ok({ groupId, memoId: null }) : ask(actor, made.value, terms, now);
}

async function ask(
  actor: Actor,
  { groupId, version }: { groupId: string; version: number },
  terms: Terms,
  now: Date,
): Promise<Result<Proposed, ProposeRefusal>> {
  const group = await db.roomGroup.findUniqueOrThrow({
    where: { id: groupId },
    include: { room: { include: { sections: true } } },
  });
  const { ventureId, sections } = group.room;
  const venture = await db.venture.findUniqueOrThrow({
    where: { id: ventureId },
    select: { name: true, currency: true },
  });
  const titles = new Map(sections.map(({ number, title }) => [number, title]));
  const facts = {
    groupId,
    group: group.name,
    venture: venture.name,
    currency: venture.currency,
    terms,
    before: termsOf(group.terms),
    titles,
  };
  const proposal: ProposalInput = {
    ...{ ventureId, agent: null, runId: null, actionClass: "exit.open-room" as const, ...openRoomMemo(facts) },
    ...{ stakeMinor: null, stakeCurrency: null, dedupeKey: `${groupSubject(groupId)}:${version}` },
  };
  const outcome = await recordProposal(actor, proposal, now);
  if (!outcome.ok) return outcome;
  await db.roomGroup.update({ where: { id: groupId }, data: { memoId: outcome.value.memoId } });
  return ok({ groupId, memoId: outcome.value.memoId });
}

/** A new link for a group that is approved; it is shown once and kept only as its hash. The old one is dead, with its sessions. */
export async function makeLink(
  actor: Actor,
  { groupId, version }: GroupRead,
  now: Date,
): Promise<Result<{ link: string }, "CONFLICT" | "NOT_APPROVED" | "REVOKED" | "EXPIRED">> {
  const link = newToken("room_");
  return db.$transaction(async (tx) => {
    const { room, group } = await locked(tx, actor, groupId);
    if (group.version !== version) return refuse("CONFLICT" as const);
    const shut = shutBecause(
      { terms: termsOf(group.terms), revokedAt: group.revokedAt },
      await roomDay(room.ventureId, now, tx),
    );
    if (shut) return refuse(shut);
    await tx.roomSession.updateMany({ where: { guest: { groupId }, revokedAt: null }, data: { revokedAt: now } });
    await tx.roomGroup.update({
      where: { id: groupId },
      data: { linkHash: hashToken(link), linkMadeAt: now, version: { increment: 1 } },
    });
    const event = {
      type: "room-group.link-made",
      subject: `room-group:${groupId}`,
      payload: { name: group.name, memoId: group.approvedMemoId },
    };
    await recordRoom(tx, room, actor, event, now);
    return ok({ link });
  });
}

/** At once: sessions, codes and the link end. */
export async function revokeGroup(
  actor: Actor,
  { groupId, reason }: RevokeGroup,
  now: Date,
): Promise<Result<null, "REVOKED">> {
  return db.$transaction(async (tx) => {
    const { room, group } = await locked(tx, actor, groupId);
    if (group.revokedAt) return refuse("REVOKED" as const);
    await shutGroup(tx, groupId, reason, now);
    const event = {
      type: "room-group.revoked",
      subject: `room-group:${groupId}`,
      payload: { name: group.name, reason },
    };
    await recordRoom(tx, room, actor, event, now);
    return ok(null);
  });
}

/** Another version of the confidentiality text: everybody agrees again before they see more. */
export async function writeNda(
  actor: Actor,
  { roomId, text }: WriteNda,
  now: Date,
): Promise<Result<{ version: number }>> {
  return db.$transaction(async (tx) => {
    const room = await lockRoom(tx, actor, roomId);
    const last = await tx.roomNda.aggregate({ where: { roomId }, _max: { version: true } });
    const version = (last._max.version ?? 0) + 1;
    await tx.roomNda.create({ data: { roomId, version, text, writtenBy: actor.ref, writtenAt: now } });
    await recordRoom(
      tx,
      room,
      actor,
      { type: "data-room.nda-written", subject: `data-room:${roomId}`, payload: { version } },
      now,
    );
    return ok({ version });
  });
}

export async function limitQuestions(
  actor: Actor,
  { groupId, version, perWeek }: LimitQuestions,
  now: Date,
): Promise<Result<null, "CONFLICT">> {
  return db.$transaction(async (tx) => {
    const { room, group } = await locked(tx, actor, groupId);
    if (group.version !== version) return refuse("CONFLICT" as const);
    await tx.roomGroup.update({
      where: { id: groupId },
      data: { questionsPerWeek: perWeek, version: { increment: 1 } },
    });
    const event = { type: "room-group.limited", subject: `room-group:${groupId}`, payload: { perWeek } };
    await recordRoom(tx, room, actor, event, now);
    return ok(null);
  });
}
