import { createHash } from "node:crypto";
import { canonicalJson } from "@/lib/figures/rules";

export const HOLDING_CHAIN = "holding";
export const GENESIS_HASH = "0".repeat(64);

export type EventBody = {
  chain: string;
  seq: number;
  type: string;
  actor: string;
  at: Date;
  subject: string;
  payload: unknown;
};

/** SHA-256 over the previous hash and the canonical body: changing, removing or moving any event breaks every later hash. */
export function eventHash(body: EventBody, prevHash: string): string {
  const { chain, seq, type, actor, at, subject, payload } = body;
  return createHash("sha256")
    .update(canonicalJson([prevHash, chain, seq, type, actor, at.toISOString(), subject, payload]))
    .digest("hex");
}

export type StoredEvent = EventBody & { prevHash: string; hash: string };

/**
 * missing: the event at this place is gone. altered: its content is not what was hashed. unlinked: it does not follow
 * the one before it. truncated: the chain's head, or a seal, knows of later events than there are. unrecorded: there
 * are events after the head. resealed: the chain is consistent, but not the one that was sealed.
 */
export type BreakProblem = "missing" | "altered" | "unlinked" | "truncated" | "unrecorded" | "resealed";
export type ChainBreak = { chain: string; seq: number; problem: BreakProblem };

/** The first event of an ordered run that is not what was written, or null. `prevHash`/`lastSeq` are those before it. */
export function firstBreak(events: readonly StoredEvent[], prevHash: string, lastSeq: number): ChainBreak | null {
  let expectedHash = prevHash;
  let expectedSeq = lastSeq + 1;
  for (const event of events) {
    if (event.seq !== expectedSeq) return { chain: event.chain, seq: expectedSeq, problem: "missing" };
    if (event.prevHash !== expectedHash) return { chain: event.chain, seq: event.seq, problem: "unlinked" };
    if (eventHash(event, expectedHash) !== event.hash)
      return { chain: event.chain, seq: event.seq, problem: "altered" };
    expectedHash = event.hash;
    expectedSeq += 1;
  }
  return null;
}

export type Position = { lastSeq: number; lastHash: string };
export const CHAIN_START: Position = { lastSeq: 0, lastHash: GENESIS_HASH };

/** The end of the events against the head that the last write left. Without a head, no event may be there. */
export function headBreak(chain: string, end: Position, head: Position | null): ChainBreak | null {
  const known = head ?? CHAIN_START;
  if (end.lastSeq < known.lastSeq) return { chain, seq: end.lastSeq + 1, problem: "truncated" };
  if (end.lastSeq > known.lastSeq) return { chain, seq: known.lastSeq + 1, problem: "unrecorded" };
  return end.lastHash === known.lastHash ? null : { chain, seq: end.lastSeq, problem: "altered" };
}

/** What a seal signs. The key is not in the database, so whoever rewrites the database cannot make one. */
export const sealText = (chain: string, day: string, position: Position): string =>
  canonicalJson([chain, day, position.lastSeq, position.lastHash]);

export type Seal = Position & { chain: string; day: string; seal: string };

/** Of two breaks the earlier one in the chain. */
export function earlier(a: ChainBreak | null, b: ChainBreak | null): ChainBreak | null {
  if (!a || !b) return a ?? b;
  return a.seq <= b.seq ? a : b;
}

const SENTENCES: Readonly<Record<BreakProblem, string>> = {
  missing: "is gone",
  altered: "is not what was written",
  unlinked: "does not follow the event before it",
  truncated: "and what came after it were cut off",
  unrecorded: "was added past the recorded end",
  resealed: "is not the event that was sealed",
};

/** "Event 12 of the holding is not what was written." */
export function describeBreak({ chain, seq, problem }: ChainBreak): string {
  const owner = chain === HOLDING_CHAIN ? "the holding" : `venture ${chain}`;
  return `Event ${seq} of ${owner} ${SENTENCES[problem]}.`;
}
