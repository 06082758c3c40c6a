import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { db, type Tx } from "@/lib/db";
import { raiseBrokenChain, recordEvent, sealDay, verifyAtStart } from "./mutations";
import { verifyChains } from "./queries";
import { eventHash } from "./rules";

const VENTURE = "01900000-0000-7000-8000-000000000001";
const at = new Date("2026-11-22T18:00:00Z");
const later = new Date("2026-11-23T18:00:00Z");

const record = (ventureId: string | null, n: number, tx: Tx = db) =>
  recordEvent(tx, { ventureId, type: "memo.approved", actor: "user:1", subject: `memo:${n}`, payload: { n }, at });

async function writeEvents(ventureId: string | null, count: number): Promise<void> {
  for (let n = 1; n <= count; n += 1) await db.$transaction((tx) => record(ventureId, n, tx));
}

/** What only a superuser of the database can do. */
async function asSuperuser(...statements: string[]): Promise<void> {
  await db.$transaction(async (tx) => {
    await tx.$executeRawUnsafe(`SET LOCAL session_replication_role = 'replica'`);
    for (const statement of statements) await tx.$executeRawUnsafe(statement);
  });
}

const whereSeq = (seq: number) => `WHERE "chain" = '${VENTURE}' AND "seq" = ${seq}`;

beforeEach(() => writeEvents(VENTURE, 10));
afterEach(() => asSuperuser(...["event", "event_chain", "event_seal", "alert"].map((table) => `TRUNCATE "${table}"`)));

describe("an untouched record", () => {
  it("is whole, over several chains", async () => {
    await writeEvents(null, 3);
    expect(await verifyChains()).toEqual({ chains: 2, events: 13, firstBreak: null });
  });

  it("stays unbroken under 50 events at once", async () => {
    await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        db.$transaction((tx) => record(VENTURE, n, tx), { maxWait: 20_000, timeout: 20_000 }),
      ),
    );
    expect(await verifyChains()).toEqual({ chains: 1, events: 60, firstBreak: null });
    expect(await db.eventChain.findUnique({ where: { chain: VENTURE } })).toMatchObject({ lastSeq: 60 });
  });

  it("loses the event with its rolled back transaction", async () => {
    const refused = db.$transaction(async (tx) => {
      await record(VENTURE, 11, tx);
      throw new Error("the change failed");
    });
    await expect(refused).rejects.toThrow("the change failed");
    expect(await verifyChains()).toMatchObject({ events: 10, firstBreak: null });
  });

  it.each(['UPDATE "event" SET "actor" = \'user:2\'', 'DELETE FROM "event"', 'TRUNCATE "event"'])(
    "refuses %s",
    async (statement) => {
      await expect(db.$executeRawUnsafe(statement)).rejects.toThrow(/append-only/);
    },
  );
});

describe("a superuser's change is named", () => {
  it.each([
    ["an altered payload", 4, "altered", [`UPDATE "event" SET "payload" = '{"n": 99}' ${whereSeq(4)}`]],
    ["another actor", 7, "altered", [`UPDATE "event" SET "actor" = 'user:2' ${whereSeq(7)}`]],
    ["another time", 1, "altered", [`UPDATE "event" SET "at" = "at" + interval '1 ms' ${whereSeq(1)}`]],
    ["a deleted event", 5, "missing", [`DELETE FROM "event" ${whereSeq(5)}`]],
    [
      "a deleted event whose gap was closed",
      5,
      "unlinked",
      [
        `DELETE FROM "event" ${whereSeq(5)}`,
        `UPDATE "event" SET "seq" = "seq" - 1000 WHERE "chain" = '${VENTURE}' AND "seq" > 5`,
        `UPDATE "event" SET "seq" = "seq" + 999 WHERE "chain" = '${VENTURE}' AND "seq" < 0`,
      ],
    ],
    [
      "two events in the other order",
      3,
      "unlinked",
      [
        `UPDATE "event" SET "seq" = -3 ${whereSeq(3)}`,
        `UPDATE "event" SET "seq" = 3 ${whereSeq(4)}`,
        `UPDATE "event" SET "seq" = 4 ${whereSeq(-3)}`,
      ],
    ],
    [
      "an inserted event",
      6,
      "unlinked",
      [
        `UPDATE "event" SET "seq" = "seq" + 1000 WHERE "chain" = '${VENTURE}' AND "seq" >= 6`,
        `UPDATE "event" SET "seq" = "seq" - 999 WHERE "chain" = '${VENTURE}' AND "seq" > 1000`,
        `INSERT INTO "event" ("chain", "seq", "type", "actor", "at", "subject", "payload", "prevHash", "hash")
         SELECT "chain", 6, "type", "actor", "at", "subject", "payload", "prevHash", 'x' || substr("hash", 2)
         FROM "event" ${whereSeq(7)}`,
      ],
    ],
    ["a cut-off end", 9, "truncated", [`DELETE FROM "event" WHERE "chain" = '${VENTURE}' AND "seq" >= 9`]],
    ["a lost head", 1, "unrecorded", ['DELETE FROM "event_chain"']],
  ])("%s", async (_name, seq, problem, statements) => {
    await asSuperuser(...statements);
    const verification = await verifyChains();
    // An inserted copy is found by its hash, where the copied event no longer fits.
    const problems = _name === "an inserted event" ? ["altered", "unlinked"] : [problem];
    expect(verification.firstBreak).toMatchObject({ chain: VENTURE, seq });
    expect(problems).toContain(verification.firstBreak?.problem);
  });
});

