import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import type { Tx } from "@/lib/db";
import { startInitiative, stopInitiative } from "@/lib/growth/mutations";
import { runEffect } from "@/lib/workflows/effects";
import type { Action } from "../schema";
import { asJson, type LockedMemo } from "./memo-row";

/** What is done for an approved action, and how it is undone: one pair per kind of action. */
type Done = { initiativeId: string };
type At = { key: string; now: Date };
type Deed = {
  perform: (tx: Tx, memo: LockedMemo, action: Action, at: At) => Promise<Done>;
  reverse: (tx: Tx, memo: LockedMemo, now: Date) => Promise<void>;
};

export const SYSTEM = "system:memo";

const DEEDS: Readonly<Record<Action["type"], Deed>> = {
  "growth.start-initiative": {
    perform: async (tx, memo, action, { key, now }) => {
      const { id, ventureId } = memo;
      const initiative = await startInitiative(tx, { memoId: id, ventureId, action, now });
      await recordEvent(tx, {
        ventureId,
        type: "initiative.started",
        actor: SYSTEM,
        subject: `initiative:${initiative.id}`,
        payload: asJson({ memoId: id, version: memo.version, step: key, action }),
        at: now,
      });
      return { initiativeId: initiative.id };
    },
    reverse: (tx, memo, now) => stopInitiative(tx, memo.id, now),
  },
};

export const effectKey = (memoId: string, version: number): string => `memo:${memoId}:${version}:action`;

/** Once per memo and version, whoever tries and however often. */
export async function perform(tx: Tx, memo: LockedMemo, action: Action, at: At): Promise<Done> {
  const effect = {
    key: effectKey(memo.id, memo.version),
    kind: action.type,
    ventureId: memo.ventureId,
    subject: `memo:${memo.id}`,
    at: at.now,
  };
  const { result } = await runEffect(tx, effect, () => DEEDS[action.type].perform(tx, memo, action, at));
  return result;
}

/** Undoes what was carried out for this version; false where nothing was. Once, whoever tries and however often. */
export async function reverse(tx: Tx, memo: LockedMemo, version: number, now: Date): Promise<boolean> {
  const key = effectKey(memo.id, version);
  const done = await tx.effect.findUnique({ where: { key } });
  if (!done) return false;
  const type = done.kind as Action["type"];
  const effect = {
    key: `${key}:reversed`,
    kind: `${type}.reversed`,
    ventureId: memo.ventureId,
    subject: `memo:${memo.id}`,
    at: now,
  };
  await runEffect(tx, effect, async () => {
    await DEEDS[type].reverse(tx, memo, now);
    return { reversed: true };
  });
  return true;
}
