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
export type ChainBreak = { chain: string; seq: number; problem: "missing" | "altered" | "unlinked" };

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
