import type { Actor } from "@/lib/auth/actor";
import type { Guest } from "@/lib/auth/guest";
import { guestOfToken } from "@/lib/auth/guest-session";
import { decryptSecret } from "@/lib/auth/secrets";
import { db } from "@/lib/db";
import { perform } from "@/lib/decisions/mutations/deeds";
import { lockMemo } from "@/lib/decisions/mutations/memo-row";
import { askCode, codeOwner, enterRoom } from "../mutations/door";
import { makeLink, proposeGroup } from "../mutations/groups";
import { acceptNda } from "../mutations/guest-deeds";
import type { Terms } from "../schema/guests";
import { NOW } from "./rooms";

export const VISITOR = { address: "192.0.2.7", userAgent: "test" };
export const ANNA = "anna@buyer.example";
export const terms = (more: Partial<Terms> = {}): Terms => ({
  emails: [ANNA],
  grants: [
    { section: 3, item: null, level: "view" },
    { section: 4, item: null, level: "download" },
  ],
  expiresOn: "2026-06-30",
  ...more,
});

/** The chairman's yes, as the memo's run carries it out. */
export const approve = (memoId: string) =>
  db.$transaction(async (tx) => {
    const memo = await lockMemo(tx, memoId);
    const action = memo.content.options.find(({ id }) => id === "open")?.action;
    if (!action) throw new Error("no action");
    await perform(tx, memo, action, { key: "test", now: NOW });
  });

export async function openGroup(analyst: Actor, roomId: string, name = "Buyer A", more: Partial<Terms> = {}) {
  const proposed = await proposeGroup(analyst, { roomId, name, terms: terms(more) }, NOW);
  if (!proposed.ok) throw new Error(proposed.refusal);
  await approve(proposed.value.memoId);
  const { version } = await db.roomGroup.findUniqueOrThrow({ where: { id: proposed.value.groupId } });
  const made = await makeLink(analyst, { groupId: proposed.value.groupId, version }, NOW);
  if (!made.ok) throw new Error(made.refusal);
  return { ...proposed.value, link: made.value.link };
}

/** What the analyst would read out where no mail can be sent. */
export async function codeFor(groupId: string, email = ANNA): Promise<string> {
  const row = await db.roomCode.findFirstOrThrow({
    where: { groupId, email, usedAt: null },
    orderBy: { sentAt: "desc" },
  });
  return decryptSecret("guest-code", codeOwner(row.id), row.sealed ?? "");
}

export async function enter(link: string, groupId: string, email = ANNA, at = NOW): Promise<Guest> {
  await askCode({ link, email }, VISITOR, at);
  const entered = await enterRoom({ link, email, code: await codeFor(groupId, email) }, VISITOR, at);
  if (!entered.ok) throw new Error(entered.refusal);
  const guest = await guestOfToken(entered.value.token, at);
  if (!guest) throw new Error("no session");
  await acceptNda(guest, { link, ndaVersion: 1, name: "Anna Acquirer" }, at);
  return { ...guest, agreed: true };
}
