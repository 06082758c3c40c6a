import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  CHAIN_START,
  describeBreak,
  type EventBody,
  earlier,
  eventHash,
  firstBreak,
  GENESIS_HASH,
  headBreak,
  type StoredEvent,
} from "./rules";

const body = (seq: number, subject = `memo:${seq}`): EventBody => ({
  chain: "holding",
  seq,
  type: "memo.approved",
  actor: "user:1",
  at: new Date(Date.UTC(2026, 0, seq)),
  subject,
  payload: { seq, note: "as written" },
});

function chainOf(length: number): StoredEvent[] {
  const events: StoredEvent[] = [];
  for (let seq = 1; seq <= length; seq += 1) {
    const prevHash = events.at(-1)?.hash ?? GENESIS_HASH;
    events.push({ ...body(seq), prevHash, hash: eventHash(body(seq), prevHash) });
  }
  return events;
}

const check = (events: readonly StoredEvent[]) => firstBreak(events, CHAIN_START.lastHash, CHAIN_START.lastSeq);
const place = fc.integer({ min: 0, max: 19 });

describe("the first broken event", () => {
  it("is nowhere in what was written", () => {
    expect(check(chainOf(20))).toBeNull();
    expect(check([])).toBeNull();
  });

  it("is the altered one, whichever it is and whatever was altered", () => {
    const alterations: ((event: StoredEvent) => StoredEvent)[] = [
      (event) => ({ ...event, payload: { ...(event.payload as object), note: "rewritten" } }),
      (event) => ({ ...event, actor: "user:2" }),
      (event) => ({ ...event, type: "memo.rejected" }),
      (event) => ({ ...event, subject: "memo:other" }),
      (event) => ({ ...event, at: new Date(event.at.getTime() + 1) }),
      (event) => ({ ...event, hash: "f".repeat(64) }),
    ];
    fc.assert(
      fc.property(place, fc.constantFrom(...alterations), (index, alter) => {
        const events = chainOf(20).map((event, at) => (at === index ? alter(event) : event));
        expect(check(events)).toEqual({ chain: "holding", seq: index + 1, problem: "altered" });
      }),
    );
  });

  it("is the removed one, unless it was the last", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 18 }), (index) => {
        const events = chainOf(20).filter((_event, at) => at !== index);
        expect(check(events)).toEqual({ chain: "holding", seq: index + 1, problem: "missing" });
      }),
    );
  });

  it("is the one whose hash was recomputed after a change, at the next event", () => {
    const events = chainOf(5);
    const [first, second] = events;
    if (!first || !second) throw new Error("five events");
    const changed = { ...second, subject: "memo:other" };
    const rehashed = { ...changed, hash: eventHash(changed, first.hash) };
    expect(check([first, rehashed, ...events.slice(2)])).toEqual({ chain: "holding", seq: 3, problem: "unlinked" });
  });
});

describe("the end of a chain", () => {
  const hash = "a".repeat(64);
  it.each([
    ["as recorded", { lastSeq: 5, lastHash: hash }, { lastSeq: 5, lastHash: hash }, null],
    ["never used", CHAIN_START, null, null],
    ["cut off", { lastSeq: 3, lastHash: hash }, { lastSeq: 5, lastHash: hash }, { seq: 4, problem: "truncated" }],
    ["longer", { lastSeq: 6, lastHash: hash }, { lastSeq: 5, lastHash: hash }, { seq: 6, problem: "unrecorded" }],
    ["without a head", { lastSeq: 2, lastHash: hash }, null, { seq: 1, problem: "unrecorded" }],
    [
      "another hash",
      { lastSeq: 5, lastHash: hash },
      { lastSeq: 5, lastHash: "b".repeat(64) },
      { seq: 5, problem: "altered" },
    ],
  ])("%s", (_name, end, head, expected) => {
    expect(headBreak("holding", end, head)).toEqual(expected ? { chain: "holding", ...expected } : null);
  });
});

it("the earlier of two breaks is told", () => {
  const early = { chain: "holding", seq: 2, problem: "missing" as const };
  const late = { chain: "holding", seq: 9, problem: "altered" as const };
  expect(earlier(late, early)).toBe(early);
  expect(earlier(null, late)).toBe(late);
  expect(earlier(null, null)).toBeNull();
  expect(describeBreak(early)).toBe("Event 2 of the holding is gone.");
});
