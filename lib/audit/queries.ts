import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { namesByRef } from "@/lib/auth/people";
import { isPermitted } from "@/lib/auth/permissions";
import { signWith } from "@/lib/auth/secrets";
import { db, Prisma, type Tx } from "@/lib/db";
import {
  CHAIN_START,
  type ChainBreak,
  describeBreak,
  earlier,
  firstBreak,
  HOLDING_CHAIN,
  headBreak,
  type Position,
  type Seal,
  sealText,
} from "./rules";
import { typesOf } from "./schema";

export { describeBreak };

const PAGE = 1_000;
const PATIENCE_MS = 10 * 60_000;

export type Verification = { chains: number; events: number; firstBreak: ChainBreak | null };

/** What verification needs to know about one chain beside its events. */
type Chain = { name: string; head: Position | null; seals: Seal[] };

const dayOf = (date: Date): string => date.toISOString().slice(0, 10);

async function readChains(tx: Tx): Promise<Chain[]> {
  const heads = await tx.eventChain.findMany();
  const seals = await tx.eventSeal.findMany({ orderBy: { day: "asc" } });
  const named = await tx.$queryRaw<{ chain: string }[]>`SELECT DISTINCT "chain" FROM "event"`;
  const names = new Set([...heads, ...seals, ...named].map((row) => row.chain));
  return [...names].sort().map((name) => ({
    name,
    head: heads.find((head) => head.chain === name) ?? null,
    seals: seals.filter((seal) => seal.chain === name).map((seal) => ({ ...seal, day: dayOf(seal.day) })),
  }));
}

/** The seals that events recorded when they were made: one that is gone or changed since betrays itself. */
type RecordedSeal = { chain: string; day: string; lastSeq: number; seal: string };

function recordedSeals(type: string, payload: unknown): RecordedSeal[] {
  if (type !== "audit.sealed") return [];
  const { day, seals } = payload as { day: string; seals: Omit<RecordedSeal, "day">[] };
  return seals.map((seal) => ({ ...seal, day }));
}

type Walk = { events: number; broken: ChainBreak | null; recorded: RecordedSeal[] };

/** Goes through one chain page by page; the seals are compared where they were set. */
async function walkChain(tx: Tx, chain: Chain): Promise<Walk> {
  const walk: Walk = { events: 0, broken: null, recorded: [] };
  const sealAt = new Map(chain.seals.map((seal) => [seal.lastSeq, seal]));
  let end = CHAIN_START;
  for (;;) {
    const page = await tx.event.findMany({
      where: { chain: chain.name, seq: { gt: end.lastSeq } },
      orderBy: { seq: "asc" },
      take: PAGE,
    });
    walk.events += page.length;
    walk.broken = firstBreak(page, end.lastHash, end.lastSeq);
    for (const event of page) {
      const seal = sealAt.get(event.seq);
      if (seal && seal.lastHash !== event.hash)
        walk.broken = earlier(walk.broken, { chain: chain.name, seq: event.seq, problem: "resealed" });
      walk.recorded.push(...recordedSeals(event.type, event.payload));
    }
    const last = page.at(-1);
    if (last) end = { lastSeq: last.seq, lastHash: last.hash };
    if (walk.broken || page.length < PAGE) break;
  }
  walk.broken ??= headBreak(chain.name, end, chain.head) ?? sealBreak(chain, end);
  return walk;
}

/** Seals that are not ours, or that know of events past the end. */
function sealBreak(chain: Chain, end: Position): ChainBreak | null {
  for (const seal of chain.seals) {
    if (seal.seal !== signWith("audit-seal", sealText(seal.chain, seal.day, seal)))
      return { chain: chain.name, seq: seal.lastSeq, problem: "resealed" };
    if (seal.lastSeq > end.lastSeq) return { chain: chain.name, seq: end.lastSeq + 1, problem: "truncated" };
  }
  return null;
}

function lostSeal(chains: readonly Chain[], recorded: readonly RecordedSeal[]): ChainBreak | null {
  const kept = new Set(chains.flatMap((chain) => chain.seals.map((seal) => `${seal.chain} ${seal.day} ${seal.seal}`)));
  const lost = recorded.find(({ chain, day, seal }) => !kept.has(`${chain} ${day} ${seal}`));
  return lost ? { chain: lost.chain, seq: lost.lastSeq, problem: "resealed" } : null;
}

