import "server-only";
import { type Actor, venturesInSql } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { db, read } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { staleFigures } from "@/lib/figures/queries";
import { formatMinor } from "@/lib/format";
import { type Urgency, urgency } from "../rules/urgency";
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
  /** Who approved it as the first of two, where a second person is waited for. */
  firstBy: string | null;
  /** Of colleagues who were asked to read it: how many have said what they think, and how many have not. */
  opinions: number;
  awaited: number;
  urgency: Urgency;
};

export type Inbox = {
  waiting: InboxItem[];
  /** This person approved them as the first of two. */
  withSecond: InboxItem[];
  deferred: InboxItem[];
};

type MemoRow = {
  id: string;
  ventureId: string;
  ventureName: string;
  ventureSlug: string;
  title: string;
  status: MemoStatus;
  version: number;
  seenVersion: number | null;
  proposedBy: string;
  reversible: boolean;
  stakeMinor: string | null;
  stakeCurrency: string | null;
  dueAt: Date | null;
  expiresAt: Date;
  deferredUntil: Date | null;
  createdAt: Date;
  quotes: Quote[];
  firstBy: string | null;
  opinions: number;
  awaited: number;
};

const OPEN_MEMOS = `
  SELECT m."id", m."ventureId", v."name" AS "ventureName", v."slug" AS "ventureSlug", m."title", m."status"::text AS "status",
    m."version", s."version" AS "seenVersion", m."proposedBy", m."reversible", m."stakeMinor", m."stakeCurrency", m."dueAt",
    m."expiresAt", m."deferredUntil", m."createdAt", m."content" -> 'quotes' AS "quotes", f."decidedBy" AS "firstBy",
    o."opinions", o."awaited"
  FROM "memo" m JOIN "venture" v ON v."id" = m."ventureId"
  LEFT JOIN "memo_seen" s ON s."memoId" = m."id" AND s."userId" = $3::uuid
  LEFT JOIN "verdict" f ON m."status" = 'confirming' AND f."memoId" = m."id" AND f."version" = m."version" - 1
  CROSS JOIN LATERAL (
    SELECT count("givenAt")::int AS "opinions", (count(*) - count("givenAt"))::int AS "awaited"
    FROM "memo_reading" r WHERE r."memoId" = m."id" AND r."withdrawnAt" IS NULL) o
  WHERE m."status" IN ('pending', 'question', 'deferred', 'confirming') AND m."expiresAt" > $2
    AND ($1::uuid[] IS NULL OR m."ventureId" = ANY($1))
  ORDER BY m."createdAt" LIMIT 500`;

/** What waits for a decision, most urgent first, and what was put off until a later day. */
export async function listInbox(actor: Actor, now: Date): Promise<Inbox> {
  if (!isPermitted(actor.role, "memo:read")) throw new AppError("FORBIDDEN");
  const memos = await read<MemoRow>(OPEN_MEMOS, [venturesInSql(actor), now, accountOf(actor)]);
  if (memos.length === 0) return { waiting: [], withSecond: [], deferred: [] };
  const currencies = memos.flatMap((memo) => memo.stakeCurrency ?? []);
  const proposers = memos.flatMap((memo) => [memo.proposedBy, ...(memo.firstBy ? [memo.firstBy] : [])]);
  const [rates, nameOf, stale] = await Promise.all([
    dollarRates(db, currencies, now),
    namesOf(db, proposers),
    staleMemos(memos),
  ]);
  const items = memos.map((memo): InboxItem => {
    const { id, ventureId, ventureName, ventureSlug, title, status, version, reversible } = memo;
    const { stakeMinor, stakeCurrency, dueAt, expiresAt, opinions, awaited } = memo;
    const stake = stakeMinor !== null && stakeCurrency ? { amountMinor: stakeMinor, currency: stakeCurrency } : null;
    const dollars = stake ? inDollars(BigInt(stake.amountMinor), stake.currency, rates) : null;
    return {
      ...{ id, ventureId, ventureName, ventureSlug, title, status, version, reversible, stake },
      ...{ opinions, awaited, from: nameOf(memo.proposedBy) },
      dueAt: (dueAt ?? expiresAt).toISOString(),
      deferredUntil: memo.deferredUntil?.toISOString() ?? null,
      createdAt: memo.createdAt.toISOString(),
      stale: stale.has(id),
      unseen: memo.seenVersion !== version,
      firstBy: memo.firstBy ? nameOf(memo.firstBy) : null,
      urgency: urgency({ dueAt, expiresAt, reversible, ...stakeFacts(stake, dollars) }, now),
    };
  });
  items.sort((a, b) => b.urgency.score - a.urgency.score || (a.id < b.id ? -1 : 1));
  const put = (item: InboxItem) => item.deferredUntil !== null && new Date(item.deferredUntil) > now;
  const own = new Set(memos.flatMap(({ id, firstBy }) => (firstBy === actor.ref ? [id] : [])));
  const withSecond = items.filter(({ id }) => own.has(id));
  const rest = items.filter(({ id }) => !own.has(id));
  return { waiting: rest.filter((item) => !put(item)), withSecond, deferred: rest.filter(put) };
}

const stakeFacts = (stake: InboxItem["stake"], dollars: { toNumber: () => number } | null) => ({
  stake: stake ? formatMinor(BigInt(stake.amountMinor), stake.currency) : null,
  stakeUsd: dollars ? dollars.toNumber() : null,
});

async function staleMemos(memos: readonly { id: string; quotes: Quote[] }[]): Promise<Set<string>> {
  const all = new Map(memos.flatMap((memo) => memo.quotes.map((quote) => [`${quote.id}@${quote.revision}`, quote])));
  const stale = new Set((await staleFigures([...all.values()])).map(({ id, revision }) => `${id}@${revision}`));
  return new Set(
    memos
      .filter((memo) => memo.quotes.some((quote) => stale.has(`${quote.id}@${quote.revision}`)))
      .map((memo) => memo.id),
  );
}
