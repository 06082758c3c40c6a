import "server-only";
import { type Actor, ventureScope } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { staleFigures } from "@/lib/figures/queries";
import { type Urgency, urgency } from "../rules/urgency";
import { OPEN } from "../rules/verdict";
import type { MemoStatus, Quote } from "../schema";
import { dollarRates, inDollars } from "./facts";
import { accountOf, namesOf } from "./people";

export type InboxItem = {
  id: string;
  ventureId: string;
  ventureName: string;
  ventureSlug: string;
  title: string;
  status: MemoStatus;
  version: number;
  from: string;
  reversible: boolean;
  stake: { amountMinor: string; currency: string } | null;
  dueAt: string;
  deferredUntil: string | null;
  createdAt: string;
  /** Some figure that it quotes has changed since it was written. */
  stale: boolean;
  /** Changed, or never opened, since this person last had it on the screen. */
  unseen: boolean;
  urgency: Urgency;
};

export type Inbox = { waiting: InboxItem[]; deferred: InboxItem[] };

const NOBODY = "00000000-0000-0000-0000-000000000000";

/** What waits for a decision, most urgent first, and what was put off until a later day. */
export async function listInbox(actor: Actor, now: Date): Promise<Inbox> {
  if (!isPermitted(actor.role, "memo:read")) throw new AppError("FORBIDDEN");
  const memos = await db.memo.findMany({
    where: { ...ventureScope(actor), status: { in: [...OPEN] }, expiresAt: { gt: now } },
    orderBy: { createdAt: "asc" },
    take: 500,
  });
  if (memos.length === 0) return { waiting: [], deferred: [] };
  const quotes = memos.map((memo) => ({ id: memo.id, quotes: (memo.content as { quotes: Quote[] }).quotes }));
  const [ventures, seen, rates, nameOf, stale] = await Promise.all([
    db.venture.findMany({ where: { id: { in: memos.map((memo) => memo.ventureId) } } }),
    db.memoSeen.findMany({
      where: { memoId: { in: memos.map((memo) => memo.id) }, userId: accountOf(actor) ?? NOBODY },
    }),
    dollarRates(
      db,
      memos.flatMap((memo) => memo.stakeCurrency ?? []),
      now,
    ),
    namesOf(
      db,
      memos.map((memo) => memo.proposedBy),
    ),
    staleMemos(quotes),
  ]);
  const ventureOf = new Map(ventures.map((venture) => [venture.id, venture]));
  const seenVersion = new Map(seen.map((row) => [row.memoId, row.version]));
  const items = memos.map((memo): InboxItem => {
    const { id, ventureId, title, status, version, reversible, stakeMinor, stakeCurrency, expiresAt, dueAt } = memo;
    const stake =
      stakeMinor !== null && stakeCurrency ? { amountMinor: stakeMinor.toString(), currency: stakeCurrency } : null;
    const dollars = stakeMinor !== null && stakeCurrency ? inDollars(stakeMinor, stakeCurrency, rates) : null;
    return {
      ...{ id, ventureId, title, status, version, reversible, stake },
      ventureName: ventureOf.get(ventureId)?.name ?? "",
      ventureSlug: ventureOf.get(ventureId)?.slug ?? "",
      from: nameOf(memo.proposedBy),
      dueAt: (dueAt ?? expiresAt).toISOString(),
      deferredUntil: memo.deferredUntil?.toISOString() ?? null,
      createdAt: memo.createdAt.toISOString(),
      stale: stale.has(id),
      unseen: seenVersion.get(id) !== version,
      urgency: urgency({ dueAt, expiresAt, reversible, stakeUsd: dollars ? dollars.toNumber() : null }, now),
    };
  });
  items.sort((a, b) => b.urgency.score - a.urgency.score || (a.id < b.id ? -1 : 1));
  const put = (item: InboxItem) => item.deferredUntil !== null && new Date(item.deferredUntil) > now;
  return { waiting: items.filter((item) => !put(item)), deferred: items.filter(put) };
}

async function staleMemos(memos: readonly { id: string; quotes: Quote[] }[]): Promise<Set<string>> {
  const all = new Map(memos.flatMap((memo) => memo.quotes.map((quote) => [`${quote.id}@${quote.revision}`, quote])));
  const stale = new Set((await staleFigures([...all.values()])).map(({ id, revision }) => `${id}@${revision}`));
  return new Set(
    memos
      .filter((memo) => memo.quotes.some((quote) => stale.has(`${quote.id}@${quote.revision}`)))
      .map((memo) => memo.id),
  );
}