/**
 * Recomputes every hash of every chain and compares heads and seals, on one snapshot, in pages. Not scoped by an actor:
 * it tells where the record is broken and nothing of what is in it.
 */
export async function verifyChains(): Promise<Verification> {
  return await db.$transaction(
    async (tx) => {
      const chains = await readChains(tx);
      const result: Verification = { chains: chains.length, events: 0, firstBreak: null };
      const recorded: RecordedSeal[] = [];
      for (const chain of chains) {
        const walk = await walkChain(tx, chain);
        result.events += walk.events;
        result.firstBreak ??= walk.broken;
        recorded.push(...walk.recorded);
      }
      result.firstBreak ??= lostSeal(chains, recorded);
      return result;
    },
    { isolationLevel: Prisma.TransactionIsolationLevel.RepeatableRead, timeout: PATIENCE_MS },
  );
}

export type EventFilters = {
  /** A venture's id, or "holding". */
  chain?: string;
  /** A topic, a noun or one event: "memo" finds "memo.approved" too. */
  type?: string;
  actor?: string;
  subject?: string;
  /** Inclusive. */
  from?: Date;
  /** Exclusive. */
  until?: Date;
};

type NamedVenture = { slug: string; name: string };

export type ListedEvent = {
  id: string;
  chain: string;
  seq: number;
  type: string;
  actor: string;
  /** The person's name, or the ref itself for agents and the system. */
  actorName: string;
  /** Null: an event of the holding. */
  venture: NamedVenture | null;
  at: Date;
  subject: string;
  payload: unknown;
  hash: string;
};

/** The chains that the actor may read: their ventures'; the holding's too, for who sees everything or manages people. */
function chainScope(actor: Actor, chain: string | undefined): Prisma.EventWhereInput {
  if (actor.ventures === "all") return chain ? { chain } : {};
  const holding = isPermitted(actor.role, "people:manage") ? [HOLDING_CHAIN] : [];
  const visible = [...actor.ventures, ...holding];
  return { chain: { in: visible.filter((name) => !chain || name === chain) } };
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

async function namesOf(refs: readonly string[]): Promise<Map<string, string>> {
  const ids = refs.flatMap((ref) => (ref.startsWith("guest:") && UUID.test(ref.slice(6)) ? [ref.slice(6)] : []));
  const [names, guests] = await Promise.all([
    namesByRef(db, refs),
    db.roomGuest.findMany({ where: { id: { in: ids } }, select: { id: true, email: true } }),
  ]);
  return new Map([...names, ...guests.map((guest): [string, string] => [`guest:${guest.id}`, guest.email])]);
}

async function venturesOf(chains: readonly string[]): Promise<Map<string, NamedVenture>> {
  const ids = [...new Set(chains)].filter((chain) => chain !== HOLDING_CHAIN);
  const rows = await db.venture.findMany({ where: { id: { in: ids } }, select: { id: true, slug: true, name: true } });
  return new Map(rows.map(({ id, slug, name }) => [id, { slug, name }]));
}

/** Newest first; `cursor` is the id of the last event of the page before. */
export async function listEvents(
  actor: Actor,
  filters: EventFilters,
  cursor: string | null,
  take = 100,
): Promise<{ events: ListedEvent[]; nextCursor: string | null }> {
  const { type, subject, from, until } = filters;
  const rows = await db.event.findMany({
    where: {
      AND: [
        chainScope(actor, filters.chain),
        type ? { OR: typesOf(type).flatMap((of) => [{ type: of }, { type: { startsWith: `${of}.` } }]) } : {},
        filters.actor ? { actor: filters.actor } : {},
        subject ? { subject } : {},
        from || until ? { at: { gte: from, lt: until } } : {},
        cursor ? { id: { lt: BigInt(cursor) } } : {},
      ],
    },
    orderBy: { id: "desc" },
    take: take + 1,
  });
  const page = rows.slice(0, take);
  const [names, ventures] = await Promise.all([
    namesOf(page.map((row) => row.actor)),
    venturesOf(page.map((row) => row.chain)),
  ]);
  const events = page.map(({ id, chain, seq, actor: ref, at, subject: about, payload, hash, type: kind }) => ({
    ...{ id: String(id), chain, seq, type: kind, actor: ref, at, subject: about, payload, hash },
    actorName: names.get(ref) ?? ref,
    venture: ventures.get(chain) ?? null,
  }));
  return { events, nextCursor: rows.length > take ? (events.at(-1)?.id ?? null) : null };
}