describe("the daily seal", () => {
  it("is set once a day and chain, and again when the chain grew", async () => {
    expect(await sealDay(at)).toEqual({ sealed: 1 });
    expect(await sealDay(at)).toEqual({ sealed: 0 });
    await writeEvents(VENTURE, 2);
    expect(await sealDay(at)).toEqual({ sealed: 0 });
    expect(await sealDay(later)).toEqual({ sealed: 2 });
    expect(await db.eventSeal.findMany({ where: { chain: VENTURE }, orderBy: { day: "asc" } })).toMatchObject([
      { lastSeq: 10, events: 10 },
      { lastSeq: 12, events: 2 },
    ]);
    expect(await verifyChains()).toMatchObject({ firstBreak: null });
  });

  it("finds an end that was cut off together with its head", async () => {
    await sealDay(at);
    const kept = await db.event.findFirstOrThrow({ where: { chain: VENTURE, seq: 8 } });
    await asSuperuser(
      `DELETE FROM "event" WHERE "chain" = '${VENTURE}' AND "seq" > 8`,
      `UPDATE "event_chain" SET "lastSeq" = 8, "lastHash" = '${kept.hash}' WHERE "chain" = '${VENTURE}'`,
    );
    expect((await verifyChains()).firstBreak).toEqual({ chain: VENTURE, seq: 9, problem: "truncated" });
  });

  it("finds a chain that was rewritten consistently, hashes, head and all", async () => {
    await sealDay(at);
    await rewriteFrom(3);
    expect((await verifyChains()).firstBreak).toEqual({ chain: VENTURE, seq: 10, problem: "resealed" });
  });

  it("finds a seal that was made without the key", async () => {
    await sealDay(at);
    await asSuperuser(`UPDATE "event_seal" SET "seal" = repeat('0', 64) WHERE "chain" = '${VENTURE}'`);
    expect((await verifyChains()).firstBreak).toEqual({ chain: VENTURE, seq: 10, problem: "resealed" });
  });

  it("finds a seal that was removed, because the holding recorded it", async () => {
    await sealDay(at);
    await asSuperuser('DELETE FROM "event_seal"');
    expect((await verifyChains()).firstBreak).toEqual({ chain: VENTURE, seq: 10, problem: "resealed" });
  });
});

/** The best forgery without the key: change one event and recompute everything after it. */
async function rewriteFrom(seq: number): Promise<void> {
  const events = await db.event.findMany({ where: { chain: VENTURE }, orderBy: { seq: "asc" } });
  let prevHash = events.find((event) => event.seq === seq)?.prevHash ?? "";
  const statements: string[] = [];
  for (const event of events.filter((one) => one.seq >= seq)) {
    const subject = event.seq === seq ? "memo:forged" : event.subject;
    const hash = eventHash({ ...event, subject }, prevHash);
    statements.push(
      `UPDATE "event" SET "subject" = '${subject}', "prevHash" = '${prevHash}', "hash" = '${hash}' ${whereSeq(event.seq)}`,
    );
    prevHash = hash;
  }
  await asSuperuser(...statements, `UPDATE "event_chain" SET "lastHash" = '${prevHash}' WHERE "chain" = '${VENTURE}'`);
}

describe("at start", () => {
  it("raises one critical alert that names the event, and clears it when the record is whole", async () => {
    await asSuperuser(`UPDATE "event" SET "actor" = 'user:2' ${whereSeq(4)}`);
    await verifyAtStart(at);
    await verifyAtStart(at);
    const alert = await db.alert.findUniqueOrThrow({ where: { causeKey: "audit:broken" } });
    expect(alert).toMatchObject({ severity: "critical", clearedAt: null });
    expect(alert.detail).toBe(`Event 4 of venture ${VENTURE} is not what was written.`);
    expect(await db.event.count({ where: { type: "alert.raised" } })).toBe(1);
    await raiseBrokenChain(null, later);
    expect(await db.alert.findUnique({ where: { causeKey: "audit:broken" } })).toMatchObject({ clearedAt: later });
  });
});
